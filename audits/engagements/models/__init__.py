"""An audit: who does it, its plan, what was seen on each indicator, with whom was spoken."""

from .audit import Audit, AuditNumber
from .notes import IndicatorNote, InterviewCount, NoteDraft, NoteVersion
from .objections import Objection, WitnessAudit
from .plan import AuditPlan, PlannedVisit, PriorNote
from .team import ConflictDeclaration, TeamMember

__all__ = [
    "Audit",
    "AuditNumber",
    "AuditPlan",
    "ConflictDeclaration",
    "IndicatorNote",
    "InterviewCount",
    "NoteDraft",
    "NoteVersion",
    "Objection",
    "PlannedVisit",
    "PriorNote",
    "TeamMember",
    "WitnessAudit",
]
