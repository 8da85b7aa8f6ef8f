"""Deciding on applications, and the life of the certificates that come of it."""

from certification.certificates.services.deciding import ConditionDraft, decide_application
from certification.certificates.services.issuing import day_of, issue_certificate, revise_certificate
from certification.certificates.services.life import (
    expire_certificate,
    expire_due,
    meet_condition,
    reinstate_certificate,
    relinquish_certificate,
    suspend_certificate,
    withdraw_certificate,
)
from certification.certificates.services.printing import certificate_context, render_pdf, status_url

__all__ = [
    "ConditionDraft",
    "certificate_context",
    "day_of",
    "decide_application",
    "expire_certificate",
    "expire_due",
    "issue_certificate",
    "meet_condition",
    "reinstate_certificate",
    "relinquish_certificate",
    "render_pdf",
    "revise_certificate",
    "status_url",
    "suspend_certificate",
    "withdraw_certificate",
]
