"""An employer's whole chain as of a day: parties, links, levels, and what the register says of each recruiter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from certification.agencies.models import Agency
from certification.certificates.selectors import StandingFacts, standings_then
from iris.accounts.models import Organisation, User
from iris.accounts.states import OrganisationKind
from iris.core import clocks
from iris.core.errors import NotPermitted
from iris.core.prepared import among
from supplychain.chains.models import Link, Party, PartyVersion
from supplychain.chains.selectors.arrays import ChainArrays, arrays_known_at, arrays_of
from supplychain.chains.selectors.register import Judged
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
    nameless: bool = False

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


def employer_of(who: User | Organisation) -> Organisation:
    """The organisation itself, or the one the person acts for. Raises NotPermitted where it keeps no chain."""
    if isinstance(who, Organisation):
        return who
    organisation = (
        who.organisation if who.is_authenticated and who.is_kind(OrganisationKind.EMPLOYER) else None
    )
    if organisation is None:
        raise NotPermitted()
    return organisation


def chain_at(who: User | Organisation, on: date | None = None, known_at: datetime | None = None) -> Chain:
    """The chain as it was on a day (today by default), as we know it now or as we knew it at a moment.

    Standings are the register's for that day.
    """
    organisation = employer_of(who)
    day = on or clocks.today()
    arrays = arrays_known_at(organisation.pk, known_at) if known_at else arrays_of(organisation.pk)
    today = arrays.on(day)
    rows = {row.pk: row for row in _rows(organisation, known_at)}
    standings = _standings(rows.values(), day)
    present = [int(node) for node in today.walk.order if today.present[node]]
    parties = [
        shown(row, int(today.level[node]), standings.get(agency_of(row)))
        for node in sorted(present, key=lambda node: (int(today.level[node]), node))
        for row in [rows.get(arrays.id_of(node))]
        if row is not None
    ]
    here = {party.id for party in parties}
    links = [
        tie_of(link)
        for link in Link.objects.filter(_known(known_at), organisation=organisation, since__lte=day)
        .filter(Q(until=None) | Q(until__gte=day))
        .order_by("since", "id")
        if link.upper_id in here and link.lower_id in here
    ]
    return Chain(organisation.pk, day, known_at, parties, links)


def parties_of(
    chain: ChainArrays, on: date, nodes: Iterable[int], judged: Mapping[UUID, Judged]
) -> dict[int, ChainParty]:
    """Some parties of a chain by node, with what was judged of them."""
    today = chain.on(on)
    wanted = {chain.id_of(node): node for node in nodes}
    found = {}
    for row in Party.objects.filter(among("pk", wanted)):
        node = wanted[row.pk]
        agency = agency_of(row)
        said = judged.get(agency) if agency else None
        facts = StandingFacts(said.standing, None, said.since) if said else None
        found[node] = shown(row, int(today.level[node]), facts)
    return found


def party_alone(row: Party, on: date) -> ChainParty:
    """One party by itself, with the register's word of the day, wherever it stands."""
    return shown(row, 0, _standings([row], on).get(agency_of(row)))


def agency_of(row: Party) -> UUID | None:
    """The agency whose standing is the party's, also where its name is kept."""
    return row.agency_id or row.hidden_agency_id


def shown(row: Party, level: int, standing: StandingFacts | None) -> ChainParty:
    """A party as others may see it: of a confidential one the standing, and nothing that would tell the name."""
    if row.confidential and standing is not None:
        standing = StandingFacts(standing.standing)
    return ChainParty(
        row.pk,
        row.kind,
        row.name,
        row.country,
        level,
        row.agency_id,
        standing,
        row.confidential,
        row.number,
        row.workers,
        row.origin,
        row.destination,
        row.sector,
        row.nameless,
    )


def _rows(organisation: Organisation, known_at: datetime | None) -> Iterable[Party]:
    if known_at is None:
        return Party.objects.filter(organisation=organisation, gone_at=None)
    versions = (
        PartyVersion.objects.filter(party__organisation=organisation, at__lte=known_at)
        .order_by("party_id", "-at", "-created_at")
        .distinct("party_id")
        .select_related("party")
    )
    return [as_known(version) for version in versions if not version.data.get("gone")]


def as_known(version: PartyVersion) -> Party:
    """The party with the fields it had in a version."""
    party, data = version.party, dict(version.data)
    day = data.pop("arrived_on", "")
    agency = data.pop("agency_id", "")
    for name, value in data.items():
        setattr(party, name, value)
    party.agency_id = UUID(agency) if agency else None
    party.arrived_on = date.fromisoformat(day) if day else None
    return party


def _known(known_at: datetime | None) -> Q:
    if known_at is None:
        return Q(replaced_at=None)
    return Q(recorded_at__lte=known_at) & (Q(replaced_at=None) | Q(replaced_at__gt=known_at))


def _standings(rows: Iterable[Party], day: date) -> dict[UUID | None, StandingFacts]:
    agencies = Agency.objects.filter(pk__in={key for row in rows if (key := agency_of(row))})
    return dict(standings_then(agencies, day).items())


def tie_of(link: Link) -> ChainLink:
    """A link in short."""
    return ChainLink(
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
