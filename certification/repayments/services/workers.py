"""Workers of a case, what they paid, what borrowing cost them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.assessments.states import Category
from certification.repayments.models import CaseWorker, Cohort, CostLine, LoanCost, RepaymentCase
from certification.repayments.models.workers import Identity
from certification.repayments.services.writing import case_for, decimal, money, past, said, worker_for
from certification.repayments.states import CaseState, Grade
from iris.core import clocks, events
from iris.core.errors import BadInput
from iris.core.fsm import lock

if TYPE_CHECKING:
    from iris.accounts.models import User

MOST_WORKERS = 5_000
MOST_PERCENT = Decimal("500")


@dataclass(frozen=True)
class WorkerEntry:
    """What is typed about a worker."""

    cohort: str
    name: str
    contact: str = ""
    bank: str = ""
    left: bool = False
    found: bool = True
    complete: bool = False
    wage: str = ""
    wage_currency: str = ""


@transaction.atomic
def add_worker(*, case_id: UUID, actor: User, entry: WorkerEntry) -> CaseWorker:
    """Write a worker down under the next code. The same name and contact twice is refused."""
    case = case_for(case_id, actor)
    row = make_worker(case, entry)
    events.record(case, act="worker_added", actor=actor, data={"code": row.code})
    return row


def make_worker(case: RepaymentCase, entry: WorkerEntry) -> CaseWorker:
    """The row, judged. Ask it inside a transaction that holds the case."""
    identity = Identity(said(entry.name, "name", 200), entry.contact.strip(), entry.bank.strip())
    same = case.workers.filter(mark=identity.mark).first()
    if same is not None:
        raise BadInput(
            fields={
                "name": [
                    _("This worker is %(code)s already. Add what is missing there.") % {"code": same.code}
                ]
            }
        )
    if case.workers.count() >= MOST_WORKERS:
        raise BadInput(_("A case holds at most %(most)s workers. Open another one.") % {"most": MOST_WORKERS})
    row = CaseWorker(case=case, code=_next_code(case), sealed=identity.sealed(), mark=identity.mark)
    row.has_bank = bool(identity.bank)
    _facts(row, entry, _cohort(case, entry.cohort))
    row.save()
    return row


def _next_code(case: RepaymentCase) -> str:
    last = case.workers.order_by("-code").values_list("code", flat=True).first()
    return f"W-{int(last.removeprefix('W-')) + 1 if last else 1:04d}"


def _cohort(case: RepaymentCase, name: str) -> Cohort:
    row = case.cohorts.filter(name__iexact=name.strip()).first()
    if row is None:
        known = ", ".join(case.cohorts.values_list("name", flat=True)[:10]) or _("none yet")
        raise BadInput(
            fields={
                "cohort": [
                    _("Expected a cohort of this case (%(known)s), found “%(found)s”. Add the cohort first.")
                    % {"known": known, "found": name[:60]}
                ]
            }
        )
    return row


def _facts(row: CaseWorker, entry: WorkerEntry, cohort: Cohort) -> None:
    if not entry.found and not entry.left:
        raise BadInput(fields={"found": [_("Only somebody who left is still to be found.")]})
    row.cohort, row.left, row.found, row.complete = cohort, entry.left, entry.found, entry.complete
    row.wage_minor, row.wage_currency = None, ""
    if entry.wage.strip():
        wage = money(entry.wage, entry.wage_currency, "wage")
        row.wage_minor, row.wage_currency = wage.minor, wage.currency


@transaction.atomic
def change_worker(*, worker_id: UUID, actor: User, entry: WorkerEntry) -> CaseWorker:
    """Correct the facts of a worker. An empty name keeps who it is; bank and contact given replace those there."""
    states = (CaseState.OPEN,) if not entry.bank and not entry.contact else tuple(CaseState)
    row = worker_for(worker_id, actor, states)
    known = row.open_identity()
    identity = Identity(
        entry.name.strip() or known.name,
        entry.contact.strip() or known.contact,
        entry.bank.strip() or known.bank,
    )
    if row.case.workers.filter(mark=identity.mark).exclude(pk=row.pk).exists():
        raise BadInput(fields={"name": [_("Another worker of this case has this name and contact.")]})
    row.sealed, row.mark, row.has_bank = identity.sealed(), identity.mark, bool(identity.bank)
    if row.case.state == CaseState.OPEN:
        _facts(row, entry, _cohort(row.case, entry.cohort))
    row.save()
    events.record(row.case, act="worker_changed", actor=actor, data={"code": row.code})
    return row


@dataclass(frozen=True)
class LineEntry:
    """What is typed about a cost."""

    category: str
    label: str
    amount: str
    currency: str
    grade: str
    paid_on: date | None = None
    counts: bool = True
    why_not: str = ""


@transaction.atomic
def add_line(*, worker_id: UUID, actor: User, entry: LineEntry) -> CostLine:
    """Write down what a worker paid for."""
    worker = worker_for(worker_id, actor)
    row = make_line(worker, entry)
    data = {
        "code": worker.code,
        "category": row.category,
        "minor": row.amount_minor,
        "currency": row.currency,
    }
    events.record(worker.case, act="line_added", actor=actor, data=data)
    return row


def make_line(worker: CaseWorker, entry: LineEntry) -> CostLine:
    """The row, judged."""
    if entry.category not in Category.values:
        raise BadInput(fields={"category": [_("Choose the kind of cost.")]})
    if entry.grade not in Grade.values:
        raise BadInput(fields={"grade": [_("Choose what it rests on.")]})
    amount = money(entry.amount, entry.currency, "amount")
    if entry.paid_on is not None:
        past(entry.paid_on, "paid_on")
    why = "" if entry.counts else said(entry.why_not, "why_not", 300)
    return CostLine.objects.create(
        worker=worker,
        category=entry.category,
        label=said(entry.label, "label", 120),
        amount_minor=amount.minor,
        currency=amount.currency,
        paid_on=entry.paid_on,
        grade=entry.grade,
        counts=entry.counts,
        not_counted_because=why,
    )


@transaction.atomic
def leave_line_out(*, line_id: UUID, actor: User, reason: str) -> CostLine:
    """A cost that does not count stays, with the reason; an empty reason lets it count again."""
    worker_id = CostLine.objects.values_list("worker_id", flat=True).get(pk=line_id)
    worker = worker_for(worker_id, actor)
    row = lock(CostLine, line_id)
    row.counts, row.not_counted_because = not reason.strip(), reason.strip()[:300]
    row.save()
    act = "line_counts" if row.counts else "line_left_out"
    events.record(worker.case, act=act, actor=actor, reason=reason.strip(), data={"code": worker.code})
    return row


@transaction.atomic
def remove_line(*, line_id: UUID, actor: User) -> None:
    """Take out a cost written by mistake. Done twice it is still gone."""
    worker_id = CostLine.objects.filter(pk=line_id).values_list("worker_id", flat=True).first()
    if worker_id is None:
        return
    worker = worker_for(worker_id, actor)
    row = CostLine.objects.get(pk=line_id)
    data = {
        "code": worker.code,
        "category": row.category,
        "minor": row.amount_minor,
        "currency": row.currency,
    }
    row.delete()
    events.record(worker.case, act="line_removed", actor=actor, data=data)


@dataclass(frozen=True)
class LoanEntry:
    """What is typed about a loan: a rate and its days, or the interest as the worker states it."""

    principal: str
    currency: str
    percent: str = ""
    since: date | None = None
    until: date | None = None
    stated: str = ""


@transaction.atomic
def add_loan(*, worker_id: UUID, actor: User, entry: LoanEntry) -> LoanCost:
    """What borrowing the money cost a worker. What was borrowed itself stands among the costs."""
    worker = worker_for(worker_id, actor)
    principal = money(entry.principal, entry.currency, "principal")
    row = LoanCost(
        worker=worker,
        principal_minor=principal.minor,
        currency=principal.currency,
        basis=clocks.number("repayment_day_basis"),
    )
    if entry.stated.strip():
        row.stated_minor = money(entry.stated, entry.currency, "stated").minor
    else:
        if entry.since is None or entry.until is None or entry.until <= entry.since:
            raise BadInput(
                fields={"until": [_("Enter from when to when the loan ran, or the interest that was paid.")]}
            )
        row.percent = decimal(entry.percent, "percent", 4, MOST_PERCENT)
        row.since, row.until = entry.since, entry.until
    row.save()
    events.record(worker.case, act="loan_added", actor=actor, data={"code": worker.code})
    return row


@transaction.atomic
def remove_loan(*, loan_id: UUID, actor: User) -> None:
    """Take out a loan written by mistake."""
    worker_id = LoanCost.objects.filter(pk=loan_id).values_list("worker_id", flat=True).first()
    if worker_id is None:
        return
    worker = worker_for(worker_id, actor)
    LoanCost.objects.filter(pk=loan_id).delete()
    events.record(worker.case, act="loan_removed", actor=actor, data={"code": worker.code})
