"""Interviews and what was said; identities, apart from them; safeguarding."""

from .interviews import Interview, Statement
from .safety import HotlineEntry, SafeguardCase
from .vault import EmploymentCheck, Identity, IdentityAccess, VaultErasure

__all__ = [
    "EmploymentCheck",
    "HotlineEntry",
    "Identity",
    "IdentityAccess",
    "Interview",
    "SafeguardCase",
    "Statement",
    "VaultErasure",
]
