"""Every figure of a case in words and numbers, for pages and sheets."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.repayments.models import (
    CaseWorker,
    Instalment,
    PayerShare,
    RepaymentCase,
    reckoning_of,
)
from certification.repayments.rules import (
    Amount,
    Ground,
    Reckoned,
    cohorts_without_ground,
    currencies_without_rate,
    in_payout,
    instalment_parts,
    months_of_wage,
    reckon,
    round_up,
    share_parts,
    tenths,
)
from certification.repayments.states import CaseState, Rule
from iris.core.money import Money

if TYPE_CHECKING:
    from certification.repayments.rules import Reckoning

GROUND_WORDS = {
    Ground.PROVEN: gettext_lazy("workers who proved all costs"),
    Ground.TESTIMONY: gettext_lazy("workers whose testimony fits"),
    Ground.ESTIMATE: gettext_lazy("workers with an estimate"),
    Ground.NONE: gettext_lazy("nothing yet"),
}


@dataclass(frozen=True)
class CohortRow:
    """One cohort with its figure."""

    name: str
    road: str
    employer: str
    recruiter: str
    joined_from: object
    joined_to: object
    workers: int
    based_on: str
    n: int
    average: Money | None
    median: Money | None
    figure: Money | None
    total: Money | None
    cohort_id: object


@dataclass(frozen=True)
class Figures:
    """What the case page shows; amounts are None while something is missing for them."""

    ready: bool
    cohorts: list[CohortRow]
    total: Money | None
    by_code: dict[str, Amount]
    missing_rates: list[str]


def _reckoned(case: RepaymentCase) -> tuple[Reckoning, Reckoned | None]:
    inputs = reckoning_of(case)
    bare = not inputs.workers or not case.currency or not case.rule
    if bare or currencies_without_rate(inputs) or cohorts_without_ground(inputs):
        return inputs, None
    return inputs, reckon(inputs)


def figures_of(case: RepaymentCase) -> Figures:
    """The figures as they stand now; from quantifying on they no longer change."""
    inputs, found = _reckoned(case)
    by_cohort: dict[str, list[Amount]] = {}
    for one in found.amounts if found else ():
        by_cohort.setdefault(one.cohort, []).append(one)
    figure = {one.cohort: one for one in found.cohorts} if found else {}
    count: dict[str, int] = {}
    for worker in inputs.workers:
        count[worker.cohort] = count.get(worker.cohort, 0) + 1

    def shown(value: Fraction) -> Money:
        return Money(round_up(value), case.currency)

    rows = []
    for cohort in case.cohorts.all():
        reckoned = figure.get(cohort.name)
        rows.append(
            CohortRow(
                name=cohort.name,
                road=cohort.road,
                employer=cohort.employer_name,
                recruiter=cohort.recruiter,
                joined_from=cohort.joined_from,
                joined_to=cohort.joined_to,
                workers=count.get(cohort.name, 0),
                based_on=str(GROUND_WORDS[reckoned.ground]) if reckoned else "",
                n=reckoned.n if reckoned else 0,
                average=shown(reckoned.average) if reckoned else None,
                median=shown(reckoned.median) if reckoned else None,
                figure=shown(reckoned.figure) if reckoned else None,
                total=Money(sum(part.due for part in by_cohort[cohort.name]), case.currency)
                if reckoned
                else None,
                cohort_id=cohort.pk,
            )
        )
    return Figures(
        ready=found is not None,
        cohorts=rows,
        total=Money(found.total, case.currency) if found else None,
        by_code={one.code: one for one in found.amounts} if found else {},
        missing_rates=currencies_without_rate(inputs) if case.currency else [],
    )


def rule_words(case: RepaymentCase) -> str:
    """The rule in one sentence."""
    name = str(Rule(case.rule).label).lower() if case.rule else _("not chosen yet")
    return _(
        "Who proved all costs gets these; everybody else of a cohort gets %(rule)s of what was proven there, and never "
        "less than their own proof."
    ) % {"rule": name}


def shares_of(case: RepaymentCase, total: Money | None) -> list[tuple[PayerShare, Money | None]]:
    """Each payer with the amount: together exactly the total."""
    rows = list(case.shares.all())
    if total is None:
        return [(row, None) for row in rows]
    parts = share_parts(total.minor, [row.weight for row in rows])
    return [(row, Money(part, total.currency)) for row, part in zip(rows, parts, strict=True)]


@dataclass(frozen=True)
class InstalmentRow:
    """One instalment with what is paid of it."""

    instalment: Instalment
    amount: Money
    paid: Money
    without_proof: int


def instalments_of(case: RepaymentCase) -> list[InstalmentRow]:
    """The plan and what has come of it."""
    got = Sum("payments__amount_minor", filter=Q(payments__undone_because=""))
    rows = case.instalments.annotate(got=got).order_by("number")
    open_ = case.instalments.filter(payments__undone_because="", payments__proof=None)
    bare = dict(open_.annotate(bare=Count("payments")).values_list("number", "bare"))
    return [
        InstalmentRow(
            row,
            Money(row.amount_minor, case.currency),
            Money(row.got or 0, case.currency),
            bare.get(row.number, 0),
        )
        for row in rows
    ]


def workers_page(case: RepaymentCase, show: str = "") -> QuerySet[CaseWorker]:
    """Workers by code with what they got; `show` is left, unpaid or held."""
    rows = (
        case.workers.select_related("cohort", "case")
        .annotate(got=Sum("payments__amount_minor", filter=Q(payments__undone_because="")))
        .order_by("code")
    )
    if show == "left":
        return rows.filter(left=True)
    if show == "held":
        return rows.filter(held_on__isnull=False)
    if show == "unpaid":
        return rows.filter(held_on=None).filter(Q(got=None))
    return rows


@dataclass(frozen=True)
class WorkerFacts:
    """One worker, step by step."""

    steps: list[tuple[str, str]]
    months: str
    parts: list[tuple[Instalment, Money, object]]
    got: Money | None


def worker_facts(case: RepaymentCase, worker: CaseWorker) -> WorkerFacts:
    """How the amount came about, what each instalment brings, and months of wage (SDG 10.7.1)."""
    inputs, found = _reckoned(case)
    amount = next((one for one in found.amounts if one.code == worker.code), None) if found else None
    figure = next((one for one in found.cohorts if one.cohort == worker.cohort.name), None) if found else None
    steps: list[tuple[str, str]] = []

    def text(value: Fraction) -> str:
        return Money(round_up(value), case.currency).text

    if amount is not None and figure is not None:
        steps.append((_("Own proof"), text(amount.proven)))
        if not amount.own:
            steps.append((_("Figure of the cohort"), text(figure.figure)))
        steps.append(
            (_("Counts: own proof") if amount.own else _("Counts: the higher of both"), text(amount.base))
        )
        if amount.loan:
            steps.append((_("Interest on loans"), text(amount.loan)))
        if amount.late:
            steps.append((_("Interest for late repayment"), text(amount.late)))
        steps.append((_("Owed, rounded up"), Money(amount.due, case.currency).text))
    months = ""
    if amount is not None and worker.wage is not None and _known(worker.wage.currency, inputs):
        wage = in_payout(worker.wage.minor, worker.wage.currency, inputs)
        ratio = months_of_wage(amount.base, wage)
        months = tenths(ratio) if ratio is not None else ""
    return WorkerFacts(steps, months, _parts(case, worker), _got(case, worker))


def _known(currency: str, inputs: Reckoning) -> bool:
    return currency == inputs.currency or currency in inputs.rates


def _got(case: RepaymentCase, worker: CaseWorker) -> Money | None:
    if case.state in (CaseState.OPEN, CaseState.QUANTIFIED, CaseState.AGREED):
        return None
    got = worker.payments.filter(undone_because="").aggregate(all=Sum("amount_minor"))["all"] or 0
    return Money(got, case.currency)


def _parts(case: RepaymentCase, worker: CaseWorker) -> list[tuple[Instalment, Money, object]]:
    plan = list(case.instalments.all())
    if not plan or worker.due_minor is None:
        return []
    done = {
        row.instalment_id: row for row in worker.payments.filter(undone_because="").select_related("proof")
    }
    parts = instalment_parts(worker.due_minor, len(plan))
    return [
        (row, Money(part, case.currency), done.get(row.pk)) for row, part in zip(plan, parts, strict=True)
    ]
