"""Reading due diligence. Everything begins at what the person's own employer may see."""

from supplychain.diligence.selectors.basis import basis_of, findings_about, key_of, standing_now
from supplychain.diligence.selectors.decisions import (
    conditions_in_force,
    conditions_visible_to,
    decision_about,
    decisions_of,
    decisions_visible_to,
    history_of,
    open_conditions,
    reasons_in_words,
    settings_of,
)
from supplychain.diligence.selectors.nominations import (
    known_nominee,
    nominations_visible_to,
    nominees_visible_to,
    told_of,
)
from supplychain.diligence.selectors.requests import (
    clock_of,
    messages_for_asker,
    open_inboxes,
    papers_of,
    request_by_code,
    requests_due,
    requests_visible_to,
)
from supplychain.diligence.selectors.steps import CycleStep, step_titles, steps_of
from supplychain.diligence.selectors.todos import todos_for

__all__ = [
    "CycleStep",
    "basis_of",
    "clock_of",
    "conditions_in_force",
    "conditions_visible_to",
    "decision_about",
    "decisions_of",
    "decisions_visible_to",
    "findings_about",
    "history_of",
    "key_of",
    "known_nominee",
    "messages_for_asker",
    "nominations_visible_to",
    "nominees_visible_to",
    "open_conditions",
    "open_inboxes",
    "papers_of",
    "reasons_in_words",
    "request_by_code",
    "requests_due",
    "requests_visible_to",
    "settings_of",
    "standing_now",
    "step_titles",
    "steps_of",
    "todos_for",
    "told_of",
]
