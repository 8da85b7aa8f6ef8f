"""The agency's acts: open, declare and send, answer, withdraw."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.agencies import selectors as agencies
from certification.applications import permissions, selectors, services
from certification.applications.forms import (
    ConfirmForm,
    DeclarationForm,
    DeclaredInformationForm,
    InformationForm,
    ReasonForm,
)
from certification.applications.services import Declaration
from certification.applications.states import OPEN, ApplicationState
from certification.assessments import selectors as assessments
from iris.core import clocks
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.policy import for_kinds, for_roles

from .acting import ActPage, act_page, refused
from .reading import person, results_of, visible

DECLARATION = gettext_lazy(
    "I declare, as an authorised signatory of %(agency)s, that the answers of this self-assessment, its cost ledger "
    "and its documents are true and complete to the best of my knowledge; that workers were not told what to say; and "
    "that the agency lets auditors of the scheme see its offices, records, partners and workers without warning them."
)


@for_kinds("agency")
def start(request: HttpRequest) -> HttpResponse:
    """Where the agency stands: not enrolled, not ready, ready to open, open, or closed."""
    agency = agencies.agency_of(person(request))
    if agency is None:
        return redirect("agencies:enrol")
    mine = selectors.applications_visible_to(person(request)).select_related("agency")
    opened = next((row for row in mine if row.state in OPEN), None)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST":
        form = ConfirmForm(request.POST)
        form.is_valid()
        try:
            made = services.open_application(agency_id=agency.pk, actor=person(request))
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("applications:application", made.pk)
    elif opened is not None:
        return redirect("applications:application", opened.pk)
    context = {
        "agency": agency,
        "readiness": selectors.readiness(agency),
        "earlier": mine,
        "opened": opened,
        "form": form,
        "may_change": agencies.may_change(agency, person(request)),
        "fee": clocks.number("application_fee_usd"),
        "review_days": clocks.number("application_review_days"),
        "running": selectors.running_of(agency),
        "not_open": selectors.missing_for_opening(agency),
    }
    return render(request, "applications/start.html", context, status=409 if form.errors else 200)


@for_kinds("agency")
def declare(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Check the answers once more, declare them true, and send everything to the scheme."""
    application = visible(request, application_id)
    if request.method == "GET" and not may(application.submit, person(request)):
        return redirect("applications:application", application.pk)
    text = str(DECLARATION) % {"agency": application.agency.legal_name}
    form = DeclarationForm(request.POST or None, initial={"declaration_name": person(request).full_name})
    status = 200
    if request.method == "POST" and form.is_valid():
        declaration = Declaration(
            name=form.cleaned_data["declaration_name"], role=form.cleaned_data["declaration_role"], text=text
        )
        try:
            services.submit_application(
                application_id=application.pk, actor=person(request), declaration=declaration
            )
        except DomainError as error:
            status = refused(form, error)
        else:
            return redirect("applications:sent", application.pk)
    elif form.errors:
        status = 422
    agency = agencies.with_facts(agencies.agencies_visible_to(person(request))).get(pk=application.agency_id)
    assessment = assessments.open_assessment(agency)
    context = {
        "application": application,
        "agency": agency,
        "names": agencies.names_of(agency),
        "readiness": selectors.readiness(agency),
        "assessment": assessment,
        **results_of(assessment),
        "form": form,
        "declaration": text,
        "fee": clocks.number("application_fee_usd"),
        "review_days": clocks.number("application_review_days"),
    }
    return render(request, "applications/declare.html", context, status=status)


@for_kinds("agency")
def sent(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """It is with the scheme; this comes next."""
    application = visible(request, application_id)
    if application.state == ApplicationState.DRAFT:
        return redirect("applications:application", application.pk)
    context = {
        "application": application,
        "fee": clocks.number("application_fee_usd"),
        "review_days": clocks.number("application_review_days"),
    }
    return render(request, "applications/sent.html", context)


@for_roles("signatory", "manager")
def information(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Send the scheme what it asked for; where questions were opened again, declare their new answers."""
    application = visible(request, application_id)
    user = person(request)
    deferral = selectors.waiting_round(application)
    reopened = deferral.reopened if deferral else None
    left = selectors.still_to_answer(deferral)
    declares = reopened is not None and reopened.frozen_at is None
    text = str(DECLARATION) % {"agency": application.agency.legal_name}
    page = ActPage(
        act="send_information",
        form=DeclaredInformationForm if declares else InformationForm,
        initial={"declaration_name": user.full_name} if declares else None,
        title=_("Send what is missing"),
        button=_("Declare and send to the scheme") if declares else _("Send to the scheme"),
        after=_("The scheme’s screeners get it by e-mail. Their review then runs again for %(days)s days.")
        % {"days": clocks.number("application_review_days")},
        said=_("Sent to the scheme."),
        template="applications/information.html",
        extra={
            "deferral": deferral,
            "round": next((each for each in selectors.rounds_of(application) if each.waits), None),
            "reopened": reopened,
            "left": left,
            "declaration": text if declares else "",
            "may_send": not left and (not declares or permissions.may_sign(application, user)),
        },
        do=lambda data: services.send_information(
            application_id=application.pk,
            actor=user,
            text=data["text"],
            declaration=Declaration(name=data["declaration_name"], role=data["declaration_role"], text=text)
            if declares
            else None,
        ),
    )
    return act_page(request, application, page)


@for_roles("signatory")
def withdraw(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Take the application back."""
    application = visible(request, application_id)
    return act_page(
        request,
        application,
        ActPage(
            act="withdraw",
            form=ReasonForm,
            title=_("Withdraw the application"),
            intro=_(
                "The case ends. You can apply again at any time; the fee of this application is not paid back."
            ),
            button=_("Withdraw the application"),
            label=_("Why do you withdraw?"),
            help_text=_("The scheme reads it. It is not public."),
            after=_("The scheme gets an e-mail.") if application.submitted_at else "",
            said=_("Withdrawn."),
            danger=True,
            do=lambda data: services.withdraw_application(
                application_id=application.pk, actor=person(request), reason=data["reason"]
            ),
        ),
        back=reverse("applications:application", args=[application.pk]),
    )
