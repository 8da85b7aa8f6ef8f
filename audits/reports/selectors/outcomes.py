"""What an audit may recommend, what stands against it, and what an order or a closure audit came to."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from audits.findings import selectors as findings
from audits.findings.models import Finding
from audits.findings.states import ANSWERED_GRADES, OPEN, FindingState, Grade
from certification.certificates.states import OrderOutcome

from ..states import OUTCOMES, Outcome
from .reporting import missing_for_grant


def against(audit: Audit, outcome: str) -> list[str]:
    """What stands against recommending this outcome; none of the grave ones is ever refused."""
    if outcome == Outcome.GRANT:
        return missing_for_grant(audit)
    if outcome == Outcome.KEEP:
        return [
            _("Finding %(number)s is critical and open: %(title)s")
            % {"number": one.number, "title": one.title}
            for one in findings.blockers(audit).critical
        ]
    if outcome == Outcome.CLOSED and audit.follows is not None:
        return findings.blockers(audit.follows).sentences
    return []


def best_outcome(audit: Audit) -> Outcome:
    """The best that an audit of this kind can recommend."""
    return OUTCOMES[audit.kind][0]


def order_outcome(audit: Audit) -> OrderOutcome:
    """What an ordered audit came to, from the findings that are open at its end."""
    grades = set(
        Finding.objects.filter(
            audit=audit, state__in=OPEN, grade__in=ANSWERED_GRADES, issued_at__isnull=False
        ).values_list("grade", flat=True)
    )
    if Grade.CRITICAL in grades:
        return OrderOutcome.CRITICAL
    return OrderOutcome.FINDINGS if grades else OrderOutcome.CLEAR


def verified_rows(audit: Audit) -> list[dict[str, Any]]:
    """The findings that a closure audit looked at, as they stand: what it closed, and what is still open."""
    if audit.follows is None:
        return []
    rows = Finding.objects.filter(
        audit=audit.follows, grade__in=ANSWERED_GRADES, issued_at__isnull=False
    ).exclude(state=FindingState.WITHDRAWN)
    since = audit.accepted_at
    return [
        {
            "number": row.number,
            "title": row.title,
            "grade": row.grade,
            "code": row.indicator.code,
            "closed": row.state == FindingState.CLOSED,
        }
        for row in rows.select_related("indicator").order_by("number")
        if row.is_open or (row.closed_at is not None and since is not None and row.closed_at >= since)
    ]
