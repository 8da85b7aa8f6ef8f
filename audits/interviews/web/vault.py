"""The vault: sealing a name, opening with a purpose, looking up earlier interviewees."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from iris.core.errors import DomainError
from iris.core.policy import for_kinds
from iris.core.web import paginate

from .. import selectors, services
from ..forms import EarlierForm, EmploymentForm, IdentityForm, OpenForm
from ..permissions import may_interview, may_read_interviews
from ..states import IdentityRole, InterviewState
from .head import audit_for, interview_for, page, unseen, worked_audit_for


@sensitive_post_parameters()
@sensitive_variables("form")
@for_kinds("audit_firm")
def identity(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Seal a person of an interview, or the interpreter."""
    one = interview_for(request, interview_id)
    if not may_interview(one.audit, request.user) or one.state == InterviewState.WITHDRAWN:
        raise Http404
    role = IdentityRole.INTERPRETER if request.GET.get("role") == "interpreter" else IdentityRole.PERSON
    form = IdentityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = services.IdentityInput(**form.cleaned_data)
            services.name_person(interview_id=one.pk, actor=request.user, person=person, role=role)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Sealed. Only the vault shows it, for a purpose and with a log."))
            return redirect("interviews:interview", interview_id=one.pk)
    return unseen(
        page(
            request,
            "audits/interviews/identity.html",
            one.audit,
            form,
            interview=one,
            interpreter=role == IdentityRole.INTERPRETER,
        )
    )


@sensitive_post_parameters()
@sensitive_variables("opened", "form")
@for_kinds("audit_firm")
def vault(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Open identities for a purpose. What is opened is on this one answer only; the log stays."""
    audit = audit_for(request, audit_id)
    if not may_read_interviews(audit, request.user):
        raise Http404
    interviews = list(selectors.interviews_of(audit))
    form = OpenForm(request.POST or None, interviews=interviews, initial=request.GET.dict())
    opened: list[Any] | None = None
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["interview"]
        try:
            opened = services.open_vault(
                audit_id=audit.pk,
                actor=request.user,
                purpose=form.cleaned_data["purpose"],
                reason=form.cleaned_data["reason"],
                interview_id=UUID(chosen) if chosen else None,
            )
        except DomainError as error:
            form.add_domain_error(error)
    labels = {str(one.pk): one.label for one in interviews}
    return unseen(
        page(
            request,
            "audits/interviews/vault.html",
            audit,
            form,
            opened=None if opened is None else [(labels.get(one.interview_id, ""), one) for one in opened],
            sealed=sum(selectors.identity_counts(audit, interviews).values()),
            erased=selectors.erasures_of(audit),
            page=paginate(request, selectors.accesses_of(audit), per_page=20),
        )
    )


@sensitive_post_parameters()
@sensitive_variables("opened", "pairs")
@for_kinds("audit_firm")
def earlier(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """See whether those interviewed in the audit before are still employed (R59)."""
    audit = worked_audit_for(request, audit_id)
    if not selectors.may_check_employment(audit, request.user):
        raise Http404
    form = EarlierForm(request.POST if request.POST.get("step") == "open" else None)
    pairs: list[Any] | None = None
    if request.POST.get("step") == "keep":
        outcomes = {
            key.removeprefix("o-"): value
            for key, value in request.POST.dict().items()
            if key.startswith("o-") and key.endswith("-outcome") and value
        }
        outcomes = {key.removesuffix("-outcome"): value for key, value in outcomes.items()}
        kept = services.check_employment(audit_id=audit.pk, actor=request.user, outcomes=outcomes)
        messages.success(request, _("%d are kept, as numbers only.") % kept)
        return redirect("interviews:list", audit_id=audit.pk)
    if request.method == "POST" and form.is_valid():
        try:
            opened = services.open_earlier(
                audit_id=audit.pk, actor=request.user, reason=form.cleaned_data["reason"]
            )
            pairs = [(one, EmploymentForm(prefix=f"o-{one.id}")) for one in opened]
        except DomainError as error:
            form.add_domain_error(error)
    return unseen(page(request, "audits/interviews/earlier.html", audit, form, pairs=pairs))
