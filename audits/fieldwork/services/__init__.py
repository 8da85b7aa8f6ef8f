"""The acts of fieldwork: evidence, signs of forced labour, opening and closing meetings."""

from .evidence import NewEvidence, add_evidence, check_hash, redact_evidence, withdraw_evidence
from .meetings import MeetingEntry, Present, acknowledge, record_meeting, reply_to_disagreement
from .signs import SignEntry, record_sign

__all__ = [
    "MeetingEntry",
    "NewEvidence",
    "Present",
    "SignEntry",
    "acknowledge",
    "add_evidence",
    "check_hash",
    "record_meeting",
    "record_sign",
    "redact_evidence",
    "reply_to_disagreement",
    "withdraw_evidence",
]
