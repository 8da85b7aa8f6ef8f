"""Whose move it is on an appeal, and what decisions and appeals ask of a person now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from certification.decisions.models import Appeal, Decision
from certification.decisions.selectors.appeals import open_appeals
from certification.decisions.selectors.hands import refusal_to_hear, refusal_to_vote
from certification.decisions.selectors.offers import subject_of
from certification.decisions.selectors.reading import open_decisions
from certification.decisions.states import UNDECIDED_STATES, AppealState
from iris.accounts.states import Role
from iris.core.moves import Move, Todo

if TYPE_CHECKING:
    from iris.accounts.models import User


def move_for(appeal: Appeal, user: User) -> Move | None:
    """The banner of an appeal's page; None once it is answered."""
    if appeal.state == AppealState.RECEIVED:
        yours = user.has_role(Role.SCHEME_MANAGER, Role.SCREENER)
        what = (
            _("Tell the agency that the appeal has arrived. Then the deciders below can vote.")
            if yours
            else _("The office confirms that it has the appeal and opens the hearing.")
        )
        return Move(_("The scheme office"), what, yours, appeal.acknowledge_by)
    if appeal.state == AppealState.IN_HEARING:
        voted = appeal.votes.filter(person=user).exists()
        yours = user.has_role(Role.DECIDER) and not voted and refusal_to_hear(appeal, user) is None
        what = _("Read the decision and the appeal, then vote with reasons.") if yours else _hearing(appeal)
        return Move(_("Deciders who had no part in the decision"), what, yours, appeal.due_on)
    return None


def move_on_decision(decision: Decision, user: User) -> Move | None:
    """The banner of a question's page; None once it is answered."""
    if decision.state not in UNDECIDED_STATES:
        return None
    voted = decision.votes.filter(person=user).exists()
    yours = user.has_role(Role.DECIDER) and not voted and refusal_to_vote(decision, user) is None
    what = _("Read what lies before you, then vote with reasons.") if yours else _("They read it and vote.")
    return Move(_("Deciders who had no part in it"), what, yours, decision.due_on)


def _hearing(appeal: Appeal) -> str:
    return _("%(count)s votes have to agree. Everybody reads the outcome and the reasons then.") % {
        "count": appeal.votes_needed
    }


def todos_for(user: User) -> list[Todo]:
    """What decisions and appeals ask of this person."""
    if user.has_role(Role.DECIDER):
        return _votes(user) + _hearings(user)
    if user.has_role(Role.SCHEME_MANAGER, Role.SCREENER):
        return [
            Todo(
                title=_("Acknowledge the appeal of %(agency)s") % {"agency": row.agency.legal_name},
                url=reverse("decisions:appeal", args=[row.pk]),
                what=str(subject_of(row.decision).name),
                due=row.acknowledge_by,
                icon="scale",
            )
            for row in open_appeals()
            if row.state == AppealState.RECEIVED
        ]
    return []


def _votes(user: User) -> list[Todo]:
    return [
        Todo(
            title=_("Vote on %(agency)s") % {"agency": row.agency.legal_name},
            url=subject_of(row).elsewhere or reverse("decisions:decision", args=[row.pk]),
            what=row.question,
            due=row.due_on,
            icon="gavel",
        )
        for row in open_decisions()
        if refusal_to_vote(row, user) is None and not row.votes.filter(person=user).exists()
    ]


def _hearings(user: User) -> list[Todo]:
    return [
        Todo(
            title=_("Hear the appeal of %(agency)s") % {"agency": row.agency.legal_name},
            url=reverse("decisions:appeal", args=[row.pk]),
            what=str(subject_of(row.decision).name),
            due=row.due_on,
            icon="scale",
        )
        for row in open_appeals()
        if row.state == AppealState.IN_HEARING
        and refusal_to_hear(row, user) is None
        and not row.votes.filter(person=user).exists()
    ]
