"""The plan of an audit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from audits.bodies.selectors import candidates_for
from iris.core import clocks
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.policy import for_kinds

from .. import rules, selectors, services
from ..forms import PlanForm, plan_initial
from ..models import Audit
from .head import audit_for, page


@for_kinds("audit_firm")
def plan(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Write the plan and send it to the agency."""
    audit = audit_for(request, audit_id)
    if not may(audit.plan, request.user):
        return redirect("reports:audit", audit_id=audit.pk)
    form = _form(request, audit)
    if request.method == "POST" and form.is_valid():
        try:
            services.plan_audit(audit_id=audit.pk, actor=request.user, plan=_input(form.cleaned_data))
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The plan is sent to the agency."))
            return redirect("reports:audit", audit_id=audit.pk)
    return page(
        request,
        "audits/engagements/form.html",
        audit,
        form,
        work=_("Plan of the audit"),
        button=_("Send the plan to the agency"),
        after=_("The agency gets it by e-mail. An announced visit starts on %(day)s or later.")
        % {"day": f"{rules.earliest_visit(clocks.today()):%-d %B %Y}"},
        danger=False,
    )


def _form(request: HttpRequest, audit: Audit) -> PlanForm:
    colleagues = [
        one.auditor
        for one in candidates_for(audit.application, as_lead=False, firm=audit.firm)
        if one.eligible and one.auditor.pk != audit.lead_id
    ]
    languages = {"en", *audit.lead.languages, *(code for one in colleagues for code in one.languages)}
    initial = plan_initial(audit) | {
        "team": [
            str(place.auditor_id) for place in selectors.team_of(audit) if place.auditor_id != audit.lead_id
        ]
    }
    return PlanForm(
        request.POST or None,
        initial=initial,
        team=[(str(one.pk), one.person.label) for one in colleagues],
        languages=languages,
    )


def _input(data: dict[str, Any]) -> services.PlanInput:
    team = [UUID(one) for one in data.get("team", [])]
    return services.PlanInput(**{**data, "team": team})
