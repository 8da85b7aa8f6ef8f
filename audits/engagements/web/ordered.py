"""Audits that the scheme orders, and findings to be closed on site: who is asked to hold them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audits.bodies.selectors import candidates_for
from certification.applications.models import Application
from certification.certificates.models import AuditOrder
from certification.certificates.states import OrderKind, OrderState
from certification.standard.models import Principle
from iris.core.days import in_words
from iris.core.errors import DomainError
from iris.core.moves import Fact
from iris.core.policy import for_roles
from iris.core.web import get_or_404, paginate

from .. import rules, selectors, services
from ..forms import OrderedForm
from ..models import Audit
from ..states import AuditKind, AuditState


@for_roles("scheme_manager")
def ordered(request: HttpRequest) -> HttpResponse:
    """Orders nobody is asked for, and findings to be closed on site."""
    context = {
        "page": paginate(request, selectors.orders_to_assign()),
        "closures": selectors.awaiting_closure(),
    }
    return render(request, "audits/engagements/ordered.html", context)


@for_roles("scheme_manager")
def assign_ordered(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Choose who holds an ordered audit, what is looked at and how long it takes."""
    order = get_or_404(AuditOrder.objects.select_related("certificate__application"), pk=order_id)
    found = selectors.audit_of_order(order.pk)
    if found is not None and request.method != "POST":
        return redirect("reports:audit", audit_id=found.pk)
    if order.state != OrderState.ORDERED and request.method != "POST":
        return redirect("certificates:certificate", order.certificate_id)
    kind = services.KIND_OF_ORDER[OrderKind(order.kind)]
    application = _application(order.certificate.application_id)
    form = OrderedForm(request.POST or None, principles=_principles(application), kind=kind)
    extra = {
        "title": order.get_kind_display(),
        "reason": order.reason,
        "scope": sorted(selectors.indicators_found_weak(application.agency_id))
        if kind == AuditKind.SURVEILLANCE
        else [],
        "facts": [
            Fact(
                _("Certificate"),
                order.certificate.number,
                reverse("certificates:certificate", args=[order.certificate_id]),
            ),
            Fact(_("To be held by"), in_words(order.due_on)),
            Fact(_("The agency is told from"), in_words(order.told_from)),
            Fact(_("Ordered by"), order.ordered_by_name),
        ],
        "after": _(
            "The lead auditor gets an e-mail and answers within the days the scheme allows. "
            "The agency is told by the rule of notice of this order."
        ),
        "past": [one for one in _past(order.audits.all()) if one.state == AuditState.DECLINED],
    }

    def offer(auditor_id: UUID, size: services.Size) -> Audit:
        return services.offer_ordered_audit(
            order_id=order.pk,
            auditor_id=auditor_id,
            actor=request.user,
            size=size,
            principles=form.cleaned_data["principles"],
        )

    return _assign(request, application, kind, form, offer, extra)


@for_roles("scheme_manager")
def assign_closure(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Choose who verifies open findings on site."""
    earlier = get_or_404(selectors.with_context(selectors.audits_visible_to(request.user)), pk=audit_id)
    if not selectors.closure_is_due(earlier) and request.method != "POST":
        return redirect("reports:audit", audit_id=earlier.pk)
    application = _application(earlier.application_id)
    form = OrderedForm(request.POST or None, principles=[], kind=AuditKind.CLOSURE)
    ended = earlier.stage2_ended_on
    extra = {
        "title": _("Closure audit"),
        "reason": "",
        "scope": sorted(selectors.indicators_still_open(earlier)),
        "facts": [
            Fact(_("Findings of"), earlier.number, reverse("reports:audit", args=[earlier.pk])),
            Fact(_("Stage 2 ended"), in_words(ended) if ended else ""),
        ],
        "after": _(
            "The lead auditor gets an e-mail. Only the open findings are looked at, on site; "
            "the agency hears the name once the audit is accepted."
        ),
        "past": [one for one in _past(earlier.followed_by.all()) if one.state == AuditState.DECLINED],
    }

    def offer(auditor_id: UUID, size: services.Size) -> Audit:
        return services.offer_closure_audit(
            audit_id=earlier.pk, auditor_id=auditor_id, actor=request.user, size=size
        )

    return _assign(request, application, AuditKind.CLOSURE, form, offer, extra)


def _past(audits: Any) -> list[Audit]:
    return list(selectors.with_context(audits)[:10])


def _application(application_id: UUID) -> Application:
    return (
        Application.objects.select_related("agency__organisation", "assessment__edition")
        .prefetch_related("agency__corridors", "agency__sectors", "agency__branches")
        .get(pk=application_id)
    )


def _principles(application: Application) -> list[tuple[str, str]]:
    assert application.assessment is not None
    rows = Principle.objects.filter(edition_id=application.assessment.edition_id).order_by("order")
    return [(row.code, f"{row.code}. {row.title}") for row in rows]


def _assign(
    request: HttpRequest,
    application: Application,
    kind: AuditKind,
    form: OrderedForm,
    offer: Callable[[UUID, services.Size], Audit],
    extra: dict[str, Any],
) -> HttpResponse:
    chosen, quote = request.POST.get("auditor", ""), None
    by_table = rules.has_days_in_table(kind)
    if request.method == "POST" and form.is_valid():
        if by_table:
            quote = selectors.quotation(form.cleaned_data["staff"], application.agency, kind)
        made = None if "quote" in request.POST else _offered(form, chosen, offer)
        if made is not None:
            words = _("The audit is offered to %s, who hears by e-mail.") % made.lead.person.label
            messages.success(request, words)
            return redirect("reports:audit", audit_id=made.pk)
    candidates = candidates_for(application)
    context = {
        "application": application,
        "form": form,
        "quote": quote,
        "by_table": by_table,
        "chosen": chosen,
        "eligible": [one for one in candidates if one.eligible],
        "others": [one for one in candidates if not one.eligible],
        **extra,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "audits/engagements/assign_ordered.html", context, status=status)


def _offered(form: OrderedForm, chosen: str, offer: Callable[[UUID, services.Size], Audit]) -> Audit | None:
    try:
        auditor_id = UUID(chosen)
    except ValueError:
        form.add_error(None, _("Choose a lead auditor from the table."))
        return None
    data = form.cleaned_data
    try:
        return offer(auditor_id, services.Size(data["staff"], data["days"], data["days_reason"]))
    except DomainError as error:
        form.add_domain_error(error)
        return None
