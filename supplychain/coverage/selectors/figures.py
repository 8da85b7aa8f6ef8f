"""Coverage of one employer's hiring on a day and over the months before, in a bounded number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from certification.agencies.models import Agency
from certification.certificates.models import Certificate
from certification.certificates.selectors import latest_certificates, standings_then
from certification.certificates.states import RUNNING
from iris.accounts.models import Organisation
from iris.core import clocks
from supplychain.chains.models import Link, Party
from supplychain.chains.selectors import Corridor, Edge, Node, Roles, hires_on
from supplychain.chains.states import INTERMEDIARIES, RECRUITERS
from supplychain.coverage import rules
from supplychain.coverage.rules import Hire, Known, Share
from supplychain.coverage.states import Part
from supplychain.diligence.models import Condition
from supplychain.diligence.selectors import open_conditions
from supplychain.watches.models import Watch
from supplychain.watches.states import SubjectKind, WatchState

MONTHS = 12
MOST_GAPS = 10
ROLES = Roles(frozenset(map(str, RECRUITERS)), frozenset(map(str, INTERMEDIARIES)))


@dataclass(frozen=True)
class Asked:
    """What the page is asked for: as of a day, of one tier, of one corridor."""

    on: date
    tier: int = 1
    corridor: Corridor | None = None

    def named(self, known: Sequence[Corridor]) -> list[Corridor]:
        """The corridor asked for, where it is not among those known."""
        return [self.corridor] if self.corridor is not None and self.corridor not in known else []

    def keeps(self, hire: Hire) -> bool:
        """Whether a hire is asked for."""
        return hire.tier == self.tier and (self.corridor is None or hire.corridor == self.corridor)


@dataclass(frozen=True)
class Gap:
    """A recruiter whose workers are not covered, with how many they are."""

    recruiter: Node
    part: Part
    workers: int
    untold: int


@dataclass(frozen=True)
class Expiring:
    """A certificate that ends soon: whose, when, and why it matters here."""

    certificate: Certificate
    workers: int
    in_chain: bool
    watched: bool


@dataclass(frozen=True)
class Coverage:
    """Every figure of the page."""

    asked: Asked
    share: Share
    tiers: list[tuple[int, Share]]
    corridors: list[tuple[Corridor | None, Share]]
    trend: list[tuple[date, Share]]
    gaps: list[Gap]
    expiring: list[Expiring]
    until: date
    conditions: list[Condition] = field(default_factory=list)
    choices: list[Corridor] = field(default_factory=list)
    depth: int = 1

    @property
    def empty(self) -> bool:
        """Whether there is no hire at all on the day."""
        return not self.tiers


def coverage_of(organisation: Organisation, asked: Asked) -> Coverage:
    """All figures: two queries for the chain, at most four for each month, and one for each list."""
    nodes, edges = chain_of(organisation)
    agencies = {
        row.pk: row
        for row in Agency.objects.filter(pk__in={one.agency_id for one in nodes.values() if one.agency_id})
    }
    days = rules.month_ends(asked.on, MONTHS)
    seen = {day: _counted(nodes, edges, agencies, day) for day in days}
    now = seen[asked.on]
    kept = [one for one in now if asked.keeps(one)]
    until = asked.on + timedelta(days=clocks.number("coverage_expiring_days"))
    return Coverage(
        asked=asked,
        share=rules.share(kept),
        tiers=rules.by_tier(one for one in now if asked.corridor in (None, one.corridor)),
        corridors=rules.by_corridor(one for one in now if one.tier == asked.tier),
        trend=[(day, rules.share(one for one in seen[day] if asked.keeps(one))) for day in days],
        gaps=_gaps(kept),
        expiring=_expiring(organisation, now, asked.on, until),
        until=until,
        conditions=list(_conditions(organisation)),
        choices=sorted({one.corridor for one in now if one.corridor}),
        depth=max((one.tier for one in now), default=1),
    )


def chain_of(organisation: Organisation) -> tuple[dict[UUID, Node], list[Edge]]:
    """Parties and links of an employer, of all days. Two queries."""
    parties = Party.objects.filter(organisation=organisation, gone_at=None).values_list(
        "id",
        "name",
        "country",
        "kind",
        "agency_id",
        "hidden_agency_id",
        "origin",
        "destination",
        "confidential",
    )
    nodes = {
        key: Node(
            key,
            name,
            country,
            kind,
            agency or hidden,
            (origin, goal) if origin and goal else None,
            confidential,
        )
        for key, name, country, kind, agency, hidden, origin, goal, confidential in parties.iterator()
    }
    links = Link.objects.filter(organisation=organisation, replaced_at=None).values_list(
        "upper_id", "lower_id", "since", "until", "workers"
    )
    return nodes, [Edge(*row) for row in links.iterator()]


def _counted(
    nodes: Mapping[UUID, Node], edges: Sequence[Edge], agencies: Mapping[UUID, Agency], day: date
) -> list[Hire]:
    hires = hires_on(nodes, edges, day, ROLES)
    wanted = {one.recruiter.agency_id for one in hires if one.recruiter.agency_id}
    return rules.counted(hires, known_on((agencies[key] for key in wanted if key in agencies), day))


def known_on(agencies: Iterable[Agency], day: date) -> dict[UUID, Known]:
    """What the register said of these agencies on a day: as it was then, not as it is now."""
    rows = list(agencies)
    if not rows:
        return {}
    return {
        key: Known(
            str(facts.standing),
            frozenset((row.origin, row.destination) for row in facts.certificate.corridors.all())
            if facts.certificate
            else frozenset(),
        )
        for key, facts in standings_then(rows, day).items()
    }


def _gaps(hires: Iterable[Hire]) -> list[Gap]:
    workers: dict[tuple[UUID, Part], int] = defaultdict(int)
    untold: dict[tuple[UUID, Part], int] = defaultdict(int)
    nodes: dict[UUID, Node] = {}
    for one in hires:
        if one.part == Part.CERTIFIED:
            continue
        nodes[one.recruiter.id] = one.recruiter
        key = (one.recruiter.id, one.part)
        workers[key] += one.workers or 0
        untold[key] += one.workers is None
    rows = [Gap(nodes[key], part, workers[key, part], untold[key, part]) for key, part in untold]
    return sorted(rows, key=lambda gap: (-gap.workers, -gap.untold, gap.recruiter.name))[:MOST_GAPS]


def _expiring(organisation: Organisation, hires: Iterable[Hire], on: date, until: date) -> list[Expiring]:
    """Certificates of agencies in the chain or watched that end in the time. A hidden agency is not told of by name."""
    workers: dict[UUID, int] = defaultdict(int)
    for one in hires:
        if one.recruiter.agency_id and not one.recruiter.confidential:
            workers[one.recruiter.agency_id] += one.workers or 0 if one.tier == 1 else 0
    watched = set(
        Watch.objects.filter(
            organisation=organisation, kind=SubjectKind.AGENCY, state=WatchState.ACTIVE
        ).values_list("agency_id", flat=True)
    )
    rows = (
        latest_certificates()
        .filter(
            agency_id__in=watched | set(workers), state__in=RUNNING, expires_on__gte=on, expires_on__lte=until
        )
        .order_by("expires_on", "number")
    )
    return [
        Expiring(row, workers.get(row.agency_id, 0), row.agency_id in workers, row.agency_id in watched)
        for row in rows
    ]


def _conditions(organisation: Organisation) -> QuerySet[Condition]:
    return open_conditions(organisation)
