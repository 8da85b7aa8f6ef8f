"""Keeping the employer-pays cost ledger."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.assessments.models import Assessment, CostLine, JobOrder
from certification.assessments.rules import is_worker_borne
from certification.assessments.selectors import requests_of
from certification.assessments.services.ledger_entries import (
    CostLineEntry,
    JobOrderEntry,
    Settlement,
    proof_of,
    read_money,
    read_shares,
    read_wage,
    wrong_in_line,
    wrong_in_order,
    wrong_in_settlement,
)
from certification.assessments.services.writing import open_for
from certification.assessments.states import SINGLE_PAYERS
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict

LONGEST_ANSWER = 5_000


@transaction.atomic
def save_job_order(
    *, assessment_id: UUID, actor: User, entry: JobOrderEntry, order_id: UUID | None = None
) -> JobOrder:
    """Add a job order to the ledger, or correct one. Raises BadInput by field."""
    assessment = _ledger_of(assessment_id, actor)
    order = assessment.job_orders.get(pk=order_id) if order_id else JobOrder(assessment=assessment)
    wrong = wrong_in_order(entry)
    twin = assessment.job_orders.filter(reference__iexact=entry.reference.strip()).exclude(pk=order.pk)
    if not wrong.get("reference") and twin.exists():
        wrong["reference"] = [
            _("This job order is in the ledger already. Open it there, or give another number.")
        ]
    if order_id and order.reference.lower() != entry.reference.strip().lower():
        wrong |= _employer_knows(assessment, order)
    if wrong:
        raise BadInput(fields=wrong)
    for name in ("reference", "origin", "destination", "employer_name", "workers", "currency", "sector"):
        value = getattr(entry, name)
        setattr(order, name, value.strip() if isinstance(value, str) else value)
    wage, _none = read_wage(entry)
    order.wage_minor, order.wage_currency = (wage.minor, wage.currency) if wage else (None, "")
    order.save()
    events.record(assessment, act="order_saved", actor=actor, data={"order": str(order.pk)})
    return order


@transaction.atomic
def remove_job_order(*, assessment_id: UUID, actor: User, order_id: UUID) -> None:
    """Take a job order and its costs out of a draft ledger. Raises Conflict once the employer has answered on it."""
    assessment = _ledger_of(assessment_id, actor)
    order = assessment.job_orders.get(pk=order_id)
    request = requests_of(assessment).get(order.reference.lower())
    first = request.statements.first() if request else None
    if request is not None and first is not None:
        raise Conflict(
            _("%(employer)s answered on this job order on %(when)s. It stays; correct its costs instead.")
            % {"employer": request.organisation.name, "when": in_words(first.created_at)}
        )
    events.record(
        assessment,
        act="order_removed",
        actor=actor,
        data={"order": str(order.pk), "lines": order.cost_lines.count()},
    )
    order.employer_requests.all().delete()
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
    money, wrong = read_money(entry)
    wrong |= wrong_in_line(entry)
    shares, wrong_shares = read_shares(entry, money)
    wrong |= wrong_shares
    proof = proof_of(assessment, entry, wrong)
    if wrong or money is None:
        raise BadInput(fields=wrong)
    line.amount_minor, line.currency, line.proof = money.minor, money.currency, proof
    for name in ("category", "label", "paid_by", "should_pay", "paid_by_name", "lawful", "law_reference"):
        setattr(line, name, getattr(entry, name).strip())
    for payer in SINGLE_PAYERS:
        setattr(line, f"share_{payer.value}_minor", shares[payer.value])
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
    """Take a cost out of a draft ledger; what the employer said of it stays. The event keeps its payer and amount."""
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
    wrong = wrong_in_settlement(settlement)
    if wrong:
        raise BadInput(fields=wrong)
    line.response, line.repaid_how = settlement.response.strip(), settlement.repaid_how.strip()
    line.repaid_by, line.repaid_on = settlement.repaid_by, settlement.repaid_on
    line.answered_minor = line.worker_part.minor
    line.answered_at, line.answered_by = clocks.now(), actor
    line.version += 1
    line.save()
    events.record(
        assessment, act="line_answered", actor=actor, data={"line": str(line.pk), "by": line.repaid_by}
    )
    return line


@transaction.atomic
def answer_price(*, assessment_id: UUID, actor: User, order_id: UUID, answer: str) -> JobOrder:
    """Say how a price below the expected costs carries an employer-pays recruitment. The alarm stays beside it."""
    assessment = _ledger_of(assessment_id, actor)
    order = assessment.job_orders.select_for_update().get(pk=order_id)
    if not answer.strip():
        raise BadInput(
            fields={"answer": [_("Say who pays the rest, or which costs are missing here and why.")]}
        )
    if len(answer) > LONGEST_ANSWER:
        sentence = _("At most %(most)s characters; this has %(found)s.")
        raise BadInput(fields={"answer": [sentence % {"most": LONGEST_ANSWER, "found": len(answer)}]})
    order.price_answer, order.price_answered_at, order.price_answered_by = answer.strip(), clocks.now(), actor
    order.save(update_fields=["price_answer", "price_answered_at", "price_answered_by"])
    events.record(assessment, act="price_answered", actor=actor, data={"order": str(order.pk)})
    return order


def _employer_knows(assessment: Assessment, order: JobOrder) -> dict[str, list[str]]:
    """The number by which the employer knows a job order does not change under its answers."""
    if order.reference.lower() not in requests_of(assessment):
        return {}
    return {"reference": [_("The employer was asked under this number, so it stays.")]}


def _ledger_of(assessment_id: UUID, actor: User) -> Assessment:
    assessment = open_for(assessment_id, actor)
    if not assessment.may_change_ledger:
        raise Conflict(_("The scheme reopened single questions only. The cost ledger stays as declared."))
    return assessment


def _line_of(assessment: Assessment, line_id: UUID) -> CostLine:
    return CostLine.objects.select_related("job_order").get(pk=line_id, job_order__assessment=assessment)
