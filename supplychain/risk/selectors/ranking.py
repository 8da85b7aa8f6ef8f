"""Scored parties of an employer, handed up by rooms above: what new weights would change in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from iris.accounts.models import Organisation
from iris.core import clocks
from supplychain.risk import rules
from supplychain.risk.rules import RiskFacts, RiskScore, Weights


@dataclass(frozen=True)
class NamedFacts:
    """One recruiter to be scored: its name, its page, what is known of it."""

    name: str
    facts: RiskFacts
    url: str = ""
    key: UUID | None = None  # the party of the chain, where the room above has one


@dataclass(frozen=True)
class Ranked:
    """One recruiter before and after."""

    name: str
    url: str
    before: RiskScore
    after: RiskScore
    place_before: int
    place_after: int

    @property
    def moved(self) -> int:
        """Places up (to more points) as a positive number."""
        return self.place_before - self.place_after


Provider = Callable[[Organisation], Sequence[NamedFacts]]
_providers: dict[str, Provider] = {}


def offer_parties(key: str, provider: Provider) -> None:
    """Called in AppConfig.ready() of a room above that knows an employer's recruiters and their facts."""
    _providers[key] = provider


def parties_of(organisation: Organisation) -> list[NamedFacts]:
    """Every recruiter that rooms above know for this employer."""
    return [one for key in sorted(_providers) for one in _providers[key](organisation)]


def ranking(parties: Sequence[NamedFacts], before: Weights, after: Weights) -> list[Ranked]:
    """The parties by their points after, with their place before; equal points keep the order of names."""
    today = clocks.today()
    old = {index: rules.score(one.facts, before, today) for index, one in enumerate(parties)}
    new = {index: rules.score(one.facts, after, today) for index, one in enumerate(parties)}
    first, then = _places(parties, old), _places(parties, new)
    rows = [
        Ranked(one.name, one.url, old[index], new[index], first[index], then[index])
        for index, one in enumerate(parties)
    ]
    return sorted(rows, key=lambda row: row.place_after)


def _places(parties: Sequence[NamedFacts], scores: dict[int, RiskScore]) -> dict[int, int]:
    order = sorted(scores, key=lambda index: (-scores[index].points, parties[index].name, index))
    return {index: place for place, index in enumerate(order, start=1)}
