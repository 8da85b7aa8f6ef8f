"""The agency's objection to a person of the team, and people who watch an auditor at work."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from iris.core.fsm import StateField, transition
from iris.core.models import Record

from .. import permissions
from ..states import ObjectionState, WitnessOutcome
from .audit import Audit

if TYPE_CHECKING:
    from iris.accounts.models import User

S = ObjectionState
ANSWERED = (S.UPHELD, S.DISMISSED)


class Objection(Record):
    """Why the agency does not want to be audited by one person, and what the scheme answered."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="objections")
    auditor = models.ForeignKey("audits_bodies.Auditor", on_delete=models.PROTECT, related_name="objections")
    state = StateField(ObjectionState, default=ObjectionState.OPEN)
    reason = models.TextField()
    made_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, related_name="objections_made"
    )
    answer_due = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "iris_accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="objections_answered",
    )

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="objection_says_why"),
            models.CheckConstraint(
                condition=Q(state__in=ANSWERED, answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(answer="")
                | ~Q(state__in=ANSWERED) & Q(answered_at__isnull=True, answered_by__isnull=True, answer=""),
                name="objection_answered_with_reason",
            ),
            models.UniqueConstraint(
                fields=["audit", "auditor"],
                condition=~Q(state=S.WITHDRAWN),
                name="one_objection_to_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audit_id} {self.auditor_id}: {self.state}"

    @transition(
        field=state,
        source=S.OPEN,
        target=S.UPHELD,
        permission=permissions.may_answer_objection,
        needs_reason=True,
    )
    def uphold(self, *, by: User, at: datetime, answer: str) -> None:
        """The agency is right: somebody else audits."""
        self.answered_at, self.answered_by, self.answer = at, by, answer

    @transition(
        field=state,
        source=S.OPEN,
        target=S.DISMISSED,
        permission=permissions.may_answer_objection,
        needs_reason=True,
    )
    def dismiss(self, *, by: User, at: datetime, answer: str) -> None:
        """The person stays in the team."""
        self.answered_at, self.answered_by, self.answer = at, by, answer

    @transition(field=state, source=S.OPEN, target=S.WITHDRAWN, permission=permissions.may_take_back)
    def withdraw(self, *, by: User, at: datetime) -> None:
        """The agency takes it back."""


class WitnessAudit(Record):
    """Somebody watches an auditor at work on one audit: planned, then told how it went."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="witness_audits")
    auditor = models.ForeignKey("audits_bodies.Auditor", on_delete=models.PROTECT, related_name="witnessed")
    witness = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="witnessing")
    planned_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=16, choices=WitnessOutcome.choices, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ["-planned_on", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "auditor", "witness"], name="witnessed_once_by_a_person"
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, outcome="")
                | (Q(held_on__isnull=False) & ~Q(outcome="") & ~Q(notes="")),
                name="witness_audit_held_has_its_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.auditor_id} {self.planned_on}"
