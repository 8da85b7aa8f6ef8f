"""The cost ledger as people read it: job orders by corridor, totals by who paid, lines that need an answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from certification.assessments.models import Assessment, CostLine, JobOrder
from certification.assessments.states import Category, Payer
from iris.core.money import Money, minor_digits
from iris.core.places import Corridor

if TYPE_CHECKING:
    from collections.abc import Iterable


PLACES = {
    kind.value: place for place, kind in enumerate(Category)
}  # fees first, then costs, then what is never allowed


@dataclass(frozen=True)
class Total:
    """What one worker's place cost in one currency, by who paid."""

    currency: str
    employer_or_agency: Money
    worker: Money
    other: Money


@dataclass(frozen=True)
class LedgerOrder:
    """One job order with its lines and totals."""

    order: JobOrder
    lines: list[CostLine]
    totals: list[Total]
    without: list[str]

    @property
    def currency(self) -> str:
        """The one currency of all its costs, or nothing where there are several."""
        return self.totals[0].currency if len(self.totals) == 1 else ""

    @property
    def rows(self) -> list[tuple[CostLine, str]]:
        """Each line with its amount as the table shows it."""
        return [(line, self.figure(line.money)) for line in self.lines]

    @property
    def sums(self) -> list[tuple[str, str, bool]]:
        """What each payer bore: words, amount, and whether it is the worker's."""
        rows: list[tuple[str, str, bool]] = []
        for total in self.totals:
            rows.append((_("Paid by employer or agency"), self.figure(total.employer_or_agency), False))
            rows.append((_("Paid by worker"), self.figure(total.worker), total.worker.minor > 0))
            if total.other.minor:
                rows.append((_("Paid by someone else"), self.figure(total.other), False))
        return rows

    def figure(self, money: Money) -> str:
        """The amount as the column shows it: bare in the one currency, without cents where no line has any."""
        if not self.currency:
            return str(money.text)
        digits = minor_digits(self.currency)
        whole = all(line.amount_minor % 10**digits == 0 for line in self.lines)
        return number_format(
            money.amount, decimal_pos=0 if whole else digits, use_l10n=True, force_grouping=True
        )

    @property
    def to_answer(self) -> list[CostLine]:
        """Worker-borne lines that nobody has answered yet."""
        return [line for line in self.lines if line.needs_answer]

    @property
    def in_sight(self) -> list[CostLine]:
        """Lines that are said in words above the table: borne by workers, or of a kind that is never allowed."""
        return [line for line in self.lines if line.worker_borne or line.category == Category.X]

    @property
    def worker_borne(self) -> list[CostLine]:
        """All worker-borne lines, answered or not."""
        return [line for line in self.lines if line.worker_borne]


def ledger(assessment: Assessment) -> list[LedgerOrder]:
    """Every job order with its lines: three queries whatever their number."""
    return [_order(order) for order in assessment.job_orders_in_order()]


def _order(order: JobOrder) -> LedgerOrder:
    lines = sorted(order.cost_lines.all(), key=lambda line: (PLACES[line.category], line.created_at))
    there = {line.category for line in lines}
    without = [str(kind.label) for kind in Category if kind.value.startswith("C") and kind.value not in there]
    return LedgerOrder(order=order, lines=lines, totals=totals_of(lines), without=without)


def totals_of(lines: Iterable[CostLine]) -> list[Total]:
    """Sums by payer, one row per currency; currencies are never added up."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in lines:
        sums[line.currency][line.paid_by] += line.amount_minor
    return [
        Total(
            currency=currency,
            employer_or_agency=Money(by[Payer.EMPLOYER] + by[Payer.AGENCY], currency),
            worker=Money(by[Payer.WORKER], currency),
            other=Money(by[Payer.OTHER], currency),
        )
        for currency, by in sorted(sums.items())
    ]


def worker_borne(assessment: Assessment) -> list[CostLine]:
    """Every line that workers paid, with its job order; they stand beside the score, never in it."""
    return list(
        CostLine.objects.filter(job_order__assessment=assessment, paid_by=Payer.WORKER)
        .select_related("job_order", "proof")
        .order_by("job_order__reference", "category", "created_at")
    )


def corridors_without_order(assessment: Assessment, orders: Iterable[LedgerOrder]) -> list[Corridor]:
    """Corridors the agency recruits in, of which the ledger has no job order."""
    there = {(row.order.origin, row.order.destination) for row in orders}
    declared = assessment.agency.corridors.values_list("origin", "destination")
    return [Corridor(*pair) for pair in sorted(declared) if pair not in there]
