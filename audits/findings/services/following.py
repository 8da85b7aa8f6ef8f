"""What follows from an act on a finding: minors counted anew, clocks that rest, wishes that are no longer needed."""

from __future__ import annotations

from uuid import UUID

from audits.engagements.models import Audit
from certification.standard.models import Criterion
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.fsm import act, lock

from .. import rules, selectors
from ..models import Escalation, Extension, Finding
from ..states import (
    OPEN,
    RUNNING_ESCALATIONS,
    Clock,
    EscalationKind,
    ExtensionState,
    Grade,
)
from .telling import tell_both


def held(finding_id: UUID) -> Finding:
    """The finding, locked after its audit: acts that change how many minors are open take the audit first."""
    lock(Audit, Finding.objects.values_list("audit_id", flat=True).get(pk=finding_id))
    return lock(Finding, finding_id)


def refresh_minors(audit: Audit) -> None:
    """Bring the escalations of minors into agreement with the minors that are open. The audit is locked."""
    open_minors: dict[UUID, list[Finding]] = {}
    rows = Finding.objects.filter(
        audit=audit, grade=Grade.MINOR, state__in=OPEN, issued_at__isnull=False, carried_to=None
    ).select_related("indicator")
    for one in rows.order_by("number"):
        open_minors.setdefault(one.indicator.criterion_id, []).append(one)
    limit = clocks.number(rules.terms().rule(rules.MINORS).number)
    running = {
        row.criterion_id: row
        for row in Escalation.objects.select_for_update(of=("self",)).filter(
            audit=audit, kind=EscalationKind.MINORS, state__in=RUNNING_ESCALATIONS
        )
    }
    for criterion_id, minors in open_minors.items():
        if len(minors) >= limit:
            row = running.pop(criterion_id, None)
            if row is None:
                _escalate_minors(audit, criterion_id, minors)
            else:
                row.findings.add(*minors)
    for row in running.values():
        act(row.end, actor=events.SYSTEM)
        if row.criterion is not None:
            tell_both(audit, "audits/minors_eased", criterion=row.criterion.code)


def _escalate_minors(audit: Audit, criterion_id: UUID, minors: list[Finding]) -> None:
    rule = rules.terms().rule(rules.MINORS)
    criterion = Criterion.objects.get(pk=criterion_id)
    row = Escalation.objects.create(
        audit=audit,
        kind=EscalationKind.MINORS,
        rule=rule.key,
        criterion=criterion,
        due_on=clocks.deadline(clocks.today(), rule.clock),
    )
    row.findings.set(minors)
    numbers = [one.number for one in minors]
    act(row.escalate, actor=events.SYSTEM, data={"criterion": criterion.code, "findings": numbers})
    tell_both(
        audit,
        "audits/minors_escalated",
        criterion=criterion.code,
        count=len(minors),
        findings=", ".join(str(one.number) for one in minors),
        due=in_words(row.due_on),
    )


def follow(finding: Finding) -> None:
    """End what a finding's clocks no longer ask for, after an act on it."""
    now = Finding.objects.get(pk=finding.pk)
    followed = selectors.followed(Finding.objects.filter(pk=now.pk)).exists()
    late, running = set(now.late_clocks) if followed else set(), now.running
    for row in Escalation.objects.select_for_update(of=("self",)).filter(
        finding=now, kind=EscalationKind.OVERDUE, state__in=RUNNING_ESCALATIONS
    ):
        if Clock(row.clock) not in late:
            act(row.end, actor=events.SYSTEM)
    for wish in Extension.objects.select_for_update(of=("self",)).filter(
        finding=now, state=ExtensionState.ASKED
    ):
        if running.get(Clock(wish.clock)) != wish.due_before:
            act(wish.take_back, actor=events.SYSTEM)
