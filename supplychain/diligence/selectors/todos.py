"""What now, for an employer and for the scheme."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core.moves import Todo
from supplychain.diligence.permissions import may_work
from supplychain.diligence.selectors.decisions import decisions_of, open_conditions
from supplychain.diligence.states import DecisionState

MOST = 20


def todos_for(user: User) -> list[Todo]:
    """Everything of this room that asks something of the person."""
    organisation = user.organisation
    if organisation is None or not may_work(user):
        return []
    return [*_approvals(user), *_conditions(user)]


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
