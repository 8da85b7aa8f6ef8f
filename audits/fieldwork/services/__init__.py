"""The acts of fieldwork: evidence added, redacted, checked, withdrawn."""

from .evidence import NewEvidence, add_evidence, check_hash, redact_evidence, withdraw_evidence

__all__ = ["NewEvidence", "add_evidence", "check_hash", "redact_evidence", "withdraw_evidence"]
