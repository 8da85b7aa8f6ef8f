"""Questions about an assessment, its answers and its ledger. Pure: they only read what they are given."""

from certification.assessments.rules.answers import is_answered, is_done, is_gap, missing_in_answer, weight_of
from certification.assessments.rules.calculator import (
    Component,
    NoRate,
    Range,
    Rates,
    months_of_income,
    range_of,
    rounded_up,
    sum_in,
    tenths_up,
)
from certification.assessments.rules.completeness import LEDGER_PRINCIPLE, MissingThing, missing_for_freeze
from certification.assessments.rules.entries import wrong_in_entry
from certification.assessments.rules.labels import (
    Dictionary,
    Disguise,
    Watched,
    disguises_that_matter,
    script_of,
)
from certification.assessments.rules.ledger import (
    ALLOWED_EXCEPTIONS,
    bears,
    conforms,
    fingerprint,
    is_settled,
    is_worker_borne,
    needs_answer,
    why_conforms,
)

__all__ = [
    "ALLOWED_EXCEPTIONS",
    "LEDGER_PRINCIPLE",
    "Component",
    "Dictionary",
    "Disguise",
    "MissingThing",
    "NoRate",
    "Range",
    "Rates",
    "Watched",
    "bears",
    "conforms",
    "disguises_that_matter",
    "fingerprint",
    "is_answered",
    "is_done",
    "is_gap",
    "is_settled",
    "is_worker_borne",
    "missing_for_freeze",
    "missing_in_answer",
    "months_of_income",
    "needs_answer",
    "range_of",
    "rounded_up",
    "script_of",
    "sum_in",
    "tenths_up",
    "weight_of",
    "why_conforms",
    "wrong_in_entry",
]
