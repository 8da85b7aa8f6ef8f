"""Names of organisations: normalise, score, explain. Pure: imports nothing of ours and touches no database.

The callers bring candidates (from an index or from PostgreSQL) and read each candidate's status again from PostgreSQL.
"""

from typing import TYPE_CHECKING, Any

from iris.matching.entry import Entry, UnreadableIndex
from iris.matching.normalise import Normal, key, normalise, tokens
from iris.matching.outcome import Candidate, Match, Outcome, Result, Thresholds, decide
from iris.matching.score import Explanation, TokenMatch, score

if TYPE_CHECKING:
    from iris.matching.index import Index, warm

__all__ = [
    "Candidate",
    "Entry",
    "Explanation",
    "Index",
    "Match",
    "Normal",
    "Outcome",
    "Result",
    "Thresholds",
    "TokenMatch",
    "UnreadableIndex",
    "decide",
    "key",
    "normalise",
    "score",
    "tokens",
    "warm",
]


def __getattr__(name: str) -> Any:
    """`Index` and `warm` load the compiled kernels, which not every process needs, so they come when asked for."""
    if name in {"Index", "warm"}:
        from iris.matching import index

        return getattr(index, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
