"""Every state of an edition x act x role, against a table written by hand; and what plain SQL lets through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest

from certification.standard import services
from certification.standard.models import Edition
from certification.standard.states import EditionState
from iris.core.events import SYSTEM
from iris.core.fsm import act, lock
from tests.factories.accounts import person
from tests.factories.standard import load_edition_one, small_document
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db

ALLOWED = {
    ("draft", "open_consultation", "scheme_manager"),
    ("draft", "issue", "scheme_manager"),
    ("consultation", "back_to_draft", "scheme_manager"),
    ("consultation", "issue", "scheme_manager"),
    ("issued", "begin_retirement", "scheme_manager"),
    ("retiring", "retire", "scheme_manager"),
}
ROLES = {
    "scheme_manager": "scheme",
    "screener": "scheme",
    "decider": "scheme",
    "signatory": "agency",
    "lead_auditor": "audit_firm",
    "sourcing_manager": "employer",
    "reader": "government",
    "trainer": "training_provider",
}


def maker() -> Callable[[str], Edition]:
    """Editions 2, 3, …, each younger than the one before, walked to a state by the real services."""
    numbers = count(2)

    def make(state: str) -> Edition:
        number = next(numbers)
        days = {"valid_from": date(2026, 11, number), "previous_valid_until": date(2028, 11, number)}
        edition = services.load_edition(small_document(number=number, **days), SYSTEM).edition
        if state == "consultation":
            act(lock(Edition, edition.pk).open_consultation, actor=SYSTEM)
        elif state != "draft":
            services.issue_edition(edition.pk, SYSTEM)
            if state != "issued":
                until = date(2028, 12, 31)
                act(lock(Edition, edition.pk).begin_retirement, actor=SYSTEM, valid_until=until)
            if state == "retired":
                services.retire_edition(edition.pk, SYSTEM)
        return Edition.objects.get(pk=edition.pk)

    return make


def one(name: str, **own: Any) -> Callable[[Edition, Any], Any]:
    return lambda edition, who: act(getattr(lock(Edition, edition.pk), name), actor=who, **own)


ACTS: dict[str, Callable[[Edition, Any], Any]] = {
    "open_consultation": one("open_consultation"),
    "back_to_draft": one("back_to_draft"),
    "issue": lambda edition, who: services.issue_edition(edition.pk, who),
    "begin_retirement": one("begin_retirement", valid_until=date(2028, 12, 31)),
    "retire": lambda edition, who: services.retire_edition(edition.pk, who),
}


def test_every_state_act_and_role() -> None:
    load_edition_one()
    users = {role: person(kind, role) for role, kind in ROLES.items()}
    people = {role: (lambda edition, user=user: user) for role, user in users.items()}

    tried, wrong = wrong_rows(maker(), EditionState.values, ACTS, people, ALLOWED)

    assert wrong == []
    assert tried == 5 * 5 * 8


SQL_LETS_THROUGH = {
    "draft": {"consultation"},  # coming into force needs its date too, which SQL alone does not give
    "consultation": {"draft"},
    "issued": set(),
    "retiring": set(),
    "retired": set(),
}


def test_plain_sql_moves_nothing_that_the_acts_do_not() -> None:
    load_edition_one()
    make = maker()

    found = {state: moves_let_through(make(state), EditionState.values) for state in EditionState.values}

    assert found == SQL_LETS_THROUGH
