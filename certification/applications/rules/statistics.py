"""How long things take, from dates alone. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

Span = tuple[date, date]


def days_between(start: date, end: date) -> int:
    """Calendar days from one day to another; the first day does not count."""
    return (end - start).days


def days_without(start: date, end: date, pauses: Iterable[Span]) -> int:
    """Days from start to end without the days on which it lay with somebody else. Pauses may overlap or stick out."""
    left = days_between(start, end)
    counted_to = start
    for began, ended in sorted(pauses):
        first, last = max(began, counted_to), min(ended, end)
        if last > first:
            left -= days_between(first, last)
            counted_to = last
    return left


def median_days(days: Sequence[int]) -> float | None:
    """The middle of the sorted values, the mean of the two middle ones for an even number; None for nothing."""
    return float(median(days)) if days else None
