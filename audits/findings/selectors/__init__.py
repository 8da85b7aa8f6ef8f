"""Findings as their readers may see them, and what stands against a grant."""

from .blockers import Blockers, blockers, escalated_minors, escalations_of
from .findings import (
    codes_found_weak,
    codes_still_open,
    file_of,
    findings_list,
    findings_of,
    findings_visible_to,
    followed,
    in_order,
    late_count,
    marks_of,
    overdue_findings,
    with_context,
    with_day,
)
from .grading import Suggestion, floor_of, grades_in_force, open_minors_before, repeat_of, suggestion_for
from .moves import move_for, todos_for
from .panels import disclosed_evidence, last_cycle_panel, still_open_panel
from .repaying import may_open_repayment, repayment_of
from .time import (
    askable_clocks,
    last_day_to_grant,
    open_extensions,
    refusal_to_decide,
    refusal_to_extend,
)

__all__ = [
    "Blockers",
    "Suggestion",
    "askable_clocks",
    "blockers",
    "codes_found_weak",
    "codes_still_open",
    "disclosed_evidence",
    "escalated_minors",
    "escalations_of",
    "file_of",
    "findings_list",
    "findings_of",
    "findings_visible_to",
    "floor_of",
    "followed",
    "grades_in_force",
    "in_order",
    "last_cycle_panel",
    "last_day_to_grant",
    "late_count",
    "marks_of",
    "may_open_repayment",
    "move_for",
    "open_extensions",
    "open_minors_before",
    "overdue_findings",
    "refusal_to_decide",
    "refusal_to_extend",
    "repayment_of",
    "repeat_of",
    "still_open_panel",
    "suggestion_for",
    "todos_for",
    "with_context",
    "with_day",
]
