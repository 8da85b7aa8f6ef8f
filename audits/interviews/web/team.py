"""The list of interviews, one interview, taking it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from iris.core import events
from iris.core.errors import DomainError
from iris.core.fsm import may, missing
from iris.core.policy import for_kinds
from iris.core.web import paginate

from .. import rules, selectors, services
from ..forms import StopForm, WithdrawForm
from ..permissions import may_interview, may_read_interviews
from ..states import InterviewState
from .head import READERS, audit_for, interview_for, page


@for_kinds(*READERS)
def listing(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Interviews by number for the team; counts above the floor for the firm and the scheme."""
    audit = audit_for(request, audit_id)
    shown = paginate(request, selectors.interviews_read_by(audit, request.user))
    sealed = selectors.identity_counts(audit, shown.object_list)
    return page(
        request,
        "audits/interviews/list.html",
        audit,
        page=shown,
        rows=[(one, sealed.get(one.pk, 0)) for one in shown.object_list],
        reads=may_read_interviews(audit, request.user),
        interviews=may_interview(audit, request.user),
        earlier=selectors.may_check_employment(audit, request.user),
        counts=selectors.counts(audit),
        shares=selectors.aggregates(audit),
        signs=selectors.signs(audit),
        employment=selectors.employment_counts(audit),
        guide=rules.guide(),
    )


@for_kinds("audit_firm")
def interview(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """One interview: what is known, what was answered, what comes next."""
    one = interview_for(request, interview_id)
    guide = rules.guide()
    kept = {row.question: row for row in one.statements.select_related("indicator")}
    return page(
        request,
        "audits/interviews/interview.html",
        one.audit,
        interview=one,
        groups=[
            (group, [(question, kept.get(question.id)) for question in group.questions])
            for group in guide.groups_for(one.kind)
        ],
        answers=guide.answers,
        ilo=guide.ilo,
        answered=len(kept),
        sealed=selectors.identity_counts(one.audit, [one])[one.pk],
        works=may_interview(one.audit, request.user),
        running=one.is_running,
        may_consent=may(one.consent, request.user),
        consent_missing=missing(one.consent) if one.state == InterviewState.PLANNED else [],
        may_hold=may(one.hold, request.user),
        hold_missing=missing(one.hold) if one.state == InterviewState.CONSENTED else [],
        may_withdraw=may(one.withdraw, request.user),
        stop_form=StopForm(),
        case=getattr(one, "safeguard_case", None),
        events=events.events_of(one, limit=12),
    )


@for_kinds("audit_firm")
def withdraw(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Erase what was said and who said it."""
    one = interview_for(request, interview_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_interview(interview_id=one.pk, actor=request.user, why=form.cleaned_data["why"])
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("%s is withdrawn. Its answers and identity are erased.") % one.label)
            return redirect("interviews:list", audit_id=one.audit_id)
    return page(
        request,
        "audits/interviews/withdraw.html",
        one.audit,
        form,
        interview=one,
        answered=one.statements.count(),
        sealed=selectors.identity_counts(one.audit, [one])[one.pk],
    )
