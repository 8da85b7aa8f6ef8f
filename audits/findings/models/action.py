"""The agency's plans for a finding and the files that show them carried out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from iris.core.fsm import StateField, transition
from iris.core.models import Record

from .. import permissions, rules
from ..states import ActionState

A = ActionState


class CorrectiveAction(Record):
    """One plan of the agency for a finding; a plan that is sent back stays, the next is a new round."""

    finding = models.ForeignKey("audits_findings.Finding", on_delete=models.PROTECT, related_name="actions")
    round = models.PositiveSmallIntegerField()
    state = StateField(ActionState, default=ActionState.PLANNED)
    root_cause = models.TextField()
    correction = models.TextField()
    action = models.TextField()
    prevention = models.TextField()
    owner = models.CharField(max_length=200)
    due_on = models.DateField()
    sent_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    evidence_sent_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    rejected_at = models.DateTimeField(null=True, blank=True)
    rejected_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["finding", "round"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "round"], name="action_round_once"),
            models.CheckConstraint(
                condition=~Q(state=A.REJECTED) | ~Q(rejected_reason=""), name="action_rejected_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[A.IN_PROGRESS, A.EVIDENCE_SENT, A.VERIFIED])
                | Q(agreed_at__isnull=False),
                name="action_at_work_was_agreed",
            ),
            models.CheckConstraint(
                condition=~Q(state=A.VERIFIED) | Q(verified_at__isnull=False),
                name="action_verified_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}/{self.round}"

    def has_new_evidence(self) -> bool:
        """Whether there is a file that the auditor was not sent before."""
        return self.files.filter(sent_at=None).exists()

    @transition(field=state, source=A.PLANNED, target=A.IN_PROGRESS, permission=permissions.may_judge_action)
    def agree(self, *, by: Any, at: datetime) -> None:
        """The auditor agrees to the plan."""
        self.agreed_at = at

    @transition(
        field=state,
        source=[A.IN_PROGRESS, A.REJECTED],
        target=A.EVIDENCE_SENT,
        permission=permissions.may_act,
        missing=rules.missing_for_action_evidence,
    )
    def send(self, *, by: Any, at: datetime) -> None:
        """The agency shows that it was carried out."""
        self.evidence_sent_at = at

    @transition(
        field=state, source=A.EVIDENCE_SENT, target=A.VERIFIED, permission=permissions.may_judge_action
    )
    def verify(self, *, by: Any, at: datetime) -> None:
        """The auditor found that it works."""
        self.verified_at = at

    @transition(
        field=state,
        source=[A.PLANNED, A.EVIDENCE_SENT],
        target=A.REJECTED,
        permission=permissions.may_judge_action,
        needs_reason=True,
    )
    def reject(self, *, by: Any, at: datetime, because: str) -> None:
        """The auditor sends plan or evidence back."""
        self.rejected_at = at
        self.rejected_reason = because


class ActionFile(Record):
    """One file of evidence for a corrective action."""

    action = models.ForeignKey(CorrectiveAction, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    sent_at = models.DateTimeField(null=True, blank=True)  # when it went to the auditor as evidence
    added_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.title
