"""Approving firms and auditors, what they declare, when they are busy, and what threatens their impartiality."""

from .approvals import (
    Competence,
    add_tie,
    approve_auditor,
    approve_firm,
    change_auditor,
    end_firm_approval,
)
from .calendar import add_busy, remove_busy
from .declaring import Interest, declare_interests, remind_of_declarations
from .overrides import answer_override, ask_override
from .register import ThreatText, close_threat, owners, record_threat, reopen_threat, safeguard_threat
from .revenue import keep_firm_year
from .training import record_training
from .vouching import vouch_for_all

__all__ = [
    "Competence",
    "Interest",
    "ThreatText",
    "add_busy",
    "add_tie",
    "answer_override",
    "approve_auditor",
    "approve_firm",
    "ask_override",
    "change_auditor",
    "close_threat",
    "declare_interests",
    "end_firm_approval",
    "keep_firm_year",
    "owners",
    "record_threat",
    "record_training",
    "remind_of_declarations",
    "remove_busy",
    "reopen_threat",
    "safeguard_threat",
    "vouch_for_all",
]
