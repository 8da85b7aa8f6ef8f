"""A chain as somebody looks at it: numbered parties with what is seen at each, ready to be drawn, listed or counted."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iris.core import clocks
from supplychain.chains.drawing import fold, ways_to
from supplychain.chains.drawing.folding import keep_unclean, tops_of
from supplychain.chains.drawing.layers import levels_of
from supplychain.chains.selectors.chain import Chain, ChainLink, ChainParty
from supplychain.chains.selectors.findings import ChainFinding
from supplychain.chains.states import RECRUITERS, PartyKind

RANK = {kind.value: rank for rank, kind in enumerate(PartyKind)}
ICONS = {
    "buyer": "building-skyscraper",
    "site": "building-factory-2",
    "employer": "briefcase",
    "recruiter_destination": "plane-arrival",
    "recruiter_origin": "plane-departure",
    "sub_agent": "walk",
    "cohort": "users-group",
}
TIERS: dict[str, Promise] = {
    "buyer": gettext_lazy("Buyers"),
    "site": gettext_lazy("Supplier sites"),
    "employer": gettext_lazy("Employers of the workers"),
    "recruiter_destination": gettext_lazy("Recruiters where the work is"),
    "recruiter_origin": gettext_lazy("Recruiters where workers come from"),
    "sub_agent": gettext_lazy("Sub-agents"),
    "cohort": gettext_lazy("Groups of workers"),
}
TONE_ICONS = {
    "good": "circle-check",
    "care": "alert-circle",
    "stop": "ban",
    "past": "circle-minus",
    "unsure": "help-circle",
    "work": "hourglass",
}


@dataclass(frozen=True)
class Look:
    """What a party looks like: a tone of the house, its icon, a word. Nothing to say: tone ""."""

    tone: str = ""
    word: str = ""
    icon: str = ""
    code: str = "other"


@dataclass
class Seen:
    """One party of the chain on the day, with what is seen at it."""

    index: int
    party: ChainParty
    standing: Look
    findings: list[ChainFinding] = field(default_factory=list)

    @property
    def unclean(self) -> bool:
        """Somebody should look here: a finding, a recruiter that is not certified, or one nobody knows."""
        uncertain = self.party.kind in RECRUITERS and self.standing.tone not in {"good", "care"}
        return uncertain or bool(self.findings)

    @property
    def recruits(self) -> bool:
        """Whether the register may know it."""
        return self.party.kind in RECRUITERS

    @property
    def icon(self) -> str:
        """The outline that stands for its kind."""
        return ICONS.get(self.party.kind, "sitemap")

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return str(PartyKind(self.party.kind).label)


@dataclass
class Sight:
    """The chain on a day. Numbers of parties index everything; `back` are the numbers of links that close a circle."""

    chain: Chain
    seen: list[Seen]
    ties: list[ChainLink]
    pairs: list[tuple[int, int]]
    back: set[int]
    levels: list[int]
    loose: list[Seen]
    findings: list[ChainFinding]

    @property
    def on(self) -> date:
        """The day."""
        return self.chain.on

    @cached_property
    def below(self) -> list[list[int]]:
        """Whom each gets workers through, without links that close a circle."""
        return self._onward(0)

    @cached_property
    def above(self) -> list[list[int]]:
        """Who gets workers through each, without links that close a circle."""
        return self._onward(1)

    def _onward(self, end: int) -> list[list[int]]:
        found: list[list[int]] = [[] for _each in self.seen]
        for number, pair in enumerate(self.pairs):
            if number not in self.back:
                found[pair[end]].append(pair[1 - end])
        return found

    @cached_property
    def tops(self) -> list[int]:
        """Those whom nobody stands above."""
        return tops_of(self.above)

    @cached_property
    def by_id(self) -> dict[UUID, int]:
        """The number of each party."""
        return {seen.party.id: seen.index for seen in self.seen}

    @cached_property
    def ties_to(self) -> dict[int, list[int]]:
        """The numbers of the links that lead to each party."""
        found: dict[int, list[int]] = {}
        for number, (_upper, lower) in enumerate(self.pairs):
            found.setdefault(lower, []).append(number)
        return found

    @cached_property
    def unclean(self) -> set[int]:
        """Those somebody should look at, and everyone on the ways down to them."""
        return keep_unclean(self.above, [seen.index for seen in self.seen if seen.unclean])

    def way_to(self, index: int) -> list[int]:
        """The shortest way down to a party."""
        return ways_to(self.below, self.tops, index)

    def open_all(self) -> list[int]:
        """Every number once, from the tops down."""
        return fold(self.below, self.tops, most=len(self.seen), opened=lambda _n: True).shown


def sight_from(chain: Chain, findings: list[ChainFinding]) -> Sight:
    """The same chain, numbered and laid into tiers; parties joined to nobody on the day stand apart."""
    joined = {end for link in chain.links for end in (link.upper, link.lower)}
    ordered = sorted(
        chain.parties, key=lambda party: (RANK.get(party.kind, 9), party.name.casefold(), str(party.id))
    )
    drawn = [party for party in ordered if party.id in joined]
    if not drawn and chain.on == clocks.today():
        drawn = ordered
    number = {party.id: index for index, party in enumerate(drawn)}
    ties = sorted(
        chain.links, key=lambda link: (number[link.upper], number[link.lower], link.since, str(link.id))
    )
    pairs = [(number[link.upper], number[link.lower]) for link in ties]
    levels, back = levels_of(len(drawn), pairs, [RANK.get(party.kind, 0) for party in drawn])
    seen = [Seen(index, party, standing_look(party)) for index, party in enumerate(drawn)]
    for finding in findings:
        if finding.party.id in number:
            seen[number[finding.party.id]].findings.append(finding)
    kept = {party.id for party in drawn}
    loose = [Seen(-1, party, standing_look(party)) for party in ordered if party.id not in kept]
    return Sight(chain, seen, ties, pairs, back, levels, loose, findings)


def standing_look(party: ChainParty) -> Look:
    """The standing of a party on the day as tone, word and icon; nothing for those who are no recruiters."""
    if party.standing is not None:
        facts = party.standing.facts
        icon = facts.icon or TONE_ICONS[facts.tone]
        return Look(facts.tone, str(facts.public), icon, str(party.standing.standing.value))
    if party.kind in RECRUITERS:
        return Look("unsure", _("Not on the register"), "help-circle", "unlisted")
    return Look()
