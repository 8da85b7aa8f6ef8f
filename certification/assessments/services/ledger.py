"""Keeping the employer-pays cost ledger."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.assessments.models import Assessment, CostLine, Evidence, JobOrder
from certification.assessments.rules import ALLOWED_EXCEPTIONS, is_worker_borne
from certification.assessments.services.writing import open_for
from certification.assessments.states import Category, ExceptionReason, Lawful, Payer
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, DomainError
from iris.core.money import CURRENCY_CHOICES, Money
from iris.core.places import check_corridor

MOST_WORKERS = 1_000_000
LIMITS = {
    "reference": 60,
    "employer_name": 200,
    "label": 200,
    "paid_by_name": 200,
    "law_reference": 300,
    "exception_note": 2_000,
    "response": 5_000,
    "repaid_how": 5_000,
}
CURRENCIES = frozenset(code for code, _label in CURRENCY_CHOICES)
Wrong = dict[str, list[str]]


@dataclass(frozen=True)
class JobOrderEntry:
    """What a person wrote about a job order."""

    reference: str
    origin: str
    destination: str
    employer_name: str
    workers: int
    currency: str


@dataclass(frozen=True)
class CostLineEntry:
    """What a person wrote about one cost; the amount as it was typed."""

    category: str
    label: str
    amount: str
    currency: str
    paid_by: str
    should_pay: str = Payer.EMPLOYER
    paid_by_name: str = ""
    proof_id: UUID | None = None
    lawful: str = Lawful.UNCLEAR
    law_reference: str = ""
    exception_reason: str = ""
    exception_note: str = ""


@dataclass(frozen=True)
class Settlement:
    """What happened with a cost that workers bore, and how it is put right."""

    response: str
    repaid_how: str
    repaid_by: str
    repaid_on: dt.date | None


@transaction.atomic
def save_job_order(
    *, assessment_id: UUID, actor: User, entry: JobOrderEntry, order_id: UUID | None = None
) -> JobOrder:
    """Add a job order to the ledger, or correct one. Raises BadInput by field."""
    assessment = _ledger_of(assessment_id, actor)
    order = assessment.job_orders.get(pk=order_id) if order_id else JobOrder(assessment=assessment)
    wrong = _wrong_in_order(entry)
    twin = assessment.job_orders.filter(reference__iexact=entry.reference.strip()).exclude(pk=order.pk)
    if not wrong.get("reference") and twin.exists():
        wrong["reference"] = [
            _("This job order is in the ledger already. Open it there, or give another number.")
        ]
    if wrong:
        raise BadInput(fields=wrong)
    for name in ("reference", "origin", "destination", "employer_name", "workers", "currency"):
        value = getattr(entry, name)
        setattr(order, name, value.strip() if isinstance(value, str) else value)
    order.save()
    events.record(assessment, act="order_saved", actor=actor, data={"order": str(order.pk)})
    return order


@transaction.atomic
def remove_job_order(*, assessment_id: UUID, actor: User, order_id: UUID) -> None:
    """Take a job order and its costs out of a draft ledger."""
    assessment = _ledger_of(assessment_id, actor)
    order = assessment.job_orders.get(pk=order_id)
    events.record(
        assessment,
        act="order_removed",
        actor=actor,
        data={"order": str(order.pk), "lines": order.cost_lines.count()},
    )
    order.delete()


@transaction.atomic
def save_cost_line(
    *,
    assessment_id: UUID,
    actor: User,
    order_id: UUID,
    entry: CostLineEntry,
    line_id: UUID | None = None,
    version: int = 0,
) -> CostLine:
    """Add a cost to a job order, or correct one. Raises BadInput by field, Conflict when a colleague was first."""
    assessment = _ledger_of(assessment_id, actor)
    order = assessment.job_orders.get(pk=order_id)
    line = order.cost_lines.get(pk=line_id) if line_id else CostLine(job_order=order)
    if line_id and line.version != version:
        raise Conflict(
            _("A colleague changed this cost while you were writing. Look at it again, then save.")
        )
    money, wrong = _read_money(entry)
    wrong |= _wrong_in_line(entry)
    proof = _proof_of(assessment, entry, wrong)
    if wrong or money is None:
        raise BadInput(fields=wrong)
    line.amount_minor, line.currency, line.proof = money.minor, money.currency, proof
    for name in ("category", "label", "paid_by", "should_pay", "paid_by_name", "lawful", "law_reference"):
        setattr(line, name, getattr(entry, name).strip())
    line.exception_reason, line.exception_note = entry.exception_reason, entry.exception_note.strip()
    if not is_worker_borne(line):
        line.exception_reason, line.exception_note = "", ""
    line.version += 1
    line.save()
    events.record(
        assessment,
        act="line_saved",
        actor=actor,
        data={
            "line": str(line.pk),
            "category": line.category,
            "paid_by": line.paid_by,
            "minor": line.amount_minor,
        },
    )
    return line


@transaction.atomic
def remove_cost_line(*, assessment_id: UUID, actor: User, line_id: UUID) -> None:
    """Take a cost out of a draft ledger. The event keeps its category, payer and amount."""
    assessment = _ledger_of(assessment_id, actor)
    line = _line_of(assessment, line_id)
    events.record(
        assessment,
        act="line_removed",
        actor=actor,
        data={
            "line": str(line.pk),
            "category": line.category,
            "paid_by": line.paid_by,
            "minor": line.amount_minor,
        },
    )
    line.delete()


@transaction.atomic
def answer_worker_borne(
    *, assessment_id: UUID, actor: User, line_id: UUID, settlement: Settlement, version: int
) -> CostLine:
    """Say what happened with a worker-borne cost, how and until when it is repaid, and who repays."""
    assessment = _ledger_of(assessment_id, actor)
    line = _line_of(assessment, line_id)
    if not is_worker_borne(line):
        raise Conflict(_("This cost is not borne by workers any more, so there is nothing to answer."))
    if line.version != version:
        raise Conflict(
            _("A colleague changed this cost while you were writing. Look at it again, then save.")
        )
    wrong = _wrong_in_settlement(settlement)
    if wrong:
        raise BadInput(fields=wrong)
    line.response, line.repaid_how = settlement.response.strip(), settlement.repaid_how.strip()
    line.repaid_by, line.repaid_on = settlement.repaid_by, settlement.repaid_on
    line.answered_at, line.answered_by = clocks.now(), actor
    line.version += 1
    line.save()
    events.record(
        assessment, act="line_answered", actor=actor, data={"line": str(line.pk), "by": line.repaid_by}
    )
    return line


def _ledger_of(assessment_id: UUID, actor: User) -> Assessment:
    assessment = open_for(assessment_id, actor)
    if not assessment.may_change_ledger:
        raise Conflict(_("The scheme reopened single questions only. The cost ledger stays as declared."))
    return assessment


def _line_of(assessment: Assessment, line_id: UUID) -> CostLine:
    return CostLine.objects.select_related("job_order").get(pk=line_id, job_order__assessment=assessment)


def _too_long(entry: object, names: tuple[str, ...]) -> Wrong:
    wrong: Wrong = {}
    for name in names:
        found = len(getattr(entry, name))
        if found > LIMITS[name]:
            sentence = _("At most %(most)s characters; this has %(found)s.")
            wrong[name] = [sentence % {"most": LIMITS[name], "found": found}]
    return wrong


def _wrong_in_order(entry: JobOrderEntry) -> Wrong:
    wrong = _too_long(entry, ("reference", "employer_name"))
    if not entry.reference.strip():
        wrong["reference"] = [_("Give the number or name of the job order, as in your papers.")]
    if not entry.employer_name.strip():
        wrong["employer_name"] = [_("Give the employer’s name.")]
    if not 1 <= entry.workers <= MOST_WORKERS:
        wrong["workers"] = [_("Give the number of workers, at least 1.")]
    if entry.currency not in CURRENCIES:
        wrong["currency"] = [_("Choose the currency in which most of its costs were paid.")]
    try:
        check_corridor(entry.origin, entry.destination)
    except DomainError as error:
        wrong |= {name: [str(text) for text in texts] for name, texts in error.fields.items()}
    return wrong


def _read_money(entry: CostLineEntry) -> tuple[Money | None, Wrong]:
    if entry.currency not in CURRENCIES:
        return None, {"currency": [_("Choose a currency.")]}
    if not entry.amount.strip():
        return None, {"amount": [_("Write what was paid for one worker, for example 6500 or 6,500.00.")]}
    try:
        money = Money.parse(entry.amount, entry.currency)
    except DomainError as error:
        return None, {"amount": [str(error.message)]}
    if money.minor <= 0:
        return None, {
            "amount": [
                _("If nothing was paid, no line is needed. Otherwise write the amount for one worker.")
            ]
        }
    return money, {}


def _wrong_in_line(entry: CostLineEntry) -> Wrong:
    wrong = _too_long(entry, ("label", "paid_by_name", "law_reference", "exception_note"))
    if entry.category not in Category.values:
        wrong["category"] = [_("Choose the kind of cost.")]
    if not entry.label.strip():
        wrong["label"] = [_("Name the cost as it stands on the receipt or invoice.")]
    for name in ("paid_by", "should_pay"):
        if getattr(entry, name) not in Payer.values:
            wrong[name] = [_("Choose who.")]
    if entry.paid_by == Payer.OTHER and not entry.paid_by_name.strip():
        wrong["paid_by_name"] = [
            _("Say who paid. A relative or a lender of the worker counts as the worker.")
        ]
    if entry.lawful not in Lawful.values:
        wrong["lawful"] = [_("Choose yes, no or unclear.")]
    elif entry.lawful != Lawful.UNCLEAR and entry.paid_by == Payer.WORKER and not entry.law_reference.strip():
        wrong["law_reference"] = [_("Name the law or rule you rely on, or choose “unclear”.")]
    wrong |= _wrong_in_exception(entry)
    return wrong


def _wrong_in_exception(entry: CostLineEntry) -> Wrong:
    if not entry.exception_reason or entry.paid_by != Payer.WORKER:
        return {}
    if entry.exception_reason not in ExceptionReason.values:
        return {"exception_reason": [_("Choose one of the reasons shown, or none.")]}
    if entry.category == Category.X:
        return {"exception_reason": [_("No exception exists for a charge that is never allowed.")]}
    allowed = ALLOWED_EXCEPTIONS[entry.exception_reason]
    if entry.category not in allowed:
        kinds = ", ".join(sorted(allowed))
        return {
            "exception_reason": [
                _("This exception only holds for costs of kind %(kinds)s.") % {"kinds": kinds}
            ]
        }
    wrong: Wrong = {}
    if not entry.exception_note.strip():
        wrong["exception_note"] = [_("Describe the case: how the worker applied, or the trip, and when.")]
    if entry.proof_id is None:
        wrong["proof"] = [_("An exception counts only with a document that proves it.")]
    return wrong


def _proof_of(assessment: Assessment, entry: CostLineEntry, wrong: Wrong) -> Evidence | None:
    if entry.proof_id is None:
        return None
    proof = Evidence.objects.filter(agency_id=assessment.agency_id, pk=entry.proof_id).first()
    if proof is None:
        wrong["proof"] = [_("This document is not in your library. Choose again.")]
    return proof


def _wrong_in_settlement(settlement: Settlement) -> Wrong:
    wrong = _too_long(settlement, ("response", "repaid_how"))
    if not settlement.response.strip():
        wrong["response"] = [
            _("Say what happened: who asked the workers to pay, when, and how you found out.")
        ]
    if not settlement.repaid_how.strip():
        wrong["repaid_how"] = [_("Say how every worker gets the money back, those who have left included.")]
    if settlement.repaid_by not in (Payer.EMPLOYER, Payer.AGENCY, Payer.OTHER):
        wrong["repaid_by"] = [_("Choose who repays. It is never the worker.")]
    if settlement.repaid_on is None:
        wrong["repaid_on"] = [_("Choose the day by which all workers are repaid, or were repaid.")]
    return wrong
