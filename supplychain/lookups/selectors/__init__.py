"""Finding the agency that is meant, what is known of it, the answer to a question, past checks, and their words."""

from supplychain.lookups.selectors.answers import answer_for, scope_fit, verdict_of
from supplychain.lookups.selectors.facts import AgencyFacts, CountryRule, FormerName, LicenceFacts, facts_for
from supplychain.lookups.selectors.finding import Found, Similar, find, find_many
from supplychain.lookups.selectors.presenting import KIND, pdf_template, present
from supplychain.lookups.selectors.reading import (
    filtered,
    last_event,
    last_relationship,
    lookups_visible_to,
    question_of,
    receipt_by_number,
    receipts_for,
    snapshot_of,
)

__all__ = [
    "KIND",
    "AgencyFacts",
    "CountryRule",
    "FormerName",
    "Found",
    "LicenceFacts",
    "Similar",
    "answer_for",
    "facts_for",
    "filtered",
    "find",
    "find_many",
    "last_event",
    "last_relationship",
    "lookups_visible_to",
    "pdf_template",
    "present",
    "question_of",
    "receipt_by_number",
    "receipts_for",
    "scope_fit",
    "snapshot_of",
    "verdict_of",
]
