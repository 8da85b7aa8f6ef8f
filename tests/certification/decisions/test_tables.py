"""Every state of a decision and of an appeal x every act x every role, and what plain SQL is let through."""

from __future__ import annotations

from typing import Any

import pytest

from certification.decisions import services
from certification.decisions.models import Appeal, Decision
from certification.decisions.states import AppealState, DecisionState
from iris.accounts.models import User
from tests.factories import accounts, agencies, decisions
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db


def _signatory(thing: Any) -> User:
    return agencies.signatory(thing.agency)


PEOPLE = {
    "opener": lambda thing: decisions.deciders(3)[2],
    "first voter": lambda thing: decisions.deciders(1)[0],
    "second voter": lambda thing: decisions.deciders(2)[1],
    "other decider": lambda thing: decisions.deciders(6)[5],
    "manager": lambda thing: decisions.manager(),
    "screener": lambda thing: accounts.person("scheme", "screener"),
    "signatory": _signatory,
    "stranger": lambda thing: agencies.signatory(agencies.agency()),
}
# Of a decision opened by the third decider, with the vote of the first while it is voted on, two votes needed.
DECISION_ROWS = {
    ("open", "vote", "first voter"),
    ("open", "vote", "second voter"),
    ("open", "vote", "other decider"),
    ("voting", "vote", "second voter"),
    ("voting", "vote", "other decider"),
    ("decided", "appeal", "signatory"),
}
# Of an appeal against the decision of the first two; in a hearing nobody has voted yet.
APPEAL_ROWS = {
    ("received", "acknowledge", "manager"),
    ("received", "acknowledge", "screener"),
    ("received", "withdraw", "signatory"),
    ("in_hearing", "uphold", "other decider"),
    ("in_hearing", "dismiss", "other decider"),
    ("in_hearing", "withdraw", "signatory"),
}


def _vote_on_appeal(outcome: str) -> Any:
    return lambda row, by: services.vote_on_appeal(appeal_id=row.pk, actor=by, outcome=outcome, reasons="r")


def test_decision_table() -> None:
    acts = {
        "vote": lambda row, by: services.vote(decision_id=row.pk, actor=by, outcome="accept", reasons="r"),
        "decide alone": lambda row, by: services.decide(
            decision_id=row.pk, actor=by, outcome="accept", reasons="r"
        ),
        "appeal": lambda row, by: services.appeal(decision_id=row.pk, actor=by, grounds="g"),
    }
    count, wrong = wrong_rows(decisions.decision, DecisionState, acts, PEOPLE, DECISION_ROWS)
    assert wrong == []
    assert count == len(DecisionState) * len(acts) * len(PEOPLE)


def test_appeal_table() -> None:
    acts = {
        "acknowledge": lambda row, by: services.acknowledge_appeal(appeal_id=row.pk, actor=by),
        "uphold": _vote_on_appeal("upheld"),
        "dismiss": _vote_on_appeal("dismissed"),
        "withdraw": lambda row, by: services.withdraw_appeal(appeal_id=row.pk, actor=by),
    }
    count, wrong = wrong_rows(decisions.appeal, AppealState, acts, PEOPLE, APPEAL_ROWS)
    assert wrong == []
    assert count == len(AppealState) * len(acts) * len(PEOPLE)


@pytest.mark.parametrize("state", DecisionState.values)
def test_plain_sql_on_a_decision(state: str) -> None:
    allowed = {"open": {"voting"}}
    thing: Decision = decisions.decision(state)
    assert moves_let_through(thing, DecisionState.values) == allowed.get(state, set())


@pytest.mark.parametrize("state", AppealState.values)
def test_plain_sql_on_an_appeal(state: str) -> None:
    """Only what needs no signature and no vote: a withdrawal, which the decision has to follow."""
    allowed = {"received": {"withdrawn"}, "in_hearing": {"withdrawn"}}
    thing: Appeal = decisions.appeal(state)
    assert moves_let_through(thing, AppealState.values) == allowed.get(state, set())
