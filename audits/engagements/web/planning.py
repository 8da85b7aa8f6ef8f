"""The plan of an audit, its calendar file, and notes of what was heard before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audits.bodies.selectors import busy_days, candidates_for
from audits.bodies.states import language_table
from iris.core import clocks
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.policy import for_kinds

from .. import rules, selectors, services
from ..forms import PriorNoteForm
from ..models import Audit
from .desk import stage1_page
from .head import audit_for, page
from .plan_form import PlanForm, plan_initial

DAYS_AHEAD = 120


@for_kinds("audit_firm")
def plan(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Write the plan and send it to the agency."""
    audit = audit_for(request, audit_id)
    if not may(audit.plan, request.user):
        return redirect("reports:audit", audit_id=audit.pk)
    colleagues = _colleagues(audit)
    form = _form(request, audit, colleagues)
    if request.method == "POST" and form.is_valid():
        try:
            planned = services.plan_audit(audit_id=audit.pk, actor=request.user, plan=form.plan())
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _said(planned))
            for warning in selectors.plan_warnings(planned):
                messages.warning(request, warning)
            return redirect("reports:audit", audit_id=audit.pk)
    today = clocks.today()
    people = {audit.lead_id: audit.lead.person.label} | {one.pk: one.person.label for one in colleagues}
    rows = busy_days(list(people), today, today + timedelta(days=DAYS_AHEAD))
    return page(
        request,
        "audits/engagements/plan.html",
        audit,
        form,
        earliest=rules.earliest_visit(today),
        needed=rules.on_site_needed(audit.days),
        busy=[(people[row.auditor_id], row) for row in rows if row.thing_id != audit.pk][:30],
        panels=selectors.panels_for("plan", audit, request.user),
    )


def _said(audit: Audit) -> str:
    if audit.is_hidden:
        return _("The plan is kept. The agency hears nothing before the day.")
    return _("The plan is sent to the agency.")


def _colleagues(audit: Audit) -> list[Any]:
    return [
        one.auditor
        for one in candidates_for(audit.application, as_lead=False, firm=audit.firm)
        if one.eligible and one.auditor.pk != audit.lead_id
    ]


def _form(request: HttpRequest, audit: Audit, colleagues: list[Any]) -> PlanForm:
    spoken = {"en", *audit.lead.languages, *(code for one in colleagues for code in one.languages)}
    by_country = language_table()[1]
    workers = {code for one in audit.agency.corridors.all() for code in by_country.get(one.origin, ())}
    asked = getattr(getattr(audit, "audit_plan", None), "interview_languages", [])
    initial = plan_initial(audit) | {
        "team": [
            str(place.auditor_id) for place in selectors.team_of(audit) if place.auditor_id != audit.lead_id
        ]
    }
    initial.setdefault("interview_languages", sorted(workers & spoken))
    return PlanForm(
        request.POST or None,
        initial=initial,
        audit=audit,
        team=[(str(one.pk), one.person.label) for one in colleagues],
        languages=spoken,
        interview_languages=workers | {"en", *asked},
    )


@for_kinds("audit_firm", "scheme", "agency")
def calendar(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """The plan as a file for calendars; an agency gets it only where it knows the days."""
    audit = audit_for(request, audit_id)
    if getattr(audit, "audit_plan", None) is None or not audit.shows_days_to(request.user):
        raise Http404
    answer = HttpResponse(selectors.calendar_of(audit), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{audit.number}.ics"'
    return answer


@for_kinds("audit_firm")
@require_POST
def note_prior(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Keep what someone outside told the auditors."""
    audit = audit_for(request, audit_id, desk=True)
    form = PriorNoteForm(request.POST)
    if form.is_valid():
        try:
            services.note_prior(
                audit_id=audit.pk, actor=request.user, heard=services.Heard(**form.cleaned_data)
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The note is kept. The agency does not read it."))
            return redirect("engagements:stage1", audit_id=audit.pk)
    return stage1_page(request, audit, prior=form)
