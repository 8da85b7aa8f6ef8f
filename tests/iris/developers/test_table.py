"""Every state of a request for live keys x act x role, against a table written by hand; and what plain SQL does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from iris.core import clocks
from iris.core.events import SYSTEM
from iris.core.fsm import act, lock
from iris.developers import services
from iris.developers.models import LiveRequest
from iris.developers.states import LiveRequestState
from tests.factories.accounts import join, person
from tests.iris.developers.test_live import asked, developer
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db
ALLOWED = {
    ("asked", "accept", "scheme_manager"),
    ("asked", "refuse", "scheme_manager"),
    ("asked", "withdraw", "own_developer"),
    ("asked", "withdraw", "own_colleague"),
}
OTHERS = {
    "scheme_manager": "scheme",
    "screener": "scheme",
    "decider": "scheme",
    "signatory": "agency",
    "manager": "agency",
    "contributor": "agency",
    "firm_manager": "audit_firm",
    "lead_auditor": "audit_firm",
    "auditor": "audit_firm",
    "sourcing_manager": "employer",
    "sourcing_viewer": "employer",
    "reader": "government",
    "trainer": "training_provider",
    "caseworker": "caseworker",
    "developer": "developer",
}
ACTS: dict[str, Callable[[LiveRequest, Any], Any]] = {
    "accept": lambda row, who: services.answer(request_id=row.pk, actor=who, accept=True),
    "refuse": lambda row, who: services.answer(
        request_id=row.pk, actor=who, accept=False, reason="Who asks?"
    ),
    "withdraw": lambda row, who: services.withdraw(request_id=row.pk, actor=who),
}


def in_state(state: str) -> LiveRequest:
    """A request of a developer of its own, brought to a state by the machine."""
    row = asked(developer())
    with transaction.atomic():
        held = lock(LiveRequest, row.pk)
        if state == "accepted":
            act(held.accept, actor=SYSTEM)
        elif state == "refused":
            act(held.refuse, actor=SYSTEM, reason="Who asks?", words="Who asks?")
        elif state == "withdrawn":
            act(held.withdraw, actor=SYSTEM)
    return LiveRequest.objects.get(pk=row.pk)


def colleague(row: LiveRequest) -> Any:
    """Another developer of the organisation that asked."""
    return join(person(), row.organisation, "developer")


def test_every_state_act_and_role() -> None:
    others = {role: person(kind, role) for role, kind in OTHERS.items()}
    people: dict[str, Callable[[LiveRequest], Any]] = {
        role: (lambda row, who=who: who) for role, who in others.items()
    }
    people |= {"own_developer": _asker, "own_colleague": colleague, "nobody": lambda row: person()}

    tried, wrong = wrong_rows(in_state, LiveRequestState.values, ACTS, people, ALLOWED)

    assert wrong == []
    assert tried == 4 * 3 * 18


def _asker(row: LiveRequest) -> Any:
    who = row.asked_by
    who.acting = who.memberships.get(organisation=row.organisation)
    return who


ENDS = {"accepted", "refused", "withdrawn"}


def test_plain_sql_moves_nothing_without_its_date() -> None:
    found = {
        state: moves_let_through(in_state(state), LiveRequestState.values)
        for state in LiveRequestState.values
    }
    assert found == {"asked": set(), "accepted": set(), "refused": set(), "withdrawn": set()}


def test_plain_sql_with_every_date_follows_the_arrows_only() -> None:
    found = {}
    for state in LiveRequestState.values:
        row = in_state(state)
        found[state] = {to for to in LiveRequestState.values if to != state and _set_by_sql(row, to)}
    assert found == {"asked": ENDS, "accepted": set(), "refused": set(), "withdrawn": set()}


def _set_by_sql(row: LiveRequest, to: str) -> bool:
    """Whether the database takes a state that comes with all that its constraints ask; nothing is kept."""
    ended = None if to == "asked" else clocks.now() + timedelta(hours=1)
    change = "UPDATE iris_developers_liverequest SET state = %s, ended_at = %s, reason = 'r' WHERE id = %s"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change, [to, ended, row.pk])
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def test_plain_sql_begins_a_request_as_asked_only() -> None:
    user = developer()
    given = {"organisation": user.organisation, "asked_by": user, "purpose": "p", "scopes": ["read:register"]}
    begun = set()
    for state in LiveRequestState.values:
        ended = None if state == "asked" else clocks.now()
        row = LiveRequest(id=uuid4(), calls_a_day=1, state=state, ended_at=ended, reason="r", **given)
        try:
            with transaction.atomic():
                LiveRequest.objects.bulk_create([row])
                begun.add(state)
                transaction.set_rollback(True)
        except DatabaseError:
            continue
    assert begun == {"asked"}
