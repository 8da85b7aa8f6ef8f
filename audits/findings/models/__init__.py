"""Findings, what the agency does about them, and what rules make of them."""

from .action import ActionFile, CorrectiveAction
from .containment import Containment
from .escalation import Escalation
from .extension import Extension
from .finding import Finding
from .position import Position

__all__ = [
    "ActionFile",
    "Containment",
    "CorrectiveAction",
    "Escalation",
    "Extension",
    "Finding",
    "Position",
]
