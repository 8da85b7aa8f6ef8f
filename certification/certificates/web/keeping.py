"""What keeps certificates: the scheme's page of clocks, audits ordered and what came of them, answers to deferrals."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from certification.certificates import selectors, services
from certification.certificates.forms import (
    AuditHeldForm,
    AuditOrderForm,
    DeferralAnswerForm,
    DeferralForm,
    ReasonForm,
)
from certification.certificates.models import AuditOrder, DecisionDeferral
from certification.certificates.web.parts import form_page, row_for
from iris.accounts.states import OrganisationKind, Role
from iris.core.errors import DomainError
from iris.core.policy import for_kinds, for_roles
from iris.core.web import get_or_404

DAYS_AHEAD = 180


@for_kinds(OrganisationKind.SCHEME)
def keeping(request: HttpRequest) -> HttpResponse:
    """Every clock that runs on a certificate, the soonest first."""
    context = {
        "proposals": list(selectors.waiting_proposals()),
        "reviews": list(selectors.reviews_open()),
        "conditions": list(selectors.conditions_late()),
        "windows": list(selectors.surveillance_due(DAYS_AHEAD)),
        "orders": list(selectors.orders_waiting()),
        "expiring": list(selectors.expiring(DAYS_AHEAD)),
        "misuses": list(selectors.misuses_open()),
        "days": DAYS_AHEAD,
    }
    return render(request, "certificates/keeping.html", context)


@for_roles(Role.SCHEME_MANAGER)
def order_audit(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Order a surveillance, short-notice or special audit."""
    row = row_for(request, certificate_id)
    form = AuditOrderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.order_audit(certificate_id=row.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Ordered. The audit firm sees it; the agency by the rule of notice."))
            return redirect("certificates:certificate", row.pk)
    words = {
        "heading": _("Order an audit for certificate"),
        "button": _("Order the audit"),
        "after": _(
            "The agency gets an e-mail: at once, or shortly before the last day of a short-notice audit."
        ),
        "danger": False,
    }
    return form_page(request, row, form, words)


@for_roles(Role.SCHEME_MANAGER, Role.LEAD_AUDITOR, Role.FIRM_MANAGER)
def audit_held(request: HttpRequest, certificate_id: UUID, order_id: UUID) -> HttpResponse:
    """Record that an ordered audit took place."""
    row = row_for(request, certificate_id)
    order = get_or_404(_orders(request, row.number), pk=order_id)
    form = AuditHeldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_audit_held(order_id=order.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Recorded."))
            return redirect("certificates:certificate", row.pk)
    words = {
        "heading": _("Record an audit for certificate"),
        "button": _("Record the audit"),
        "after": _(
            "A surveillance audit held in time closes its clock; after a critical finding the scheme looks."
        ),
        "danger": False,
    }
    return form_page(request, row, form, words, told=f"{order.get_kind_display()}. {order.reason}")


@for_roles(Role.SCHEME_MANAGER)
def audit_missed(request: HttpRequest, certificate_id: UUID, order_id: UUID) -> HttpResponse:
    """Record that an ordered audit was missed or refused."""
    row = row_for(request, certificate_id)
    order = get_or_404(_orders(request, row.number), pk=order_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_audit_missed(order_id=order.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Recorded. If the certificate is in doubt, propose what follows."))
            return redirect("certificates:certificate", row.pk)
    words = {
        "heading": _("An audit was missed or refused: certificate"),
        "button": _("Record it as missed"),
        "after": _("The agency gets an e-mail with what you wrote."),
        "danger": True,
    }
    return form_page(request, row, form, words, told=f"{order.get_kind_display()}. {order.reason}")


@for_roles(Role.DECIDER)
def defer(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Send a recommended case back with questions."""
    application = get_or_404(selectors.waiting_for_decision(), pk=application_id)
    form = DeferralForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.defer_decision(
                application_id=application.pk,
                actor=request.user,
                questions=data["questions"],
                due_on=data["until"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Sent back. The audit firm gets your questions by e-mail."))
            return redirect("certificates:decide", application.pk)
    context = {"application": application, "form": form}
    return render(request, "certificates/defer.html", context, status=422 if form.errors else 200)


@for_roles(Role.LEAD_AUDITOR, Role.FIRM_MANAGER)
def answer_deferral(request: HttpRequest, deferral_id: UUID) -> HttpResponse:
    """The audit firm answers a decider's questions."""
    rows = DecisionDeferral.objects.filter(
        application__firm=request.user.organisation, answered_at=None
    ).select_related("application__agency", "asked_by")
    row = get_or_404(rows, pk=deferral_id)
    form = DeferralAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_deferral(deferral_id=row.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Answered. The decider gets an e-mail."))
            return redirect("applications:application", row.application_id)
    context = {"application": row.application, "deferral": row, "form": form}
    return render(request, "certificates/defer.html", context, status=422 if form.errors else 200)


def _orders(request: HttpRequest, number: str) -> QuerySet[AuditOrder]:
    return selectors.orders_visible_to(request.user, AuditOrder.objects.filter(certificate__number=number))
