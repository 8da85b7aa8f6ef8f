"""Who may plan and hold interviews, and who may open the vault. Each takes the thing and the person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from iris.core import clocks

if TYPE_CHECKING:
    from audits.engagements.models import Audit
    from audits.interviews.models import Interview, SafeguardCase
    from iris.accounts.models import User


def may_interview(audit: Audit, user: User) -> bool:
    """People of the team who declared no conflict, while the audit is live."""
    return audit.is_live and audit.is_worked_by(user)


def may_read_interviews(audit: Audit, user: User) -> bool:
    """The team while the audit is live, afterwards the lead for a time; everybody else gets counts."""
    return may_interview(audit, user) or may_read_later(audit, user)


def may_read_later(audit: Audit, user: User) -> bool:
    """The lead auditor, for so many days after the report."""
    if audit.is_live or audit.reported_at is None or not audit.is_led_by(user):
        return False
    last_day = audit.reported_at.date() + timedelta(days=clocks.number("interview_lead_access_days"))
    return clocks.today() <= last_day


def may_hold(interview: Interview, user: User) -> bool:
    """The team of its audit."""
    return may_interview(interview.audit, user)


def may_take_back(interview: Interview, user: User) -> bool:
    """The team, and the lead afterwards: whoever the person can still reach."""
    return may_read_interviews(interview.audit, user)


def may_close_case(case: SafeguardCase, user: User) -> bool:
    """The scheme's managers."""
    return user.is_kind("scheme") and user.has_role("scheme_manager")


def may_keep_hotlines(user: User) -> bool:
    """The scheme's managers."""
    return user.is_kind("scheme") and user.has_role("scheme_manager")
