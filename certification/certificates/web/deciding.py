"""The desk of the deciders: what waits, and one decision."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.applications import selectors as applications
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from certification.certificates import selectors, services
from certification.certificates.forms import (
    MOST_CONDITIONS,
    BaseConditionFormSet,
    ConditionFormSet,
    DecisionForm,
)
from certification.certificates.models import Certificate
from certification.certificates.states import GRANTS
from certification.decisions import selectors as decisions
from certification.decisions.models import Decision
from certification.decisions.services import tie_in_words
from certification.decisions.states import UNDECIDED_STATES
from iris.accounts.states import Role
from iris.core import clocks, events
from iris.core.errors import DomainError
from iris.core.policy import for_roles
from iris.core.web import get_or_404, paginate


@for_roles(Role.DECIDER, Role.SCHEME_MANAGER)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and what was decided lately."""
    waiting = list(selectors.waiting_for_decision())
    barred = decisions.agencies_barred_for([row.agency for row in waiting], request.user)
    page = paginate(request, selectors.decided_applications(), per_page=25)
    context = {
        "waiting": [{"application": row, "barred": row.agency_id in barred} for row in waiting],
        "may_decide": request.user.has_role(Role.DECIDER),
        "page": page,
    }
    return render(request, "certificates/queue.html", context)


@for_roles(Role.DECIDER)
def decide(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """One application, everything the decider reads, and the answer."""
    application = get_or_404(_cases(request), pk=application_id)
    form = DecisionForm(request.POST or None, initial={"effective_on": None})
    conditions = cast(BaseConditionFormSet, ConditionFormSet(_with_more(request), prefix="condition"))
    if request.method == "POST" and "more" not in request.POST and form.is_valid() and conditions.is_valid():
        try:
            decision = services.decide_application(
                application_id=application.pk,
                actor=request.user,
                outcome=form.cleaned_data["outcome"],
                reasons=form.cleaned_data["reasons"],
                conditions=conditions.drafts(),
                effective_on=form.cleaned_data["effective_on"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return _after(request, decision)
    context = _context(request, application, form, conditions)
    return render(
        request, "certificates/decide.html", context, status=422 if form.errors and _sent(request) else 200
    )


def _sent(request: HttpRequest) -> bool:
    return request.method == "POST" and "more" not in request.POST


def _cases(request: HttpRequest) -> QuerySet[Application]:
    return applications.case_of(request.user).exclude(recommendation=None)


def _with_more(request: HttpRequest) -> Any:
    """What was posted, with one more empty row when the decider asked for it (works without script)."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if "more" in data:
        rows = int(data.get("condition-TOTAL_FORMS") or 0) + 1
        data["condition-TOTAL_FORMS"] = str(min(rows, MOST_CONDITIONS))
    return data


def _after(request: HttpRequest, decision: Decision) -> HttpResponse:
    if decision.state in UNDECIDED_STATES:
        messages.success(request, _("Your vote counts. Others have to give theirs."))
        return redirect("certificates:queue")
    if decision.outcome not in GRANTS:
        messages.success(request, _("Refused. The agency and the audit firm read your reasons."))
        return redirect("applications:application", decision.subject_id)
    certificate = Certificate.objects.get(decision=decision, replaced_by=None)
    messages.success(
        request,
        _(
            "Granted: certificate %(number)s is issued. Its PDF is being made; the agency gets an e-mail with it."
        )
        % {"number": certificate.number},
    )
    return redirect("certificates:certificate", certificate.pk)


def _context(
    request: HttpRequest, application: Application, form: DecisionForm, conditions: Any
) -> dict[str, Any]:
    user = request.user
    bars = list(decisions.bars_on(application.agency))
    own = [tie for tie in bars if tie.person_id == user.pk]
    critical, major = selectors.open_findings(application)
    told = application.recommendation or {}
    deferral = selectors.open_deferral(application.pk)
    return {
        "application": application,
        "move": replace(applications.move_for(application, user), act_label="", act_url=""),
        "steps": applications.steps_for(application),
        "told": told,
        "assessment_url": reverse("assessments:results", args=[application.assessment_id]),
        "stage2_on": services.day_of(told.get("stage2_ended_on")),
        "open_critical": critical,
        "open_major": major,
        "form": form,
        "conditions": conditions,
        "bars": bars,
        "own_ties": [tie_in_words(tie) for tie in own],
        "outcome": selectors.outcome_panel(application, user),
        "open_now": application.state == ApplicationState.RECOMMENDED and not own and deferral is None,
        "may_defer": application.state == ApplicationState.RECOMMENDED and not own and deferral is None,
        "deferral": deferral,
        "deferrals": list(application.decision_deferrals.select_related("asked_by", "answered_by")),
        "held": selectors.running_certificate(application.agency),
        "valid_months": clocks.number("certificate_validity_months"),
        "events": events.events_of(application, limit=8),
    }
