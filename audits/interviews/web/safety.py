"""Stop, safeguard, numbers to call."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iris.core.errors import DomainError
from iris.core.policy import for_kinds, for_roles
from iris.core.web import get_or_404, paginate

from .. import selectors, services
from ..forms import CloseCaseForm, HotlineForm, StopForm
from ..models import HotlineEntry
from ..permissions import may_close_case, may_keep_hotlines
from .head import interview_for


@for_kinds("audit_firm")
@require_POST
def stop(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Break off without a safety concern."""
    one = interview_for(request, interview_id)
    form = StopForm(request.POST)
    if form.is_valid():
        services.stop_interview(interview_id=one.pk, actor=request.user, why=form.cleaned_data["why"])
        messages.success(
            request, _("%s is stopped. If the person wishes, take back what was said.") % one.label
        )
    else:
        messages.error(request, _("Choose why it stopped."))
    return redirect("interviews:interview", interview_id=one.pk)


@for_kinds("audit_firm")
@require_POST
def safeguard(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """The one button: stop, open the case, tell the scheme, show whom to call."""
    one = interview_for(request, interview_id)
    services.safeguard(interview_id=one.pk, actor=request.user, immediate="immediate" in request.POST)
    return redirect("interviews:help", interview_id=one.pk)


@for_kinds("audit_firm")
def help_page(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Whom to call, in the country of work and at home."""
    one = interview_for(request, interview_id)
    case = getattr(one, "safeguard_case", None)
    if case is None:
        raise Http404
    if request.method == "POST":
        services.raise_danger(case_id=case.pk, actor=request.user)
        return redirect("interviews:help", interview_id=one.pk)
    lines = selectors.hotlines([one.destination, one.origin, one.audit.agency.country])
    return render(
        request,
        "audits/interviews/help.html",
        {"interview": one, "audit": one.audit, "case": case, "lines": lines},
    )


@for_roles("scheme_manager", "lead_auditor", "auditor")
def safeguarding(request: HttpRequest) -> HttpResponse:
    """Cases without a name and without a word of what was said."""
    cases = paginate(request, selectors.cases_visible_to(request.user))
    return render(
        request,
        "audits/interviews/safeguarding.html",
        {
            "page": cases,
            "rows": [
                (case, may_close_case(case, request.user) and not case.outcome) for case in cases.object_list
            ],
            "close_form": CloseCaseForm(),
            "keeps": may_keep_hotlines(request.user),
        },
    )


@for_roles("scheme_manager")
@require_POST
def close(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """End a case."""
    case = get_or_404(selectors.cases_visible_to(request.user), pk=case_id)
    form = CloseCaseForm(request.POST)
    if form.is_valid():
        services.close_case(case_id=case.pk, actor=request.user, outcome=form.cleaned_data["outcome"])
        messages.success(request, _("The case is closed."))
    else:
        messages.error(request, _("Choose how the case ended."))
    return redirect("interviews:safeguarding")


@for_roles("scheme_manager", "lead_auditor", "auditor")
def hotlines(request: HttpRequest) -> HttpResponse:
    """Numbers the scheme entered; its managers enter more."""
    keeps = may_keep_hotlines(request.user)
    form = HotlineForm(request.POST or None)
    if request.method == "POST":
        if not keeps:
            raise Http404
        if form.is_valid():
            try:
                services.enter_hotline(actor=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_domain_error(error)
            else:
                messages.success(request, _("The number is entered."))
                return redirect("interviews:hotlines")
    entries = paginate(request, HotlineEntry.objects.select_related("entered_by"))
    return render(
        request,
        "audits/interviews/hotlines.html",
        {"form": form if keeps else None, "page": entries, "on_file": selectors.hotlines_on_file()},
        status=422 if form.is_bound and form.errors else 200,
    )
