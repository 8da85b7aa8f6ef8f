"""What can be done with one finding: each act with its form, its words, its service and who may do it now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from iris.core.errors import Text
from iris.core.forms import Form
from iris.core.fsm import may

from .. import rules, selectors, services
from ..forms import (
    AgreeForm,
    AnswerForm,
    CloseForm,
    ContainForm,
    DisagreeForm,
    DisagreementAnswerForm,
    EvidenceForm,
    ExtensionForm,
    FindingForm,
    LastWordForm,
    NothingToFill,
    ReasonForm,
    RegradeForm,
)
from ..models import Finding
from ..states import Clock, ContainmentState, FindingState

# Forms that are made for one finding.
MADE_FOR_ONE = (AgreeForm, AnswerForm, CloseForm, ExtensionForm, FindingForm)


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


def _to_read(one: Finding) -> bool:
    contained = one.current_containment
    return contained is not None and contained.state == ContainmentState.RECORDED


def _plan(data: dict[str, Any]) -> services.ActionPlan:
    return services.ActionPlan(**{name: data[name] for name in data if name != "file"})


def _has_agreed_plan(one: Finding) -> bool:
    return one.current_action is not None and one.current_action.agreed_at is not None


ACTS: tuple[Act, ...] = (
    Act(
        "contain",
        gettext_lazy("Say how the harm was stopped"),
        ContainForm,
        lambda one, user, data: services.record_containment(
            finding_id=one.pk, actor=user, done=data["done"], done_on=data["done_on"], upload=data["file"]
        ),
        lambda one, user: Clock.CONTAINMENT in one.running and _answers(one, user),
        gettext_lazy("What you did at once is sent to the auditors."),
        gettext_lazy("The lead auditor gets an e-mail and accepts it or sends it back with a reason."),
        main=True,
    ),
    Act(
        "accept-containment",
        gettext_lazy("Accept the containment"),
        NothingToFill,
        lambda one, user, data: services.accept_containment(finding_id=one.pk, actor=user),
        lambda one, user: _to_read(one) and _judges(one, user),
        gettext_lazy("The containment is accepted. The plan and its evidence go on."),
        gettext_lazy("The agency hears by e-mail. The finding stays open until its correction is verified."),
        main=True,
    ),
    Act(
        "return-containment",
        gettext_lazy("Send the containment back"),
        ReasonForm,
        lambda one, user, data: services.return_containment(finding_id=one.pk, actor=user, **data),
        lambda one, user: _to_read(one) and _judges(one, user),
        gettext_lazy("The containment is sent back with your reason; its clock runs again."),
        gettext_lazy("The agency gets the reason by e-mail. Its day stays as it was."),
    ),
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
        AgreeForm,
        lambda one, user, data: services.agree_action(finding_id=one.pk, actor=user, **data),
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
            finding_id=one.pk,
            actor=user,
            text=services.FindingText(**{k: v for k, v in data.items() if k != "evidence_items"}),
            evidence_ids=[row.pk for row in data.get("evidence_items", ())],
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
        "last-word",
        gettext_lazy("Have the last word"),
        LastWordForm,
        lambda one, user, data: services.disagree(finding_id=one.pk, actor=user, **data),
        lambda one, user: one.positions.count() == 2 and one.is_open and _answers(one, user),
        gettext_lazy("Your last word is on record. The auditors hear by e-mail."),
        gettext_lazy("It stands in the report beside the auditors’ answer."),
    ),
    Act(
        "more-time",
        gettext_lazy("Ask for more time"),
        ExtensionForm,
        lambda one, user, data: services.ask_extension(finding_id=one.pk, actor=user, **data),
        lambda one, user: _answers(one, user) and bool(selectors.askable_clocks(one)),
        gettext_lazy("Your wish is sent to the scheme. Until it is granted the day stays as it is."),
        gettext_lazy("A decider who has no tie with you grants it or refuses it with a reason."),
    ),
    Act(
        "repayment",
        gettext_lazy("Open a repayment case"),
        NothingToFill,
        lambda one, user, data: services.open_repayment(finding_id=one.pk, actor=user),
        lambda one, user: selectors.may_open_repayment(one, user),
        gettext_lazy("The repayment case is open. It stands beside this finding."),
        gettext_lazy("Who paid, what, and by when it is paid back is worked out there, worker by worker."),
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


def acts_for(one: Finding, user: Any) -> list[Act]:
    """What this person can do with it now."""
    return [act for act in ACTS if act.allowed(one, user)]
