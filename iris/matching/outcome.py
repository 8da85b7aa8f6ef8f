"""From scored candidates to one of five outcomes. Never a single certain answer from a fuzzy name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from iris.matching.normalise import tokens
from iris.matching.score import Explanation, score

COUNTRY_BOOST = 0.02
PENALTY = {"trading": 0.0, "local": 0.0, "legal": 0.0, "former": 0.01}


class Outcome(StrEnum):
    """What a lookup may answer."""

    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    POSSIBLE = "possible"
    NOT_FOUND = "not_found"
    INVALID = "invalid"


@dataclass(frozen=True)
class Thresholds:
    """Found: `upper` or more and `gap` clear of the next. Possible: `lower` or more.

    `valid_from` and `evidence` say since when these numbers hold and what set them.
    """

    upper: float = 0.86
    lower: float = 0.62
    gap: float = 0.06
    valid_from: str = "2026-11-21"
    evidence: str = "set by hand on a few examples, for names compared without an index"


@dataclass(frozen=True)
class Candidate:
    """One name of one thing: `id` of the thing, the `name` as written, its `kind` and the thing's `country`."""

    id: str
    name: str
    kind: str = "legal"
    country: str = ""


@dataclass(frozen=True)
class Match:
    """A candidate with its score and why (an Explanation, or what makes one when it is asked for)."""

    candidate: Candidate
    score: float
    why: Explanation | Callable[[], Explanation] = field(repr=False, compare=False)

    @cached_property
    def explanation(self) -> Explanation:
        """The words matched, how, and what each weighs."""
        return self.why() if callable(self.why) else self.why


@dataclass(frozen=True)
class Result:
    """The outcome and the best matches, best first, one per thing."""

    outcome: Outcome
    matches: list[Match] = field(default_factory=list)


def decide(
    query: str,
    candidates: Iterable[Candidate],
    *,
    country: str = "",
    thresholds: Thresholds = Thresholds(),
    limit: int = 10,
) -> Result:
    """Score the candidates and say what the query found. `country` lifts, it never filters."""
    if not tokens(query).text:
        return Result(Outcome.INVALID)
    best: dict[str, Match] = {}
    for candidate in candidates:
        why = score(query, candidate.name)
        lift = COUNTRY_BOOST if country and candidate.country == country else 0.0
        value = round(max(0.0, min(0.99, why.score + lift - PENALTY.get(candidate.kind, 0.0))), 4)
        known = best.get(candidate.id)
        if known is None or value > known.score:
            best[candidate.id] = Match(candidate, value, why)
    ranked = sorted(best.values(), key=lambda one: (-one.score, one.candidate.name, one.candidate.id))
    shown = [one for one in ranked if one.score >= thresholds.lower][:limit]
    if not shown:
        return Result(Outcome.NOT_FOUND)
    if shown[0].score < thresholds.upper:
        return Result(Outcome.POSSIBLE, shown)
    rivals = [one for one in shown[1:] if one.score > shown[0].score - thresholds.gap]
    return Result(Outcome.AMBIGUOUS if rivals else Outcome.FOUND, shown)
