"""Every act on a self-assessment: each locks, checks, changes and records in one transaction."""

from certification.assessments.services.answers import (
    AnswerConflict,
    AnswerEntry,
    SaveResult,
    ask_colleague,
    plan_gap,
    save_answer,
    save_answers,
)
from certification.assessments.services.confirming import confirm_carried
from certification.assessments.services.dismissing import dismiss_warning
from certification.assessments.services.evidence import add_evidence, change_evidence, twin_of
from certification.assessments.services.freezing import Declaration, freeze_assessment, let_read
from certification.assessments.services.ledger import (
    CostLineEntry,
    JobOrderEntry,
    Settlement,
    answer_worker_borne,
    remove_cost_line,
    remove_job_order,
    save_cost_line,
    save_job_order,
)
from certification.assessments.services.moving import follow_rule, move_to_edition
from certification.assessments.services.reopening import Flag, reopen_flagged, withdraw_reopening
from certification.assessments.services.starting import start_assessment
from certification.assessments.services.versions import add_version
from certification.assessments.services.workbook import apply_workbook, discard_workbook, return_workbook
from certification.assessments.services.workbook_reading import WorkbookRefused

__all__ = [
    "AnswerConflict",
    "AnswerEntry",
    "CostLineEntry",
    "Declaration",
    "Flag",
    "JobOrderEntry",
    "SaveResult",
    "Settlement",
    "WorkbookRefused",
    "add_evidence",
    "add_version",
    "answer_worker_borne",
    "apply_workbook",
    "ask_colleague",
    "change_evidence",
    "confirm_carried",
    "discard_workbook",
    "dismiss_warning",
    "follow_rule",
    "freeze_assessment",
    "let_read",
    "move_to_edition",
    "plan_gap",
    "remove_cost_line",
    "remove_job_order",
    "reopen_flagged",
    "return_workbook",
    "save_answer",
    "save_answers",
    "save_cost_line",
    "save_job_order",
    "start_assessment",
    "twin_of",
    "withdraw_reopening",
]
