"""Shares of payers, instalments, samples, months of wage: whole numbers that add up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from iris.core import clocks

# Shares are written in hundredths of a per cent.
WHOLE = 10_000


def share_parts(total: int, weights: Sequence[int]) -> list[int]:
    """The total divided by weight, to the last minor unit: what is left over goes to the largest remainders."""
    whole = sum(weights)
    if whole <= 0:
        return [0 for _weight in weights]
    parts = [total * weight // whole for weight in weights]
    rest = [total * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-rest[place], place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts


def instalment_parts(due: int, count: int) -> list[int]:
    """One worker's amount in so many instalments: equal to a minor unit, the larger ones first."""
    each, more = divmod(due, count)
    return [each + (place < more) for place in range(count)]


def sample_needed(workers: int, percent: int, least: int = 0) -> int:
    """How many of so many workers a sample holds: the percentage rounded up, at least `least`, at most all."""
    return min(workers, max(least, -(-workers * percent // 100)))


def held_after(attempts: Sequence[date], needed: int, months: int) -> date | None:
    """The day from which money may go to a held balance; None while there are too few attempts."""
    days = sorted(attempts)
    if len(days) < needed:
        return None
    return max(days[needed - 1], clocks.add_months(days[0], months))


def months_of_wage(cost: Fraction, wage: Fraction) -> Fraction | None:
    """SDG indicator 10.7.1 for one person: what recruitment cost, in months of the wage of the same person."""
    return cost / wage if wage > 0 else None


def tenths(value: Fraction) -> str:
    """With one digit after the point, half upwards: 6 -> "6.0"."""
    found = (value.numerator * 20 // value.denominator + 1) // 2
    return f"{found // 10}.{found % 10}"
