"""Fieldwork: evidence and its chain, signs of forced labour, opening and closing meetings."""

from .evidence import Evidence, EvidenceWithdrawal, HashCheck

__all__ = ["Evidence", "EvidenceWithdrawal", "HashCheck"]
