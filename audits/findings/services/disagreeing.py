"""Both sides of a disagreement, turn by turn: the agency, the auditors, the agency's last word (R40)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audits.engagements import services as engagements
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import lock

from ..models import Finding, Position
from ..permissions import may_answer, may_judge
from ..states import FindingState, Side
from .telling import tell_agency, tell_team


@transaction.atomic
def disagree(*, finding_id: UUID, actor: User, reason: str) -> Finding:
    """Put the agency's disagreement, or after the auditors' answer its last word, on record; the clocks go on."""
    finding = lock(Finding, finding_id)
    if not may_answer(finding, actor):
        raise NotPermitted
    words = reason.strip()
    if not words:
        raise BadInput(fields={"reason": [_("Say what is not right and what shows it.")]})
    if not finding.is_issued or finding.state == FindingState.WITHDRAWN:
        raise TransitionRefused(_("Only a finding that was issued to you can be disputed."))
    said = list(finding.positions.order_by("turn"))
    if said and said[-1].side == Side.AGENCY:
        if said[-1].words == words:
            return finding
        raise TransitionRefused(_said_already(finding, last=len(said) > 1))
    if not said:
        finding.disagreement = words
        finding.disagreed_at = clocks.now()
        finding.save()
    _say(finding, len(said) + 1, Side.AGENCY, words, actor)
    events.record(finding, act="last_word" if said else "disagree", actor=actor, reason=words)
    tell_team(finding, "audits/finding_disputed", reason=words)
    return finding


def _said_already(finding: Finding, *, last: bool) -> str:
    number = {"number": finding.number}
    if last:
        return _("Both sides have spoken about finding %(number)s; your last word is on record.") % number
    return (
        _(
            "Your disagreement with finding %(number)s is on record. The auditors answer next; "
            "then you have the last word."
        )
        % number
    )


@transaction.atomic
def answer_disagreement(*, finding_id: UUID, actor: User, answer: str) -> Finding:
    """Put the auditors' answer beside the agency's disagreement; both stay on record."""
    finding = lock(Finding, finding_id)
    if not may_judge(finding, actor):
        raise NotPermitted
    words = answer.strip()
    if not words:
        raise ReasonRequired(fields={"answer": [_("Say why the finding stands, or withdraw it.")]})
    said = finding.positions.count()
    if said == 0:
        raise TransitionRefused(_("The agency has not disagreed with this finding."))
    if said > 1:
        raise TransitionRefused(_("The auditors have answered this disagreement; the answer stays as it is."))
    engagements.refuse_texts(finding.audit, {"answer": words})
    finding.disagreement_answer = words
    finding.save()
    _say(finding, 2, Side.AUDITOR, words, actor)
    events.record(finding, act="answer_disagreement", actor=actor, reason=words)
    tell_agency(finding, "audits/disagreement_answered", answer=words)
    return finding


def _say(finding: Finding, turn: int, side: Side, words: str, actor: User) -> None:
    Position.objects.create(finding=finding, turn=turn, side=side, words=words, said_by=actor)
