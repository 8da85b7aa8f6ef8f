"""The screener's acts: ask for the fee, record or waive it, accept, reject. Letters are read before they go."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from certification.applications import services
from certification.applications.forms import ConfirmForm, FeeForm, InvoiceForm, ReasonForm
from certification.applications.models import Application
from certification.applications.states import LetterKind
from iris.core import clocks
from iris.core.policy import for_roles

from .acting import ActPage, act_page
from .reading import person, visible

SCREENERS = ("screener", "scheme_manager")


@for_roles(*SCREENERS)
def request_fee(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Tell the agency which invoice to pay."""
    application = visible(request, application_id)
    fee = services.fee_of(application.submitted_at.date() if application.submitted_at else None).text
    due = clocks.deadline(clocks.today(), "fee_payment_days")
    page = ActPage(
        act="request_fee",
        form=InvoiceForm,
        title=_("Ask for the fee"),
        intro=_("The application fee is %(fee)s.") % {"fee": fee},
        button=_("Ask for the fee"),
        after=_("The agency’s signatory and compliance manager get an e-mail; the letter stays on the case."),
        said=_("The agency has been asked for the fee."),
        letter=lambda data: services.draft_letter(
            application, LetterKind.FEE_REQUEST, invoice=data["invoice_number"], fee=fee, due=due
        ),
        do=lambda data: services.request_fee(application_id=application.pk, actor=person(request), **data),
    )
    return act_page(request, application, page)


@for_roles(*SCREENERS)
def record_fee(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The fee has cleared."""
    application = visible(request, application_id)
    page = ActPage(
        act="record_fee",
        form=FeeForm,
        title=_("Record the fee"),
        button=_("Record the fee"),
        after=_("The review’s %(days)s days start on the day the fee cleared. The agency gets an e-mail.")
        % {"days": clocks.number("application_review_days")},
        said=_("Recorded. The review has started."),
        initial={"invoice_number": application.invoice_number, "paid_on": clocks.today()},
        do=lambda data: services.record_fee(application_id=application.pk, actor=person(request), **data),
    )
    return act_page(request, application, page)


@for_roles("scheme_manager")
def waive_fee(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Do without the fee."""
    application = visible(request, application_id)
    due = clocks.deadline(clocks.today(), "application_review_days")
    page = ActPage(
        act="waive_fee",
        form=ReasonForm,
        title=_("Waive the fee"),
        intro=_("The agency pays nothing for this application, and the review starts today."),
        label=_("Why is the fee waived?"),
        help_text=_("The agency reads it in the letter. Your name stands beside it."),
        button=_("Waive the fee"),
        after=_("The agency’s signatory and compliance manager get an e-mail; the letter stays on the case."),
        said=_("The fee is waived. The review has started."),
        letter=lambda data: _with_reason(application, LetterKind.FEE_WAIVED, data, review_due=due),
        do=lambda data: services.waive_fee(application_id=application.pk, actor=person(request), **data),
    )
    return act_page(request, application, page)


@for_roles(*SCREENERS)
def accept(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Take the application on."""
    application = visible(request, application_id)
    page = ActPage(
        act="accept",
        form=ConfirmForm,
        title=_("Accept the application"),
        intro=_("You have read the declaration, the scope and the self-assessment, and nothing is missing."),
        button=_("Accept and send the letter"),
        after=_("The agency gets an e-mail. Next, an audit firm and a lead auditor are assigned."),
        said=_("Accepted."),
        typed=False,
        letter=lambda _data: services.draft_letter(application, LetterKind.ACCEPTANCE),
        do=lambda data: services.accept_application(
            application_id=application.pk, actor=person(request), **data
        ),
    )
    return act_page(request, application, page)


@for_roles(*SCREENERS)
def reject(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Do not take the application on."""
    application = visible(request, application_id)
    until = clocks.deadline(clocks.today(), "appeal_days")
    page = ActPage(
        act="reject",
        form=ReasonForm,
        title=_("Reject the application"),
        intro=_("The case ends. The agency can appeal, or apply again with a new fee."),
        label=_("Why is it rejected?"),
        help_text=_("Write to the agency. Name the rule and what would have to change."),
        button=_("Reject the application"),
        after=_("The agency’s signatory and compliance manager get your words by e-mail and as a letter."),
        said=_("Rejected. The agency has been told why."),
        danger=True,
        letter=lambda data: _with_reason(application, LetterKind.REJECTION, data, appeal_until=until),
        do=lambda data: services.reject_application(
            application_id=application.pk, actor=person(request), **data
        ),
    )
    return act_page(request, application, page)


def _with_reason(
    application: Application, kind: LetterKind, data: dict[str, Any], **facts: Any
) -> services.Draft:
    """A letter whose middle is the reason; without one the refusal is the service's."""
    why = services.reason_given(data["reason"], _("Write the reason first: the letter is made of it."))
    return services.draft_letter(application, kind, reason=why, **facts)
