"""Who may do what with a finding: the rights on its audit decide. Each takes the thing and the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iris.accounts.states import Role

if TYPE_CHECKING:
    from iris.accounts.models import User

    from .models import Containment, CorrectiveAction, Extension, Finding


def may_judge(finding: Finding, user: User) -> bool:
    """The audit's team, cleared of conflicts, or that of an audit which closes its findings on site."""
    return finding.audit.is_worked_by(user) or finding.audit.is_followed_up_by(user)


def may_answer(finding: Finding, user: User) -> bool:
    """The agency's signatories and managers."""
    return finding.audit.is_answered_by(user)


def may_settle(finding: Finding, user: User) -> bool:
    """The team of the later audit to which an open minor was carried."""
    return finding.carried_to is not None and may_judge(finding.carried_to, user)


def may_judge_action(action: CorrectiveAction, user: User) -> bool:
    """The audit's team, cleared of conflicts."""
    return may_judge(action.finding, user)


def may_act(action: CorrectiveAction, user: User) -> bool:
    """The agency's signatories and managers."""
    return may_answer(action.finding, user)


def may_judge_containment(containment: Containment, user: User) -> bool:
    """The audit's team, cleared of conflicts."""
    return may_judge(containment.finding, user)


def may_ask(extension: Extension, user: User) -> bool:
    """The agency's signatories and managers."""
    return may_answer(extension.finding, user)


def may_decide_extension(extension: Extension, user: User) -> bool:
    """Deciders of the scheme; whether one has a tie with the agency is asked of the bars (services, database)."""
    return user.is_kind("scheme") and user.has_role(Role.DECIDER)


def by_rule(thing: Any, user: Any) -> bool:
    """No person: only the rules of the scheme act here."""
    return False
