"""Audit firms, auditors, and who of them may take a case."""

from ..rules import Clash, LedAudit, Reason
from .calendar import busy_days, calendar_clashes, clashes_of
from .eligibility import (
    BAR_OF_TIE,
    TIE_SOURCE,
    Candidate,
    Days,
    candidates_for,
    case_facts,
    counts_until,
    ineligible_because,
    tie_facts,
)
from .firms import (
    auditor_of,
    auditors_of,
    firms_list,
    firms_visible_to,
    members_to_approve,
    organisations_to_approve,
)
from .independence import (
    approved_on,
    current_declaration,
    declared_until,
    overrides_for,
    overrides_waiting,
    permille,
    shares_of,
    trained_until,
)
from .offers import Busy, Panel, offer_busy, offer_led, offer_panel, offer_reasons, panels_of

__all__ = [
    "BAR_OF_TIE",
    "TIE_SOURCE",
    "Busy",
    "Candidate",
    "Clash",
    "Days",
    "LedAudit",
    "Panel",
    "Reason",
    "approved_on",
    "auditor_of",
    "auditors_of",
    "busy_days",
    "calendar_clashes",
    "candidates_for",
    "case_facts",
    "clashes_of",
    "counts_until",
    "current_declaration",
    "declared_until",
    "firms_list",
    "firms_visible_to",
    "ineligible_because",
    "members_to_approve",
    "offer_busy",
    "offer_led",
    "offer_panel",
    "offer_reasons",
    "organisations_to_approve",
    "overrides_for",
    "overrides_waiting",
    "panels_of",
    "permille",
    "shares_of",
    "tie_facts",
    "trained_until",
]
