"""Questions about self-assessments, their evidence and their ledgers. Pages, services and other rooms start here."""

from certification.assessments.selectors.canon import canonical, content_hash, still_matches
from certification.assessments.selectors.ledger import (
    LedgerOrder,
    Total,
    corridors_without_order,
    ledger,
    worker_borne,
)
from certification.assessments.selectors.progress import (
    Missing,
    PrincipleProgress,
    Progress,
    Worker,
    expiring_in,
    missing_for_freeze,
    move_for,
    progress,
    todos_for,
)
from certification.assessments.selectors.reading import (
    answers_with_evidence,
    assessments_visible_to,
    current_assessment,
    evidence_library,
    evidence_visible_to,
    is_declared,
    last_frozen,
    open_assessment,
)
from certification.assessments.selectors.results import Gap, PrincipleResult, Results, gaps, results

__all__ = [
    "Gap",
    "LedgerOrder",
    "Missing",
    "PrincipleProgress",
    "PrincipleResult",
    "Progress",
    "Results",
    "Total",
    "Worker",
    "answers_with_evidence",
    "assessments_visible_to",
    "canonical",
    "content_hash",
    "corridors_without_order",
    "current_assessment",
    "evidence_library",
    "evidence_visible_to",
    "expiring_in",
    "gaps",
    "is_declared",
    "last_frozen",
    "ledger",
    "missing_for_freeze",
    "move_for",
    "open_assessment",
    "progress",
    "results",
    "still_matches",
    "todos_for",
    "worker_borne",
]
