"""An employer's whole chain as of a day: parties, links, levels, and what the register says of each recruiter."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from certification.agencies.models import Agency
from certification.certificates.selectors import StandingFacts, standings_of
from iris.accounts.models import Organisation, User
from iris.core import clocks
from supplychain.chains.models import Link, Party
from supplychain.chains.states import RECRUITERS


@dataclass(frozen=True)
class ChainParty:
    """One party: `agency_id` where it is known and may be shown, `standing` also of a confidential recruiter."""

    id: UUID
    kind: str
    name: str
    country: str
    level: int
    agency_id: UUID | None = None
    standing: StandingFacts | None = None
    confidential: bool = False
    number: str = ""
    workers: int | None = None
    origin: str = ""
    destination: str = ""
    sector: str = ""

    @property
    def unknown(self) -> bool:
        """A recruiter of which the register knows nothing."""
        return self.kind in RECRUITERS and self.standing is None


@dataclass(frozen=True)
class ChainLink:
    """One link in force on the day."""

    id: UUID
    line: UUID
    upper: UUID
    lower: UUID
    since: date
    until: date | None
    workers: int | None
    fee_terms: str
    claim: str
    source: str
    confidence: str


@dataclass(frozen=True)
class Chain:
    """The chain as of `on`; parties top down, each once. `levels` counts from 0 at the top."""

    organisation_id: UUID
    on: date
    known_at: datetime | None
    parties: list[ChainParty] = field(default_factory=list)
    links: list[ChainLink] = field(default_factory=list)

    @property
    def levels(self) -> dict[UUID, int]:
        """How far below the top each party stands."""
        return {party.id: party.level for party in self.parties}


def employer_of(who: User | Organisation) -> Organisation | None:
    """The organisation itself, or the one the person acts for where it keeps a chain."""
    if isinstance(who, Organisation):
        return who
    return who.organisation if who.is_authenticated and who.is_kind("employer") else None


def chain_at(who: User | Organisation, on: date | None = None, known_at: datetime | None = None) -> Chain:
    """The chain as it was on a day (today by default), as we know it now or as we knew it at a moment."""
    organisation = employer_of(who)
    day = on or clocks.today()
    if organisation is None:
        raise ValueError("Only an employer has a chain.")
    rows = {party.pk: party for party in Party.objects.filter(organisation=organisation, gone_at=None)}
    links = [
        ChainLink(
            link.pk,
            link.line,
            link.upper_id,
            link.lower_id,
            link.since,
            link.until,
            link.workers,
            link.fee_terms,
            link.claim,
            link.source,
            link.confidence,
        )
        for link in Link.objects.filter(organisation=organisation, replaced_at=None, since__lte=day).filter(
            Q(until=None) | Q(until__gte=day)
        )
    ]
    levels = _levels(rows, links)
    agencies = Agency.objects.filter(
        pk__in={key for row in rows.values() for key in (row.agency_id, row.hidden_agency_id) if key}
    )
    standings = standings_of(agencies, on)
    parties = [
        ChainParty(
            row.pk,
            row.kind,
            row.name,
            row.country,
            level,
            row.agency_id,
            standings.get(row.agency_id or row.hidden_agency_id)
            if (row.agency_id or row.hidden_agency_id)
            else None,
            row.confidential,
            row.number,
            row.workers,
            row.origin,
            row.destination,
            row.sector,
        )
        for key, level in sorted(levels.items(), key=lambda pair: (pair[1], rows[pair[0]].name))
        for row in [rows[key]]
    ]
    return Chain(organisation.pk, day, known_at, parties, links)


def _levels(rows: Iterable[UUID], links: list[ChainLink]) -> dict[UUID, int]:
    below: dict[UUID, list[UUID]] = defaultdict(list)
    lower = {link.lower for link in links}
    for link in links:
        below[link.upper].append(link.lower)
    keys = list(rows)
    levels: dict[UUID, int] = {}
    for tops in ([key for key in keys if key not in lower], keys):
        for top in tops:
            if top in levels:
                continue
            levels[top] = 0
            wave = [top]
            while wave:
                wave = [
                    child
                    for party in wave
                    for child in below[party]
                    if child not in levels and levels.setdefault(child, levels[party] + 1)
                ]
    return levels
