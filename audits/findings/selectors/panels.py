"""What findings add to the pages of an audit, and what of its evidence the agency was shown through them."""

from __future__ import annotations

from uuid import UUID

from audits.engagements.models import Audit
from audits.engagements.selectors import Panel, previous_audit_of
from iris.accounts.models import User

from ..models import Finding
from ..states import FindingState
from .findings import in_order
from .grading import open_minors_before


def still_open_panel(audit: Audit, user: User) -> Panel | None:
    """Minors that the last audit left open: they become majors of this one when its draft is sent."""
    if user.is_kind("agency"):
        return None
    rows = open_minors_before(audit)
    if not rows:
        return None
    may_carry = audit.is_worked_by(user) and any(one.carried_to_id is None for one in rows)
    return Panel("audits/findings/_still_open.html", {"rows": rows, "may_carry": may_carry})


def last_cycle_panel(audit: Audit, user: User) -> Panel | None:
    """What the audit before found: each finding with its grade and indicator, open or closed."""
    if user.is_kind("agency"):
        return None
    earlier = previous_audit_of(audit)
    if earlier is None:
        return None
    rows = (
        Finding.objects.filter(audit=earlier, issued_at__isnull=False)
        .exclude(state=FindingState.WITHDRAWN)
        .select_related("indicator")
    )
    return Panel("audits/findings/_last_cycle.html", {"earlier": earlier, "findings": in_order(rows)})


def disclosed_evidence(audit: Audit) -> set[UUID]:
    """Evidence on which an issued finding rests."""
    rows = Finding.objects.filter(audit=audit, issued_at__isnull=False).exclude(state=FindingState.WITHDRAWN)
    return set(rows.exclude(evidence_items=None).values_list("evidence_items", flat=True))
