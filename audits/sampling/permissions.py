"""Who may do what with a list and a sample. Each takes the thing and the person.

Names are the business of the team alone: whoever works on the audit, for the firm, without a conflict. The firm's
managers, the scheme and the agency never open one here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iris.accounts.models import User

    from .models import Frame, Sample, SampleMember


def may_work(frame: Frame, user: User) -> bool:
    """The team of the audit, cleared of conflicts."""
    return frame.audit.is_worked_by(user)


def may_lead(frame: Frame, user: User) -> bool:
    """The lead auditor."""
    return frame.audit.is_led_by(user)


def may_hand_in(frame: Frame, user: User) -> bool:
    """The agency's signatories and managers, or the team for them."""
    return frame.audit.is_answered_by(user) or frame.audit.is_worked_by(user)


def may_open(sample: Sample, user: User) -> bool:
    """Who may open a name: the team."""
    return sample.frame.audit.is_worked_by(user)


def may_work_member(member: SampleMember, user: User) -> bool:
    """The team, on a place in the draw."""
    return member.sample.frame.audit.is_worked_by(user)


def may_lead_member(member: SampleMember, user: User) -> bool:
    """The lead auditor, on a place in the draw."""
    return member.sample.frame.audit.is_led_by(user)
