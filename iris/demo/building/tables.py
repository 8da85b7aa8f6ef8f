"""The first employer matches tables in OpenRefine: two addresses, one of them used, and what it decided there."""

from __future__ import annotations

from datetime import datetime, timedelta

from certification.agencies.selectors import enrolled_agencies
from iris.accounts.models import ApiClient
from iris.core import clocks
from iris.demo.building.scheme import World
from supplychain.reconciliation import services
from supplychain.reconciliation.services import Judgement


def build(world: World, now: datetime) -> None:
    """Addresses made in the weeks before, and three names judged in a table of suppliers."""
    buyer = world.employers[0][0]
    there = enrolled_agencies().filter(pk__in=[one.pk for one in world.agencies.values()])
    first, second, third = there.order_by("legal_name")[:3]
    with clocks.freeze(now - timedelta(days=40)):
        used, _key = services.make_address(actor=buyer, name="Anneke's OpenRefine")
    with clocks.freeze(now - timedelta(days=3)):
        services.make_address(actor=buyer, name="Supplier cleaning, autumn")
    ApiClient.objects.filter(pk=used.pk).update(last_used_at=now - timedelta(hours=5))
    with clocks.freeze(now - timedelta(days=2)):
        services.decide(
            actor=buyer,
            judgements=[
                Judgement(
                    f"{first.legal_name.split()[0]} (Ktm office)", first.pk, note="Supplier table, row 14"
                ),
                Judgement(f"{second.legal_name.split()[0]} agency", second.pk, country=second.country),
                Judgement(f"{first.legal_name.split()[0]} agency", third.pk, "not_same"),
            ],
        )
