"""Audits as their readers may see them, the auditors' desk, and what waits for whom."""

from .audits import (
    audit_list,
    audits_of,
    audits_visible_to,
    audits_worked_on_by,
    corridor_words,
    live_audit_of,
    previous_audit_of,
    quotation,
    team_of,
    with_context,
    with_plan,
)
from .desk import (
    DeskRow,
    Mark,
    PrincipleProgress,
    desk_rows,
    interview_rows,
    offer_desk_cards,
    offer_marks,
    progress,
)
from .moves import move_for, todos_for
from .offers import Panel, offer_missing, offer_panel, panels_for

__all__ = [
    "DeskRow",
    "Mark",
    "Panel",
    "PrincipleProgress",
    "audit_list",
    "audits_of",
    "audits_visible_to",
    "audits_worked_on_by",
    "corridor_words",
    "desk_rows",
    "interview_rows",
    "live_audit_of",
    "move_for",
    "offer_desk_cards",
    "offer_marks",
    "offer_missing",
    "offer_panel",
    "panels_for",
    "previous_audit_of",
    "progress",
    "quotation",
    "team_of",
    "todos_for",
    "with_context",
    "with_plan",
]
