"""Reading: the list, an agency's page, its events, a copy of a licence."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from certification.agencies import selectors
from certification.agencies.forms import AgencyFilters
from certification.agencies.models import Agency
from iris.core import clocks, events, files, web
from iris.core.moves import Fact
from iris.core.places import country_name
from iris.core.policy import for_kinds

if TYPE_CHECKING:
    from iris.accounts.models import User

READERS = ("agency", "scheme", "audit_firm")


def person(request: HttpRequest) -> User:
    """The signed-in person; the policies of these pages let nobody else in."""
    return request.user


def visible(request: HttpRequest, agency_id: UUID) -> Agency:
    """The agency with its facts, or 404."""
    rows = selectors.with_facts(selectors.agencies_visible_to(person(request)).select_related("organisation"))
    return web.get_or_404(rows, pk=agency_id)


@for_kinds(*READERS)
def agency_list(request: HttpRequest) -> HttpResponse:
    """Agencies a person may read, filtered by the address. An agency is led to its own page."""
    if person(request).is_kind("agency"):
        return redirect("agencies:mine")
    filters = AgencyFilters(request.GET or None)
    rows = selectors.agencies_visible_to(person(request)).prefetch_related("names", "corridors", "licences")
    filtered = False
    if filters.is_bound and filters.is_valid():
        chosen = filters.cleaned_data
        filtered = any(chosen.values())
        if chosen["q"]:
            rows = selectors.found_by(rows, chosen["q"])
        if chosen["country"]:
            rows = rows.filter(country=chosen["country"])
        if chosen["enrolled"]:
            rows = rows.filter(enrolled_at__isnull=chosen["enrolled"] == "no")
    page = web.paginate(request, rows)
    lines = [selectors.line_of(agency) for agency in page.object_list]
    return render(
        request,
        "agencies/list.html",
        {"page": page, "lines": lines, "filters": filters, "filtered": filtered},
    )


@for_kinds("agency")
def mine(request: HttpRequest) -> HttpResponse:
    """One's own agency: its page, the task list while it enrols, or the first step."""
    agency = selectors.agency_of(person(request))
    if agency is None:
        return redirect("agencies:enrol")
    return redirect("agencies:agency" if agency.enrolled_at else "agencies:enrolment", agency.pk)


@for_kinds(*READERS)
def agency_page(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Everything about one agency on one page."""
    agency = visible(request, agency_id)
    history = events.events_of(agency, limit=9)
    return render(
        request,
        "agencies/agency.html",
        {
            "agency": agency,
            "local": selectors.local_name(agency),
            "licences": selectors.licence_views(agency),
            "may_read_registers": person(request).kind != "agency",
            "names": selectors.names_of(agency),
            "found": selectors.eligibility_for(agency, person(request)),
            "tree": selectors.sub_agent_tree(agency.sub_agents.all()),
            "tree_notes": selectors.sub_agent_warnings(agency),
            "may_change": selectors.may_change(agency, person(request)),
            "facts": facts_of(agency),
            "panels": selectors.panels_for(agency, person(request), "main"),
            "side_panels": selectors.panels_for(agency, person(request), "aside"),
            "events": history[:8],
            "more_events": len(history) > 8,
            "today": clocks.today(),
        },
    )


@for_kinds(*READERS)
def agency_events(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Everything that happened to an agency."""
    agency = visible(request, agency_id)
    page = web.paginate(request, events.events_of(agency), per_page=100)
    return render(request, "agencies/events.html", {"agency": agency, "page": page})


@for_kinds(*READERS)
def licence_copy(request: HttpRequest, agency_id: UUID, licence_id: UUID) -> HttpResponse:
    """The copy of a licence, as a download."""
    agency = visible(request, agency_id)
    licence = web.get_or_404(agency.licences.select_related("copy").exclude(copy=None), pk=licence_id)
    assert licence.copy is not None
    return files.serve(licence.copy)


@for_kinds(*READERS)
def sub_agent_agreement(request: HttpRequest, agency_id: UUID, sub_agent_id: UUID) -> HttpResponse:
    """The written agreement with a sub-agent, as a download."""
    agency = visible(request, agency_id)
    row = web.get_or_404(
        agency.sub_agents.select_related("agreement").exclude(agreement=None), pk=sub_agent_id
    )
    assert row.agreement is not None
    return files.serve(row.agreement)


def facts_of(agency: Agency) -> list[Fact]:
    """The right column of an agency's page."""
    return [
        Fact(_("Registration number"), agency.registration_number),
        Fact(_("Registered in"), country_name(agency.country)),
        Fact(_("Kind"), agency.get_kind_display()),
        *(Fact(each.get_scheme_display(), each.value) for each in agency.identifiers.all()),
        Fact(_("Founded"), selectors.in_words(agency.founded_on) if agency.founded_on else ""),
        Fact(_("Head office"), ", ".join(part for part in (agency.address, agency.city) if part)),
        Fact(_("Person we can ask"), agency.contact_name),
        Fact(_("E-mail"), agency.email, f"mailto:{agency.email}" if agency.email else ""),
        Fact(_("Phone"), agency.phone),
        Fact(_("Website"), agency.website, agency.website),
    ]
