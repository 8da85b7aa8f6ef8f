"""The acts on an application. Each locks it, carries out one transition with its event, and tells the people."""

from .audit import Recommendation, begin_audit, give_access, receive_recommendation, record_outcome
from .bid import Declaration, open_application, send_information, submit_application, withdraw_application
from .clocks import lapse_deferrals, tell_of_overdue_reviews
from .screening import accept_application, defer_application, record_fee, reject_application, request_fee

__all__ = [
    "Declaration",
    "Recommendation",
    "accept_application",
    "begin_audit",
    "defer_application",
    "give_access",
    "lapse_deferrals",
    "open_application",
    "receive_recommendation",
    "record_fee",
    "record_outcome",
    "reject_application",
    "request_fee",
    "send_information",
    "submit_application",
    "tell_of_overdue_reviews",
    "withdraw_application",
]
