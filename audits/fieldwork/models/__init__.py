"""Fieldwork: evidence and its chain, signs of forced labour, opening and closing meetings."""

from .evidence import Evidence, EvidenceWithdrawal, HashCheck
from .meetings import Acknowledgement, Attendee, DisagreementReply, Meeting
from .signs import SignRecord

__all__ = [
    "Acknowledgement",
    "Attendee",
    "DisagreementReply",
    "Evidence",
    "EvidenceWithdrawal",
    "HashCheck",
    "Meeting",
    "SignRecord",
]
