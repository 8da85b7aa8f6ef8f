"""From the rows of a case to what the arithmetic takes."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from certification.repayments.rules import Line, Loan, Reckoning, Term, Worker
from certification.repayments.states import PROVEN_GRADES, Grade

if TYPE_CHECKING:
    from certification.repayments.models.case import RepaymentCase
    from certification.repayments.models.workers import CaseWorker


def strength(grade: str) -> str:
    """proven, testimony or estimate."""
    if grade in PROVEN_GRADES:
        return "proven"
    return "testimony" if grade == Grade.TESTIMONY else "estimate"


def reckoning_of(case: RepaymentCase) -> Reckoning:
    """Everything that counts, read in a bounded number of queries."""
    workers = case.workers.select_related("cohort").prefetch_related("lines", "loans").order_by("code")
    return Reckoning(
        rule=case.rule,
        currency=case.currency,
        workers=[_worker(row) for row in workers],
        rates={row.currency: Fraction(row.value) for row in case.rates.all()},
        terms=[Term(Fraction(row.percent) / 100, row.days, row.basis) for row in case.late_interest.all()],
    )


def _worker(row: CaseWorker) -> Worker:
    lines = tuple(
        Line(one.amount_minor, one.currency, strength(one.grade)) for one in row.lines.all() if one.counts
    )
    loans = tuple(
        Loan(
            one.principal_minor,
            one.currency,
            Fraction(one.percent or 0) / 100,
            one.days,
            one.basis,
            one.stated_minor,
        )
        for one in row.loans.all()
    )
    return Worker(row.code, row.cohort.name, lines, row.complete, loans)
