"""What a place is expected to cost, whether a job order can be employer-pays at its price, and what workers bore."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from certification.assessments.models import CorridorCost, CostLine, ExchangeRate, JobOrder, in_force
from certification.assessments.rules import (
    Component,
    NoRate,
    Range,
    months_of_income,
    range_of,
    rounded_up,
    sum_in,
    tenths_up,
)
from certification.assessments.states import Category, Payer, Plausibility
from iris.core import clocks
from iris.core.money import Money
from iris.core.places import Corridor

LEGITIMATE = [kind for kind in Category if kind != Category.X]


@dataclass(frozen=True)
class CostTables:
    """Expected costs and exchange rates as they stood at one moment."""

    costs: dict[tuple[str, str], list[CorridorCost]]
    rates: dict[str, Fraction]
    rate_rows: dict[str, ExchangeRate]

    def components(self, corridor: Corridor, sector: str = "") -> list[Component]:
        """The components of a corridor; one for a sector takes the place of the general one of its name."""
        rows = self.costs.get((corridor.origin, corridor.destination), [])
        chosen: dict[tuple[str, str], CorridorCost] = {}
        for row in sorted(rows, key=lambda row: bool(row.sector)):
            if row.sector in ("", sector):
                chosen[(row.category, row.name)] = row
        return [
            Component(row.category, row.name, row.low, row.typical, row.high, row.source, row.draft)
            for row in sorted(
                chosen.values(), key=lambda row: ([*map(str, LEGITIMATE)].index(row.category), row.name)
            )
        ]

    def used(self, currencies: Iterable[str]) -> list[ExchangeRate]:
        """The rates that comparing these currencies takes."""
        there = set(currencies)
        return (
            [self.rate_rows[code] for code in sorted(there) if code in self.rate_rows]
            if len(there) > 1
            else []
        )


@dataclass(frozen=True)
class Estimate:
    """What places in a corridor are expected to cost, itemised; `total` is missing where it cannot be said."""

    corridor: Corridor
    components: list[Component]
    currency: str
    per_worker: Range | None
    why_not: str
    without: list[str]
    rates: list[ExchangeRate] = field(default_factory=list)

    @property
    def draft(self) -> bool:
        """Whether any figure or rate is a proposal."""
        return any(row.draft for row in self.components) or any(rate.draft for rate in self.rates)

    def shown(self, workers: int = 1) -> tuple[Money, Money, Money] | None:
        """Low, typical and high for so many workers, each rounded up to a whole minor unit."""
        if self.per_worker is None:
            return None
        total = self.per_worker.times(workers)
        low, typical, high = (rounded_up(n, self.currency) for n in (total.low, total.typical, total.high))
        return low, typical, high


@dataclass(frozen=True)
class PriceCheck:
    """Whether employer and agency paid enough to carry the recruitment, with its arithmetic."""

    verdict: Plausibility
    why: str
    estimate: Estimate
    by_employer: Money | None = None
    by_agency: Money | None = None
    paid: Money | None = None
    short: Money | None = None

    @property
    def need(self) -> tuple[Money, Money, Money] | None:
        """Low, typical, high for one worker."""
        return self.estimate.shown()


@dataclass(frozen=True)
class Burden:
    """What one worker of a job order bore, in months of income at the destination (SDG 10.7.1)."""

    order: JobOrder
    lines: list[CostLine]
    months: Fraction | None
    why_not: str = ""
    rates: list[ExchangeRate] = field(default_factory=list)

    @property
    def shown(self) -> Decimal | None:
        """Months with one digit after the point, rounded up."""
        return None if self.months is None else tenths_up(self.months)

    @property
    def borne(self) -> list[Money]:
        """What the worker bore, one sum per currency."""
        sums: dict[str, int] = defaultdict(int)
        for line in self.lines:
            sums[line.currency] += line.worker_part.minor
        return [Money(minor, currency) for currency, minor in sorted(sums.items())]


def cost_tables(at: datetime | None = None) -> CostTables:
    """The tables in force at a moment, in two queries."""
    moment = at or clocks.now()
    costs: dict[tuple[str, str], list[CorridorCost]] = defaultdict(list)
    for row in in_force(CorridorCost, moment):
        costs[(row.origin, row.destination)].append(row)
    rows = in_force(ExchangeRate, moment).filter(rate_on__lte=moment.date()).order_by("currency", "rate_on")
    newest = {row.currency: row for row in rows}
    return CostTables(dict(costs), {code: Fraction(row.per_usd) for code, row in newest.items()}, newest)


def estimate(tables: CostTables, corridor: Corridor, currency: str, sector: str = "") -> Estimate:
    """What a place in a corridor is expected to cost, and which kinds of cost the table says nothing of."""
    components = tables.components(corridor, sector)
    there = {row.category for row in components}
    without = [
        f"{kind.value} {kind.label}"
        for kind in LEGITIMATE
        if kind.value.startswith("C") and kind not in there
    ]
    if not any(kind.startswith("F") for kind in there):
        without.insert(0, _("the recruiter’s own service"))
    rates = tables.used([currency, *(row.low.currency for row in components)])
    if not components:
        why = _("The scheme has no expected costs for %(corridor)s yet.") % {"corridor": corridor.text}
        return Estimate(corridor, [], currency, None, why, without)
    try:
        total = range_of(components, currency, tables.rates)
    except NoRate as missing:
        return Estimate(corridor, components, currency, None, no_rate(str(missing)), without)
    return Estimate(corridor, components, currency, total, "", without, rates)


def no_rate(currency: str) -> str:
    """Why a sum across currencies cannot be said."""
    return _("There is no exchange rate for %(currency)s, so the sum cannot be said.") % {
        "currency": currency
    }


def price_check(tables: CostTables, order: JobOrder, lines: Sequence[CostLine]) -> PriceCheck:
    """Compare what employer and agency paid for one worker with the least the recruitment can honestly cost.

    Charges that are never allowed (X) carry no recruitment and are left out. What cannot be compared is unknown,
    never fine.
    """
    expected = estimate(tables, order.corridor, order.currency, order.sector)
    unknown = Plausibility.UNKNOWN
    if expected.per_worker is None:
        return PriceCheck(unknown, expected.why_not, expected)
    counted = [line for line in lines if line.category != Category.X]
    if not counted:
        return PriceCheck(unknown, _("No costs are written down yet."), expected)
    try:
        by_employer = sum_in(
            (line.borne_by(Payer.EMPLOYER) for line in counted), order.currency, tables.rates
        )
        by_agency = sum_in((line.borne_by(Payer.AGENCY) for line in counted), order.currency, tables.rates)
    except NoRate as missing:
        return PriceCheck(unknown, no_rate(str(missing)), expected)
    paid = by_employer + by_agency
    verdict = Plausibility.ALARM if paid < expected.per_worker.low else Plausibility.PLAUSIBLE
    short = expected.per_worker.low - paid
    return PriceCheck(
        verdict,
        _why(verdict, expected),
        expected,
        by_employer=rounded_up(by_employer, order.currency),
        by_agency=rounded_up(by_agency, order.currency),
        paid=rounded_up(paid, order.currency),
        short=rounded_up(short, order.currency) if short > 0 else None,
    )


def _why(verdict: Plausibility, expected: Estimate) -> str:
    if verdict == Plausibility.ALARM:
        return _("Someone else has paid the rest, or costs are missing here. Often it is the worker.")
    if expected.without:
        return _("As far as the table goes: it has no figure for %(kinds)s.") % {
            "kinds": "; ".join(expected.without)
        }
    return _("What employer and agency paid covers the lowest expected costs.")


def burden(tables: CostTables, order: JobOrder, lines: Sequence[CostLine]) -> Burden:
    """Recruitment cost borne by one worker over one month of that worker's income at the destination."""
    borne = [line for line in lines if line.worker_borne]
    if not borne:
        return Burden(
            order, [], Fraction(0) if lines else None, "" if lines else _("No costs are written down yet.")
        )
    if order.wage is None:
        return Burden(order, borne, None, _("The monthly wage at the destination is not written down."))
    currencies = [order.wage.currency, *(line.currency for line in borne)]
    try:
        months = months_of_income((line.worker_part for line in borne), order.wage, tables.rates)
    except NoRate as missing:
        return Burden(order, borne, None, no_rate(str(missing)))
    return Burden(order, borne, months, "", tables.used(currencies))
