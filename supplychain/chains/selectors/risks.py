"""The risk of each recruiter in its place, from what the chain and the register know. Never a verdict.

The one place where the inputs of a score are put together: the map, its sheets and the rooms above ask here.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from iris.accounts.models import Organisation
from iris.core.prepared import among
from iris.core.states import facts_of
from supplychain.chains.rules import Corridor, Edge, Node, Roles, corridors_of, hires_on
from supplychain.chains.selectors.chain import ChainLink, chain_at
from supplychain.chains.selectors.findings import findings_on
from supplychain.chains.selectors.sight import Look, Sight, sight_from
from supplychain.chains.states import INTERMEDIARIES, Claim, FeeTerms, FindingCode, PartyKind
from supplychain.lookups.models import Lookup
from supplychain.lookups.selectors import AgencyFacts, facts_for
from supplychain.risk.selectors import (
    RiskFacts,
    RiskScore,
    Weights,
    corridor_risk,
    score,
    sector_risk,
    weights_of,
)

SIGNS = {"low": "antenna-bars-2", "medium": "antenna-bars-3", "high": "antenna-bars-5"}
FEES = {FeeTerms.EMPLOYER: "employer", FeeTerms.PART: "shared", FeeTerms.WORKERS: "worker"}
WORST_FEES = ("worker", "shared", "", "employer")
ALL_ROLES = Roles(INTERMEDIARIES, INTERMEDIARIES)


def risks_of(organisation: Organisation, on: date | None = None) -> "Risks":
    """The risks of an employer's chain on a day. A bounded number of queries, however long the chain is."""
    found = findings_on(organisation, on)
    sight = sight_from(chain_at(organisation, on), [])
    return Risks(sight, organisation, found.holders(FindingCode.SHARED))


@dataclass
class Risks:
    """Scores of the parties that stand in the chain on the day of `sight`, worked out when asked for.

    `tied` are those who share a party, an owner or an address with a withdrawn recruiter.
    """

    sight: Sight
    organisation: Organisation
    tied: Collection[UUID]
    _scores: dict[UUID, RiskScore | None] = field(default_factory=dict)

    def look(self, party_id: UUID) -> Look:
        """Tone, word and sign; nothing where a score has no meaning."""
        found = self.score(party_id)
        if found is None:
            return Look()
        word = _("Risk %(n)s of 100") % {"n": found.points}
        return Look(
            str(facts_of(found.band_member).tone), word, SIGNS.get(found.band, "antenna-bars-5"), found.band
        )

    def score(self, party_id: UUID) -> RiskScore | None:
        """The score of a recruiter or sub-agent; None of everybody else, and of who is not in the chain that day."""
        if party_id not in self._scores:
            facts = self.facts(party_id)
            self._scores[party_id] = score(facts, self._weights, self.sight.on) if facts else None
        return self._scores[party_id]

    def facts(self, party_id: UUID) -> RiskFacts | None:
        """What the chain and the register know of a recruiter in its place. What nobody knows stays unknown."""
        number = self.sight.by_id.get(party_id)
        if number is None or self.sight.seen[number].party.kind not in INTERMEDIARIES:
            return None
        party = self.sight.seen[number].party
        standing = str(party.standing.standing.value) if party.standing else ""
        ties = [self.sight.ties[tie] for tie in self.sight.ties_to.get(number, [])]
        fees, claim = _fees(ties), _claim(ties)
        if party.confidential:  # the rest could give the name away
            return RiskFacts(standing=standing, fee_terms=fees, claim=claim)
        known, corridor, sector = self.known(party_id), self._corridors.get(party_id), self._sectors[number]
        on = self.sight.on
        return RiskFacts(
            standing=standing,
            scope=_scope(known, corridor, sector),
            licences=tuple(licence.status for licence in known.licences) if known else (),
            critical=known.open_flag if known else None,
            fee_terms=fees,
            sub_agents=self._sub_agents(number, known),
            hops=self._hops[number] if self.sight.below[number] else None,
            withdrawn_tie=party_id in self.tied or (False if known else None),
            claim=claim,
            checked_days=self._checked_days(party.agency_id),
            corridor=corridor_risk(*corridor, on) if corridor else None,
            sector=sector_risk(sector, on) if sector else None,
            sources=_sources(),
        )

    def known(self, party_id: UUID) -> AgencyFacts | None:
        """What the register knows of a party; nothing of a name kept secret."""
        number = self.sight.by_id.get(party_id)
        agency_id = self.sight.seen[number].party.agency_id if number is not None else None
        return self._register.get(agency_id) if agency_id else None

    @cached_property
    def _weights(self) -> Weights:
        return weights_of(self.organisation, self.sight.on)

    @cached_property
    def _register(self) -> dict[UUID, AgencyFacts]:
        keys = {seen.party.agency_id for seen in self.sight.seen}
        return facts_for([key for key in keys if key], on=self.sight.on)

    @cached_property
    def _checks(self) -> dict[UUID, datetime]:
        keys = [seen.party.agency_id for seen in self.sight.seen if seen.party.agency_id]
        rows = Lookup.objects.filter(among("agency_id", keys), organisation=self.organisation).order_by()
        return dict(rows.values_list("agency_id").annotate(Max("created_at")))

    def _checked_days(self, agency_id: UUID | None) -> int | None:
        at = self._checks.get(agency_id) if agency_id else None
        return max(0, (self.sight.on - at.date()).days) if at else None

    def _sub_agents(self, number: int, known: AgencyFacts | None) -> str:
        if known is None:
            return ""
        below = any(
            self.sight.seen[one].party.kind == PartyKind.SUB_AGENT for one in self.sight.below[number]
        )
        if below and not known.sub_agents:
            return "undeclared"
        return "declared" if known.sub_agents else "none"

    @cached_property
    def _corridors(self) -> dict[UUID, Corridor | None]:
        nodes = {}
        for seen in self.sight.seen:
            party = seen.party
            told = (party.origin, party.destination) if party.origin and party.destination else None
            nodes[party.id] = Node(party.id, party.name, party.country, party.kind, corridor=told)
        edges = [Edge(tie.upper, tie.lower, tie.since, tie.until, tie.workers) for tie in self.sight.ties]
        return corridors_of(hires_on(nodes, edges, self.sight.on, ALL_ROLES))

    @cached_property
    def _hops(self) -> list[int]:
        """Recruiters and sub-agents one below the other from each party down, itself counted: the longest row."""
        sight = self.sight
        rows = [0] * len(sight.seen)
        for number in sorted(range(len(rows)), key=lambda one: -sight.levels[one]):
            below = max((rows[one] for one in sight.below[number]), default=0)
            rows[number] = below + (sight.seen[number].party.kind in INTERMEDIARIES)
        return rows

    @cached_property
    def _sectors(self) -> list[str]:
        """The one sector of the groups of workers below each party; empty where there are several or none."""
        sight = self.sight
        found: list[set[str]] = [{seen.party.sector} - {""} for seen in sight.seen]
        for number in sorted(range(len(found)), key=lambda one: -sight.levels[one]):
            found[number] = found[number].union(*(found[one] for one in sight.below[number]))
        return [next(iter(one)) if len(one) == 1 else "" for one in found]


def _fees(ties: list[ChainLink]) -> str:
    """The worst of what the links to it say."""
    told = (FEES.get(FeeTerms(tie.fee_terms), "") for tie in ties)
    return min(told, key=WORST_FEES.index, default="")


def _scope(known: AgencyFacts | None, corridor: Corridor | None, sector: str) -> str:
    if known is None or corridor is None:
        return ""
    if corridor not in known.corridors:
        return "outside"
    return "sector_outside" if sector and sector not in known.sectors else "inside"


def _claim(ties: list[ChainLink]) -> str:
    """Verified only if every link to it is."""
    if not ties:
        return ""
    return "verified" if all(tie.claim == Claim.VERIFIED for tie in ties) else "declared"


def _sources() -> dict[str, str]:
    register, chain = _("the register"), _("your supply chain")
    both = _("the register and your supply chain")
    return {
        "certificate": register,
        "scope": register,
        "licence": _("registers of licences"),
        "critical": register,
        "fees": chain,
        "sub_agents": both,
        "hops": chain,
        "ties": both,
        "claim": chain,
        "checked": _("your checks"),
    }
