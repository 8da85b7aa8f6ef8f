"""When a cost fits the employer-pays principle.

Sources: the ILO's definition of recruitment fees and related costs (2019) for the categories; the two exceptions are
those that codes of conduct of industry publish (walk-ins, trips home on leave). What a national law allows is another
question and another answer (`lawful`); it never changes this one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from certification.assessments.states import SINGLE_PAYERS, Category, Conformity, ExceptionReason, Payer
from iris.core.money import Money

ALLOWED_EXCEPTIONS: dict[str, frozenset[str]] = {
    ExceptionReason.WALK_IN: frozenset({Category.C6, Category.C7}),
    ExceptionReason.HOME_LEAVE: frozenset({Category.C6}),
}


class CostFacts(Protocol):
    """What the rules need to know of a line of the ledger."""

    category: str
    should_pay: str
    paid_by: str
    exception_reason: str
    exception_note: str
    share_employer_minor: int | None
    share_agency_minor: int | None
    share_worker_minor: int | None
    share_other_minor: int | None

    @property
    def proof_id(self) -> UUID | None:
        """The document that proves who paid, if there is one."""


class SettlementFacts(Protocol):
    """What an agency says of a cost that a worker bore."""

    response: str
    repaid_how: str
    repaid_by: str
    repaid_on: dt.date | None
    answered_minor: int | None

    @property
    def worker_part(self) -> Money:
        """What the worker bore."""


class PaidFacts(CostFacts, Protocol):
    """A line with its name and amount."""

    label: str
    amount_minor: int
    currency: str
    paid_by_name: str


class LedgerFacts(CostFacts, SettlementFacts, Protocol):
    """Both together: a whole line."""


def bears(line: CostFacts, payer: str) -> bool:
    """Whether this payer bore the cost or a share of it."""
    if line.paid_by == Payer.SHARED:
        return bool(getattr(line, f"share_{payer}_minor"))
    return line.paid_by == payer


def is_worker_borne(line: CostFacts) -> bool:
    """Whether the worker paid, all or a share, whatever the reason, the law or the label."""
    return bears(line, Payer.WORKER)


def has_allowed_exception(line: CostFacts) -> bool:
    """Whether one of the two exceptions holds: of this category, described in words, and proven by a document."""
    allowed = ALLOWED_EXCEPTIONS.get(line.exception_reason, frozenset())
    return line.category in allowed and bool(line.exception_note.strip()) and line.proof_id is not None


def conforms(line: CostFacts) -> Conformity:
    """Whether this line fits the employer-pays principle."""
    if line.category == Category.X:
        return Conformity.NO
    if is_worker_borne(line):
        return Conformity.YES if has_allowed_exception(line) else Conformity.NO
    if bears(line, Payer.OTHER) or line.should_pay == Payer.WORKER:
        return Conformity.UNCLEAR
    if line.proof_id is None:
        return Conformity.NO_PROOF
    return Conformity.YES


def why_conforms(line: CostFacts) -> StrOrPromise:
    """The reason for the answer of `conforms`, in one sentence."""
    if line.category == Category.X:
        return _("Such a charge is never allowed, whoever pays it.")
    if is_worker_borne(line):
        return _why_worker(line)
    if bears(line, Payer.OTHER):
        return _(
            "Say who paid. A relative, a lender or a sub-agent who collects from workers counts as the worker."
        )
    if line.should_pay == Payer.WORKER:
        return _(
            "The agreement puts this cost on the worker. Have it changed in writing, even though someone else paid."
        )
    if line.proof_id is None:
        return _("Add the document that shows who paid.")
    return _("The worker does not pay, and a document shows it.")


def _why_worker(line: CostFacts) -> StrOrPromise:
    if has_allowed_exception(line):
        return _("The worker paid under an allowed exception that is described and proven.")
    if not line.exception_reason:
        return _("The worker paid. A worker never pays for a job.")
    if line.category not in ALLOWED_EXCEPTIONS.get(line.exception_reason, frozenset()):
        return _("The worker paid, and the exception named does not cover this kind of cost.")
    return _("The worker paid. The exception counts only with a description and a document that proves it.")


def needs_answer(line: LedgerFacts) -> bool:
    """Whether this line stops the declaration: workers bore it, no exception holds and nobody has answered it."""
    return is_worker_borne(line) and conforms(line) != Conformity.YES and not is_settled(line)


def is_settled(line: SettlementFacts) -> bool:
    """Whether a worker-borne line says what happened, how and until when it is repaid, and who repays.

    An answer holds for the amount it was given for: when the worker's part changes later, it has to be given again.
    """
    said = bool(line.response.strip() and line.repaid_how.strip() and line.repaid_by and line.repaid_on)
    answered = line.answered_minor
    return said and (answered is None or answered == line.worker_part.minor)


def fingerprint(line: PaidFacts) -> str:
    """SHA-256 of kind, name, amount and payers of a line: what an employer confirms or disputes."""
    facts = [line.category, line.label, line.amount_minor, line.currency, line.should_pay, line.paid_by]
    facts += [line.paid_by_name, *(getattr(line, f"share_{payer}_minor") for payer in SINGLE_PAYERS)]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()
