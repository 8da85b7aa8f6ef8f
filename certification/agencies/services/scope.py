"""Where and what an agency recruits for."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency, AgencyCorridor, AgencySector
from certification.agencies.states import ChangeKind
from iris.accounts.models import User
from iris.core.errors import BadInput
from iris.core.places import SECTOR_CHOICES, check_corridor

from .noting import note
from .own import own

SECTORS = {code for code, _name in SECTOR_CHOICES}


@transaction.atomic
def add_corridor(*, agency_id: UUID, actor: User, origin: str, destination: str) -> AgencyCorridor:
    """Add a corridor from one country to another."""
    agency = own(agency_id, actor)
    _refuse_bad(agency, origin, destination)
    row = AgencyCorridor.objects.create(agency=agency, origin=origin, destination=destination)
    note(
        agency,
        "corridor_added",
        actor,
        {"origin": row.origin, "destination": row.destination},
        change=ChangeKind.CORRIDOR,
    )
    return row


@transaction.atomic
def change_corridor(
    *, agency_id: UUID, corridor_id: UUID, actor: User, origin: str, destination: str
) -> AgencyCorridor:
    """Change one corridor."""
    agency = own(agency_id, actor)
    row = agency.corridors.get(pk=corridor_id)
    _refuse_bad(agency, origin, destination, except_for=corridor_id)
    data = {"before": [row.origin, row.destination], "after": [origin, destination]}
    row.origin, row.destination = origin, destination
    row.save()
    note(agency, "corridor_changed", actor, data, change=ChangeKind.CORRIDOR)
    return row


@transaction.atomic
def remove_corridor(*, agency_id: UUID, corridor_id: UUID, actor: User) -> None:
    """Take a corridor off the list."""
    agency = own(agency_id, actor)
    row = agency.corridors.filter(pk=corridor_id).first()
    if row is None:
        return
    data = {"origin": row.origin, "destination": row.destination}
    row.delete()
    note(agency, "corridor_removed", actor, data, change=ChangeKind.CORRIDOR)


@transaction.atomic
def set_corridors(*, agency_id: UUID, actor: User, corridors: Iterable[tuple[str, str]]) -> None:
    """Make these the agency's corridors."""
    agency = own(agency_id, actor)
    wanted = list(dict.fromkeys((origin, destination) for origin, destination in corridors))
    for origin, destination in wanted:
        check_corridor(origin, destination)
    held = {(row.origin, row.destination): row for row in agency.corridors.all()}
    if set(held) == set(wanted):
        return
    agency.corridors.exclude(pk__in=[row.pk for pair, row in held.items() if pair in wanted]).delete()
    AgencyCorridor.objects.bulk_create(
        AgencyCorridor(agency=agency, origin=origin, destination=destination)
        for origin, destination in wanted
        if (origin, destination) not in held
    )
    note(
        agency,
        "corridors_set",
        actor,
        {"corridors": [list(pair) for pair in wanted]},
        change=ChangeKind.CORRIDOR,
    )


@transaction.atomic
def set_sectors(*, agency_id: UUID, actor: User, sectors: Iterable[str]) -> None:
    """Make these the agency's sectors."""
    agency = own(agency_id, actor)
    wanted = sorted(set(sectors))
    if not wanted:
        raise BadInput(fields={"sectors": [_("Choose at least one sector. “Other” is fine when none fits.")]})
    if not set(wanted) <= SECTORS:
        raise BadInput(fields={"sectors": [_("Choose from the sectors on this page.")]})
    held = {row.sector for row in agency.sectors.all()}
    if held == set(wanted):
        return
    agency.sectors.exclude(sector__in=wanted).delete()
    AgencySector.objects.bulk_create(
        AgencySector(agency=agency, sector=sector) for sector in wanted if sector not in held
    )
    note(agency, "sectors_set", actor, {"sectors": wanted}, change=ChangeKind.CORRIDOR)


def _refuse_bad(agency: Agency, origin: str, destination: str, except_for: UUID | None = None) -> None:
    fields: dict[str, list[str]] = {}
    if not origin:
        fields["origin"] = [_("Choose the country the workers come from.")]
    if not destination:
        fields["destination"] = [_("Choose the country where they work.")]
    if fields:
        raise BadInput(_("Some answers need another look."), fields=fields)
    check_corridor(origin, destination)
    same = agency.corridors.filter(origin=origin, destination=destination)
    if except_for is not None:
        same = same.exclude(pk=except_for)
    if same.exists():
        raise BadInput(fields={"destination": [_("This corridor is already on your list.")]})
