"""The risk of each recruiter in its place, from what the chain and the register know. Never a verdict."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from iris.accounts.models import Organisation
from iris.core.states import facts_of
from supplychain.chains.selectors.sight import Look, Sight
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


@dataclass
class Risks:
    """Scores by number of the party, worked out when asked for."""

    sight: Sight
    organisation: Organisation
    _scores: dict[int, RiskScore | None] = field(default_factory=dict)

    def look(self, number: int) -> Look:
        """Tone, word and sign; nothing where a score has no meaning."""
        found = self.score(number)
        if found is None:
            return Look()
        word = _("Risk %(n)s of 100") % {"n": found.points}
        return Look(
            str(facts_of(found.band_member).tone), word, SIGNS.get(found.band, "antenna-bars-5"), found.band
        )

    def looks(self, numbers: Iterable[int]) -> dict[int, Look]:
        """The looks of these parties."""
        return {number: look for number in numbers if (look := self.look(number)).word}

    def score(self, number: int) -> RiskScore | None:
        """The score of a recruiter or sub-agent; None of everybody else."""
        if number not in self._scores:
            party = self.sight.seen[number].party
            scored = party.kind in INTERMEDIARIES
            self._scores[number] = score(self.facts(number), self._weights, self.sight.on) if scored else None
        return self._scores[number]

    def facts(self, number: int) -> RiskFacts:
        """What the chain and the register know of a recruiter in its place. What nobody knows stays unknown."""
        sight, seen = self.sight, self.sight.seen[number]
        party = seen.party
        standing = str(party.standing.standing.value) if party.standing else ""
        ties = [sight.ties[tie] for tie in sight.ties_to.get(number, [])]
        fees = min((FEES.get(FeeTerms(tie.fee_terms), "") for tie in ties), key=WORST_FEES.index, default="")
        claim = _claim([tie.claim for tie in ties])
        if party.confidential:  # the rest could give the name away
            return RiskFacts(standing=standing, fee_terms=fees, claim=claim)
        known, corridor, sector = self.known(number), self._corridor(number), self._sectors[number]
        return RiskFacts(
            standing=standing,
            scope=_scope(known, corridor, sector),
            licences=tuple(licence.status for licence in known.licences) if known else (),
            critical=known.open_flag if known else None,
            fee_terms=fees,
            sub_agents=self._sub_agents(number, known),
            hops=self._hops[number] if sight.below[number] else None,
            withdrawn_tie=self._shared(number, known),
            claim=claim,
            checked_days=self._checked_days(party.agency_id),
            corridor=corridor_risk(*corridor, sight.on) if corridor else None,
            sector=sector_risk(sector, sight.on) if sector else None,
            sources=_sources(),
        )

    def known(self, number: int) -> AgencyFacts | None:
        """What the register knows of a party; nothing of a name kept secret."""
        agency_id = self.sight.seen[number].party.agency_id
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
        rows = Lookup.objects.filter(organisation=self.organisation, agency_id__in=keys).order_by()
        return dict(rows.values_list("agency_id").annotate(Max("created_at")))

    def _checked_days(self, agency_id: UUID | None) -> int | None:
        at = self._checks.get(agency_id) if agency_id else None
        return max(0, (self.sight.on - at.date()).days) if at else None

    def _shared(self, number: int, known: AgencyFacts | None) -> bool | None:
        if any(finding.code == FindingCode.SHARED for finding in self.sight.seen[number].findings):
            return True
        return False if known else None

    def _sub_agents(self, number: int, known: AgencyFacts | None) -> str:
        if known is None:
            return ""
        below = any(
            self.sight.seen[one].party.kind == PartyKind.SUB_AGENT for one in self.sight.below[number]
        )
        if below and not known.sub_agents:
            return "undeclared"
        return "declared" if known.sub_agents else "none"

    def _corridor(self, number: int) -> tuple[str, str] | None:
        """From the recruiter's country to where the nearest party above it that is no recruiter stands."""
        sight, party = self.sight, self.sight.seen[number].party
        for upper in reversed(sight.way_to(number)[:-1]):
            other = sight.seen[upper].party
            if other.country and other.kind not in INTERMEDIARIES:
                if not party.country or party.country == other.country:
                    return None
                return party.country, other.country
        return None

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


def _scope(known: AgencyFacts | None, corridor: tuple[str, str] | None, sector: str) -> str:
    if known is None or corridor is None:
        return ""
    if corridor not in known.corridors:
        return "outside"
    return "sector_outside" if sector and sector not in known.sectors else "inside"


def _claim(claims: list[str]) -> str:
    if not claims:
        return ""
    return "verified" if all(claim == Claim.VERIFIED for claim in claims) else "declared"


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
