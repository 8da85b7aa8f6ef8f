"""Questions about agencies."""

from certification.agencies.rules import in_words

from .eligibility import (
    Eligibility,
    EligibilityItem,
    eligibility,
    enrolment_move,
    missing_for_confirmation,
    todos_for,
)
from .reading import (
    AgencyLine,
    agencies_visible_to,
    agency_of,
    enrolled_agencies,
    found_by,
    licences_to_remind,
    line_of,
    local_name,
    may_change,
    names_of,
    on_corridor,
    scope_of,
    signatory,
    with_facts,
)

__all__ = [
    "AgencyLine",
    "Eligibility",
    "EligibilityItem",
    "agencies_visible_to",
    "agency_of",
    "eligibility",
    "enrolled_agencies",
    "enrolment_move",
    "found_by",
    "in_words",
    "licences_to_remind",
    "line_of",
    "local_name",
    "may_change",
    "missing_for_confirmation",
    "names_of",
    "on_corridor",
    "scope_of",
    "signatory",
    "todos_for",
    "with_facts",
]
