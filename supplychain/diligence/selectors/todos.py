"""What now, for an employer and for the scheme."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import clocks
from iris.core.moves import Todo
from supplychain.diligence.models import StepNote
from supplychain.diligence.permissions import may_work
from supplychain.diligence.selectors.decisions import decisions_of, open_conditions
from supplychain.diligence.selectors.requests import requests_visible_to
from supplychain.diligence.states import OPEN_REQUESTS, DecisionState, RequestState

MOST = 20


def todos_for(user: User) -> list[Todo]:
    """Everything of this room that asks something of the person."""
    organisation = user.organisation
    if organisation is None or not may_work(user):
        return []
    return [*_approvals(user), *_conditions(user), *_requests(user), *_reviews(user)]


def _approvals(user: User) -> list[Todo]:
    assert user.organisation is not None
    waiting = decisions_of(user.organisation).filter(state=DecisionState.PROPOSED)[:MOST]
    found = []
    for row in waiting:
        mine = row.proposed_by_id == user.pk or row.approver_id not in (None, user.pk)
        title = _("Approval of %(name)s") if mine else _("Approve or decline: %(name)s")
        found.append(
            Todo(
                title % {"name": row.name},
                reverse("diligence:decision", args=[row.pk]),
                _("%(who)s proposes: %(outcome)s.")
                % {"who": row.proposed_by.label, "outcome": row.get_outcome_display()},
                icon="gavel",
                waiting=mine,
            )
        )
    return found


def _conditions(user: User) -> list[Todo]:
    assert user.organisation is not None
    return [
        Todo(
            _("Condition for %(name)s") % {"name": row.decision.name},
            reverse("diligence:decision", args=[row.decision_id]),
            row.text[:140],
            due=row.due_on,
            icon="clipboard-check",
        )
        for row in open_conditions(user.organisation)[:MOST]
    ]


def _requests(user: User) -> list[Todo]:
    rows = requests_visible_to(user).filter(state__in=OPEN_REQUESTS)[:MOST]
    words = {
        RequestState.RECEIVED: _("Confirm that it arrived, then answer."),
        RequestState.IN_WORK: _("Answer it, or say why not."),
        RequestState.ASKED_BACK: _("You asked what is meant. The clock runs on."),
    }
    return [
        Todo(
            _("Request for information %(number)s") % {"number": row.number},
            reverse("diligence:request", args=[row.pk]),
            words[RequestState(row.state)],
            due=row.due,
            icon="mail-question",
        )
        for row in rows
    ]


def _reviews(user: User) -> list[Todo]:
    latest: dict[int, StepNote] = {}
    for row in StepNote.objects.filter(organisation=user.organisation).order_by("created_at"):
        latest[row.step] = row
    return [
        Todo(
            _("Look at step %(n)s of the cycle again") % {"n": row.step},
            reverse("diligence:step", args=[row.step]),
            row.owner,
            due=row.review_on,
            icon="refresh",
        )
        for row in latest.values()
        if row.review_on < clocks.today()
    ]
