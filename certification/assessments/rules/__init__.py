"""Questions about an assessment, its answers and its ledger. Pure: they only read what they are given."""

from certification.assessments.rules.answers import is_answered, is_done, is_gap, missing_in_answer, weight_of
from certification.assessments.rules.completeness import LEDGER_PRINCIPLE, MissingThing, missing_for_freeze
from certification.assessments.rules.entries import wrong_in_entry
from certification.assessments.rules.labels import Disguise, disguises, disguises_that_matter
from certification.assessments.rules.ledger import (
    ALLOWED_EXCEPTIONS,
    conforms,
    is_settled,
    is_worker_borne,
    needs_answer,
    why_conforms,
)

__all__ = [
    "ALLOWED_EXCEPTIONS",
    "LEDGER_PRINCIPLE",
    "Disguise",
    "MissingThing",
    "conforms",
    "disguises",
    "disguises_that_matter",
    "is_answered",
    "is_done",
    "is_gap",
    "is_settled",
    "is_worker_borne",
    "missing_for_freeze",
    "missing_in_answer",
    "needs_answer",
    "weight_of",
    "why_conforms",
    "wrong_in_entry",
]
