"""The screener's acts: fee, accept, defer, reject."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.selectors import in_words
from certification.applications.models import Application
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput
from iris.core.fsm import act, lock

from .telling import tell_agency
from .texts import reason_given

LONGEST_INVOICE = 60


@transaction.atomic
def request_fee(*, application_id: UUID, actor: User, invoice_number: str) -> Application:
    """Tell the agency which invoice it is to pay."""
    application = lock(Application, application_id)
    invoice = _invoice(invoice_number)
    act(application.request_fee, actor=actor, data={"invoice": invoice}, invoice_number=invoice)
    tell_agency(application, "fee", invoice=invoice, fee=clocks.number("application_fee_usd"))
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
    act(
        application.record_fee,
        actor=actor,
        data={"invoice": invoice, "paid_on": day.isoformat(), "review_due": due.isoformat()},
        invoice_number=invoice,
        paid_on=day,
        review_due=due,
    )
    tell_agency(application, "in_review", invoice=invoice, paid_on=day, due=due)
    return application


@transaction.atomic
def accept_application(*, application_id: UUID, actor: User) -> Application:
    """Take the application on; an audit can be assigned."""
    application = lock(Application, application_id)
    act(application.accept, actor=actor)
    tell_agency(application, "accepted")
    return application


@transaction.atomic
def defer_application(*, application_id: UUID, actor: User, reason: str) -> Application:
    """Say what is missing; the agency has the scheme's days to send it."""
    application = lock(Application, application_id)
    why = reason_given(reason, _("Say what is missing, so that the agency can send exactly that."))
    until = clocks.deadline(clocks.today(), "deferral_days")
    act(
        application.defer,
        actor=actor,
        reason=why,
        data={"until": until.isoformat()},
        until=until,
        missing=why,
    )
    tell_agency(application, "deferred", reason=why, until=until)
    return application


@transaction.atomic
def reject_application(*, application_id: UUID, actor: User, reason: str) -> Application:
    """Do not take the application on, and say why. The agency can apply again."""
    application = lock(Application, application_id)
    why = reason_given(reason, _("Say why it is rejected. The agency reads it and can apply again."))
    act(application.reject, actor=actor, reason=why, why=why)
    tell_agency(application, "rejected", reason=why)
    return application


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
