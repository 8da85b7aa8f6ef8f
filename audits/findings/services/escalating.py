"""What happens when a clock has run out: both sides hear, then the scheme, then certification (R37).

The sweep reads dates in rows and may run twice, or after days of rest: it then does at once all that was due.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from certification.certificates import services as certificates
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.fsm import act, lock

from .. import rules, selectors
from ..models import Escalation, Finding
from ..states import (
    OPEN,
    RUNNING_ESCALATIONS,
    Clock,
    EscalationKind,
    EscalationState,
    Grade,
)
from .following import follow, refresh_minors
from .telling import tell_agency, tell_scheme, tell_team

PROPOSE = "propose_suspension"


def escalate_overdue() -> int:
    """Go on with every clock that has run out and with every escalation that is over; returns how many moved."""
    late = set(selectors.overdue_findings().order_by().values_list("pk", flat=True))
    running = Escalation.objects.filter(kind=EscalationKind.OVERDUE, state__in=RUNNING_ESCALATIONS)
    known = set(running.values_list("finding_id", flat=True))
    moved = sum(_follow_one(pk) for pk in sorted(late | known))
    for audit_id in _audits_with_minors():
        with transaction.atomic():
            refresh_minors(lock(Audit, audit_id))
    return moved


def _audits_with_minors() -> list[UUID]:
    """Where the rule of many minors may hold: audits at work with an open minor, or with a running escalation."""
    escalated = Escalation.objects.filter(kind=EscalationKind.MINORS, state__in=RUNNING_ESCALATIONS)
    minors = selectors.followed(
        Finding.objects.filter(grade=Grade.MINOR, state__in=OPEN, issued_at__isnull=False)
    )
    found = set(escalated.values_list("audit_id", flat=True)) | set(minors.values_list("audit_id", flat=True))
    return sorted(found)


@transaction.atomic
def _follow_one(finding_id: UUID) -> int:
    finding = lock(Finding, finding_id)
    follow(finding)
    if not selectors.followed(Finding.objects.filter(pk=finding_id)).exists():
        return 0
    return sum(_follow_clock(finding, clock) for clock in finding.late_clocks)


def _follow_clock(finding: Finding, clock: Clock) -> int:
    row = (
        Escalation.objects.select_for_update(of=("self",))
        .filter(finding=finding, clock=clock, kind=EscalationKind.OVERDUE, state__in=RUNNING_ESCALATIONS)
        .first()
    )
    moved = 0
    if row is None:
        row, moved = _warn(finding, clock), 1
    wait = timedelta(days=clocks.number("finding_escalation_days"))
    if row.state == EscalationState.WARNED and row.due_on + wait < clocks.today():
        _escalate(finding, row)
        moved = 1
    if row.state == EscalationState.ESCALATED:
        _hand_over(finding, row)
    return moved


def _warn(finding: Finding, clock: Clock) -> Escalation:
    day = finding.running[clock]
    row = Escalation.objects.create(
        audit=finding.audit,
        kind=EscalationKind.OVERDUE,
        rule="overdue",
        finding=finding,
        clock=clock,
        due_on=day,
    )
    data = {"clock": str(clock), "due": day.isoformat()}
    events.record(finding, act="overdue", actor=events.SYSTEM, data=data)
    words = {"clock": str(clock.label), "due": in_words(day)}
    tell_agency(finding, "audits/finding_overdue", **words)
    tell_team(finding, "audits/finding_overdue", **words)
    return row


def _escalate(finding: Finding, row: Escalation) -> None:
    act(row.escalate, actor=events.SYSTEM)
    data = {"clock": row.clock, "due": row.due_on.isoformat()}
    events.record(finding, act="escalated", actor=events.SYSTEM, data=data)
    words = {
        "clock": str(row.get_clock_display()),
        "due": in_words(row.due_on),
        "days": (clocks.today() - row.due_on).days,
    }
    for tell in (tell_agency, tell_team, tell_scheme):
        tell(finding, "audits/finding_escalated", **words)


def _hand_over(finding: Finding, row: Escalation) -> None:
    """While the agency holds a certificate in force, somebody at the scheme decides whether it is suspended."""
    if rules.terms().of(finding.grade).when_overdue != PROPOSE:
        return
    told = _(
        "%(clock)s of %(grade)s finding %(number)s of audit %(audit)s was due on %(day)s and is not there."
    )
    certificates.propose_for_finding(
        agency_id=finding.audit.agency_id,
        finding_id=finding.pk,
        critical=finding.grade == Grade.CRITICAL,
        reason=told
        % {
            "clock": row.get_clock_display(),
            "grade": str(finding.get_grade_display()).lower(),
            "number": finding.number,
            "audit": finding.audit.number,
            "day": in_words(row.due_on),
        },
    )
