"""What the register says of the agencies in a chain, in two queries however many there are. Always read anew."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from certification.agencies.models import Agency, Licence
from certification.certificates.models import Certificate
from certification.certificates.selectors import latest_certificates, standings_then, with_standing
from certification.certificates.states import VALID_STANDINGS, Standing
from certification.licences.states import LicenceStatus
from iris.core import clocks
from iris.core.prepared import among
from iris.core.states import StateFacts, facts_of

LOST = (LicenceStatus.SUSPENDED, LicenceStatus.REVOKED, LicenceStatus.EXPIRED)
TAKEN_AWAY = frozenset({Standing.SUSPENDED, Standing.WITHDRAWN})


@dataclass(frozen=True)
class Judged:
    """One agency on a day: standing, since when, and whether it holds a licence in force that no register denies."""

    standing: Standing
    licensed: bool
    since: date | None = None

    @property
    def valid(self) -> bool:
        """Whether its certificate may be relied on."""
        return self.standing in VALID_STANDINGS

    @property
    def taken_away(self) -> bool:
        """Whether its certificate is suspended or withdrawn."""
        return self.standing in TAKEN_AWAY

    @property
    def facts(self) -> StateFacts:
        """Words, tone and icon."""
        return facts_of(self.standing)


def judge(agency_ids: Collection[UUID], on: date) -> dict[UUID, Judged]:
    """The standing and licences of these agencies on a day."""
    keys = list(agency_ids)
    if not keys:
        return {}
    certificates = _today(keys, on) if on >= clocks.today() else _then(keys, on)
    licensed = set(
        Licence.objects.filter(among("agency_id", keys), valid_from__lte=on, valid_to__gte=on, lost_at=None)
        .exclude(Q(register_says__in=LOST))
        .values_list("agency_id", flat=True)
    )
    found = {}
    for key in keys:
        standing, since = certificates.get(key, (Standing.ENROLLED, None))
        found[key] = Judged(standing, key in licensed, since)
    return found


def _today(keys: list[UUID], on: date) -> dict[UUID, tuple[Standing, date | None]]:
    rows = with_standing(latest_certificates(), on).filter(among("agency_id", keys))
    return {
        agency: (Standing(standing), since)
        for agency, standing, since in rows.values_list("agency_id", "public_standing", "state_since")
    }


def _then(keys: list[UUID], on: date) -> dict[UUID, tuple[Standing, date | None]]:
    told = standings_then(Agency.objects.filter(pk__in=keys), on)
    return {agency: (facts.standing, facts.since) for agency, facts in told.items()}


def register_began() -> date | None:
    """The first day of which the register can say anything: the first certificate, or the first agency enrolled."""
    certified = Certificate.objects.order_by("effective_on").values_list("effective_on", flat=True).first()
    enrolled = (
        Agency.objects.exclude(enrolled_at=None)
        .order_by("enrolled_at")
        .values_list("enrolled_at", flat=True)
        .first()
    )
    days = [day for day in (certified, enrolled.date() if enrolled else None) if day]
    return min(days, default=None)
