"""The screener's acts: ask for the fee, record it, accept, defer, reject."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from certification.agencies.selectors import in_words
from certification.applications import services
from certification.applications.forms import ConfirmForm, FeeForm, InvoiceForm, ReasonForm
from iris.core import clocks
from iris.core.policy import for_roles

from .acting import ActPage, act_page
from .reading import person, visible

SCREENERS = ("screener", "scheme_manager")


@for_roles(*SCREENERS)
def request_fee(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Tell the agency which invoice to pay."""
    application = visible(request, application_id)
    page = ActPage(
        act="request_fee",
        form=InvoiceForm,
        title=_("Ask for the fee"),
        intro=_("The application fee is USD %(fee)s.") % {"fee": f"{clocks.number('application_fee_usd'):,}"},
        button=_("Ask for the fee"),
        after=_("The agency’s signatory and compliance manager get an e-mail with the invoice’s number."),
        said=_("The agency has been asked for the fee."),
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


@for_roles(*SCREENERS)
def accept(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Take the application on."""
    application = visible(request, application_id)
    page = ActPage(
        act="accept",
        form=ConfirmForm,
        title=_("Accept the application"),
        intro=_("You have read the declaration, the scope and the self-assessment, and nothing is missing."),
        button=_("Accept the application"),
        after=_("The agency gets an e-mail. Next, an audit firm and a lead auditor are assigned."),
        said=_("Accepted."),
        do=lambda _data: services.accept_application(application_id=application.pk, actor=person(request)),
    )
    return act_page(request, application, page)


@for_roles(*SCREENERS)
def defer(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Say what is missing."""
    application = visible(request, application_id)
    until = in_words(clocks.deadline(clocks.today(), "deferral_days"))
    page = ActPage(
        act="defer",
        form=ReasonForm,
        title=_("Defer the application"),
        intro=_("The agency has until %(day)s to send what is missing. Then the application is rejected.")
        % {"day": until},
        label=_("What is missing?"),
        help_text=_("Write to the agency, one thing per line. It answers exactly this."),
        button=_("Defer the application"),
        after=_("The agency’s signatory and compliance manager get your words by e-mail."),
        said=_("Deferred. The agency has been asked."),
        do=lambda data: services.defer_application(
            application_id=application.pk, actor=person(request), reason=data["reason"]
        ),
    )
    return act_page(request, application, page)


@for_roles(*SCREENERS)
def reject(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Do not take the application on."""
    application = visible(request, application_id)
    page = ActPage(
        act="reject",
        form=ReasonForm,
        title=_("Reject the application"),
        intro=_("The case ends. The agency can apply again, with a new fee."),
        label=_("Why is it rejected?"),
        help_text=_("Write to the agency. Name the rule and what would have to change."),
        button=_("Reject the application"),
        after=_("The agency’s signatory and compliance manager get your words by e-mail."),
        said=_("Rejected. The agency has been told why."),
        danger=True,
        do=lambda data: services.reject_application(
            application_id=application.pk, actor=person(request), reason=data["reason"]
        ),
    )
    return act_page(request, application, page)
