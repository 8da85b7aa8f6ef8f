"""The cost ledger as people read it: job orders by corridor, totals by who paid, lines that need an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from certification.assessments.models import Assessment, CostLine, EmployerRequest, Evidence, JobOrder
from certification.assessments.rules import Dictionary, Disguise, bears, disguises_that_matter
from certification.assessments.selectors.employer import LineWord, OrderWord, order_word, requests_of
from certification.assessments.selectors.labels import dictionary_at
from certification.assessments.selectors.line_facts import LineFact, line_facts
from certification.assessments.selectors.prices import (
    Burden,
    CostTables,
    PriceCheck,
    burden,
    cost_tables,
    price_check,
)
from certification.assessments.states import Category, Payer, Plausibility
from iris.accounts.models import User
from iris.core.money import Money, minor_digits
from iris.core.places import Corridor

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
class LedgerLine:
    """One line as a page shows it: its figure, its watched words, the employer's word, what auditors saw."""

    line: CostLine
    figure: str
    warnings: list[Disguise]
    word: LineWord
    facts: list[LineFact]


@dataclass(frozen=True)
class LedgerOrder:
    """One job order with its lines, totals, price check, burden on workers and the employer's word."""

    order: JobOrder
    lines: list[CostLine]
    totals: list[Total]
    without: list[str]
    warnings: Mapping[UUID, list[Disguise]]
    facts: Mapping[UUID, list[LineFact]]
    word: OrderWord
    price: PriceCheck
    burden: Burden

    @property
    def currency(self) -> str:
        """The one currency of all its costs, or nothing where there are several."""
        return self.totals[0].currency if len(self.totals) == 1 else ""

    @property
    def rows(self) -> list[LedgerLine]:
        """Each line as the table shows it."""
        return [
            LedgerLine(
                line,
                self.figure(line.money),
                self.warnings[line.pk],
                self.word.by_line[line.pk],
                self.facts.get(line.pk, []),
            )
            for line in self.lines
        ]

    @property
    def seen(self) -> bool:
        """Whether rooms above saw anything of its lines."""
        return any(self.facts.get(line.pk) for line in self.lines)

    @property
    def alarm(self) -> bool:
        """Whether the price is too low to be employer-pays."""
        return self.price.verdict == Plausibility.ALARM

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
        parts = [part.minor for line in self.lines for _payer, part in line.shares]
        whole = all(minor % 10**digits == 0 for minor in parts)
        return number_format(
            money.amount, decimal_pos=0 if whole else digits, use_l10n=True, force_grouping=True
        )

    @property
    def to_answer(self) -> list[CostLine]:
        """Worker-borne lines that nobody has answered yet."""
        return [line for line in self.lines if line.needs_answer]

    @property
    def in_sight(self) -> list[CostLine]:
        """Lines said in words above the table: borne by workers or by nobody knows whom, or of a kind never allowed."""
        return [
            line
            for line in self.lines
            if line.worker_borne or bears(line, Payer.OTHER) or line.category == Category.X
        ]

    @property
    def worker_borne(self) -> list[CostLine]:
        """All worker-borne lines, answered or not."""
        return [line for line in self.lines if line.worker_borne]


@dataclass(frozen=True)
class _Around:
    """What is read once for all job orders of an assessment."""

    dictionary: Dictionary
    tables: CostTables
    requests: Mapping[str, EmployerRequest]
    facts: Mapping[UUID, list[LineFact]]


def ledger(assessment: Assessment, reader: User | None = None) -> list[LedgerOrder]:
    """Every job order with its lines, in a fixed number of queries. A declared one is read with the scheme's words,
    costs and rates of the moment it was declared."""
    orders = list(assessment.job_orders_in_order())
    if not orders:
        return []
    around = _Around(
        dictionary_at(assessment.frozen_at),
        cost_tables(assessment.frozen_at),
        requests_of(assessment),
        line_facts(assessment, reader),
    )
    return [_order(order, around) for order in orders]


def _order(order: JobOrder, around: _Around) -> LedgerOrder:
    lines = sorted(order.cost_lines.all(), key=lambda line: (PLACES[line.category], line.created_at))
    there = {line.category for line in lines}
    return LedgerOrder(
        order=order,
        lines=lines,
        totals=totals_of(lines),
        without=[
            str(kind.label) for kind in Category if kind.value.startswith("C") and kind.value not in there
        ],
        warnings={line.pk: warnings_of(line, around.dictionary) for line in lines},
        facts=around.facts,
        word=order_word(around.requests.get(order.reference.lower()), lines),
        price=price_check(around.tables, order, lines),
        burden=burden(around.tables, order, lines),
    )


def warnings_of(line: CostLine, dictionary: Dictionary) -> list[Disguise]:
    """Words in the label that often hide a fee, where they could hide one."""
    borne = not line.worker_borne and not bears(line, Payer.OTHER)
    found = dictionary.find(line.label)
    return disguises_that_matter(found, borne_by_employer=borne, proven=line.proof_id is not None)


def totals_of(lines: Iterable[CostLine]) -> list[Total]:
    """Sums by payer, one row per currency; currencies are never added up, shares count for who bore them."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in lines:
        for payer, part in line.shares:
            sums[line.currency][payer] += part.minor
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
    """Every line that workers paid, all or a share, with its job order; they stand beside the score, never in it."""
    return list(
        CostLine.objects.filter(
            Q(paid_by=Payer.WORKER) | Q(paid_by=Payer.SHARED, share_worker_minor__gt=0),
            job_order__assessment=assessment,
        )
        .select_related("job_order", "proof")
        .order_by("job_order__reference", "category", "created_at")
    )


def corridors_without_order(assessment: Assessment, orders: Iterable[LedgerOrder]) -> list[Corridor]:
    """Corridors the agency recruits in, of which the ledger has no job order."""
    there = {(row.order.origin, row.order.destination) for row in orders}
    declared = assessment.agency.corridors.values_list("origin", "destination")
    return [Corridor(*pair) for pair in sorted(declared) if pair not in there]


def burdens_by_corridor(orders: Sequence[LedgerOrder]) -> list[tuple[Corridor, list[Burden]]]:
    """The burden on workers of each job order, by corridor. Side by side: they are never averaged."""
    found: dict[tuple[str, str], list[Burden]] = defaultdict(list)
    for row in orders:
        found[(row.order.origin, row.order.destination)].append(row.burden)
    return [(Corridor(*pair), burdens) for pair, burdens in found.items()]


@dataclass(frozen=True)
class AuditLine:
    """One line with everything an auditor sets beside it."""

    order: JobOrder
    line: CostLine
    shares: list[tuple[Payer, Money]]
    proof: Evidence | None
    employer: LineWord
    price: PriceCheck
    burden: Burden
    facts: list[LineFact]


def lines_for_audit(assessment: Assessment, reader: User | None = None) -> list[AuditLine]:
    """Every line with its payers, proof, the employer's answer, the alarm of its job order, and what was seen of it."""
    return [
        AuditLine(
            order=row.order,
            line=entry.line,
            shares=entry.line.shares,
            proof=entry.line.proof,
            employer=entry.word,
            price=row.price,
            burden=row.burden,
            facts=entry.facts,
        )
        for row in ledger(assessment, reader)
        for entry in row.rows
    ]
