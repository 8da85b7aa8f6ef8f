"""What people write into the ledger, and what is wrong with it, field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from certification.assessments.models import Assessment, Evidence
from certification.assessments.rules import ALLOWED_EXCEPTIONS
from certification.assessments.states import SINGLE_PAYERS, Category, ExceptionReason, Lawful, Payer
from iris.core.errors import DomainError
from iris.core.money import CURRENCY_CHOICES, Money
from iris.core.places import SECTORS, check_corridor

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
    sector: str = ""
    wage: str = ""
    wage_currency: str = ""


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
    shares: Mapping[str, str] = field(default_factory=dict)  # payer -> amount as typed, where several paid


@dataclass(frozen=True)
class Settlement:
    """What happened with a cost that workers bore, and how it is put right."""

    response: str
    repaid_how: str
    repaid_by: str
    repaid_on: dt.date | None


def too_long(entry: object, names: tuple[str, ...]) -> Wrong:
    """Texts longer than the row takes."""
    wrong: Wrong = {}
    for name in names:
        found = len(getattr(entry, name))
        if found > LIMITS[name]:
            sentence = _("At most %(most)s characters; this has %(found)s.")
            wrong[name] = [sentence % {"most": LIMITS[name], "found": found}]
    return wrong


def wrong_in_order(entry: JobOrderEntry) -> Wrong:
    """What is wrong with a job order."""
    wrong = too_long(entry, ("reference", "employer_name"))
    if not entry.reference.strip():
        wrong["reference"] = [_("Give the number or name of the job order, as in your papers.")]
    if not entry.employer_name.strip():
        wrong["employer_name"] = [_("Give the employer’s name.")]
    if not 1 <= entry.workers <= MOST_WORKERS:
        wrong["workers"] = [_("Give the number of workers, at least 1.")]
    if entry.currency not in CURRENCIES:
        wrong["currency"] = [_("Choose the currency in which most of its costs were paid.")]
    if entry.sector and entry.sector not in SECTORS:
        wrong["sector"] = [_("Choose one of the sectors shown, or none.")]
    wrong |= read_wage(entry)[1]
    try:
        check_corridor(entry.origin, entry.destination)
    except DomainError as error:
        wrong |= {name: [str(text) for text in texts] for name, texts in error.fields.items()}
    return wrong


def read_wage(entry: JobOrderEntry) -> tuple[Money | None, Wrong]:
    """The month's income at the destination, where it was written down."""
    if not entry.wage.strip():
        return None, {}
    if entry.wage_currency not in CURRENCIES:
        return None, {"wage_currency": [_("Choose the currency of the wage.")]}
    try:
        wage = Money.parse(entry.wage, entry.wage_currency)
    except DomainError as error:
        return None, {"wage": [str(error.message)]}
    if wage.minor <= 0:
        return None, {"wage": [_("Write what one worker earns in a month, or leave it empty.")]}
    return wage, {}


def read_shares(entry: CostLineEntry, whole: Money | None) -> tuple[dict[str, int | None], Wrong]:
    """The shares in minor units by payer, which must add up to the amount; all empty where one payer paid."""
    none: dict[str, int | None] = {payer.value: None for payer in SINGLE_PAYERS}
    if entry.paid_by != Payer.SHARED or whole is None:
        return none, {}
    wrong: Wrong = {}
    shares: dict[str, int] = {}
    for payer in SINGLE_PAYERS:
        text = entry.shares.get(payer.value, "").strip()
        try:
            shares[payer.value] = Money.parse(text, whole.currency).minor if text else 0
        except DomainError as error:
            wrong[f"share_{payer.value}"] = [str(error.message)]
    if wrong:
        return none, wrong
    total = Money(sum(shares.values()), whole.currency)
    if total != whole:
        said = _("The shares add up to %(found)s, the cost is %(whole)s. Change one of them.")
        return none, {"share_employer": [said % {"found": total.text, "whole": whole.text}]}
    if sum(minor > 0 for minor in shares.values()) < 2:
        return none, {"share_employer": [_("Only one paid: choose that one under “Who paid?” instead.")]}
    return dict(shares), {}


def read_money(entry: CostLineEntry) -> tuple[Money | None, Wrong]:
    """The amount for one worker."""
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


def paid_in_part(entry: CostLineEntry, payer: Payer) -> bool:
    """Whether this payer is said to have paid all or a share."""
    if entry.paid_by == Payer.SHARED:
        return bool(entry.shares.get(payer.value, "").strip(" 0.,"))
    return entry.paid_by == payer


def wrong_in_line(entry: CostLineEntry) -> Wrong:
    """What is wrong with a cost, its amount and shares aside."""
    wrong = too_long(entry, ("label", "paid_by_name", "law_reference", "exception_note"))
    if entry.category not in Category.values:
        wrong["category"] = [_("Choose the kind of cost.")]
    if not entry.label.strip():
        wrong["label"] = [_("Name the cost as it stands on the receipt or invoice.")]
    if entry.paid_by not in Payer.values:
        wrong["paid_by"] = [_("Choose who.")]
    if entry.should_pay not in SINGLE_PAYERS:
        wrong["should_pay"] = [_("Choose who.")]
    if paid_in_part(entry, Payer.OTHER) and not entry.paid_by_name.strip():
        wrong["paid_by_name"] = [
            _("Say who paid. A relative or a lender of the worker counts as the worker.")
        ]
    if entry.lawful not in Lawful.values:
        wrong["lawful"] = [_("Choose yes, no or unclear.")]
    elif (
        entry.lawful != Lawful.UNCLEAR
        and paid_in_part(entry, Payer.WORKER)
        and not entry.law_reference.strip()
    ):
        wrong["law_reference"] = [_("Name the law or rule you rely on, or choose “unclear”.")]
    wrong |= wrong_in_exception(entry)
    return wrong


def wrong_in_exception(entry: CostLineEntry) -> Wrong:
    """What is wrong with the exception named."""
    if not entry.exception_reason or not paid_in_part(entry, Payer.WORKER):
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


def proof_of(assessment: Assessment, entry: CostLineEntry, wrong: Wrong) -> Evidence | None:
    """The document chosen, from the agency's own library."""
    if entry.proof_id is None:
        return None
    proof = Evidence.objects.filter(agency_id=assessment.agency_id, pk=entry.proof_id).first()
    if proof is None:
        wrong["proof"] = [_("This document is not in your library. Choose again.")]
    return proof


def wrong_in_settlement(settlement: Settlement) -> Wrong:
    """What is missing in an answer about a worker-borne cost."""
    wrong = too_long(settlement, ("response", "repaid_how"))
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
