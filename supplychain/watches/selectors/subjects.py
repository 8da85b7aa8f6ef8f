"""Which agencies a watch looks at now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.agencies.selectors import heirs_of
from certification.certificates.states import Standing
from certification.register import selectors as register
from iris.core.places import Corridor, country_name, sector_name
from supplychain.chains.selectors import recruiters_of
from supplychain.screenings.selectors import agencies_found
from supplychain.watches.models import Watch
from supplychain.watches.states import SubjectKind

FILTERS = ("status", "country", "origin", "destination", "sector")


def members_of(watch: Watch, only: UUID | None = None) -> set[UUID]:
    """The agencies of a watch, or of these the one asked for."""
    if watch.kind == SubjectKind.CHAIN:
        return _chain(watch, only)
    if watch.kind == SubjectKind.AGENCY:  # and, where the company was merged, whoever took it over
        return {watch.agency_id, *heirs_of(watch.agency_id)} if watch.agency_id else set()
    rows = _agencies(watch)
    if only is not None:
        rows = rows.filter(pk=only)
    return set(rows.order_by().values_list("pk", flat=True))


def _agencies(watch: Watch) -> QuerySet[Agency]:
    kind = SubjectKind(watch.kind)
    if kind is SubjectKind.CORRIDOR:
        return register.found(origin=watch.origin, destination=watch.destination)
    if kind is SubjectKind.FILTER:
        return register.found(**{name: watch.wanted.get(name, "") for name in FILTERS})
    return Agency.objects.filter(pk__in=agencies_found(watch.screening_id) if watch.screening_id else ())


def _chain(watch: Watch, only: UUID | None) -> set[UUID]:
    """The recruiters of the chain as of today. An act on one agency asks only whether it was among them last time."""
    if only is not None:
        return set(watch.sights.filter(agency_id=only).values_list("agency_id", flat=True))
    return {one.agency_id for one in recruiters_of(watch.organisation) if one.agency_id is not None}


def words_of_filter(wanted: dict[str, Any]) -> str:
    """A search of the register in words."""
    first = str(Standing(wanted["status"]).label) if wanted.get("status") else _("Agencies")
    if wanted.get("country"):
        first = _("%(what)s in %(country)s") % {"what": first, "country": country_name(wanted["country"])}
    words = [first]
    if wanted.get("origin") and wanted.get("destination"):
        words.append(Corridor(wanted["origin"], wanted["destination"]).text)
    elif wanted.get("origin"):
        words.append(_("workers from %(country)s") % {"country": country_name(wanted["origin"])})
    elif wanted.get("destination"):
        words.append(_("jobs in %(country)s") % {"country": country_name(wanted["destination"])})
    if wanted.get("sector"):
        words.append(str(sector_name(wanted["sector"])))
    return ", ".join(words)
