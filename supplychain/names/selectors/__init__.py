"""The names of the register as one index, and what organisations decided about names alike."""

from supplychain.names.index import COLD, NameIndex
from supplychain.names.selectors.decisions import (
    Remembered,
    decisions_for,
    decisions_visible_to,
    key_of,
    standing_decisions,
    still_counting,
)
from supplychain.names.selectors.fallback import candidates
from supplychain.names.selectors.searching import current, search, search_many, warm_up

__all__ = [
    "COLD",
    "NameIndex",
    "Remembered",
    "candidates",
    "current",
    "decisions_for",
    "decisions_visible_to",
    "key_of",
    "search",
    "search_many",
    "standing_decisions",
    "still_counting",
    "warm_up",
]
