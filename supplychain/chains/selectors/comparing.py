"""Two days of a chain beside each other: what came, what went, whose standing is another."""

from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from supplychain.chains.selectors.chain import Chain
from supplychain.chains.selectors.sight import standing_look


@dataclass(frozen=True)
class Mark:
    """What became of a party between the days, with a word for the card."""

    code: Literal["new", "gone", "changed"]
    word: str


@dataclass(frozen=True)
class Changes:
    """Marks of parties, and of links by their line ("new" or "gone"). Empty where nothing is compared."""

    marks: dict[UUID, Mark] = field(default_factory=dict)
    links: dict[UUID, str] = field(default_factory=dict)

    @property
    def tally(self) -> dict[str, int]:
        """How many came, went and changed; `any` says whether anything did."""
        codes: list[str] = [mark.code for mark in self.marks.values()]
        counts = {code: codes.count(code) for code in ("new", "gone", "changed")}
        lines = list(self.links.values())
        counts |= {"links_new": lines.count("new"), "links_gone": lines.count("gone")}
        return {**counts, "any": sum(counts.values())}


def beside(now: Chain, before: Chain) -> tuple[Chain, Changes]:
    """One chain that holds both days, and what differs. A party stands on a day when a link of that day holds it."""
    here, there = _joined(now), _joined(before)
    marks: dict[UUID, Mark] = {}
    looks = {party.id: standing_look(party) for party in before.parties}
    for party in now.parties:
        if party.id in here and party.id not in there:
            marks[party.id] = Mark("new", _("new"))
        elif party.id in here and (old := looks.get(party.id)) and old.code != standing_look(party).code:
            marks[party.id] = Mark("changed", _("was: %(word)s") % {"word": old.word or _("not listed")})
    marks |= {key: Mark("gone", _("ended")) for key in there - here}
    lines = {link.line for link in before.links}
    kept = {link.line for link in now.links}
    links = dict.fromkeys(kept - lines, "new") | dict.fromkeys(lines - kept, "gone")
    parties = {party.id: party for party in (*before.parties, *now.parties)}
    ties = {link.line: link for link in (*before.links, *now.links)}
    return replace(now, parties=list(parties.values()), links=list(ties.values())), Changes(marks, links)


def _joined(chain: Chain) -> set[UUID]:
    return {end for link in chain.links for end in (link.upper, link.lower)}
