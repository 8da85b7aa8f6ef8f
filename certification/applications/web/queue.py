"""The list of cases by the risk of their deadline, where screeners claim them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from certification.applications import permissions, selectors, states
from certification.applications.forms import QueueFilters
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core import clocks, web
from iris.core.policy import for_kinds
from iris.core.states import facts_of

from .reading import READERS, audience, person


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    application: Application
    owner: StrOrPromise
    due: date | None
    may_claim: bool
    mine: bool
    stale: bool
    returned: bool


@dataclass(frozen=True)
class Count:
    """One figure above the list, with the list it stands for."""

    tone: str
    label: StrOrPromise
    n: int
    url: str
    icon: str = ""


@for_kinds(*READERS)
def queue(request: HttpRequest) -> HttpResponse:
    """Applications by the risk of their deadline; filters stand in the address. An agency is led to its own."""
    user = person(request)
    if user.is_kind(OrganisationKind.AGENCY):
        return redirect("applications:start")
    filters = QueueFilters(request.GET)
    chosen: dict[str, Any] = filters.cleaned_data if filters.is_valid() else {}
    state = str(chosen.get("state") or "open")
    visible = selectors.applications_visible_to(user)
    rows = selectors.for_queue(
        visible,
        text=str(chosen.get("q") or ""),
        state="" if state == "all" else state,
        country=str(chosen.get("country") or ""),
        owner=user.pk if chosen.get("mine") else None,
        unclaimed=bool(chosen.get("unclaimed")),
        late_on=clocks.today() if chosen.get("late") else None,
    )
    page = web.paginate(request, rows)
    screens = user.is_kind(OrganisationKind.SCHEME) and user.has_role(*permissions.SCREENERS)
    context = {
        "page": page,
        "lines": _lines(page.object_list, user, screens),
        "filters": filters,
        "filtered": any(chosen.values()),
        "audience": audience(user),
        "screens": screens,
        "counts": _counts(selectors.counts(visible, user.pk)) if screens else [],
        "here": request.get_full_path(),
    }
    return render(request, "applications/queue.html", context)


def _lines(rows: Any, user: User, screens: bool) -> list[Line]:
    rows = list(rows)
    stale = set(selectors.stale_claims().filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [
        Line(
            application=row,
            owner=facts_of(ApplicationState(row.state)).owner.label,
            due=row.due,
            may_claim=screens and row.case_owner_id is None and row.state in states.SCREENING,
            mine=row.case_owner_id == user.pk,
            stale=row.pk in stale,
            returned=row.is_returned,
        )
        for row in rows
    ]


def _counts(found: dict[str, int]) -> list[Count]:
    url = reverse("applications:queue")
    return [
        Count("stop", _("Late"), found["late"], f"{url}?late=on"),
        Count("unsure", _("Unclaimed"), found["unclaimed"], f"{url}?unclaimed=on", "user-question"),
        Count("work", _("Mine"), found["mine"], f"{url}?state=screening&mine=on", "user"),
        Count("care", _("Back from a deferral"), found["returned"], f"{url}?state=returned", "refresh"),
        Count("care", _("Nothing happens"), found["stale"], f"{url}?state=stale", "hourglass"),
    ]
