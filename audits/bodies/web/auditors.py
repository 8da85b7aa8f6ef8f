"""The page of an auditor, the firm's own auditors, training and calendars."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iris.core import clocks, events
from iris.core.errors import DomainError
from iris.core.policy import for_kinds, for_roles
from iris.core.web import get_or_404

from .. import rules, selectors, services
from ..forms import BusyForm, TrainingForm
from ..models import AuditFirm, Auditor, BusyPeriod
from ..permissions import is_own, may_keep_calendar, may_manage_bodies, may_manage_firm
from ..states import language_name

CALENDAR_MONTHS = 6


@for_kinds("scheme")
def auditor(request: HttpRequest, auditor_id: UUID) -> HttpResponse:
    """Everything the scheme knows of an auditor: competence, declaration, training, calendar, quality."""
    one = get_or_404(selectors.auditors_visible_to(request.user), pk=auditor_id)
    today = clocks.today()
    return render(
        request,
        "audits/bodies/auditor.html",
        {
            "auditor": one,
            "approved": rules.is_within(today, one.approved_from, one.approved_until),
            "languages": ", ".join(language_name(code) for code in one.languages),
            "ties": [
                (tie, selectors.tie_facts(tie)) for tie in one.ties.select_related("agency").order_by("since")
            ],
            "declaration": selectors.current_declaration(one),
            "trainings": list(one.trainings.all()[:20]),
            "busy": selectors.busy_days([one.pk], today, _horizon(today)),
            "panels": selectors.panels_of(one, request.user),
            "events": events.events_of(one, limit=12),
            "may_manage": may_manage_bodies(request.user),
            "today": today,
        },
    )


def _horizon(today: date) -> date:
    return clocks.add_months(today, CALENDAR_MONTHS)


@for_kinds("audit_firm")
def ours(request: HttpRequest) -> HttpResponse:
    """The firm's auditors with what would keep audits from them, and what its clients weigh."""
    firm = selectors.firms_visible_to(request.user).first()
    if firm is None:
        raise Http404
    rows = list(selectors.auditors_of(firm))
    today = clocks.today()
    ids = {one.pk for one in rows}
    declared, trained = selectors.declared_until(ids, today), selectors.trained_until(ids, today)
    busy: dict[UUID, list[selectors.Busy]] = {}
    for day in selectors.busy_days(ids, today, today + timedelta(days=60)):
        busy.setdefault(day.auditor_id, []).append(day)
    return render(
        request,
        "audits/bodies/ours.html",
        {
            "firm": firm,
            "rows": [
                {
                    "auditor": one,
                    "declared": declared.get(one.pk),
                    "trained": trained.get(one.pk),
                    "busy": busy.get(one.pk, [])[:4],
                }
                for one in rows
            ],
            "today": today,
            "years": selectors.years_of([firm]),
            "may_manage": may_manage_firm(firm, request.user),
        },
    )


@for_roles("scheme_manager")
def add_training(request: HttpRequest, auditor_id: UUID) -> HttpResponse:
    """Keep a course that an auditor passed."""
    one = get_or_404(selectors.auditors_visible_to(request.user), pk=auditor_id)
    form = TrainingForm(request.POST or None)
    back = reverse("bodies:auditor", args=[one.pk])
    if request.method == "POST" and form.is_valid():
        try:
            services.record_training(auditor_id=one.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The training is on record."))
            return redirect(back)
    work = _("Scheme training of %s") % one.person.label
    return form_page(request, form, work=work, button=_("Keep it"), back=back, firm=one.firm)


def form_page(
    request: HttpRequest, form: Any, *, work: str, button: str, back: str, firm: AuditFirm | None
) -> HttpResponse:
    """One form under the name of its firm; 422 when it has problems."""
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "work": work, "button": button, "back": back, "firm": firm}
    return render(request, "audits/bodies/form.html", context, status=status)


@for_kinds("scheme", "audit_firm")
def calendar(request: HttpRequest, auditor_id: UUID) -> HttpResponse:
    """When an auditor is busy, own days and audits; the auditor and the firm's manager keep it."""
    one = get_or_404(selectors.auditors_visible_to(request.user), pk=auditor_id)
    may_keep = may_keep_calendar(one, request.user)
    form = BusyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_busy(auditor_id=one.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("These days are kept free of audits."))
            return redirect("bodies:calendar", auditor_id=one.pk)
    today = clocks.today()
    context = {
        "auditor": one,
        "firm": one.firm,
        "rows": _rows(one, today),
        "form": form if may_keep else None,
        "own": is_own(one, request.user),
        "months": CALENDAR_MONTHS,
        "scheme": request.user.is_kind("scheme"),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "audits/bodies/calendar.html", context, status=status)


def _rows(one: Auditor, today: date) -> list[dict[str, Any]]:
    own = {row.pk for row in one.busy.filter(last__gte=today)}
    days = selectors.busy_days([one.pk], today, _horizon(today))
    return [{"busy": day, "own": day.thing_id in own} for day in days]


@for_kinds("scheme", "audit_firm")
@require_POST
def remove_busy(request: HttpRequest, busy_id: UUID) -> HttpResponse:
    """The auditor is free on these days again."""
    mine = BusyPeriod.objects.filter(auditor__in=selectors.auditors_visible_to(request.user))
    row = get_or_404(mine, pk=busy_id)
    services.remove_busy(busy_id=row.pk, actor=request.user)
    messages.success(request, _("These days are free for audits again."))
    return redirect("bodies:calendar", auditor_id=row.auditor_id)
