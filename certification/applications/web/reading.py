"""Reading: a case and its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from certification.agencies import selectors as agencies
from certification.applications import permissions, selectors, states
from certification.applications.forms import NoteForm
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from certification.assessments import selectors as assessments
from certification.assessments.models import Assessment
from iris.accounts.states import OrganisationKind
from iris.core import events, web
from iris.core.policy import for_kinds

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
        "offered": [
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
        "rounds": selectors.rounds_of(application),
        "letters": selectors.letters_of(application, user),
        "appeal": {"card": selectors.appeal_card_of(application, user)},
        **_for_the_scheme(application, user),
    }


def _for_the_scheme(application: Application, user: User) -> dict[str, Any]:
    """What only the scheme reads: the checklist, who has the case, and the notes."""
    mine = user.is_kind(OrganisationKind.SCHEME)
    screens = permissions.may_screen(application, user) and application.state in states.SCREENING
    return {
        "checklist": selectors.checks_for(application) if mine else [],
        "notes": list(application.notes.select_related("author")) if mine else [],
        "note_form": NoteForm() if mine else None,
        "may_claim": screens and application.case_owner_id is None,
        "may_release": screens
        and application.case_owner_id is not None
        and (application.case_owner_id == user.pk or permissions.may_manage(application, user)),
        "holds": mine and application.case_owner_id == user.pk,
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
