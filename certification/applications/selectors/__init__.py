"""Questions about applications."""

from .acts import Act, acts_for
from .cases import (
    applications_visible_to,
    case_of,
    current_application,
    facts_for,
    for_queue,
    may_apply_again,
    open_application_of,
    people_on,
    readiness,
    waiting_for_audit,
)
from .moves import deadlines_for, move_for, steps_for, todos_for
from .offers import Panel, Progress, offer_move, offer_panel, offer_progress, offer_taken, panels_for

__all__ = [
    "Act",
    "Panel",
    "Progress",
    "acts_for",
    "applications_visible_to",
    "case_of",
    "current_application",
    "deadlines_for",
    "facts_for",
    "for_queue",
    "may_apply_again",
    "move_for",
    "offer_move",
    "offer_panel",
    "offer_progress",
    "offer_taken",
    "open_application_of",
    "panels_for",
    "people_on",
    "readiness",
    "steps_for",
    "todos_for",
    "waiting_for_audit",
]
