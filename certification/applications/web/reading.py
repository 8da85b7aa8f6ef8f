"""Reading: the list of applications, a case, its events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from certification.agencies import selectors as agencies
from certification.applications import selectors
from certification.applications.forms import QueueFilters
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from certification.assessments import selectors as assessments
from certification.assessments.models import Assessment
from iris.accounts.states import OrganisationKind
from iris.core import clocks, events, web
from iris.core.policy import for_kinds
from iris.core.states import facts_of

if TYPE_CHECKING:
    from iris.accounts.models import User
    from iris.core.models import Event

READERS = ("agency", "scheme", "audit_firm")
AMONG_THE_SCHEME = {"claim", "release", "noted"}


def person(request: HttpRequest) -> User:
    """The signed-in person; the policies of these pages let nobody else in."""
    return request.user


def visible(request: HttpRequest, application_id: UUID) -> Application:
    """The case, or 404."""
    return web.get_or_404(selectors.case_of(person(request)), pk=application_id)


def audience(user: User) -> str:
    """Which words of a state this person reads."""
    return "agency" if user.is_kind(OrganisationKind.AGENCY) else "auditor"


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    application: Application
    owner: object
    due: date | None


@for_kinds(*READERS)
def queue(request: HttpRequest) -> HttpResponse:
    """Applications by the risk of their deadline; filters stand in the address. An agency is led to its own."""
    user = person(request)
    if user.is_kind(OrganisationKind.AGENCY):
        return redirect("applications:start")
    filters = QueueFilters(request.GET)
    chosen: dict[str, Any] = filters.cleaned_data if filters.is_valid() else {}
    state = str(chosen.get("state") or "open")
    rows = selectors.for_queue(
        selectors.applications_visible_to(user),
        text=str(chosen.get("q") or ""),
        state="" if state == "all" else state,
        country=str(chosen.get("country") or ""),
        owner=user.pk if chosen.get("mine") else None,
        late_on=clocks.today() if chosen.get("late") else None,
    )
    page = web.paginate(request, rows)
    lines = [
        Line(row, facts_of(ApplicationState(row.state)).owner.label, row.due) for row in page.object_list
    ]
    context = {
        "page": page,
        "lines": lines,
        "filters": filters,
        "filtered": any(chosen.values()),
        "audience": audience(user),
    }
    return render(request, "applications/queue.html", context)


@for_kinds(*READERS)
def application_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The case: whose move it is, how far it has come, and everything that belongs to it."""
    return render(
        request, "applications/application.html", case_context(request, visible(request, application_id))
    )


def case_context(request: HttpRequest, application: Application) -> dict[str, Any]:
    """What the case page shows."""
    user = person(request)
    draft = application.state == ApplicationState.DRAFT
    move = selectors.move_for(application, user)
    readiness = selectors.readiness(application.agency) if draft else None
    history = history_of(application, user)
    return {
        "application": application,
        "audience": audience(user),
        "local": agencies.local_name(application.agency),
        "move": move,
        "acts": [
            act
            for act in selectors.acts_for(application, user)
            if act.url != move.act_url and (act.name != "submit" or (readiness and readiness.ready))
        ],
        "steps": selectors.steps_for(application),
        "readiness": readiness,
        **results_of(application.assessment),
        "facts": selectors.facts_for(application, user),
        "people": selectors.people_on(application),
        "deadlines": selectors.deadlines_for(application),
        "panels": selectors.panels_for(application, user, "main"),
        "side_panels": selectors.panels_for(application, user, "aside"),
        "events": history[:8],
        "more_events": len(history) > 8,
        "may_apply_again": selectors.may_apply_again(application) and user.is_kind(OrganisationKind.AGENCY),
        "licences": []
        if user.is_kind(OrganisationKind.AGENCY)
        else agencies.licence_views(application.agency),
        "checklist": screening_checklist(application) if user.is_kind(OrganisationKind.SCHEME) else [],
    }


def history_of(application: Application, user: User) -> list[Event]:
    """What happened in a case; what the scheme does among itself is read by the scheme only."""
    found = events.events_of(application)
    if user.is_kind(OrganisationKind.SCHEME):
        return found
    return [event for event in found if event.act not in AMONG_THE_SCHEME]


def results_of(assessment: Assessment | None) -> dict[str, Any]:
    """The self-assessment by principle for the chart and its table, the mean maturity, and the worker-borne costs."""
    if assessment is None:
        return {"results": [], "maturity": None, "worker_borne": 0}
    found = assessments.results(assessment)
    names = ("code", "yes", "partly", "no", "na", "maturity")
    rows = [
        {"label": Truncator(row.title).chars(42), **{name: getattr(row, name) for name in names}}
        for row in found.principles
    ]
    borne = len(assessments.worker_borne(assessment))
    return {"results": rows, "maturity": found.all.maturity, "worker_borne": borne}


def screening_checklist(application: Application) -> list[agencies.EligibilityItem]:
    """What the screener checks first: the enrolment as it stands today."""
    if application.state not in (
        ApplicationState.IN_REVIEW,
        ApplicationState.SUBMITTED,
        ApplicationState.DEFERRED,
    ):
        return []
    return agencies.eligibility(application.agency).items


@for_kinds(*READERS)
def application_events(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Everything that happened in a case."""
    application = visible(request, application_id)
    page = web.paginate(request, history_of(application, person(request)), per_page=100)
    return render(
        request,
        "applications/events.html",
        {
            "application": application,
            "page": page,
            "audience": audience(person(request)),
            "title": _("Events"),
        },
    )
