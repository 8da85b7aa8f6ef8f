"""Audit firms and auditors, what keeps them independent, and what threatens it."""

from .impartiality import Threat
from .independence import (
    ClientFee,
    DeclaredInterest,
    FirmYear,
    Override,
    OverrideAnswer,
    YearlyDeclaration,
)
from .people import AuditFirm, Auditor, AuditorTraining, BusyPeriod, Tie

__all__ = [
    "AuditFirm",
    "Auditor",
    "AuditorTraining",
    "BusyPeriod",
    "ClientFee",
    "DeclaredInterest",
    "FirmYear",
    "Override",
    "OverrideAnswer",
    "Threat",
    "Tie",
    "YearlyDeclaration",
]
