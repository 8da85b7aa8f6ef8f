"""Questions about applications."""

from .acts import Act, acts_for
from .appeals import AppealRight, appeal_right, under_appeal
from .cases import (
    applications_visible_to,
    case_of,
    current_application,
    facts_for,
    may_apply_again,
    open_application_of,
    people_on,
    readiness,
    waiting_for_audit,
)
from .checks import Check, checks_for, offer_check
from .moves import deadlines_for, move_for, steps_for, todos_for
from .offers import (
    Panel,
    Progress,
    Running,
    likeness_panel,
    offer_move,
    offer_panel,
    offer_progress,
    offer_running,
    offer_taken,
    panels_for,
    running_of,
    window_opens_on,
)
from .queue import counts, for_queue, stale_claims

__all__ = [
    "Act",
    "AppealRight",
    "Check",
    "Panel",
    "Progress",
    "Running",
    "acts_for",
    "appeal_right",
    "applications_visible_to",
    "case_of",
    "checks_for",
    "counts",
    "current_application",
    "deadlines_for",
    "facts_for",
    "for_queue",
    "likeness_panel",
    "may_apply_again",
    "move_for",
    "offer_check",
    "offer_move",
    "offer_panel",
    "offer_progress",
    "offer_running",
    "offer_taken",
    "open_application_of",
    "panels_for",
    "people_on",
    "readiness",
    "running_of",
    "stale_claims",
    "steps_for",
    "todos_for",
    "under_appeal",
    "waiting_for_audit",
    "window_opens_on",
]
