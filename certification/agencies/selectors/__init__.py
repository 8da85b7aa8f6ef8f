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
from .licences import LicenceView, followed, licence_views, licences_to_remind, reminder_days
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
    "LicenceView",
    "Panel",
    "agencies_visible_to",
    "agency_of",
    "eligibility",
    "enrolled_agencies",
    "enrolment_move",
    "followed",
    "found_by",
    "in_words",
    "known_standing",
    "known_standings",
    "licence_views",
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
    "reminder_days",
    "scope_of",
    "signatory",
    "todos_for",
    "with_facts",
]
