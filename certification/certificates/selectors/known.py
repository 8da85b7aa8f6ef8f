"""What the room of agencies may know of certificates: how each agency stands, in words."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from certification.agencies.models import Agency
from certification.agencies.selectors import KnownStanding
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from certification.certificates.selectors.standing import StandingFacts, standings_of
from certification.certificates.states import VALID_STANDINGS, Standing

# A certificate is held: the duty to report changes goes on while it is suspended.
HELD = (*VALID_STANDINGS, Standing.NOT_YET_VALID, Standing.SUSPENDED)
TURNED_DOWN = {
    ApplicationState.REJECTED: _("Application rejected"),
    ApplicationState.REFUSED: _("Certification refused"),
}


def known_standings(agencies: Iterable[Agency]) -> dict[UUID, KnownStanding]:
    """How each agency stands today; an agency without a certificate whose last application failed stands so."""
    rows = list(agencies)
    standings = standings_of(rows)
    without = [key for key, facts in standings.items() if facts.certificate is None]
    last = (
        Application.objects.filter(agency_id__in=without)
        .order_by("agency_id", "-created_at")
        .distinct("agency_id")
    )
    failed = {row.agency_id: row for row in last if row.state in TURNED_DOWN}
    return {
        key: _turned_down(failed[key]) if key in failed else _standing(facts)
        for key, facts in standings.items()
    }


def _turned_down(application: Application) -> KnownStanding:
    closed = application.closed_at
    return KnownStanding(
        code=str(application.state),
        label=TURNED_DOWN[ApplicationState(application.state)],
        tone="stop",
        since=closed.date() if closed else None,
        weighs=True,
    )


def _standing(facts: StandingFacts) -> KnownStanding:
    return KnownStanding(
        code=str(facts.standing),
        label=facts.standing.label,
        tone=str(facts.facts.tone),
        since=facts.since,
        certified=facts.standing in HELD,
        weighs=facts.standing in (Standing.WITHDRAWN, Standing.SUSPENDED),
    )
