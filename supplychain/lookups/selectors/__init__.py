"""Finding the agency that is meant, answering for it, reading past checks, putting a snapshot into words."""

from supplychain.lookups.selectors.answers import answer_for, verdict_of
from supplychain.lookups.selectors.finding import Found, Similar, find, find_many
from supplychain.lookups.selectors.presenting import present
from supplychain.lookups.selectors.reading import lookups_visible_to, receipt_by_number, snapshot_of

__all__ = [
    "Found",
    "Similar",
    "answer_for",
    "find",
    "find_many",
    "lookups_visible_to",
    "present",
    "receipt_by_number",
    "snapshot_of",
    "verdict_of",
]
