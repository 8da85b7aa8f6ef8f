"""The acts on an application. Each locks it, carries out one transition with its event, and tells the people."""

from certification.assessments.services import Flag

from .appeals import reopen_after_appeal
from .audit import Recommendation, begin_audit, give_access, receive_recommendation, record_outcome
from .bid import Declaration, open_application, submit_application, withdraw_application
from .claims import claim_application, release_application
from .clocks import tell_of_deferrals_over, tell_of_overdue_reviews
from .deferring import defer_application, extend_deferral, send_information
from .letters import Draft, ask_for_pdf, draft_letter, render_letter
from .notes import add_note
from .screening import (
    accept_application,
    fee_of,
    record_fee,
    reject_application,
    request_fee,
    waive_fee,
)
from .texts import reason_given

__all__ = [
    "Declaration",
    "Draft",
    "Flag",
    "Recommendation",
    "accept_application",
    "add_note",
    "ask_for_pdf",
    "begin_audit",
    "claim_application",
    "defer_application",
    "draft_letter",
    "extend_deferral",
    "fee_of",
    "give_access",
    "open_application",
    "reason_given",
    "receive_recommendation",
    "record_fee",
    "record_outcome",
    "reject_application",
    "release_application",
    "render_letter",
    "reopen_after_appeal",
    "request_fee",
    "send_information",
    "submit_application",
    "tell_of_deferrals_over",
    "tell_of_overdue_reviews",
    "waive_fee",
    "withdraw_application",
]
