"""What is known of every recruiter of a chain, as facts for its risk. Bounded queries however long the chain is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from iris.accounts.models import Organisation
from iris.core import clocks
from supplychain.chains.models import Link, Party
from supplychain.chains.selectors import findings_on
from supplychain.chains.states import INTERMEDIARIES, FeeTerms, FindingCode, PartyKind
from supplychain.coverage import rules
from supplychain.coverage.selectors.figures import ROLES, chain_of
from supplychain.lookups.models import Lookup
from supplychain.lookups.selectors import AgencyFacts, facts_for
from supplychain.risk.selectors import NamedFacts, RiskFacts, corridor_risk, sector_risk

FEES = {FeeTerms.EMPLOYER: "employer", FeeTerms.PART: "shared", FeeTerms.WORKERS: "worker"}
WORST_FEES = ("worker", "shared", "", "employer")
DEEPEST = 9


@dataclass(frozen=True)
class _Told:
    """What the links of a recruiter tell."""

    fees: str
    claim: str
    below: frozenset[UUID]


def parties_for(organisation: Organisation) -> list[NamedFacts]:
    """Every recruiter in force today with what is known of it; given to the room of risk for rankings."""
    today = clocks.today()
    nodes, edges = chain_of(organisation)
    hires = rules.hires_on(nodes, edges, today, ROLES)
    corridors: dict[UUID, set[rules.Corridor | None]] = defaultdict(set)
    for one in hires:
        corridors[one.recruiter.id].add(one.corridor)
    told, sectors = _told(organisation), _sectors(organisation)
    recruiters = {one.recruiter.id: one.recruiter for one in hires}
    agencies = {one.agency_id for one in recruiters.values() if one.agency_id}
    known = facts_for(agencies)
    checked = _checked(organisation, agencies)
    tied = _tied(organisation)
    found = []
    for key, node in sorted(recruiters.items(), key=lambda row: (row[1].name, str(row[0]))):
        held = corridors[key]
        corridor = next(iter(held)) if len(held) == 1 else None
        chain = told.get(key, _Told("", "", frozenset()))
        agency = known.get(node.agency_id) if node.agency_id else None
        if node.confidential:
            facts = _veiled(agency, told.get(key))
            found.append(NamedFacts(node.name, facts, reverse("coverage:recruiter", args=[key]), key))
            continue
        facts = _facts(
            agency,
            corridor,
            chain,
            hops=_hops(key, told, nodes),
            undeclared=any(nodes[one].kind == PartyKind.SUB_AGENT for one in chain.below if one in nodes),
            sector=_only(sectors, key, told),
            checked=checked.get(node.agency_id) if node.agency_id else None,
            tied=key in tied,
        )
        found.append(NamedFacts(node.name, facts, reverse("coverage:recruiter", args=[key]), key))
    return found


def _facts(
    agency: AgencyFacts | None,
    corridor: rules.Corridor | None,
    chain: _Told,
    *,
    hops: int | None,
    undeclared: bool,
    sector: str,
    checked: int | None,
    tied: bool,
) -> RiskFacts:
    register = _("the register")
    return RiskFacts(
        standing=agency.standing if agency else "",
        scope=_scope(agency, corridor, sector),
        licences=tuple(one.status for one in agency.licences) if agency else (),
        critical=agency.open_flag if agency else None,
        fee_terms=chain.fees,
        sub_agents=_sub_agents(agency, undeclared),
        hops=hops,
        withdrawn_tie=tied or (False if agency else None),
        claim=chain.claim,
        checked_days=checked,
        corridor=corridor_risk(*corridor) if corridor else None,
        sector=sector_risk(sector) if sector else None,
        sources={
            "certificate": register,
            "scope": register,
            "licence": _("registers of licences"),
            "critical": register,
            "fees": _("your supply chain"),
            "sub_agents": _("the register and your supply chain"),
            "hops": _("your supply chain"),
            "ties": _("the register and your supply chain"),
            "claim": _("your supply chain"),
            "checked": _("your checks"),
        },
    )


def _veiled(agency: AgencyFacts | None, chain: _Told | None) -> RiskFacts:
    """Of a name that a supplier keeps only the standing and what the chain tells: the rest could give it away."""
    standing = agency.standing if agency else ""
    chain = chain or _Told("", "", frozenset())
    return RiskFacts(standing=standing, fee_terms=chain.fees, claim=chain.claim)


def _scope(agency: AgencyFacts | None, corridor: rules.Corridor | None, sector: str) -> str:
    if agency is None or corridor is None:
        return ""
    if corridor not in agency.corridors:
        return "outside"
    return "sector_outside" if sector and sector not in agency.sectors else "inside"


def _sub_agents(agency: AgencyFacts | None, below: bool) -> str:
    if agency is None:
        return ""
    if below and not agency.sub_agents:
        return "undeclared"
    return "declared" if agency.sub_agents else "none"


def _told(organisation: Organisation) -> dict[UUID, _Told]:
    """Fee terms (the worst), claim (verified only if every link is) and what stands below, for each intermediary."""
    today = clocks.today()
    fees: dict[UUID, list[str]] = defaultdict(list)
    claims: dict[UUID, set[str]] = defaultdict(set)
    below: dict[UUID, set[UUID]] = defaultdict(set)
    rows = Link.objects.filter(
        organisation=organisation, replaced_at=None, since__lte=today, lower__kind__in=INTERMEDIARIES
    ).exclude(until__lt=today)
    groups = Link.objects.filter(
        organisation=organisation, replaced_at=None, since__lte=today, lower__kind=PartyKind.COHORT
    ).exclude(until__lt=today)
    for upper, lower in groups.values_list("upper_id", "lower_id"):
        below[upper].add(lower)
    for upper, lower, terms, claim in rows.values_list("upper_id", "lower_id", "fee_terms", "claim"):
        fees[lower].append(FEES.get(FeeTerms(terms), ""))
        claims[lower].add(claim)
        below[upper].add(lower)
    return {
        key: _Told(
            min(fees[key], key=WORST_FEES.index, default=""),
            "verified" if claims[key] == {"verified"} else "declared" if claims[key] else "",
            frozenset(below[key]),
        )
        for key in {*fees, *below}
    }


def _hops(key: UUID, told: Mapping[UUID, _Told], nodes: Mapping[UUID, rules.Node]) -> int | None:
    """Intermediaries from here to the workers, this one counted; None where nothing below is known."""
    chain = told.get(key)
    if chain is None or not chain.below:
        return None
    seen, line, depth = {key}, [key], 0
    while line and depth < DEEPEST:
        depth += 1
        line = [
            lower
            for here in line
            for lower in (told[here].below if here in told else ())
            if lower not in seen and lower in nodes and nodes[lower].kind in INTERMEDIARIES
        ]
        seen |= set(line)
    return depth


def _sectors(organisation: Organisation) -> dict[UUID, str]:
    rows = Party.objects.filter(organisation=organisation, gone_at=None, kind=PartyKind.COHORT)
    return dict(rows.exclude(sector="").values_list("id", "sector"))


def _only(sectors: Mapping[UUID, str], key: UUID, told: Mapping[UUID, _Told]) -> str:
    """The one sector of the groups of workers below; empty where there are several or none."""
    seen, line, found = {key}, [key], set[str]()
    while line:
        here = line.pop()
        if here in sectors:
            found.add(sectors[here])
        fresh = [one for one in (told[here].below if here in told else ()) if one not in seen]
        seen.update(fresh)
        line += fresh
    return found.pop() if len(found) == 1 else ""


def _checked(organisation: Organisation, agencies: Collection[UUID]) -> dict[UUID, int]:
    rows = (
        Lookup.objects.filter(organisation=organisation, agency_id__in=agencies)
        .order_by()
        .values_list("agency_id")
        .annotate(last=Max("created_at"))
    )
    today = clocks.today()
    return {key: max(0, (today - last.date()).days) for key, last in rows if key}


def _tied(organisation: Organisation) -> set[UUID]:
    """Recruiters that share a party, an owner or an address with a withdrawn one."""
    found: Iterable[UUID] = (
        one.party.id for one in findings_on(organisation).page(0, 5_000, (FindingCode.SHARED,))
    )
    return set(found)
