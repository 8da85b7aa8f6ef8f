"""Reading due diligence. Everything begins at what the person's own employer may see."""

from supplychain.diligence.selectors.basis import basis_of, findings_about, key_of, standing_now
from supplychain.diligence.selectors.decisions import (
    conditions_in_force,
    decision_about,
    decisions_of,
    decisions_visible_to,
    history_of,
    open_conditions,
    reasons_in_words,
    settings_of,
)
from supplychain.diligence.selectors.todos import todos_for

__all__ = [
    "basis_of",
    "conditions_in_force",
    "decision_about",
    "decisions_of",
    "decisions_visible_to",
    "findings_about",
    "history_of",
    "key_of",
    "open_conditions",
    "reasons_in_words",
    "settings_of",
    "standing_now",
    "todos_for",
]
