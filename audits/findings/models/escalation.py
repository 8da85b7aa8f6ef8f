"""What a rule made of findings: several minors that count as a major, a clock that ran out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from iris.core.fsm import StateField, transition
from iris.core.models import Record

from .. import permissions
from ..states import RUNNING_ESCALATIONS, Clock, EscalationKind, EscalationState

E = EscalationState
K = EscalationKind


class Escalation(Record):
    """One effect of one rule, from its day to its end. People never make or end one: the facts do."""

    audit = models.ForeignKey(
        "audits_engagements.Audit", on_delete=models.PROTECT, related_name="escalations"
    )
    kind = models.CharField(max_length=16, choices=EscalationKind.choices)
    state = StateField(EscalationState, default=E.WARNED)
    rule = models.CharField(max_length=40)
    criterion = models.ForeignKey(
        "certification_standard.Criterion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finding = models.ForeignKey(
        "audits_findings.Finding",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="escalations",
    )
    findings = models.ManyToManyField("audits_findings.Finding", related_name="counted_in", blank=True)
    clock = models.CharField(max_length=16, choices=Clock.choices, blank=True)
    due_on = models.DateField()
    escalated_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "criterion"],
                condition=Q(kind=K.MINORS, state__in=RUNNING_ESCALATIONS),
                name="minors_escalated_once_per_criterion",
            ),
            models.UniqueConstraint(
                fields=["finding", "clock"],
                condition=Q(kind=K.OVERDUE, state__in=RUNNING_ESCALATIONS),
                name="overdue_clock_escalated_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=K.MINORS, criterion__isnull=False, finding__isnull=True, clock="")
                | (Q(kind=K.OVERDUE, criterion__isnull=True, finding__isnull=False) & ~Q(clock="")),
                name="escalation_is_of_a_criterion_or_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(state=E.ESCALATED) | Q(escalated_at__isnull=False),
                name="escalated_has_its_date",
            ),
            models.CheckConstraint(
                condition=Q(state=E.ENDED, ended_at__isnull=False)
                | (~Q(state=E.ENDED) & Q(ended_at__isnull=True)),
                name="escalation_ended_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.criterion_id or self.finding_id}"

    @property
    def runs(self) -> bool:
        """Whether it still has its effect."""
        return self.state in RUNNING_ESCALATIONS

    @transition(field=state, source=E.WARNED, target=E.ESCALATED, permission=permissions.by_rule)
    def escalate(self, *, by: Any, at: datetime) -> None:
        """The scheme is told: nothing came."""
        self.escalated_at = at

    @transition(field=state, source=[E.WARNED, E.ESCALATED], target=E.ENDED, permission=permissions.by_rule)
    def end(self, *, by: Any, at: datetime) -> None:
        """The facts no longer ask for it."""
        self.ended_at = at
