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
from .offers import (
    KnownStanding,
    Panel,
    known_standing,
    known_standings,
    offer_panel,
    offer_standing,
    panels_for,
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
    "KnownStanding",
    "Panel",
    "agencies_visible_to",
    "agency_of",
    "eligibility",
    "enrolled_agencies",
    "enrolment_move",
    "found_by",
    "in_words",
    "known_standing",
    "known_standings",
    "licences_to_remind",
    "line_of",
    "local_name",
    "may_change",
    "missing_for_confirmation",
    "names_of",
    "offer_panel",
    "offer_standing",
    "on_corridor",
    "panels_for",
    "scope_of",
    "signatory",
    "todos_for",
    "with_facts",
]
