"""Names of organisations: normalise, score, explain. Pure: imports nothing of ours and touches no database.

The callers bring candidates (from an index or from PostgreSQL) and read each candidate's status again from PostgreSQL.
"""

from iris.matching.index import Entry, Index, UnreadableIndex, warm
from iris.matching.normalise import Normal, key, normalise, tokens
from iris.matching.outcome import Candidate, Match, Outcome, Result, Thresholds, decide
from iris.matching.score import Explanation, TokenMatch, score

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
