"""What has to be true of a certificate at any moment, written by hand: no table of the product is asked."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from certification.certificates.models import Certificate
from certification.decisions.models import Decision
from iris.core.models import Event

RUNNING = ("active", "conditional", "suspended")
LEGAL = {
    ("", "active"),
    ("active", "conditional"),
    ("conditional", "active"),
    ("active", "suspended"),
    ("conditional", "suspended"),
    ("suspended", "active"),
    ("suspended", "conditional"),
    *(
        (running, end)
        for running in ("active", "conditional", "suspended")
        for end in ("withdrawn", "relinquished", "expired", "superseded")
    ),
}
FOUR_EYES = {
    "suspend",
    "withdraw",
    "reinstate",
    "reinstate_with_conditions",
    "lift",
    "lift_with_conditions",
}
RULES = {"surveillance_missed", "licence_lost", "conditions_unmet", "suspended_too_long"}


def dates_agree(row: Certificate) -> None:
    """State, days and ground of a row say the same."""
    assert row.decided_on <= row.effective_on < row.expires_on
    assert (
        (row.suspended_on is not None) == (row.state == "suspended") == (row.suspension_ends_on is not None)
    )
    assert (row.ended_on is not None) == (row.state not in RUNNING)
    if row.state in ("suspended", "withdrawn"):
        assert row.reason_code
        assert row.public_note
        assert (row.settled_by_id is None) != (row.rule == "")


def chain_holds(row: Certificate, events: list[Event], taken: dict[UUID, Decision]) -> None:
    """Every change of state is a legal move with one event, and what ends or restores has a second person behind it."""
    at = ""
    for event in events:
        assert event.from_state == at
        assert (event.from_state, event.to_state) in LEGAL
        at = event.to_state
        if event.act in FOUR_EYES:
            _four_eyes(event, taken)
    assert at == row.state, "every change of state has its event"


def _four_eyes(event: Event, taken: dict[UUID, Decision]) -> None:
    if event.actor_id is None:
        assert event.data["rule"] in RULES
        assert event.act in ("suspend", "withdraw")
        return
    decision = taken[UUID(event.data["decision"])]
    assert decision.four_eyes
    assert decision.decided_by_id is not None
    assert decision.decided_by_id != decision.opened_by_id
    if decision.state != "overturned":
        assert event.actor_id == decision.decided_by_id
    assert event.actor_id != decision.opened_by_id


def told(row: Certificate, today: date) -> str:
    """The register's word for a revision, by hand."""
    ended = {
        "withdrawn": "withdrawn",
        "relinquished": "left",
        "superseded": "superseded",
        "expired": "expired",
    }
    if row.state in ended:
        return ended[row.state]
    if today > row.expires_on:
        return "expired"
    if row.state == "suspended":
        return "suspended"
    if today < row.effective_on:
        return "not_yet_valid"
    if row.state == "conditional":
        return "certified_with_conditions"
    return "reduced_scope" if row.scope_change == "reduced" else "certified"
