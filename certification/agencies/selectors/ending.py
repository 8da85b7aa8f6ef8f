"""Which companies ended, when, and who took them over."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from certification.agencies import permissions
from certification.agencies.models import Agency, AgencyEnd
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind

from .offers import Panel

LONGEST_LINE_OF_HEIRS = 20


def ends_of(agency_ids: Iterable[UUID]) -> dict[UUID, AgencyEnd]:
    """The ends of these agencies, where they have one. One query."""
    rows = AgencyEnd.objects.filter(agency_id__in=list(agency_ids)).select_related("successor")
    return {row.agency_id: row for row in rows}


def heirs_of(agency_id: UUID) -> list[UUID]:
    """Who took the agency over, who took over that one, and so on; empty where it goes on or was closed."""
    found: list[UUID] = []
    here: UUID | None = agency_id
    while here is not None and len(found) < LONGEST_LINE_OF_HEIRS:
        here = AgencyEnd.objects.filter(agency_id=here).values_list("successor_id", flat=True).first()
        if here is not None:
            found.append(here)
    return found


def end_panel(agency: Agency, user: User) -> Panel | None:
    """How the company ended, and the scheme's door to say so."""
    end = ends_of([agency.pk]).get(agency.pk)
    may_end = end is None and agency.enrolled_at is not None and permissions.may_end(agency, user)
    took_over = list(agency.took_over.select_related("agency").order_by("ended_on", "id"))
    if end is None and not may_end and not took_over:
        return None
    links = user.is_kind(OrganisationKind.SCHEME)  # others do not read each other's pages
    context = {"end": end, "may_end": may_end, "took_over": took_over, "links": links}
    return Panel("agencies/_end.html", context)
