"""Asking a question about an agency, and answering it by votes of people who had no part in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.decisions.models import Decision, Vote
from certification.decisions.selectors import open_decision_for, refusal_to_vote
from certification.decisions.services.bars import refuse_barred
from certification.decisions.states import UNDECIDED_STATES, DecisionState
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired
from iris.core.fsm import act, lock

if TYPE_CHECKING:
    from iris.accounts.models import User

LONGEST_REASONS = 8000
Handler = Callable[[Decision, "User"], None]
_decided: dict[str, Handler] = {}


def when_decided(subject_label: str, handler: Handler) -> None:
    """What a room above does once votes suffice, in the same transaction: it reads `outcome` and `proposal`."""
    _decided[subject_label] = handler


@transaction.atomic
def open_decision(
    *,
    agency: Agency,
    subject_label: str,
    subject_id: UUID,
    question: str,
    facts: dict[str, Any],
    actor: Any,
    four_eyes: bool = False,
    votes_needed: int = 1,
    proposal: dict[str, Any] | None = None,
    due_on: date | None = None,
) -> Decision:
    """The open decision about a subject: the one there is, or a new one.

    `four_eyes`: whoever opens it may not answer it. `votes_needed`: so many votes have to agree.
    """
    lock(Agency, agency.pk)
    known = open_decision_for(subject_label, subject_id)
    if known is not None:
        return known
    decision = Decision.objects.create(
        agency=agency,
        subject_label=subject_label,
        subject_id=subject_id,
        question=question,
        facts=facts,
        opened_by=None if actor is events.SYSTEM else actor,
        four_eyes=four_eyes,
        votes_needed=votes_needed,
        proposal=proposal,
        due_on=due_on,
    )
    events.record(
        decision, act="opened", actor=actor, data={"subject": subject_label, "subject_id": str(subject_id)}
    )
    return decision


@transaction.atomic
def vote(*, decision_id: UUID, actor: User, outcome: str, reasons: str) -> Decision:
    """Answer a question, once for each person; when `votes_needed` votes agree the decision is taken.

    Raises NotPermitted (code `barred` naming each tie; `four_eyes` to whoever asked; `retaken` to whoever took the
    decision that an appeal overturned; `not_permitted` to anyone who is no decider), ReasonRequired, Conflict for a
    second vote and for a decision that is taken.
    """
    agency_id = Decision.objects.values_list("agency_id", flat=True).get(pk=decision_id)
    lock(Agency, agency_id)
    decision = lock(Decision, decision_id)
    if decision.state in UNDECIDED_STATES:
        refuse_voter(decision, actor)
        told = checked_reasons(reasons)
        _write(decision, actor, outcome, told)
    agreeing = list(decision.votes.filter(outcome=outcome))
    if len(agreeing) < decision.votes_needed and decision.state in UNDECIDED_STATES:
        if decision.state == DecisionState.OPEN:
            act(decision.begin_voting, actor=actor)
        return decision
    reasons = "\n\n".join(one.reasons for one in agreeing)
    act(
        decision.decide,
        actor=actor,
        reason=reasons,
        outcome=outcome,
        reasons=reasons,
        data={"outcome": outcome, "votes": len(agreeing)},
    )
    handler = _decided.get(decision.subject_label)
    if handler is not None:
        handler(decision, actor)
    return decision


@transaction.atomic
def decide(*, decision_id: UUID, actor: User, outcome: str, reasons: str) -> Decision:
    """Take a decision by a single vote that has to suffice; otherwise as `vote`."""
    needed = Decision.objects.values_list("votes_needed", flat=True).get(pk=decision_id)
    if needed > 1:
        raise Conflict(
            _("This needs %(count)s votes that agree. Give your vote; others have to give theirs.")
            % {"count": needed}
        )
    return vote(decision_id=decision_id, actor=actor, outcome=outcome, reasons=reasons)


@transaction.atomic
def answer_by_office(
    *,
    agency: Agency,
    subject_label: str,
    subject_id: UUID,
    question: str,
    outcome: str,
    reasons: str,
    actor: User,
) -> Decision:
    """Keep an answer that the scheme's office gave by itself as a decision, so that the agency can appeal against it.

    Raises NotPermitted (code `barred` naming each tie; to anyone who is not of the office), ReasonRequired.
    """
    decision = open_decision(
        agency=agency,
        subject_label=subject_label,
        subject_id=subject_id,
        question=question,
        facts={},
        actor=actor,
    )
    refuse_barred(agency, actor)
    told = checked_reasons(reasons)
    Vote.objects.create(decision=decision, person=actor, outcome=outcome, reasons=told, at=clocks.now())
    act(
        decision.answer_by_office,
        actor=actor,
        reason=told,
        outcome=outcome,
        reasons=told,
        data={"outcome": outcome},
    )
    return decision


def refuse_voter(decision: Decision, person: User) -> None:
    """Refuse, in words, whoever may not answer this question."""
    refusal = refusal_to_vote(decision, person)
    if refusal is not None:
        raise NotPermitted(refusal.sentence, code=refusal.code)
    earlier = decision.votes.filter(person=person).first()
    if earlier is not None:
        raise voted_already(earlier)


def voted_already(earlier: Vote) -> Conflict:
    """The refusal of a second vote."""
    return Conflict(
        _("You voted on %(when)s. A vote is given once and stays.") % {"when": in_words(earlier.at)},
        code="voted",
    )


def checked_reasons(reasons: str, field: str = "reasons") -> str:
    """The reasons, or a refusal that says what is missing."""
    told = reasons.strip()
    if not told:
        raise ReasonRequired(fields={field: [_("Give your reasons. The agency reads them.")]})
    if len(told) > LONGEST_REASONS:
        sentence = _("At most %(most)s characters fit here. Say it shorter.") % {"most": LONGEST_REASONS}
        raise BadInput(sentence, fields={field: [sentence]})
    return told


def _write(decision: Decision, actor: User, outcome: str, reasons: str) -> None:
    if not outcome.strip():
        raise BadInput(fields={"outcome": [_("Choose an answer.")]})
    row = Vote.objects.create(
        decision=decision, person=actor, outcome=outcome, reasons=reasons, at=clocks.now()
    )
    if decision.votes_needed > 1:
        events.record(decision, act="voted", actor=actor, data={"vote": str(row.pk)})
