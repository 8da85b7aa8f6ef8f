"""The pages of findings: the list, one finding, and its acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.engagements.selectors import audits_worked_on_by, with_context
from certification.standard.models import Indicator
from iris.core import events, files
from iris.core.errors import DomainError, Text
from iris.core.forms import Form
from iris.core.fsm import may
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate

from . import rules, selectors, services
from .forms import (
    AnswerForm,
    CloseForm,
    DisagreeForm,
    DisagreementAnswerForm,
    EvidenceForm,
    FindingForm,
    ListFilters,
    NothingToFill,
    ReasonForm,
    RegradeForm,
)
from .models import Finding
from .states import FindingState

READERS = ("agency", "audit_firm", "scheme")


def _audience(request: HttpRequest) -> str:
    return "agency" if request.user.is_kind("agency") else "auditor"


@for_kinds(*READERS)
def findings(request: HttpRequest) -> HttpResponse:
    """Findings with grade, state and clock; filters stand in the address."""
    filters = ListFilters(request.GET or None)
    valid = filters.is_valid()
    show = filters.cleaned_data.get("show", "") if valid else ""
    grade = filters.cleaned_data.get("grade", "") if valid else ""
    return render(
        request,
        "audits/findings/list.html",
        {
            "page": paginate(
                request, selectors.findings_list(request.user, show=show or "open", grade=grade)
            ),
            "filters": filters,
            "filtered": bool(show == "all" or grade),
            "audience": _audience(request),
        },
    )


def _finding_for(request: HttpRequest, finding_id: UUID) -> Finding:
    return get_or_404(selectors.with_context(selectors.findings_visible_to(request.user)), pk=finding_id)


@for_kinds(*READERS)
def finding(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """One finding: what was found, what the agency does about it, whose move it is."""
    one = _finding_for(request, finding_id)
    return _page(
        request, "audits/findings/finding.html", one, can_do=_acts_for(one, request), **_history(one)
    )


def _history(one: Finding) -> dict[str, Any]:
    actions = list(one.actions.prefetch_related("files__file").order_by("-round"))
    return {"actions": actions, "events": events.events_of(one, limit=20)}


def _page(
    request: HttpRequest, template: str, one: Finding, form: Any = None, **context: Any
) -> HttpResponse:
    status = 422 if form is not None and form.is_bound and form.errors else 200
    shared = {
        "finding": one,
        "audit": one.audit,
        "move": selectors.move_for(one, request.user),
        "audience": _audience(request),
        "form": form,
    }
    return render(request, template, {**shared, **context}, status=status)


@dataclass(frozen=True)
class Act:
    """One act on a finding: its form, words, service, and who may do it now."""

    name: str
    label: Text
    form: type[Form]
    run: Callable[[Finding, Any, dict[str, Any]], object]
    allowed: Callable[[Finding, Any], bool]
    done: Text
    after: Text = ""
    danger: bool = False
    main: bool = False
    icon: str = ""


def _judges(one: Finding, user: Any) -> bool:
    return one.audit.is_worked_by(user)


def _answers(one: Finding, user: Any) -> bool:
    return one.audit.is_answered_by(user)


def _plan(data: dict[str, Any]) -> services.ActionPlan:
    return services.ActionPlan(**{name: data[name] for name in data if name != "file"})


def _has_agreed_plan(one: Finding) -> bool:
    return one.current_action is not None and one.current_action.agreed_at is not None


ACTS: tuple[Act, ...] = (
    Act(
        "issue",
        gettext_lazy("Issue the finding"),
        NothingToFill,
        lambda one, user, data: services.issue_finding(finding_id=one.pk, actor=user),
        lambda one, user: may(one.issue, user),
        gettext_lazy("The finding is issued. The agency hears by e-mail and its clocks run."),
        gettext_lazy("The agency gets it by e-mail and answers within the days of its grade."),
        main=True,
    ),
    Act(
        "answer",
        gettext_lazy("Answer the finding"),
        AnswerForm,
        lambda one, user, data: services.answer_finding(
            finding_id=one.pk, actor=user, plan=_plan(data), uploads=data["file"]
        ),
        lambda one, user: may(one.answer, user),
        gettext_lazy(
            "Your answer is sent to the auditors. They agree to the plan or send it back with a reason."
        ),
        gettext_lazy(
            "The lead auditor gets an e-mail and agrees to the plan or sends it back with a reason."
        ),
        main=True,
    ),
    Act(
        "send-evidence",
        gettext_lazy("Send evidence"),
        EvidenceForm,
        lambda one, user, data: services.send_evidence(
            finding_id=one.pk, actor=user, uploads=data["file"], title=data["title"]
        ),
        lambda one, user: may(one.send_evidence, user) and _has_agreed_plan(one),
        gettext_lazy("The evidence is sent to the auditors, who verify it."),
        gettext_lazy(
            "The lead auditor gets an e-mail and closes the finding or sends the evidence back with a reason."
        ),
        main=True,
    ),
    Act(
        "agree",
        gettext_lazy("Agree to the plan"),
        NothingToFill,
        lambda one, user, data: services.agree_action(finding_id=one.pk, actor=user),
        lambda one, user: may(one.agree_action, user),
        gettext_lazy("The plan is agreed. The agency carries it out and sends evidence."),
        gettext_lazy("The agency hears by e-mail, carries the plan out and sends evidence."),
        main=True,
    ),
    Act(
        "return",
        gettext_lazy("Send the answer back"),
        ReasonForm,
        lambda one, user, data: services.return_answer(finding_id=one.pk, actor=user, **data),
        lambda one, user: may(one.return_answer, user),
        gettext_lazy("The answer is sent back with your reason."),
        gettext_lazy("The agency gets the reason by e-mail and answers anew."),
    ),
    Act(
        "close",
        gettext_lazy("Close the finding"),
        CloseForm,
        lambda one, user, data: services.close_finding(finding_id=one.pk, actor=user, **data),
        lambda one, user: may(one.close, user),
        gettext_lazy("The finding is closed."),
        gettext_lazy("The agency hears by e-mail."),
        main=True,
    ),
    Act(
        "return-evidence",
        gettext_lazy("Send the evidence back"),
        ReasonForm,
        lambda one, user, data: services.return_evidence(finding_id=one.pk, actor=user, **data),
        lambda one, user: may(one.return_evidence, user),
        gettext_lazy("The evidence is sent back with your reason."),
        gettext_lazy("The agency gets the reason by e-mail and sends better evidence or a new plan."),
    ),
    Act(
        "edit",
        gettext_lazy("Change the draft"),
        FindingForm,
        lambda one, user, data: services.edit_finding(
            finding_id=one.pk, actor=user, text=services.FindingText(**data)
        ),
        lambda one, user: one.state == FindingState.DRAFT and _judges(one, user),
        gettext_lazy("The draft is changed."),
    ),
    Act(
        "answer-disagreement",
        gettext_lazy("Answer the disagreement"),
        DisagreementAnswerForm,
        lambda one, user, data: services.answer_disagreement(finding_id=one.pk, actor=user, **data),
        lambda one, user: one.disagreed_at is not None and not one.disagreement_answer and _judges(one, user),
        gettext_lazy("Your answer stands beside the disagreement."),
        gettext_lazy("The agency hears by e-mail. Both sides stay on record."),
    ),
    Act(
        "regrade",
        gettext_lazy("Change the grade"),
        RegradeForm,
        lambda one, user, data: services.regrade_finding(finding_id=one.pk, actor=user, **data),
        lambda one, user: (
            one.is_issued and one.is_open and rules.needs_answer(one.grade) and _judges(one, user)
        ),
        gettext_lazy("The grade is changed; its dates are counted anew from the day of issue."),
        gettext_lazy("The agency gets the reason by e-mail."),
    ),
    Act(
        "disagree",
        gettext_lazy("Disagree"),
        DisagreeForm,
        lambda one, user, data: services.disagree(finding_id=one.pk, actor=user, **data),
        lambda one, user: one.is_issued and one.is_open and one.disagreed_at is None and _answers(one, user),
        gettext_lazy("Your disagreement is on record. The auditors hear by e-mail."),
        gettext_lazy("The auditors answer; both sides stay on record."),
    ),
    Act(
        "withdraw",
        gettext_lazy("Withdraw the finding"),
        ReasonForm,
        lambda one, user, data: services.withdraw_finding(finding_id=one.pk, actor=user, **data),
        lambda one, user: may(one.withdraw, user),
        gettext_lazy("The finding is withdrawn."),
        gettext_lazy("It stays on record with your reason and has no effect."),
        danger=True,
    ),
)


def _acts_for(one: Finding, request: HttpRequest) -> list[Act]:
    return [one_act for one_act in ACTS if one_act.allowed(one, request.user)]


@for_kinds("agency", "audit_firm")
def act(request: HttpRequest, finding_id: UUID, name: str) -> HttpResponse:
    """One act on a finding on a page of its own."""
    one = _finding_for(request, finding_id)
    chosen = next((candidate for candidate in ACTS if candidate.name == name), None)
    if chosen is None:
        raise Http404
    if request.method != "POST" and not chosen.allowed(one, request.user):
        return redirect("findings:finding", finding_id=one.pk)
    extra = {"finding": one} if chosen.form in (FindingForm, AnswerForm) else {}
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = chosen.form(*bound, **extra)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.run(one, request.user, form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, str(chosen.done))
            return redirect("findings:finding", finding_id=one.pk)
    return _page(request, "audits/findings/act.html", one, form, act=chosen, **_history(one))


@for_kinds("audit_firm")
def raise_finding(request: HttpRequest, audit_id: UUID, indicator_id: UUID) -> HttpResponse:
    """Raise a finding on an indicator; the grade its severity suggests is chosen already."""
    audit = get_or_404(with_context(audits_worked_on_by(request.user)), pk=audit_id)
    indicator = get_or_404(
        Indicator.objects.select_related("criterion__principle"),
        pk=indicator_id,
        criterion__principle__edition=audit.assessment.edition_id,
    )
    if not audit.is_worked_by(request.user):
        raise Http404
    form = FindingForm(request.POST or None, initial={"grade": rules.suggested_grade(indicator.severity)})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.raise_finding(
                audit_id=audit.pk,
                indicator_id=indicator.pk,
                actor=request.user,
                text=services.FindingText(**form.cleaned_data),
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("Finding %s is drafted. The agency sees it once you issue it.") % made.number
            )
            return redirect("findings:finding", finding_id=made.pk)
    context = {"audit": audit, "indicator": indicator, "form": form}
    return render(request, "audits/findings/raise.html", context, status=422 if form.errors else 200)


@for_kinds(*READERS)
def evidence(request: HttpRequest, finding_id: UUID, file_id: UUID) -> HttpResponse:
    """One file of evidence, as a download."""
    found = selectors.file_of(request.user, finding_id, file_id)
    if found is None:
        raise Http404
    return files.serve(found.file)
