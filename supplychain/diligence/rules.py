"""When a second person is asked for, and until when a request is answered. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from iris.core.clocks import add_months
from supplychain.diligence.states import Approval, InboxLaw, Outcome

MOST_CONDITIONS = 20
SERIOUS = frozenset(
    {"uncertified", "suspended", "unlicensed", "cycle", "unknown_hop", "shared_with_withdrawn"}
)


def reasons_for_approval(
    *, outcome: str, certified: bool, findings: Collection[str], setting: str
) -> list[str]:
    """Why a second person has to agree: codes, empty when one person may decide.

    Stopping is always safe alone, unless the employer asks for two on every decision.
    """
    if setting == Approval.EVERY:
        return ["every"]
    if outcome == Outcome.STOP:
        return []
    reasons = [] if certified else ["not_certified"]
    return [*reasons, *sorted(SERIOUS & set(findings) - {"uncertified"})]


@dataclass(frozen=True)
class Clock:
    """The numbers an inbox runs by: days to answer, and how far an extension may reach from the day of receipt."""

    law: str
    answer_days: int
    extended_months: int


def answer_due(clock: Clock, received_on: date) -> date:
    """The last day for the answer, and for telling of an extension: calendar days after the day of receipt."""
    return received_on + timedelta(days=clock.answer_days)


def extended_due(clock: Clock, received_on: date) -> date:
    """The last day an extended answer may have: calendar months after the day of receipt."""
    return add_months(received_on, clock.extended_months)


def is_statutory(law: str) -> bool:
    """Whether a law sets the clock."""
    return law == InboxLaw.NORWAY
