"""Disputes and notices: who reads which, what the public reads, what is to be done."""

from certification.corrections.selectors.disputes import (
    PublicDispute,
    disputable,
    dispute_by_code,
    disputes_open,
    disputes_visible_to,
    public_dispute,
)
from certification.corrections.selectors.notices import notices_open, notices_visible_to
from certification.corrections.selectors.todos import agency_panel, todos_for

__all__ = [
    "PublicDispute",
    "agency_panel",
    "disputable",
    "dispute_by_code",
    "disputes_open",
    "disputes_visible_to",
    "notices_open",
    "notices_visible_to",
    "public_dispute",
    "todos_for",
]
