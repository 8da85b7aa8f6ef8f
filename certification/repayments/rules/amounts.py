"""What each worker is owed.

Every figure is a fraction of minor units of the payout currency until the very last step, where it is rounded up:
no rounding ever takes something from a worker. Nothing here lowers an amount for lack of a receipt.

- Who confirmed that all costs are proven gets what is proven. These amounts make the figure of the cohort.
- Everybody else gets the figure of the cohort (average, median, or the higher of both), and never less than what is
  proven for that person.
- Where nobody in a cohort has proven everything, the figure rests on consistent testimony, else on an estimate.
- Interest on a loan and interest for late repayment come on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from iris.core.money import minor_digits

PROVEN, TESTIMONY, ESTIMATE = "proven", "testimony", "estimate"


class Ground(StrEnum):
    """What a cohort's figure rests on, strongest first; NONE where there is nothing to go by."""

    PROVEN = "proven"
    TESTIMONY = "testimony"
    ESTIMATE = "estimate"
    NONE = "none"


@dataclass(frozen=True)
class Line:
    """A cost that counts. `strength` is proven, testimony or estimate."""

    minor: int
    currency: str
    strength: str = PROVEN


@dataclass(frozen=True)
class Loan:
    """What borrowing the money cost: interest as stated, or simple interest (rate per year x days / basis)."""

    minor: int
    currency: str
    rate: Fraction = Fraction(0)
    days: int = 0
    basis: int = 365
    stated: int | None = None

    @property
    def interest(self) -> Fraction:
        """Exact, in minor units of its own currency."""
        if self.stated is not None:
            return Fraction(self.stated)
        return self.minor * self.rate * self.days / self.basis


@dataclass(frozen=True)
class Term:
    """Interest for late repayment: rate per year over so many days of a year of `basis` days."""

    rate: Fraction
    days: int
    basis: int = 365

    @property
    def factor(self) -> Fraction:
        """What an amount is multiplied by."""
        return self.rate * self.days / self.basis


@dataclass(frozen=True)
class Worker:
    """One worker. `complete`: the worker confirmed that all costs are proven."""

    code: str
    cohort: str
    lines: tuple[Line, ...] = ()
    complete: bool = False
    loans: tuple[Loan, ...] = ()


@dataclass(frozen=True)
class Reckoning:
    """Everything that goes in. `rates[c]`: how much payout currency one unit of c is worth."""

    rule: str
    currency: str
    workers: Sequence[Worker]
    rates: Mapping[str, Fraction] = field(default_factory=dict)
    terms: Sequence[Term] = ()


@dataclass(frozen=True)
class CohortFigure:
    """What the workers of a cohort get whose costs are not all proven."""

    cohort: str
    ground: Ground
    n: int
    average: Fraction
    median: Fraction
    figure: Fraction


@dataclass(frozen=True)
class Amount:
    """What one worker is owed, step by step; `due` in whole minor units."""

    code: str
    cohort: str
    proven: Fraction
    own: bool
    base: Fraction
    loan: Fraction
    late: Fraction
    due: int

    @property
    def exact(self) -> Fraction:
        """Before rounding."""
        return self.base + self.loan + self.late


@dataclass(frozen=True)
class Reckoned:
    """Everything that comes out."""

    cohorts: list[CohortFigure]
    amounts: list[Amount]

    @property
    def total(self) -> int:
        """The sum of what each worker is owed."""
        return sum(one.due for one in self.amounts)


def round_up(exact: Fraction) -> int:
    """To the next whole minor unit: in the worker's favour."""
    return -(-exact.numerator // exact.denominator)


def in_payout(minor: int | Fraction, currency: str, case: Reckoning) -> Fraction:
    """An amount in minor units of the payout currency, exact."""
    if currency == case.currency:
        return Fraction(minor)
    digits = minor_digits(case.currency) - minor_digits(currency)
    return minor * case.rates[currency] * Fraction(10) ** digits


def currencies_without_rate(case: Reckoning) -> list[str]:
    """Currencies that costs or loans are in and no rate is known for."""
    used = {line.currency for worker in case.workers for line in worker.lines}
    used |= {loan.currency for worker in case.workers for loan in worker.loans}
    return sorted(one for one in used if one != case.currency and one not in case.rates)


def cohorts_without_ground(case: Reckoning) -> list[str]:
    """Cohorts with somebody to pay and nothing to go by."""
    return [
        cohort for cohort, workers in _by_cohort(case.workers).items() if _ground(workers)[0] == Ground.NONE
    ]


def reckon(case: Reckoning) -> Reckoned:
    """Work everything out. Ask `currencies_without_rate` and `cohorts_without_ground` first."""
    figures = {cohort: _figure(cohort, workers, case) for cohort, workers in _by_cohort(case.workers).items()}
    factor = sum((term.factor for term in case.terms), Fraction(0))
    amounts = [_amount(worker, figures[worker.cohort], factor, case) for worker in case.workers]
    return Reckoned([figures[cohort] for cohort in sorted(figures)], amounts)


def _by_cohort(workers: Iterable[Worker]) -> dict[str, list[Worker]]:
    found: dict[str, list[Worker]] = {}
    for worker in workers:
        found.setdefault(worker.cohort, []).append(worker)
    return found


def _is_own(worker: Worker) -> bool:
    return worker.complete and any(line.strength == PROVEN for line in worker.lines)


def _ground(workers: Sequence[Worker]) -> tuple[Ground, list[Worker]]:
    own = [worker for worker in workers if _is_own(worker)]
    if own:
        return Ground.PROVEN, own
    for ground, strength in ((Ground.TESTIMONY, TESTIMONY), (Ground.ESTIMATE, ESTIMATE)):
        found = [worker for worker in workers if any(line.strength == strength for line in worker.lines)]
        if found:
            return ground, found
    return Ground.NONE, []


def _sum(lines: Iterable[Line], case: Reckoning) -> Fraction:
    return sum((in_payout(line.minor, line.currency, case) for line in lines), Fraction(0))


def _figure(cohort: str, workers: Sequence[Worker], case: Reckoning) -> CohortFigure:
    ground, known = _ground(workers)
    if not known:
        return CohortFigure(cohort, ground, 0, Fraction(0), Fraction(0), Fraction(0))
    own = ground == Ground.PROVEN
    paid = sorted(
        _sum((line for line in worker.lines if not own or line.strength == PROVEN), case) for worker in known
    )
    middle = len(paid) // 2
    average = sum(paid, Fraction(0)) / len(paid)
    median = paid[middle] if len(paid) % 2 else (paid[middle - 1] + paid[middle]) / 2
    figure = {"average": average, "median": median}.get(case.rule, max(average, median))
    return CohortFigure(cohort, ground, len(paid), average, median, figure)


def _amount(worker: Worker, figure: CohortFigure, factor: Fraction, case: Reckoning) -> Amount:
    proven = _sum((line for line in worker.lines if line.strength == PROVEN), case)
    own = _is_own(worker)
    base = proven if own else max(proven, figure.figure)
    loan = sum((in_payout(one.interest, one.currency, case) for one in worker.loans), Fraction(0))
    late = base * factor
    return Amount(worker.code, worker.cohort, proven, own, base, loan, late, round_up(base + loan + late))
