"""Appeals: an agency contests a decision, other people hear it, the decision stands or falls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.decisions.models import Appeal, Decision, Vote
from certification.decisions.permissions import speaks_for_agency
from certification.decisions.selectors import (
    appeal_ends_on,
    is_favourable,
    may_be_appealed,
    refusal_to_hear,
    subject_of,
)
from certification.decisions.services.deciding import Handler, checked_reasons, voted_already
from certification.decisions.states import AppealAnswer, AppealState, DecisionState
from iris.accounts.states import Role
from iris.core import clocks, events, files
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from iris.core.fsm import act, lock
from iris.notify import services as notify

if TYPE_CHECKING:
    from iris.accounts.models import User

_overturned: dict[str, Handler] = {}


def when_overturned(subject_label: str, handler: Handler) -> None:
    """What a room above does when an appeal overturns a decision of its own, in the same transaction."""
    _overturned[subject_label] = handler


@transaction.atomic
def appeal(*, decision_id: UUID, actor: User, grounds: str, upload: Any = None) -> Appeal:
    """The agency's signatory contests a decision, with grounds and at most one document.

    Raises NotPermitted, TransitionRefused (code `too_late` with the day that passed; `not_appealable`), Conflict when
    there was an appeal already, ReasonRequired without grounds.
    """
    agency_id = Decision.objects.values_list("agency_id", flat=True).get(pk=decision_id)
    agency = lock(Agency, agency_id)
    decision = lock(Decision, decision_id)
    if not speaks_for_agency(decision, actor):
        raise NotPermitted(_("Only the authorised signatory of the agency appeals for it."))
    _refuse_appeal(decision)
    told = checked_reasons(grounds, "grounds")
    document = None
    if upload is not None:
        document = files.store(upload, organisation_id=agency.organisation_id, actor=actor, field="document")
    now = clocks.now()
    row = Appeal.objects.create(
        decision=decision,
        agency=agency,
        grounds=told,
        document=document,
        received_at=now,
        received_from=actor,
        acknowledge_by=clocks.deadline(now, "appeal_ack_days"),
        due_on=clocks.deadline(now, "appeal_answer_days"),
        votes_needed=clocks.number("appeal_votes_needed"),
    )
    events.record(row, act="received", actor=actor, to_state=row.state)
    act(decision.contest, actor=actor)
    _tell_agency(row, "appeal_received")
    _tell_scheme(row, "appeal_new")
    return row


def _refuse_appeal(decision: Decision) -> None:
    earlier = Appeal.objects.filter(decision=decision).first()
    if earlier is not None:
        raise Conflict(
            _("There was an appeal against this decision on %(when)s. A decision is appealed once.")
            % {"when": in_words(earlier.received_at)}
        )
    if not may_be_appealed(decision):
        if decision.state != DecisionState.DECIDED:
            raise TransitionRefused(
                _("This is not decided, so there is nothing to appeal against."), code="not_appealable"
            )
        if is_favourable(decision):
            raise TransitionRefused(
                _("This decision went your way, so there is nothing to appeal against."),
                code="not_appealable",
            )
        last = appeal_ends_on(decision)
        assert last is not None
        raise TransitionRefused(
            _(
                "The time for an appeal ended on %(last)s, %(days)s days after the decision. "
                "You can write to the scheme office about new facts."
            )
            % {
                "last": in_words(last),
                "days": clocks.number("appeal_days", on=clocks.today()),
            },
            code="too_late",
        )


@transaction.atomic
def acknowledge_appeal(*, appeal_id: UUID, actor: User) -> Appeal:
    """The scheme office confirms to the agency that it has the appeal, and opens the hearing."""
    row = lock(Appeal, appeal_id)
    act(row.acknowledge, actor=actor)
    _tell_agency(row, "appeal_acknowledged")
    return row


@transaction.atomic
def vote_on_appeal(*, appeal_id: UUID, actor: User, outcome: str, reasons: str) -> Appeal:
    """Uphold or dismiss an appeal; when enough votes agree it is answered and the decision stands or falls.

    Raises NotPermitted (code `took_part` to whoever opened, voted on or took the decision; `barred`), Conflict for a
    second vote, an appeal that nobody acknowledged or that is answered.
    """
    agency_id = Appeal.objects.values_list("agency_id", flat=True).get(pk=appeal_id)
    lock(Agency, agency_id)
    row = lock(Appeal, appeal_id)
    if outcome not in AppealAnswer.values:
        raise BadInput(fields={"outcome": [_("Choose an answer.")]})
    if row.state == AppealState.IN_HEARING:
        refuse_hearer(row, actor)
        told = checked_reasons(reasons)
        Vote.objects.create(appeal=row, person=actor, outcome=outcome, reasons=told, at=clocks.now())
        events.record(row, act="voted", actor=actor)
    elif row.state == AppealState.RECEIVED:
        raise Conflict(_("The scheme office has not acknowledged this appeal yet. The hearing opens then."))
    agreeing = list(row.votes.filter(outcome=outcome))
    if len(agreeing) >= row.votes_needed or row.state != AppealState.IN_HEARING:
        _answer(row, actor, outcome, "\n\n".join(one.reasons for one in agreeing) or reasons)
    return row


def _answer(row: Appeal, actor: User, outcome: str, reasons: str) -> None:
    upheld = outcome == AppealAnswer.UPHELD
    act(row.uphold if upheld else row.dismiss, actor=actor, reason=reasons)
    decision = lock(Decision, row.decision_id)
    act(decision.overturn if upheld else decision.uphold, actor=actor, reason=reasons)
    handler = _overturned.get(decision.subject_label)
    if upheld and handler is not None:
        handler(decision, actor)
    _tell_agency(row, "appeal_upheld" if upheld else "appeal_dismissed", reasons=reasons)


@transaction.atomic
def withdraw_appeal(*, appeal_id: UUID, actor: User) -> Appeal:
    """The agency takes its appeal back; the decision stands as it was taken."""
    row = lock(Appeal, appeal_id)
    act(row.withdraw, actor=actor)
    act(lock(Decision, row.decision_id).accept_again, actor=actor)
    _tell_scheme(row, "appeal_withdrawn")
    return row


def refuse_hearer(row: Appeal, person: User) -> None:
    """Refuse, in words, whoever may not hear this appeal."""
    refusal = refusal_to_hear(row, person)
    if refusal is not None:
        raise NotPermitted(refusal.sentence, code=refusal.code)
    earlier = row.votes.filter(person=person).first()
    if earlier is not None:
        raise voted_already(earlier)


def _words(row: Appeal, **more: Any) -> dict[str, Any]:
    return {
        "agency": row.agency.legal_name,
        "about": str(subject_of(row.decision).name),
        "due_on": row.due_on,
        "acknowledge_by": row.acknowledge_by,
        "votes_needed": row.votes_needed,
        **more,
    }


def _tell_agency(row: Appeal, template: str, **more: Any) -> None:
    notify.notify_roles(
        organisation=row.agency.organisation,
        roles=(Role.SIGNATORY, Role.MANAGER),
        template=f"decisions/{template}",
        context=_words(row, **more),
        url=reverse("decisions:appeal", args=[row.pk]),
    )


def _tell_scheme(row: Appeal, template: str) -> None:
    notify.notify(
        people=notify.scheme_people([Role.SCHEME_MANAGER, Role.DECIDER]),
        template=f"decisions/{template}",
        context=_words(row),
        url=reverse("decisions:appeal", args=[row.pk]),
    )
