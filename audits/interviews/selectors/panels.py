"""The cards this room adds to the pages of an audit."""

from __future__ import annotations

from audits.engagements.models import Audit
from audits.engagements.selectors import Panel
from iris.accounts.models import User

from ..models import Interview
from ..permissions import may_interview, may_read_interviews
from ..states import InterviewState
from .vault import may_check_employment


def stage2_panel(audit: Audit, user: User) -> Panel | None:
    """How far the interviews are; the team gets the way in, the firm and the scheme the counts."""
    if user.is_kind("agency"):
        return None
    states = list(Interview.objects.filter(audit=audit).values_list("state", flat=True))
    return Panel(
        "audits/interviews/_panel.html",
        {
            "planned": sum(1 for one in states if one in (InterviewState.PLANNED, InterviewState.CONSENTED)),
            "held": states.count(InterviewState.HELD),
            "stopped": states.count(InterviewState.STOPPED),
            "reads": may_read_interviews(audit, user),
            "interviews": may_interview(audit, user),
            "earlier": may_check_employment(audit, user),
        },
    )


def audit_panel(audit: Audit, user: User) -> Panel | None:
    """The same card on the audit's own page, once there is an interview."""
    if user.is_kind("agency") or not Interview.objects.filter(audit=audit).exists():
        return None
    return stage2_panel(audit, user)
