"""Two companies that are no more: one became part of another that is certified, one closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from certification.agencies.services import end_agency
from certification.agencies.states import EndKind
from certification.certificates.models import Certificate
from certification.certificates.states import IN_FORCE, CertificateState
from iris.core import clocks

if TYPE_CHECKING:
    from iris.demo.building.scheme import World


def build(world: World, now: datetime) -> None:
    """Said by the scheme's manager in these weeks. Their certificates stand as they stood: that is another decision."""
    rows = Certificate.objects.filter(replaced_by=None).select_related("agency")
    running = list(rows.filter(state__in=IN_FORCE).order_by("-effective_on", "number"))
    pairs = ((one, other) for one in running for other in running if one.country == other.country)
    merged, heir = next((pair for pair in pairs if pair[0] != pair[1]), (None, None))
    if merged is None or heir is None:  # a world of few certificates
        return
    past = rows.filter(state__in=(CertificateState.EXPIRED, CertificateState.RELINQUISHED))
    closed = past.order_by("-state_since", "number").first() or running[-1]
    manager = world.staff["scheme_manager"]
    with clocks.freeze(now - timedelta(days=12)):
        end_agency(
            agency_id=merged.agency_id,
            actor=manager,
            kind=EndKind.MERGED,
            ended_on=(now - timedelta(days=40)).date(),
            successor_id=heir.agency_id,
            reason="Extract of the companies register, sent by the agency that took it over.",
        )
    with clocks.freeze(now - timedelta(days=5)):
        end_agency(
            agency_id=closed.agency_id,
            actor=manager,
            kind=EndKind.CLOSED,
            ended_on=(now - timedelta(days=21)).date(),
            reason="Struck off the companies register.",
        )
