"""What the auditors do with an agency's answer and evidence."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import events
from iris.core.errors import BadInput, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import act, lock

from ..models import CorrectiveAction, Finding
from ..permissions import may_judge
from ..states import Verification
from .telling import tell_agency


def _current_action(finding: Finding) -> CorrectiveAction:
    action = finding.current_action
    if action is None:
        raise TransitionRefused(_("The agency has not answered yet."))
    return lock(CorrectiveAction, action.pk)


@transaction.atomic
def agree_action(*, finding_id: UUID, actor: User) -> Finding:
    """Agree to the plan; the agency carries it out and sends evidence."""
    finding = lock(Finding, finding_id)
    act(finding.agree_action, actor=actor)
    act(_current_action(finding).agree, actor=actor)
    tell_agency(finding, "audits/action_agreed")
    return finding


@transaction.atomic
def return_answer(*, finding_id: UUID, actor: User, reason: str) -> Finding:
    """Send the plan back with a reason; the next answer is a new round."""
    finding = lock(Finding, finding_id)
    act(finding.return_answer, actor=actor, reason=reason, because=reason.strip())
    act(_current_action(finding).reject, actor=actor, reason=reason, because=reason.strip())
    tell_agency(finding, "audits/finding_returned", reason=reason.strip())
    return finding


@transaction.atomic
def return_evidence(*, finding_id: UUID, actor: User, reason: str) -> Finding:
    """Send the evidence back with a reason; the agency sends more, or a new plan."""
    finding = lock(Finding, finding_id)
    act(finding.return_evidence, actor=actor, reason=reason, because=reason.strip())
    act(_current_action(finding).reject, actor=actor, reason=reason, because=reason.strip())
    tell_agency(finding, "audits/finding_returned", reason=reason.strip())
    return finding


@transaction.atomic
def close_finding(*, finding_id: UUID, actor: User, verification: str, note: str) -> Finding:
    """Close a finding whose correction was verified on the desk or on site."""
    finding = lock(Finding, finding_id)
    problems: dict[str, list[str]] = {}
    if verification not in Verification.values:
        problems["verification"] = [_("Choose how you verified it.")]
    if not note.strip():
        problems["note"] = [_("Say what you saw that shows the correction works.")]
    if problems:
        raise BadInput(fields=problems)
    act(
        finding.close,
        actor=actor,
        data={"verification": verification},
        verification=verification,
        note=note.strip(),
    )
    act(_current_action(finding).verify, actor=actor)
    tell_agency(finding, "audits/finding_closed")
    return finding


@transaction.atomic
def withdraw_finding(*, finding_id: UUID, actor: User, reason: str) -> Finding:
    """Take a finding back: it was not so."""
    finding = lock(Finding, finding_id)
    was_issued = finding.is_issued
    act(finding.withdraw, actor=actor, reason=reason, because=reason.strip())
    if was_issued:
        tell_agency(finding, "audits/finding_withdrawn", reason=reason.strip())
    return finding


@transaction.atomic
def answer_disagreement(*, finding_id: UUID, actor: User, answer: str) -> Finding:
    """Put the auditors' answer beside the agency's disagreement; both stay on record."""
    finding = lock(Finding, finding_id)
    if not may_judge(finding, actor):
        raise NotPermitted
    if finding.disagreed_at is None:
        raise TransitionRefused(_("The agency has not disagreed with this finding."))
    if not answer.strip():
        raise ReasonRequired(fields={"answer": [_("Say why the finding stands, or withdraw it.")]})
    finding.disagreement_answer = answer.strip()
    finding.save()
    events.record(finding, act="answer_disagreement", actor=actor, reason=answer)
    tell_agency(finding, "audits/disagreement_answered", answer=answer.strip())
    return finding
