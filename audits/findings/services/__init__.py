"""The acts of a finding."""

from .judging import (
    agree_action,
    answer_disagreement,
    close_finding,
    return_answer,
    return_evidence,
    withdraw_finding,
)
from .raising import FindingText, edit_finding, issue_all, issue_finding, raise_finding, regrade_finding
from .replying import ActionPlan, add_evidence, answer_finding, disagree, send_evidence

__all__ = [
    "ActionPlan",
    "FindingText",
    "add_evidence",
    "agree_action",
    "answer_disagreement",
    "answer_finding",
    "close_finding",
    "disagree",
    "edit_finding",
    "issue_all",
    "issue_finding",
    "raise_finding",
    "regrade_finding",
    "return_answer",
    "return_evidence",
    "send_evidence",
    "withdraw_finding",
]
