"""The acts of a finding."""

from .carrying import carry_open_minors
from .containing import accept_containment, record_containment, return_containment
from .disagreeing import answer_disagreement, disagree
from .escalating import escalate_overdue
from .extending import ask_extension, decide_extension, take_back_extension
from .judging import agree_action, close_finding, return_answer, return_evidence, withdraw_finding
from .raising import FindingText, edit_finding, issue_all, issue_finding, raise_finding, regrade_finding
from .repaying import open_repayment
from .replying import ActionPlan, add_evidence, answer_finding, send_evidence

__all__ = [
    "ActionPlan",
    "FindingText",
    "accept_containment",
    "add_evidence",
    "agree_action",
    "answer_disagreement",
    "answer_finding",
    "ask_extension",
    "carry_open_minors",
    "close_finding",
    "decide_extension",
    "disagree",
    "edit_finding",
    "escalate_overdue",
    "issue_all",
    "issue_finding",
    "open_repayment",
    "raise_finding",
    "record_containment",
    "regrade_finding",
    "return_answer",
    "return_containment",
    "return_evidence",
    "send_evidence",
    "take_back_extension",
    "withdraw_finding",
]
