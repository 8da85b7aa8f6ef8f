"""The screener's acts: fee, accept, reject. Each holds the case, acts, and sends its letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.selectors import in_words
from certification.applications import selectors
from certification.applications.models import Application
from certification.applications.states import LetterKind
from certification.decisions import services as decisions
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput
from iris.core.fsm import act, lock, may
from iris.core.money import Money, minor_digits

from .claims import hold
from .letters import send_letter
from .reopened import withdraw_reopened
from .telling import tell_agency
from .texts import reason_given

LONGEST_INVOICE = 60
FEE_CURRENCY = "USD"


def fee_of(on: date | None = None) -> Money:
    """The application fee by the scheme's dated number."""
    amount = clocks.number("application_fee_usd", on)
    return Money(amount * 10 ** minor_digits(FEE_CURRENCY), FEE_CURRENCY)


def held(application: Application, method: Callable[..., None], actor: User, *, judging: bool = True) -> None:
    """Hold the case where the act is open to this person; where it is not, `act` says why better."""
    if may(method, actor):
        hold(application, actor, judging=judging)


@transaction.atomic
def request_fee(
    *, application_id: UUID, actor: User, invoice_number: str, letter_body: str = ""
) -> Application:
    """Tell the agency which invoice it is to pay."""
    application = lock(Application, application_id)
    invoice = _invoice(invoice_number)
    held(application, application.request_fee, actor, judging=False)
    fee = _asked(application)
    due = clocks.deadline(clocks.today(), "fee_payment_days")
    act(
        application.request_fee,
        actor=actor,
        data={"invoice": invoice, "fee": [fee.minor, fee.currency], "due": due.isoformat()},
        invoice_number=invoice,
        fee=fee,
        fee_due=due,
    )
    send_letter(
        application,
        LetterKind.FEE_REQUEST,
        actor=actor,
        body=letter_body,
        invoice=invoice,
        fee=fee.text,
        due=due,
    )
    tell_agency(application, "fee", invoice=invoice, fee=fee.text, due=due)
    return application


@transaction.atomic
def record_fee(
    *, application_id: UUID, actor: User, paid_on: date | None, invoice_number: str = ""
) -> Application:
    """The fee has cleared; the review's clock starts on that day."""
    application = lock(Application, application_id)
    invoice = _invoice(invoice_number or application.invoice_number)
    day = _paid_on(application, paid_on)
    due = clocks.deadline(day, "application_review_days")
    held(application, application.record_fee, actor, judging=False)
    act(
        application.record_fee,
        actor=actor,
        data={"invoice": invoice, "paid_on": day.isoformat(), "review_due": due.isoformat()},
        invoice_number=invoice,
        paid_on=day,
        review_due=due,
        fee=application.fee or _asked(application),
    )
    tell_agency(application, "in_review", invoice=invoice, paid_on=day, due=due)
    return application


@transaction.atomic
def waive_fee(*, application_id: UUID, actor: User, reason: str, letter_body: str = "") -> Application:
    """A scheme manager does without the fee, with a reason; the review's clock starts today."""
    application = lock(Application, application_id)
    why = reason_given(reason, _("Say why the fee is waived. The agency and the scheme’s accounts read it."))
    held(application, application.waive_fee, actor)
    due = clocks.deadline(clocks.today(), "application_review_days")
    act(
        application.waive_fee,
        actor=actor,
        reason=why,
        data={"review_due": due.isoformat()},
        why=why,
        waived_on=clocks.today(),
        review_due=due,
    )
    send_letter(application, LetterKind.FEE_WAIVED, actor=actor, body=letter_body, reason=why, review_due=due)
    tell_agency(application, "fee_waived", reason=why, due=due)
    return application


@transaction.atomic
def accept_application(*, application_id: UUID, actor: User, letter_body: str = "") -> Application:
    """Take the application on; an audit can be assigned. What lay before the screener is kept with the event."""
    application = lock(Application, application_id)
    held(application, application.accept, actor)
    open_to_them = may(application.accept, actor)
    seen = {check.key: check.tone for check in selectors.checks_for(application)} if open_to_them else {}
    act(application.accept, actor=actor, data={"checks": seen})
    send_letter(application, LetterKind.ACCEPTANCE, actor=actor, body=letter_body)
    tell_agency(application, "accepted")
    return application


@transaction.atomic
def reject_application(
    *, application_id: UUID, actor: User, reason: str, letter_body: str = ""
) -> Application:
    """Do not take the application on, and say why. The agency can apply again, or appeal."""
    application = lock(Application, application_id)
    why = reason_given(reason, _("Say why it is rejected. The agency reads it and can apply again."))
    held(application, application.reject, actor)
    act(application.reject, actor=actor, reason=why, why=why)
    decisions.answer_by_office(
        agency=application.agency,
        subject_label=selectors.SCREENING,
        subject_id=application.pk,
        question=_("Is application %(number)s taken on?") % {"number": application.number},
        outcome="reject",
        reasons=why,
        actor=actor,
    )
    withdraw_reopened(application, reason=why)
    appeal_until = clocks.deadline(clocks.today(), "appeal_days")
    send_letter(
        application,
        LetterKind.REJECTION,
        actor=actor,
        body=letter_body,
        reason=why,
        appeal_until=appeal_until,
    )
    tell_agency(application, "rejected", reason=why)
    return application


def _asked(application: Application) -> Money:
    """The fee that was in force on the day on which the application was sent."""
    return fee_of(application.submitted_at.date() if application.submitted_at else None)


def _invoice(number: str) -> str:
    invoice = " ".join(number.split())
    if not invoice:
        raise BadInput(fields={"invoice_number": [_("Enter the number of the invoice.")]})
    if len(invoice) > LONGEST_INVOICE:
        sentence = _("An invoice number here has at most %(most)s characters.") % {"most": LONGEST_INVOICE}
        raise BadInput(fields={"invoice_number": [sentence]})
    return invoice


def _paid_on(application: Application, day: date | None) -> date:
    if day is None:
        raise BadInput(fields={"paid_on": [_("Enter the day on which the fee cleared.")]})
    if day > clocks.today():
        raise BadInput(
            fields={"paid_on": [_("This day is still to come. Record the fee when it has cleared.")]}
        )
    if application.submitted_at and day < application.submitted_at.date():
        sentence = _("The application was sent on %(day)s. The fee cannot have cleared for it before.")
        words = {"day": in_words(application.submitted_at.date())}
        raise BadInput(fields={"paid_on": [sentence % words]})
    return day
