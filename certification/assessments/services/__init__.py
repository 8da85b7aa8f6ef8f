"""Every act on a self-assessment: each locks, checks, changes and records in one transaction."""

from certification.assessments.services.answers import (
    AnswerConflict,
    AnswerEntry,
    SaveResult,
    plan_gap,
    save_answer,
    save_answers,
)
from certification.assessments.services.confirming import (
    confirm_carried,
)
from certification.assessments.services.delegating import (
    delegate_section,
    hand_over_sections,
    remind_of_questions,
    take_back_section,
)
from certification.assessments.services.dismissing import (
    dismiss_warning,
)
from certification.assessments.services.employer import (
    Dispute,
    ask_employer,
    confirm_lines,
    dispute_line,
    tell_employers,
    withdraw_request,
)
from certification.assessments.services.evidence import (
    add_evidence,
    change_evidence,
    twin_of,
)
from certification.assessments.services.freezing import (
    Declaration,
    freeze_assessment,
    let_read,
)
from certification.assessments.services.labels import (
    TermEntry,
    add_term,
    retire_term,
    reword_term,
)
from certification.assessments.services.ledger import (
    answer_price,
    answer_worker_borne,
    remove_cost_line,
    remove_job_order,
    save_cost_line,
    save_job_order,
)
from certification.assessments.services.ledger_entries import (
    CostLineEntry,
    JobOrderEntry,
    Settlement,
)
from certification.assessments.services.ledger_import import (
    SheetPreview,
    import_sheet,
    keep_sheet,
    preview_sheet,
)
from certification.assessments.services.loading import (
    load_tables,
)
from certification.assessments.services.moving import (
    follow_rule,
    move_to_edition,
)
from certification.assessments.services.prices import (
    CostEntry,
    RateEntry,
    add_cost,
    add_rate,
    replace_cost,
    retire_cost,
)
from certification.assessments.services.reopening import (
    Flag,
    reopen_flagged,
    withdraw_reopening,
)
from certification.assessments.services.starting import (
    start_assessment,
)
from certification.assessments.services.versions import (
    add_version,
)
from certification.assessments.services.workbook import (
    apply_workbook,
    discard_workbook,
    return_workbook,
)

__all__ = [
    "AnswerConflict",
    "AnswerEntry",
    "CostEntry",
    "CostLineEntry",
    "Declaration",
    "Dispute",
    "Flag",
    "JobOrderEntry",
    "RateEntry",
    "SaveResult",
    "Settlement",
    "SheetPreview",
    "TermEntry",
    "add_cost",
    "add_evidence",
    "add_rate",
    "add_term",
    "add_version",
    "answer_price",
    "answer_worker_borne",
    "apply_workbook",
    "ask_employer",
    "change_evidence",
    "confirm_carried",
    "confirm_lines",
    "delegate_section",
    "discard_workbook",
    "dismiss_warning",
    "dispute_line",
    "follow_rule",
    "freeze_assessment",
    "hand_over_sections",
    "import_sheet",
    "keep_sheet",
    "let_read",
    "load_tables",
    "move_to_edition",
    "plan_gap",
    "preview_sheet",
    "remind_of_questions",
    "remove_cost_line",
    "remove_job_order",
    "reopen_flagged",
    "replace_cost",
    "retire_cost",
    "retire_term",
    "return_workbook",
    "reword_term",
    "save_answer",
    "save_answers",
    "save_cost_line",
    "save_job_order",
    "start_assessment",
    "take_back_section",
    "tell_employers",
    "twin_of",
    "withdraw_reopening",
    "withdraw_request",
]
