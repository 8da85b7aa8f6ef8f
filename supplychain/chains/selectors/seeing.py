"""The chain as somebody asked to see it: one day or two, risks beside standings, counts of what cannot be drawn."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from iris.accounts.models import User
from iris.core.places import country_name
from supplychain.chains.selectors.brief import Brief, brief_of
from supplychain.chains.selectors.chain import chain_at, employer_of
from supplychain.chains.selectors.comparing import Changes, beside
from supplychain.chains.selectors.findings import MOST_WRITTEN, ChainFinding, findings_on
from supplychain.chains.selectors.picture import Asked, Picture
from supplychain.chains.selectors.risks import Risks
from supplychain.chains.selectors.sight import TIERS, Look, Sight, sight_from
from supplychain.chains.states import FindingCode

MOST_NAMED = 20
MOST_PARTS = 300


@dataclass
class View:
    """A chain seen by a person: what is there, what changed, how risky each party is."""

    sight: Sight
    risks: Risks
    changes: Changes = field(default_factory=Changes)

    def brief(self, number: int) -> Brief:
        """One party in short."""
        return brief_of(self.sight, number, self.risks)


def look_at(user: User, asked: Asked) -> View:
    """The chain of a person's employer as asked for. Risks are of the day, also beside another one."""
    chain, changes = chain_at(user, asked.on), Changes()
    found = findings_on(user, asked.on)
    written = found.page(0, MOST_WRITTEN)
    sight = sight_from(chain, written)
    risks = Risks(sight, employer_of(user), found.holders(FindingCode.SHARED))
    if asked.than and asked.than != chain.on:
        both, changes = beside(chain, chain_at(user, asked.than))
        sight = sight_from(both, written)
    return View(sight, risks, changes)


def known_since(sight: Sight) -> date | None:
    """The first day of any link shown."""
    return min((tie.since for tie in sight.ties), default=None)


@dataclass(frozen=True)
class Part:
    """Parties of one tier, standing and country, counted; `key` names them in the address."""

    key: str
    tier: str
    standing: Look
    country: str
    many: int


def parts_of(picture: Picture) -> list[Part]:
    """The tiers of a chain too large to draw, by standing and country; the largest first in each."""
    parts = []
    for (level, code), members in picture.counts.items():
        tier = str(TIERS[members[0].party.kind])
        by_country = Counter(seen.party.country for seen in members)
        for country, many in sorted(by_country.items(), key=lambda one: (-one[1], one[0])):
            name = country_name(country) if country else ""
            key = f"{level}.{code}.{country}" if country else f"{level}.{code}"
            parts.append(Part(key, tier, members[0].standing, name, many))
    return parts[:MOST_PARTS]


def codes_of(found: list[ChainFinding]) -> list[tuple[FindingCode, int]]:
    """Each kind of finding with how many there are, the gravest first."""
    many = Counter(FindingCode(one.code) for one in found)
    return [(code, many[code]) for code in FindingCode if many[code]]


def named(sight: Sight, text: str) -> list[dict[str, Any]]:
    """Parties whose names hold these words: those that begin with them first."""
    wanted = text.casefold().strip()
    if not wanted:
        return []
    found = [seen for seen in sight.seen if wanted in seen.party.name.casefold()]
    found.sort(key=lambda seen: (not seen.party.name.casefold().startswith(wanted), seen.index))
    return [
        {"id": str(seen.party.id), "name": seen.party.name, "kind": seen.kind, "word": seen.standing.word}
        for seen in found[:MOST_NAMED]
    ]
