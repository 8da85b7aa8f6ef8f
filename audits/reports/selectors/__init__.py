"""The report as its readers may see it, and whose move it is."""

from .reporting import (
    case_move,
    case_panel,
    case_progress,
    cases_with_an_offer,
    for_readers,
    missing_for_final,
    missing_for_grant,
    move_for,
    repeat_after,
    report_of,
    reports_visible_to,
    team_ids,
    todos_for,
    unanswered_disputes,
)

__all__ = [
    "case_move",
    "case_panel",
    "case_progress",
    "cases_with_an_offer",
    "for_readers",
    "missing_for_final",
    "missing_for_grant",
    "move_for",
    "repeat_after",
    "report_of",
    "reports_visible_to",
    "team_ids",
    "todos_for",
    "unanswered_disputes",
]
