"""The cost ledger as people read it: job orders by corridor, totals by who paid, lines that need an answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from certification.assessments.models import Assessment, CostLine, JobOrder
from certification.assessments.states import Category, Payer
from iris.core.money import Money
from iris.core.places import Corridor

if TYPE_CHECKING:
    from collections.abc import Iterable


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
    def to_answer(self) -> list[CostLine]:
        """Worker-borne lines that nobody has answered yet."""
        return [line for line in self.lines if line.needs_answer]

    @property
    def worker_borne(self) -> list[CostLine]:
        """All worker-borne lines, answered or not."""
        return [line for line in self.lines if line.worker_borne]


def ledger(assessment: Assessment) -> list[LedgerOrder]:
    """Every job order with its lines: three queries whatever their number."""
    return [_order(order) for order in assessment.job_orders_in_order()]


def _order(order: JobOrder) -> LedgerOrder:
    lines = list(order.cost_lines.all())
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
