"""Acts on a certificate: proposals that somebody else decides, corrections, conditions met, giving it up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.certificates import services
from certification.certificates.forms import (
    ConditionMetForm,
    CorrectionForm,
    EndingForm,
    KeepingForm,
    ReasonForm,
    ReductionForm,
    ReinstatingForm,
)
from certification.certificates.models import CertificateCondition
from certification.certificates.services import Wanted, Words
from certification.certificates.states import Proposed
from certification.certificates.web.parts import form_page, row_for
from iris.accounts.states import Role
from iris.core.errors import DomainError
from iris.core.forms import Form
from iris.core.policy import for_roles
from iris.core.web import get_or_404

# What each proposal is called, and what happens when it is accepted.
_WORDS: dict[Proposed, tuple[str | Promise, str | Promise]] = {
    Proposed.SUSPEND: (
        gettext_lazy("Propose to suspend certificate"),
        gettext_lazy(
            "Somebody else decides. When it is accepted, register, verify page and API say at once it is not valid."
        ),
    ),
    Proposed.WITHDRAW: (
        gettext_lazy("Propose to withdraw certificate"),
        gettext_lazy(
            "Somebody else decides. A withdrawal cannot be undone but by an appeal; the register keeps date and reason."
        ),
    ),
    Proposed.REINSTATE: (
        gettext_lazy("Propose to reinstate certificate"),
        gettext_lazy(
            "Somebody else decides. When it is accepted, it is valid again, with the conditions that are still open."
        ),
    ),
    Proposed.REDUCE: (
        gettext_lazy("Propose less scope for certificate"),
        gettext_lazy(
            "Somebody else decides. When it is accepted, a new revision takes the place of this one at once."
        ),
    ),
    Proposed.KEEP: (
        gettext_lazy("Propose to keep certificate"),
        gettext_lazy(
            "Somebody else decides. Without an answer in time the certificate is suspended by the rule of the scheme."
        ),
    ),
}


@for_roles(Role.SCHEME_MANAGER)
def suspend(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Propose to suspend."""
    return _propose(request, certificate_id, Proposed.SUSPEND, EndingForm(request.POST or None))


@for_roles(Role.SCHEME_MANAGER)
def withdraw(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Propose to withdraw."""
    return _propose(request, certificate_id, Proposed.WITHDRAW, EndingForm(request.POST or None))


@for_roles(Role.SCHEME_MANAGER)
def reinstate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Propose to end a suspension."""
    return _propose(request, certificate_id, Proposed.REINSTATE, ReinstatingForm(request.POST or None))


@for_roles(Role.SCHEME_MANAGER)
def keep(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Propose to keep a certificate although a licence was lost."""
    return _propose(request, certificate_id, Proposed.KEEP, KeepingForm(request.POST or None))


@for_roles(Role.SCHEME_MANAGER)
def reduce(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Propose less scope."""
    form = ReductionForm(row_for(request, certificate_id), request.POST or None)
    return _propose(request, certificate_id, Proposed.REDUCE, form)


def _propose(request: HttpRequest, certificate_id: UUID, what: Proposed, form: Form) -> HttpResponse:
    row = row_for(request, certificate_id)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        words = Words(data["reason"], data.get("public_note", ""), data.get("reason_code", ""))
        try:
            decision = services.propose(
                certificate_id=row.pk, act=what, actor=request.user, words=words, wanted=_wanted(data)
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Proposed. A decider who is not you answers it."))
            return redirect("decisions:decision", decision.pk)
    heading, after = _WORDS[what]
    told = {"heading": heading, "button": _("Propose it"), "after": after, "danger": False}
    return form_page(request, row, form, told)


def _wanted(data: dict[str, Any]) -> Wanted | None:
    if "corridors" not in data:
        return None
    corridors = tuple((text[:2], text[3:]) for text in data["corridors"])
    return Wanted(corridors, tuple(data["sectors"]), tuple(data.get("branches", [])))


@for_roles(Role.SCHEME_MANAGER)
def correct(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Issue a later revision with the agency's particulars of today."""
    row = row_for(request, certificate_id)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.correct_certificate(
                certificate_id=row.pk, actor=request.user, **form.cleaned_data
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("Revision %(n)s is issued; the earlier one is obsolete.") % {"n": made.revision}
            )
            return redirect("certificates:certificate", made.pk)
    words = {
        "heading": _("Correct certificate"),
        "button": _("Issue the revision"),
        "after": _(
            "Name, address and registration are taken from the agency's page of today; scope and days stay. "
            "The earlier revision becomes obsolete at once; the code on its paper leads to a page that says so."
        ),
        "danger": False,
    }
    return form_page(request, row, form, words)


@for_roles(Role.SIGNATORY)
def give_up(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """The agency gives its certificate up."""
    row = row_for(request, certificate_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.relinquish_certificate(certificate_id=row.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Given up. The register says so now."))
            return redirect("certificates:certificate", row.pk)
    words = {
        "heading": _("Give the certificate up"),
        "button": _("Give the certificate up for good"),
        "after": _("This cannot be undone. The register shows that your agency gave it up, and the date."),
        "danger": True,
    }
    return form_page(request, row, form, words)


@for_roles(Role.SCHEME_MANAGER)
def condition(request: HttpRequest, certificate_id: UUID, condition_id: UUID) -> HttpResponse:
    """Note that a condition is met."""
    row = row_for(request, certificate_id)
    found = get_or_404(CertificateCondition.objects.filter(certificate=row), pk=condition_id)
    form = ConditionMetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.meet_condition(condition_id=found.pk, actor=request.user, note=form.cleaned_data["note"])
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Noted as met."))
            return redirect("certificates:certificate", row.pk)
    words = {
        "heading": _("Condition %(place)s is met") % {"place": found.position},
        "button": _("Note it as met"),
        "after": _(
            "After the last one the certificate stands without conditions, and the agency gets an e-mail."
        ),
        "danger": False,
    }
    return form_page(request, row, form, words, told=found.text)
