"""Which agencies a person may read, how they are found, and what lists and cases show of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Min, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from certification.agencies import permissions
from certification.agencies.models import (
    Agency,
    AgencyCorridor,
    AgencyImport,
    AgencyName,
    Licence,
    RelatedCompany,
    SubAgent,
)
from certification.agencies.rules import number_key
from certification.agencies.states import NameKind
from iris import matching
from iris.accounts.models import User
from iris.accounts.selectors import people_of
from iris.accounts.states import OrganisationKind, Role
from iris.core import clocks
from iris.core.days import in_words
from iris.core.events import subject_type
from iris.core.models import Event

from .structure import structure_of
from .words import in_list

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def agencies_visible_to(user: User | AnonymousUser) -> QuerySet[Agency]:
    """Its own members; the scheme; an audit firm that has a case of it."""
    if not isinstance(user, User) or user.organisation is None:
        return Agency.objects.none()
    if user.is_kind(OrganisationKind.SCHEME):
        return Agency.objects.all()
    if user.is_kind(OrganisationKind.AGENCY):
        return Agency.objects.filter(organisation_id=user.organisation.pk)
    if user.is_kind(OrganisationKind.AUDIT_FIRM):
        return Agency.objects.filter(readers__organisation_id=user.organisation.pk)
    return Agency.objects.none()


def imports_visible_to(user: User) -> QuerySet[AgencyImport]:
    """Sheets of lists, with their file: for the agency's own members only."""
    if user.organisation is None or not user.is_kind(OrganisationKind.AGENCY):
        return AgencyImport.objects.none()
    rows = AgencyImport.objects.filter(agency__organisation_id=user.organisation.pk)
    return rows.select_related("file", "agency")


def agency_of(user: User | AnonymousUser) -> Agency | None:
    """The agency a person acts for, once it is enrolled or being enrolled."""
    if not isinstance(user, User) or user.organisation is None or not user.is_kind(OrganisationKind.AGENCY):
        return None
    return Agency.objects.filter(organisation_id=user.organisation.pk).first()


def signatory(agency: Agency) -> User | None:
    """The person who signs for the agency; the first where there are several."""
    return people_of(agency.organisation, Role.SIGNATORY).order_by("created_at", "id").first()


def may_change(agency: Agency, user: User) -> bool:
    """Whether the person may change what the agency says about itself."""
    return permissions.may_change(agency, user)


def enrolled_agencies() -> QuerySet[Agency]:
    """Agencies that checked and confirmed their enrolment: what the public may know."""
    return Agency.objects.filter(enrolled_at__isnull=False)


def once_public(agencies: Collection[UUID]) -> set[UUID]:
    """Those of them that the public may know, or could know before they left: a draft was never told of."""
    left = Event.objects.filter(
        subject_type=subject_type(Agency), act="confirmed", subject_id__in=agencies
    ).values_list("subject_id", flat=True)
    return {*left, *enrolled_agencies().filter(pk__in=agencies).values_list("pk", flat=True)}


def register_began() -> date | None:
    """The day from which on the register knows anything: its first enrolment."""
    first = enrolled_agencies().aggregate(first=Min("enrolled_at"))["first"]
    return first.date() if first else None


def day_problem(day: date) -> str:
    """Why nobody can be told how an agency stood on a day; empty when it can be told."""
    today = clocks.today()
    if day > today:
        said = _(
            "%(day)s is still to come. Nobody can say today how an agency will stand then; ask on that day."
        )
        return said % {"day": in_words(day)}
    since = register_began()
    if since is None or day < since:
        said = _(
            "This register knows nothing of %(day)s: it begins on %(first)s. Choose that day or a later one."
        )
        return said % {"day": in_words(day), "first": in_words(since or today)}
    return ""


def with_public_facts(agencies: QuerySet[Agency]) -> QuerySet[Agency]:
    """The same agencies with what the public may know of them: of owners and sub-agents only how many there are."""
    return agencies.select_related("end__successor").prefetch_related(
        "names", "licences", "corridors", "sectors", "branches", "sub_agents", "officers"
    )


def with_facts(agencies: QuerySet[Agency]) -> QuerySet[Agency]:
    """The same agencies with everything their pages show, in a fixed number of queries."""
    return agencies.prefetch_related(
        "names",
        Prefetch("licences", Licence.objects.select_related("copy")),
        "corridors",
        "sectors",
        "branches__people",
        Prefetch("sub_agents", SubAgent.objects.select_related("agreement")),
        "officers",
        Prefetch("related", RelatedCompany.objects.select_related("enrolled")),
        "identifiers",
    )


def found_by(agencies: QuerySet[Agency], text: str) -> QuerySet[Agency]:
    """Agencies known by such a name, in any script, or by a registration or licence number."""
    normal = matching.normalise(text)
    number = number_key(text)
    wanted = Q()
    if normal:
        wanted |= Q(pk__in=AgencyName.objects.filter(normal__contains=normal).values("agency_id"))
        wanted |= Q(pk__in=AgencyName.objects.filter(normal__trigram_word_similar=normal).values("agency_id"))
    if number:
        wanted |= Q(registration_key=number)
        wanted |= Q(pk__in=Licence.objects.filter(number_key=number).values("agency_id"))
    return agencies.filter(wanted) if wanted else agencies.none()


def on_corridor(agencies: QuerySet[Agency], origin: str, destination: str) -> QuerySet[Agency]:
    """Agencies that say they recruit from one country to the other."""
    held = AgencyCorridor.objects.filter(origin=origin, destination=destination)
    return agencies.filter(pk__in=held.values("agency_id"))


def names_of(agency: Agency) -> list[AgencyName]:
    """Every name but the legal one."""
    return [name for name in agency.names.all() if name.kind != NameKind.LEGAL]


def local_name(agency: Agency) -> AgencyName | None:
    """The name in the agency's own script, to show beside the legal one."""
    return next((name for name in agency.names.all() if name.kind == NameKind.LOCAL), None)


@dataclass(frozen=True)
class AgencyLine:
    """One line of the list of agencies."""

    agency: Agency
    local: AgencyName | None
    corridors: str
    licence: Licence | None
    licence_ended: bool


def line_of(agency: Agency) -> AgencyLine:
    """What the list shows of an agency whose names, corridors and licences were read along."""
    at_home = [each for each in agency.licences.all() if each.country == agency.country]
    licence = max(at_home, key=lambda each: each.valid_to, default=None)
    return AgencyLine(
        agency=agency,
        local=local_name(agency),
        corridors=in_list([each.text for each in agency.corridors.all()], most=3),
        licence=licence,
        licence_ended=licence is not None and licence.valid_to < clocks.today(),
    )


def scope_of(agency: Agency) -> dict[str, Any]:
    """What the agency says it does, as plain data: kept with an application when it is sent."""
    return {
        "legal_name": agency.legal_name,
        "registration_number": agency.registration_number,
        "country": agency.country,
        "corridors": [[each.origin, each.destination] for each in agency.corridors.all()],
        "sectors": [each.sector for each in agency.sectors.all()],
        "licences": [
            {
                "country": each.country,
                "authority": each.authority,
                "number": each.number,
                "valid_from": each.valid_from.isoformat(),
                "valid_to": each.valid_to.isoformat(),
            }
            for each in agency.licences.all()
        ],
        "branches": [
            {"name": each.name, "city": each.city, "country": each.country} for each in agency.branches.all()
        ],
        "sub_agents": agency.sub_agents.count(),
        "structure": structure_of(agency),
    }
