"""A finding tied to an indicator, what the agency does about it, and the proof."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from iris.core import clocks
from iris.core.fsm import StateField, transition
from iris.core.models import Record

from . import permissions, rules
from .states import (
    AGENCY_TURN,
    ANSWERED_GRADES,
    BLOCKING_GRADES,
    GRADE_ICONS,
    GRADE_TONES,
    ISSUED_ONWARDS,
    OPEN,
    ActionState,
    FindingState,
    Grade,
    Verification,
)

S = FindingState
A = ActionState


class Finding(Record):
    """One thing the audit found, from its draft to its end."""

    audit = models.ForeignKey("audits_engagements.Audit", on_delete=models.PROTECT, related_name="findings")
    indicator = models.ForeignKey(
        "certification_standard.Indicator", on_delete=models.PROTECT, related_name="findings"
    )
    number = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=16, choices=Grade.choices)
    state = StateField(FindingState, default=FindingState.DRAFT)
    title = models.CharField(max_length=200)
    statement = models.TextField()
    evidence = models.TextField()
    raised_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    contain_due = models.DateField(null=True, blank=True)
    plan_due = models.DateField(null=True, blank=True)
    evidence_due = models.DateField(null=True, blank=True)
    returned_reason = models.TextField(blank=True)
    withdrawn_reason = models.TextField(blank=True)
    verification = models.CharField(max_length=8, choices=Verification.choices, blank=True)
    verification_note = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    disagreement = models.TextField(blank=True)
    disagreed_at = models.DateTimeField(null=True, blank=True)
    disagreement_answer = models.TextField(blank=True)

    class Meta:
        ordering = ["audit", "number"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "number"], name="finding_number_once_per_audit"),
            models.CheckConstraint(
                condition=Q(state=S.DRAFT) | Q(issued_at__isnull=False) | Q(state=S.WITHDRAWN),
                name="finding_past_draft_was_issued",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.RETURNED) | ~Q(returned_reason=""), name="finding_returned_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=S.WITHDRAWN) | ~Q(withdrawn_reason=""),
                name="finding_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.CLOSED) | Q(closed_at__isnull=False), name="finding_closed_has_its_date"
            ),
            models.CheckConstraint(
                condition=~Q(state=S.CLOSED, grade__in=ANSWERED_GRADES) | ~Q(verification=""),
                name="finding_closed_says_how_verified",
            ),
            models.CheckConstraint(
                condition=Q(disagreed_at__isnull=True) | ~Q(disagreement=""), name="disagreement_is_in_words"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.DRAFT, S.WITHDRAWN])
                | ~Q(grade__in=ANSWERED_GRADES)
                | Q(plan_due__isnull=False, evidence_due__isnull=False),
                name="issued_finding_has_its_clocks",
            ),
        ]
        indexes = [models.Index(fields=["audit", "state"])]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be done."""
        return self.state in OPEN

    @property
    def is_issued(self) -> bool:
        """Whether the agency may read it."""
        return self.state in ISSUED_ONWARDS and self.issued_at is not None

    @property
    def is_noted(self) -> bool:
        """Whether it is on record and asks for nothing: an observation or a good practice."""
        return self.state == S.CLOSED and self.grade not in ANSWERED_GRADES

    @property
    def blocks_grant(self) -> bool:
        """Whether it stands against a grant."""
        return self.is_open and self.grade in BLOCKING_GRADES

    @property
    def due(self) -> date | None:
        """The day by which the agency's next step is due."""
        if self.state not in AGENCY_TURN:
            return None
        if self.state == S.ACTION_AGREED or (self.current_action and self.current_action.agreed_at):
            return self.evidence_due
        return self.plan_due

    @property
    def is_late(self) -> bool:
        """Whether the agency's step is overdue."""
        return self.due is not None and self.due < clocks.today()

    @property
    def tone(self) -> str:
        """The tone of its grade."""
        return GRADE_TONES[self.grade]

    @property
    def icon(self) -> str:
        """The icon of its grade."""
        return GRADE_ICONS[self.grade]

    @cached_property
    def current_action(self) -> CorrectiveAction | None:
        """The latest plan of the agency."""
        return max(self.actions.all(), key=lambda action: action.round, default=None)

    def forget_actions(self) -> None:
        """Read the plans anew, after one was added."""
        self.__dict__.pop("current_action", None)
        getattr(self, "_prefetched_objects_cache", {}).pop("actions", None)

    @transition(field=state, source=S.DRAFT, target=S.ISSUED, permission=permissions.may_judge)
    def issue(self, *, by: Any, at: datetime) -> None:
        """Hand it to the agency; the clocks of its grade start."""
        self.issued_at = at
        self.start_clocks(at.date())

    def start_clocks(self, on: date) -> None:
        """Set the deadlines of the grade, counted from a day."""
        self.contain_due = rules.contain_due(self.grade, on)
        self.plan_due = rules.plan_due(self.grade, on)
        self.evidence_due = rules.evidence_due(self.grade, on)

    @transition(field=state, source=S.ISSUED, target=S.CLOSED, permission=permissions.may_judge)
    def note(self, *, by: Any, at: datetime) -> None:
        """Close what needs no answer."""
        self.closed_at = at

    @transition(
        field=state,
        source=[S.ISSUED, S.RETURNED],
        target=S.ANSWERED,
        permission=permissions.may_answer,
        missing=rules.missing_for_answer,
    )
    def answer(self, *, by: Any, at: datetime) -> None:
        """Send root cause and plan to the auditor."""
        self.returned_reason = ""

    @transition(
        field=state, source=S.ANSWERED, target=S.RETURNED, permission=permissions.may_judge, needs_reason=True
    )
    def return_answer(self, *, by: Any, at: datetime, because: str) -> None:
        """Send the plan back."""
        self.returned_reason = because

    @transition(field=state, source=S.ANSWERED, target=S.ACTION_AGREED, permission=permissions.may_judge)
    def agree_action(self, *, by: Any, at: datetime) -> None:
        """Agree to the plan; the agency carries it out and sends evidence."""

    @transition(
        field=state,
        source=[S.ACTION_AGREED, S.RETURNED],
        target=S.EVIDENCE_SENT,
        permission=permissions.may_answer,
        missing=rules.missing_for_evidence,
    )
    def send_evidence(self, *, by: Any, at: datetime) -> None:
        """Send the proof that it was carried out."""
        self.returned_reason = ""

    @transition(
        field=state,
        source=S.EVIDENCE_SENT,
        target=S.RETURNED,
        permission=permissions.may_judge,
        needs_reason=True,
    )
    def return_evidence(self, *, by: Any, at: datetime, because: str) -> None:
        """Send the evidence back."""
        self.returned_reason = because

    @transition(field=state, source=S.EVIDENCE_SENT, target=S.CLOSED, permission=permissions.may_judge)
    def close(self, *, by: Any, at: datetime, verification: str, note: str) -> None:
        """Close it, having verified the correction."""
        self.closed_at = at
        self.verification = verification
        self.verification_note = note

    @transition(
        field=state,
        source=[S.DRAFT, S.ISSUED, S.ANSWERED, S.RETURNED, S.ACTION_AGREED, S.EVIDENCE_SENT],
        target=S.WITHDRAWN,
        permission=permissions.may_judge,
        needs_reason=True,
    )
    def withdraw(self, *, by: Any, at: datetime, because: str) -> None:
        """Take it back: it was not so."""
        self.withdrawn_reason = because


class CorrectiveAction(Record):
    """One plan of the agency for a finding; a plan that is sent back stays, the next is a new round."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="actions")
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
