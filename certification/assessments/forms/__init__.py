"""What people fill in on the pages of this room."""

from certification.assessments.forms.answers import AnswerForm, AskForm, PlanForm
from certification.assessments.forms.checks import DismissForm
from certification.assessments.forms.evidence import EvidenceForm, UploadForm, VersionForm
from certification.assessments.forms.ledger import CostLineForm, JobOrderForm, SettlementForm
from certification.assessments.forms.workbook import WorkbookForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "CostLineForm",
    "DismissForm",
    "EvidenceForm",
    "JobOrderForm",
    "PlanForm",
    "SettlementForm",
    "UploadForm",
    "VersionForm",
    "WorkbookForm",
]
