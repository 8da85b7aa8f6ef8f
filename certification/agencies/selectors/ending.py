"""Which companies ended, when, and who took them over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from certification.agencies import permissions
from certification.agencies.models import Agency, AgencyEnd
from certification.agencies.states import EndKind
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core.days import in_words

from .offers import Panel

LONGEST_LINE_OF_HEIRS = 20


@dataclass(frozen=True)
class Ending:
    """How and when a company ended, in values and in words that everybody understands.

    `successor_id` may be left out where its reader could not open that agency's page; its name is told all the same.
    """

    kind: str
    on: date
    successor_id: UUID | None = None
    successor_name: str = ""

    @property
    def merged(self) -> bool:
        """Whether another agency took it over."""
        return self.kind == EndKind.MERGED

    @property
    def title(self) -> str:
        """The headline about such a company."""
        if self.merged:
            return _("This company is now part of another")
        return _("This company has closed")

    @property
    def brief(self) -> str:
        """For a narrow place that names the company already."""
        if self.merged:
            return _("Part of %(name)s since %(day)s") % self._words
        return _("Closed since %(day)s") % self._words

    @property
    def sentence(self) -> str:
        """What happened, as a sentence that stands by itself."""
        if self.merged:
            return _("Since %(day)s this company is part of %(name)s.") % self._words
        return _("This company has been closed since %(day)s.") % self._words

    @property
    def advice(self) -> str:
        """What follows from it for whoever deals with the company."""
        if self.merged:
            return _("A certificate does not go over: %(name)s has to be looked up by itself.") % self._words
        return _("It recruits nobody any more. Do not pay anybody who says that they work for it.")

    @property
    def _words(self) -> dict[str, str]:
        return {"name": self.successor_name, "day": in_words(self.on)}

    def as_json(self) -> dict[str, Any]:
        """The same for a machine; the sentence stands beside it, as a person would read it."""
        successor = (
            {
                "agency_id": str(self.successor_id) if self.successor_id else None,
                "legal_name": self.successor_name,
            }
            if self.merged
            else None
        )
        return {
            "kind": self.kind,
            "on": self.on.isoformat(),
            "successor": successor,
            "sentence": self.sentence,
        }


def ending_of(row: AgencyEnd) -> Ending:
    """What was said of a company, as everybody may read it."""
    name = row.successor.legal_name if row.successor else ""
    return Ending(row.kind, row.ended_on, row.successor_id, name)


def endings_of(agency_ids: Iterable[UUID], *, on: date | None = None) -> dict[UUID, Ending]:
    """How these companies ended, where they did; with a day, as the register said at the end of it. One query."""
    rows = AgencyEnd.objects.filter(agency_id__in=list(agency_ids)).select_related("successor")
    if on is not None:
        rows = rows.filter(created_at__lt=datetime.combine(on + timedelta(days=1), time(0), tzinfo=UTC))
    return {row.agency_id: ending_of(row) for row in rows}


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
