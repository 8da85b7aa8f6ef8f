"""How agencies stood on a day that is past: read from the acts, which are only ever added to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import cast
from uuid import UUID

from django.db.models import Q

from certification.agencies.models import Agency
from certification.applications.models import Application
from certification.certificates.models import Certificate
from certification.certificates.rules import standing_on
from certification.certificates.selectors.standing import StandingFacts, standings_of
from certification.certificates.states import VALID_STANDINGS, CertificateState, Standing
from iris.core import clocks
from iris.core.events import subject_type
from iris.core.models import Event


@dataclass(frozen=True)
class _Then:
    """What rules.standing_on asks of a certificate, as it was."""

    state: str
    expires_on: date
    effective_on: date
    scope_change: str


def standings_then(agencies: Iterable[Agency], on: date) -> dict[UUID, StandingFacts]:
    """What each of these agencies was at the end of a day. Four queries, however many there are; today is as ever."""
    rows = list(agencies)
    if not rows:
        return {}
    if on >= clocks.today():
        return standings_of(rows, on)
    end = datetime.combine(on + timedelta(days=1), time(0), tzinfo=UTC)
    keys = [row.pk for row in rows]
    issued = (
        Certificate.objects.filter(agency_id__in=keys, issued_at__lt=end)
        .order_by("agency_id", "-issued_at", "-revision")
        .distinct("agency_id")
        .select_related("edition")
        .prefetch_related("corridors")
    )
    latest = {row.agency_id: row for row in issued}
    states = _states([row.pk for row in latest.values()], end)
    found = {key: _facts(row, on, states.get(row.pk)) for key, row in latest.items()}
    asking = Application.objects.filter(
        Q(closed_at=None) | Q(closed_at__gte=end), agency_id__in=[key for key in keys if key not in found]
    ).filter(accepted_at__lt=end)
    for agency_id, accepted_at in asking.values_list("agency_id", "accepted_at"):
        found[agency_id] = StandingFacts(
            Standing.APPLICANT, since=accepted_at.date() if accepted_at else None
        )
    for key in keys:
        found.setdefault(key, StandingFacts(Standing.ENROLLED))
    return found


def _states(certificates: list[UUID], end: datetime) -> dict[UUID, tuple[str, date]]:
    """The state that the last act before a moment led to, and the day of that act."""
    acts = (
        Event.objects.filter(subject_type=subject_type(Certificate), subject_id__in=certificates, at__lt=end)
        .exclude(to_state="")
        .order_by("at", "created_at")
        .values_list("subject_id", "to_state", "at")
    )
    return {subject: (state, at.date()) for subject, state, at in acts}


def _facts(certificate: Certificate, on: date, act: tuple[str, date] | None) -> StandingFacts:
    state, since = act or (str(CertificateState.ACTIVE), certificate.effective_on)
    then = _Then(state, certificate.expires_on, certificate.effective_on, certificate.scope_change)
    standing = standing_on(cast(Certificate, then), on)
    if standing == Standing.EXPIRED:
        since = certificate.expires_on
    elif standing == Standing.NOT_YET_VALID or standing in VALID_STANDINGS:
        since = max(since, certificate.effective_on)
    return StandingFacts(standing, certificate, since)
