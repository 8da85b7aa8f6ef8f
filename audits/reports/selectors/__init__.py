"""The report as its readers may see it, and whose move it is."""

from .content import (
    canonical,
    content_of,
    fingerprint,
    ratings_by_principle,
    version_visible_to,
    versions_of,
)
from .outcomes import against, best_outcome, order_outcome, verified_rows
from .printing import printed
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
    "against",
    "best_outcome",
    "canonical",
    "case_move",
    "case_panel",
    "case_progress",
    "cases_with_an_offer",
    "content_of",
    "fingerprint",
    "for_readers",
    "missing_for_final",
    "missing_for_grant",
    "move_for",
    "order_outcome",
    "printed",
    "ratings_by_principle",
    "repeat_after",
    "report_of",
    "reports_visible_to",
    "team_ids",
    "todos_for",
    "unanswered_disputes",
    "verified_rows",
    "version_visible_to",
    "versions_of",
]
