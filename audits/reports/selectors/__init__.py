"""The report as its readers may see it, and whose move it is."""

from .chapters import Piece, as_csv, as_json, offer_chapter, pieces_of
from .content import (
    canonical,
    content_of,
    fingerprint,
    ratings_by_principle,
    version_visible_to,
    versions_of,
)
from .exports import export_panel, exports_visible_to
from .outcomes import against, best_outcome, order_outcome, verified_rows
from .parts import interview_counts, parts_of
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
    "Piece",
    "against",
    "as_csv",
    "as_json",
    "best_outcome",
    "canonical",
    "case_move",
    "case_panel",
    "case_progress",
    "cases_with_an_offer",
    "content_of",
    "export_panel",
    "exports_visible_to",
    "fingerprint",
    "for_readers",
    "interview_counts",
    "missing_for_final",
    "missing_for_grant",
    "move_for",
    "offer_chapter",
    "order_outcome",
    "parts_of",
    "pieces_of",
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
