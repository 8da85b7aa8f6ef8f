"""What people fill in on the pages of this room."""

from certification.assessments.forms.answers import (
    AnswerForm,
    AskForm,
    PlanForm,
)
from certification.assessments.forms.checks import (
    DismissForm,
)
from certification.assessments.forms.employer import (
    AskEmployerForm,
    DisputeForm,
)
from certification.assessments.forms.evidence import (
    EvidenceForm,
    UploadForm,
    VersionForm,
)
from certification.assessments.forms.ledger import (
    CostLineForm,
    JobOrderForm,
    PriceAnswerForm,
    SettlementForm,
)
from certification.assessments.forms.sheets import (
    SheetForm,
)
from certification.assessments.forms.tables import (
    CalculatorForm,
    CostChangeForm,
    CostForm,
    RateForm,
    ReasonForm,
    TermChangeForm,
    TermForm,
)
from certification.assessments.forms.workbook import (
    WorkbookForm,
)

__all__ = [
    "AnswerForm",
    "AskEmployerForm",
    "AskForm",
    "CalculatorForm",
    "CostChangeForm",
    "CostForm",
    "CostLineForm",
    "DismissForm",
    "DisputeForm",
    "EvidenceForm",
    "JobOrderForm",
    "PlanForm",
    "PriceAnswerForm",
    "RateForm",
    "ReasonForm",
    "SettlementForm",
    "SheetForm",
    "TermChangeForm",
    "TermForm",
    "UploadForm",
    "VersionForm",
    "WorkbookForm",
]
