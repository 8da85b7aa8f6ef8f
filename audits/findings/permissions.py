"""Who may do what with a finding: the rights on its audit decide. Each takes the thing and the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iris.accounts.models import User

    from .models import CorrectiveAction, Finding


def may_judge(finding: Finding, user: User) -> bool:
    """The audit's team, cleared of conflicts, or that of an audit which closes its findings on site."""
    return finding.audit.is_worked_by(user) or finding.audit.is_followed_up_by(user)


def may_answer(finding: Finding, user: User) -> bool:
    """The agency's signatories and managers."""
    return finding.audit.is_answered_by(user)


def may_judge_action(action: CorrectiveAction, user: User) -> bool:
    """The audit's team, cleared of conflicts."""
    return may_judge(action.finding, user)


def may_act(action: CorrectiveAction, user: User) -> bool:
    """The agency's signatories and managers."""
    return may_answer(action.finding, user)
