"""What an agency says of itself: the assessment, its answers, the documents that prove them, and the cost ledger."""

from certification.assessments.models.answer import Answer, AnswerEvidence
from certification.assessments.models.assessment import Assessment, AssessmentReader
from certification.assessments.models.calculator import CorridorCost, ExchangeRate
from certification.assessments.models.dated import Dated, in_force
from certification.assessments.models.employer import EmployerRequest, EmployerStatement
from certification.assessments.models.evidence import Evidence
from certification.assessments.models.labels import LabelTerm
from certification.assessments.models.ledger import CostLine, JobOrder
from certification.assessments.models.moving import EditionMove, SetAside
from certification.assessments.models.working import Delegation, Dismissal, WorkbookReturn

__all__ = [
    "Answer",
    "AnswerEvidence",
    "Assessment",
    "AssessmentReader",
    "CorridorCost",
    "CostLine",
    "Dated",
    "Delegation",
    "Dismissal",
    "EditionMove",
    "EmployerRequest",
    "EmployerStatement",
    "Evidence",
    "ExchangeRate",
    "JobOrder",
    "LabelTerm",
    "SetAside",
    "WorkbookReturn",
    "in_force",
]
