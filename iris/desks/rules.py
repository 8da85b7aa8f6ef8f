"""Pure arithmetic behind what the scheme's desk points at. It points; people look and judge."""

from __future__ import annotations

import math
from datetime import date
from typing import Literal

OutlierWord = Literal["", "fewer", "more"]


def at_most(count: int, expected: float) -> float:
    """The chance of `count` or fewer events where `expected` happen on average (Poisson)."""
    return min(
        1.0, sum(math.exp(-expected + k * math.log(expected) - math.lgamma(k + 1)) for k in range(count + 1))
    )


def outlier(count: int, expected: float, percent: int) -> OutlierWord:
    """Whether so many findings are far fewer or far more than others make in as many audits.

    `percent` is the chance below which a count is called far, on each side. Nothing is called far where nothing
    is expected: there is no measure.
    """
    if expected <= 0:
        return ""
    limit = percent / 100
    if at_most(count, expected) < limit:
        return "fewer"
    if count > 0 and 1 - at_most(count - 1, expected) < limit:
        return "more"
    return ""


def days_on_site(first: date, last: date, people: int) -> int:
    """Auditor days of a stay: working days from the first to the last day, both counted, for each person."""
    return len([day for day in range(first.toordinal(), last.toordinal() + 1) if (day - 1) % 7 < 5]) * people


def too_short(on_site: int, quoted: float, percent: int) -> bool:
    """Whether the days on site are below this share of the quoted days."""
    return on_site * 100 < quoted * percent
