"""Deciding on applications, and the life of the certificates that come of it."""

from certification.certificates.services.deciding import ConditionDraft, decide_application
from certification.certificates.services.issuing import issue_certificate, revise_certificate
from certification.certificates.services.life import (
    expire_certificate,
    expire_due,
    meet_condition,
    reinstate_certificate,
    relinquish_certificate,
    suspend_certificate,
    withdraw_certificate,
)
from certification.certificates.services.printing import certificate_context, render_pdf

__all__ = [
    "ConditionDraft",
    "certificate_context",
    "decide_application",
    "expire_certificate",
    "expire_due",
    "issue_certificate",
    "meet_condition",
    "reinstate_certificate",
    "relinquish_certificate",
    "render_pdf",
    "revise_certificate",
    "suspend_certificate",
    "withdraw_certificate",
]
