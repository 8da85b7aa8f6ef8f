"""Reading watches: which agencies they look at, what was seen, what to say of it."""

from supplychain.watches.selectors.exports import ledger_csv, sights_of
from supplychain.watches.selectors.health import (
    Health,
    due_at,
    health_for,
    is_late,
    last_round,
    part_of_ready,
)
from supplychain.watches.selectors.reading import (
    changes_visible_to,
    disclosed_watchers,
    entries_of,
    listed,
    people_to_choose,
    plan_of,
    todos_for,
    told_of,
    unread_count,
    watch_of_agency,
    watch_with_key,
    watches_visible_to,
)
from supplychain.watches.selectors.subjects import members_of, words_of_filter
from supplychain.watches.selectors.words import Line, Told, outcome_words, standing_label, subject_of, tell_of

__all__ = [
    "Health",
    "Line",
    "Told",
    "changes_visible_to",
    "disclosed_watchers",
    "due_at",
    "entries_of",
    "health_for",
    "is_late",
    "last_round",
    "ledger_csv",
    "listed",
    "members_of",
    "outcome_words",
    "part_of_ready",
    "people_to_choose",
    "plan_of",
    "sights_of",
    "standing_label",
    "subject_of",
    "tell_of",
    "todos_for",
    "told_of",
    "unread_count",
    "watch_of_agency",
    "watch_with_key",
    "watches_visible_to",
    "words_of_filter",
]
