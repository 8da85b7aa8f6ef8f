"""Sums across currencies and months of income, in exact fractions. Nothing here is a float, nothing rounds on the way.

Rates are units of a currency for one US dollar. Rounding happens once, for showing, and always upwards: a cost or a
burden is never shown smaller than it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from iris.core.money import Money, minor_digits

Rates = Mapping[str, Fraction]
MEASURE = "USD"


class NoRate(LookupError):
    """A currency has no rate, so the sum cannot be said. The argument is its code."""


@dataclass(frozen=True)
class Component:
    """One component of the expected cost of a place, for one worker."""

    category: str
    name: str
    low: Money
    typical: Money
    high: Money
    source: str
    draft: bool


@dataclass(frozen=True)
class Range:
    """Low, typical and high in minor units of one currency, exact."""

    low: Fraction
    typical: Fraction
    high: Fraction
    currency: str

    def times(self, count: int) -> Range:
        """The same for several workers."""
        return Range(self.low * count, self.typical * count, self.high * count, self.currency)


def in_currency(money: Money, currency: str, rates: Rates) -> Fraction:
    """The amount in minor units of another currency, exact. Raises NoRate."""
    if money.currency == currency:
        return Fraction(money.minor)
    dollars = Fraction(money.minor, 10 ** minor_digits(money.currency)) / _rate(money.currency, rates)
    return dollars * _rate(currency, rates) * Fraction(10) ** minor_digits(currency)


def _rate(currency: str, rates: Rates) -> Fraction:
    if currency == MEASURE:
        return Fraction(1)
    if currency not in rates:
        raise NoRate(currency)
    return rates[currency]


def sum_in(amounts: Iterable[Money], currency: str, rates: Rates) -> Fraction:
    """The sum in minor units of one currency, exact. Raises NoRate."""
    return sum((in_currency(money, currency, rates) for money in amounts), Fraction(0))


def range_of(components: Iterable[Component], currency: str, rates: Rates) -> Range:
    """What the components come to, in one currency. Raises NoRate."""
    rows = list(components)
    return Range(
        sum_in((row.low for row in rows), currency, rates),
        sum_in((row.typical for row in rows), currency, rates),
        sum_in((row.high for row in rows), currency, rates),
        currency,
    )


def rounded_up(minor: Fraction, currency: str) -> Money:
    """For showing: the next whole minor unit."""
    return Money(ceil(minor), currency)


def months_of_income(borne: Iterable[Money], wage: Money, rates: Rates) -> Fraction:
    """SDG indicator 10.7.1 for one worker: what the worker bore, in months of income at the destination. Exact."""
    return sum_in(borne, wage.currency, rates) / wage.minor


def tenths_up(months: Fraction) -> Decimal:
    """For showing: one digit after the point, never rounded down."""
    return Decimal(ceil(months * 10)).scaleb(-1)
