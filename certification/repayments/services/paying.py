"""The plan, the payments, what workers confirm, and the search for those who left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from certification.repayments.models import (
    Breach,
    CaseWorker,
    Instalment,
    Payment,
    RepaymentCase,
    TracingAttempt,
    WorkerConfirmation,
)
from certification.repayments.permissions import verifies, works_on
from certification.repayments.rules import held_after, instalment_parts
from certification.repayments.services.telling import tell_verifier
from certification.repayments.services.writing import case_for, in_state, money, past, said, worker_for
from certification.repayments.states import (
    LANGUAGES,
    PAY_STATES,
    BreachKind,
    CaseState,
    Confirmed,
    TracingHow,
    TracingResult,
)
from iris.core import clocks, events, files
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock
from iris.core.models import StoredFile
from iris.core.money import Money

if TYPE_CHECKING:
    from iris.accounts.models import User

BANK_KINDS = (files.PDF, files.PNG, files.JPEG, files.XLSX, files.TEXT)


@transaction.atomic
def plan_instalments(*, case_id: UUID, actor: User, days: Sequence[date]) -> list[Instalment]:
    """Plan the payment in one instalment or a few dated ones; planning again replaces the plan."""
    case = case_for(case_id, actor, (CaseState.AGREED,))
    most, months = clocks.number("repayment_instalments_most"), clocks.number("repayment_span_months")
    ordered = sorted(set(days))
    assert case.agreed_at is not None
    latest = clocks.add_months(case.agreed_at.date(), months)
    if not ordered or len(ordered) > most:
        raise BadInput(
            fields={
                "days": [
                    _(
                        "Expected 1 to %(most)s instalments, found %(found)s. Workers get their money in few parts."
                    )
                    % {"most": most, "found": len(ordered)}
                ]
            }
        )
    if ordered[0] < clocks.today() or ordered[-1] > latest:
        raise BadInput(
            fields={
                "days": [
                    _(
                        "Expected days until %(latest)s, %(months)s months after the agreement, found %(found)s."
                    )
                    % {
                        "latest": latest.isoformat(),
                        "months": months,
                        "found": (ordered[0] if ordered[0] < clocks.today() else ordered[-1]).isoformat(),
                    }
                ]
            }
        )
    parts = [instalment_parts(row.due_minor or 0, len(ordered)) for row in case.workers.all()]
    case.instalments.all().delete()
    rows = [
        Instalment.objects.create(
            case=case, number=place + 1, due_on=day, amount_minor=sum(part[place] for part in parts)
        )
        for place, day in enumerate(ordered)
    ]
    events.record(
        case, act="planned", actor=actor, data={"instalments": [day.isoformat() for day in ordered]}
    )
    return rows


@transaction.atomic
def begin_paying(*, case_id: UUID, actor: User) -> RepaymentCase:
    """The plan stands; payments are written down from now on."""
    case = lock(RepaymentCase, case_id)
    act(case.begin_paying, actor=actor)
    return case


@dataclass(frozen=True)
class PaymentEntry:
    """What is typed about a payment."""

    instalment: int
    paid_on: date | None
    amount: str
    own_line: bool = False


@transaction.atomic
def record_payment(
    *, worker_id: UUID, actor: User, entry: PaymentEntry, upload: UploadedFile[Any] | None = None
) -> Payment:
    """One worker's part of one instalment. Said twice it stands once."""
    worker = worker_for(worker_id, actor, PAY_STATES)
    proof = _proof(worker.case, actor, upload) if upload is not None else None
    return make_payment(worker, actor, entry, proof)


def _proof(case: RepaymentCase, actor: User, upload: UploadedFile[Any] | None) -> StoredFile:
    return files.store(
        upload, organisation_id=case.agency.organisation_id, actor=actor, kinds=BANK_KINDS, field="proof"
    )


def make_payment(worker: CaseWorker, actor: User, entry: PaymentEntry, proof: StoredFile | None) -> Payment:
    """The row, judged: the whole part of the instalment, nothing taken off."""
    case = worker.case
    if case.state != CaseState.PAYING and worker.held_on is None:
        raise Conflict(_("The case is past paying: only money held for a worker who left is still paid out."))
    plan = {row.number: row for row in case.instalments.all()}
    if entry.instalment not in plan:
        raise BadInput(
            fields={
                "instalment": [
                    _("Expected an instalment from 1 to %(n)s, found %(found)s.")
                    % {"n": len(plan), "found": entry.instalment}
                ]
            }
        )
    amount = money(entry.amount, case.currency, "amount")
    part = instalment_parts(worker.due_minor or 0, len(plan))[entry.instalment - 1]
    if amount.minor != part:
        raise BadInput(
            fields={
                "amount": [
                    _("Expected %(expected)s for %(code)s, found %(found)s. Pay the whole part and enter it.")
                    % {
                        "expected": Money(part, case.currency).text,
                        "code": worker.code,
                        "found": amount.text,
                    }
                ]
            }
        )
    day = past(entry.paid_on, "paid_on")
    there = worker.payments.filter(instalment=plan[entry.instalment], undone_because="").first()
    if there is not None:
        if proof is not None and there.proof_id is None:
            there.proof = proof
            there.save()
        return there
    row = Payment.objects.create(
        worker=worker,
        instalment=plan[entry.instalment],
        paid_on=day,
        amount_minor=amount.minor,
        own_line=entry.own_line,
        proof=proof,
    )
    data = {"code": worker.code, "instalment": entry.instalment, "minor": amount.minor}
    events.record(case, act="payment", actor=actor, data=data)
    return row


@transaction.atomic
def attach_proof(
    *, case_id: UUID, actor: User, instalment: int, upload: UploadedFile[Any] | None, code: str = ""
) -> int:
    """One bank document for one worker's payment, or for every payment of an instalment that has none yet."""
    case = case_for(case_id, actor, PAY_STATES)
    rows = Payment.objects.filter(
        worker__case=case, instalment__number=instalment, undone_because="", proof=None
    )
    if code:
        rows = rows.filter(worker__code=code)
    proof = _proof(case, actor, upload)
    count = rows.update(proof=proof)
    if not count:
        raise BadInput(fields={"instalment": [_("No payment of this instalment lacks a bank proof.")]})
    data = {"instalment": instalment, "payments": count, "sha256": proof.sha256}
    events.record(case, act="proof", actor=actor, data=data)
    return count


@transaction.atomic
def undo_payment(*, payment_id: UUID, actor: User, reason: str) -> Payment:
    """A payment that bounced or was written by mistake: it stays on record and no longer counts."""
    worker_id = Payment.objects.values_list("worker_id", flat=True).get(pk=payment_id)
    worker = worker_for(worker_id, actor, (CaseState.PAYING,))
    row = lock(Payment, payment_id)
    if not row.undone_because:
        row.undone_because = said(reason, "reason", 300)
        row.save()
        events.record(
            worker.case, act="payment_undone", actor=actor, reason=reason, data={"code": worker.code}
        )
    return row


@transaction.atomic
def finish_paying(*, case_id: UUID, actor: User) -> RepaymentCase:
    """Everybody is paid or the money is held: the third party takes over."""
    case = lock(RepaymentCase, case_id)
    act(case.finish_paying, actor=actor)
    tell_verifier(case, "paid")
    return case


@dataclass(frozen=True)
class ConfirmationEntry:
    """What a worker said. `deducted`, `waived`: asked every time, because nobody volunteers it (R65)."""

    how: str
    taken_by: str
    taken_on: date | None
    language: str
    amount: str
    deducted: bool = False
    waived: bool = False


@transaction.atomic
def confirm(*, worker_id: UUID, actor: User, entry: ConfirmationEntry) -> WorkerConfirmation:
    """A worker says what was received, to the agency or to the third party."""
    case_id = CaseWorker.objects.values_list("case_id", flat=True).get(pk=worker_id)
    case = lock(RepaymentCase, case_id)
    if not works_on(case, actor) and not verifies(case, actor):
        raise NotPermitted(_("The agency or the third party writes down what workers confirm."))
    in_state(case, PAY_STATES)
    worker = lock(CaseWorker, worker_id)
    worker.case = case
    return make_confirmation(worker, actor, entry)


def make_confirmation(worker: CaseWorker, actor: User, entry: ConfirmationEntry) -> WorkerConfirmation:
    """The row, judged; a deduction or a waiver that comes out becomes a breach."""
    case = worker.case
    if entry.how not in Confirmed.values:
        raise BadInput(
            fields={"how": [_("Expected phone, in_person or signature, found “%s”.") % entry.how[:20]]}
        )
    if entry.language not in LANGUAGES:
        raise BadInput(fields={"language": [_("Choose the language in which the worker was asked.")]})
    try:
        amount = Money.parse(entry.amount, case.currency)
    except BadInput as error:
        raise BadInput(fields={"amount": [str(error.message)]}) from error
    row = WorkerConfirmation.objects.create(
        worker=worker,
        how=entry.how,
        taken_by=said(entry.taken_by, "taken_by", 160),
        taken_on=past(entry.taken_on, "taken_on"),
        language=entry.language,
        amount_minor=amount.minor,
    )
    events.record(case, act="confirmed", actor=actor, data={"code": worker.code, "minor": amount.minor})
    for said_so, kind in ((entry.deducted, BreachKind.DEDUCTION), (entry.waived, BreachKind.WAIVER)):
        if said_so:
            Breach.objects.create(
                case=case,
                worker=worker,
                kind=kind,
                found_on=row.taken_on,
                what=_("The worker said so when asked to confirm the payment."),
            )
            events.record(case, act="breach", actor=actor, data={"code": worker.code, "kind": str(kind)})
    return row


@dataclass(frozen=True)
class TracingEntry:
    """What is typed about a search."""

    on: date | None
    how: str
    result: str
    note: str = ""


@transaction.atomic
def trace_worker(*, worker_id: UUID, actor: User, entry: TracingEntry) -> TracingAttempt:
    """One attempt to reach a worker who left; found, the worker is paid like everybody else."""
    worker = worker_for(worker_id, actor, tuple(CaseState))
    if not worker.left:
        raise BadInput(
            _("%(code)s has not left; only those who left are looked for.") % {"code": worker.code}
        )
    if entry.how not in TracingHow.values or entry.result not in TracingResult.values:
        raise BadInput(fields={"how": [_("Choose how you looked and what came of it.")]})
    row = TracingAttempt.objects.create(
        worker=worker,
        on=past(entry.on, "on"),
        how=entry.how,
        result=entry.result,
        note=entry.note.strip()[:300],
    )
    if entry.result == TracingResult.FOUND and not worker.found:
        worker.found = True
        worker.save()
    data = {"code": worker.code, "result": entry.result}
    events.record(worker.case, act="traced", actor=actor, data=data)
    return row


@transaction.atomic
def hold_money(*, worker_id: UUID, actor: User, held_with: str) -> CaseWorker:
    """After enough search the money waits for the worker. It is never forfeited: found later, it is paid out."""
    worker = worker_for(worker_id, actor, (CaseState.PAYING,))
    if worker.held_on is not None:
        return worker
    if worker.found or not worker.left:
        raise BadInput(_("%(code)s can be reached: pay the money out.") % {"code": worker.code})
    needed, months = clocks.number("tracing_attempts"), clocks.number("tracing_months")
    days = list(worker.attempts.values_list("on", flat=True))
    since = held_after(days, needed, months)
    if since is None:
        raise BadInput(
            _(
                "%(code)s: %(found)s attempts; %(needed)s over %(months)s months are needed. Log more attempts."
            )
            % {"code": worker.code, "found": len(days), "needed": needed, "months": months}
        )
    if since > clocks.today() or max(days) < clocks.add_months(min(days), months):
        raise BadInput(
            _(
                "The search for %(code)s has to spread over %(months)s months: look again on %(day)s or later, then "
                "hold the money."
            )
            % {"code": worker.code, "months": months, "day": clocks.add_months(min(days), months).isoformat()}
        )
    worker.held_on, worker.held_with = clocks.today(), said(held_with, "held_with", 200)
    worker.save()
    events.record(worker.case, act="held", actor=actor, data={"code": worker.code})
    return worker
