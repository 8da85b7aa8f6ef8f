"""The way in: to the agency's own assessment, or to the list of those a reader may see."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from certification.agencies import selectors as agencies
from certification.assessments import selectors, services
from certification.assessments.web.finding import agency_or_404, person_of
from certification.standard import selectors as standard
from iris.core import clocks
from iris.core.policy import for_kinds
from iris.core.web import paginate


@for_kinds("agency", "scheme", "audit_firm")
def index(request: HttpRequest) -> HttpResponse:
    """An agency goes to its current assessment or is offered to start; readers get a list."""
    person = person_of(request)
    if not person.is_kind("agency"):
        rows = selectors.assessments_visible_to(person).order_by("-frozen_at")
        return render(request, "assessments/list.html", {"page": paginate(request, rows)})
    agency = agencies.agency_of(person)
    current = selectors.current_assessment(agency) if agency else None
    if current:
        return redirect("assessments:assessment", current.pk)
    edition = standard.current_edition()
    context = {
        "agency": agency,
        "edition": edition,
        "indicators": standard.indicators_of(edition).count() if edition else 0,
        "days": clocks.number("assessment_target_days"),
    }
    return render(request, "assessments/start.html", context)


@require_POST
@for_kinds("agency")
def start(request: HttpRequest) -> HttpResponse:
    """Begin a self-assessment."""
    assessment = services.start_assessment(agency_or_404(request).pk, person_of(request))
    messages.success(
        request, _("Your self-assessment is ready. You can stop at any time: every page is saved.")
    )
    return redirect("assessments:assessment", assessment.pk)
