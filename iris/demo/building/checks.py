"""Checks of the first employer: by number, by name, for a corridor and an office, of a past day, and what it chose."""

from datetime import datetime, timedelta

from certification.certificates.models import Certificate
from certification.certificates.states import RUNNING
from iris.core import clocks
from iris.demo.building.scheme import World
from supplychain.lookups import services as lookups
from supplychain.lookups.states import LookupOutcome, Relationship


def build(world: World, now: datetime) -> None:
    """Eight checks with their receipts, over the last month."""
    user = world.employers[0][0]
    held = list(
        Certificate.objects.filter(state__in=RUNNING, replaced_by=None)
        .select_related("agency")
        .prefetch_related("corridors")
        .order_by("number")[:6]
    )
    for back, certificate in zip((26, 17, 9), held, strict=False):
        corridor = certificate.corridors.all()[0]
        with clocks.freeze(now - timedelta(days=back)):
            lookups.look_up(
                actor=user,
                text=certificate.number,
                origin=corridor.origin,
                destination=corridor.destination,
                sector=certificate.sectors[0] if certificate.sectors else "",
                relationship=Relationship.SUPPLIER,
            )
    if held:
        with clocks.freeze(now - timedelta(days=6)):
            first = held[0].agency.legal_name
            lookups.look_up(
                actor=user,
                text=first,
                origin="NP",
                destination="JP",
                branch="Airport Road",
                relationship=Relationship.CANDIDATE,
            )
            lookups.look_up(actor=user, text=first, on=clocks.today() - timedelta(days=30))
    with clocks.freeze(now - timedelta(days=4)):
        lookups.look_up(
            actor=user, text="Zanzibar Ferry Crews", relationship=Relationship.RECRUITER_OF_SUPPLIER
        )
        lookups.look_up(actor=user, text="Pvt. Ltd.")
    with clocks.freeze(now - timedelta(days=1)):
        _choose(world)


def _choose(world: World) -> None:
    """A name a slip away from a real one, and the person who says which one is meant."""
    user = world.employers[0][0]
    name = next(iter(world.agencies.values())).legal_name
    asked = lookups.look_up(actor=user, text=name.replace("a", "e", 1), relationship=Relationship.SUPPLIER)
    if asked.outcome == LookupOutcome.FOUND and asked.agency_id is not None:
        lookups.look_up(
            actor=user, text=asked.text, chosen=asked.agency_id, relationship=Relationship.SUPPLIER
        )
