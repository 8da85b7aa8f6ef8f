"""Changes an agency with a certificate reports, and what the scheme made of them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from certification.agencies import permissions
from certification.agencies.models.agency import Agency
from certification.agencies.rules import LONGEST_TEXT
from certification.agencies.states import ChangeKind, ChangeState
from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record

TOLD = (ChangeState.REPORTED, ChangeState.NOTED, ChangeState.AUDIT_ORDERED)


class ChangeReport(Record):
    """One change: what, since when, told when, in time or not. `asked` when the agency's own entries show it first."""

    first_states = ("asked", "reported")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="change_reports")
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    state = StateField(ChangeState, default=ChangeState.REPORTED)
    seen = models.CharField(max_length=300, blank=True)
    happened_on = models.DateField(null=True, blank=True)
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    due_on = models.DateField()
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=LONGEST_TEXT, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    audit_label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[str(state) for state in TOLD])
                | (
                    Q(happened_on__isnull=False, reported_at__isnull=False, reported_by__isnull=False)
                    & ~Q(text="")
                ),
                name="change_reported_by_someone_with_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeState.ASKED) | Q(reported_at=None, reported_by=None),
                name="change_asked_is_not_reported",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(ChangeState.ASKED), str(ChangeState.REPORTED)])
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="change_answered_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(happened_on=None)
                | Q(reported_at=None)
                | Q(happened_on__lte=F("reported_at__date")),
                name="change_reported_after_it_happened",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"]), models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def in_time(self) -> bool | None:
        """Whether it was told within the clock; None while it is not told."""
        return None if self.reported_at is None else self.reported_at.date() <= self.due_on

    @property
    def days_late(self) -> int:
        """By how many days it was told late."""
        return max(0, (self.reported_at.date() - self.due_on).days) if self.reported_at else 0

    @transition(
        field=state,
        source=[ChangeState.ASKED],
        target=ChangeState.REPORTED,
        permission=permissions.may_report_change,
    )
    def report(self, *, by: Actor, at: datetime, happened_on: date, text: str, due_on: date) -> None:
        """The agency says what happened and when."""
        self.happened_on, self.text, self.due_on = happened_on, text, due_on
        self.reported_at, self.reported_by_id = at, by.id

    def _answer(self, by: Actor, at: datetime, why: str) -> None:
        self.answer, self.answered_at, self.answered_by_id = why, at, by.id

    @transition(
        field=state,
        source=[ChangeState.REPORTED],
        target=ChangeState.NOTED,
        permission=permissions.may_answer_change,
        needs_reason=True,
    )
    def note(self, *, by: Actor, at: datetime, why: str) -> None:
        """The scheme has read it; nothing else is needed."""
        self._answer(by, at, why)

    @transition(
        field=state,
        source=[ChangeState.REPORTED, ChangeState.NOTED],
        target=ChangeState.AUDIT_ORDERED,
        permission=permissions.may_answer_change,
        needs_reason=True,
    )
    def order_audit(self, *, by: Actor, at: datetime, why: str, label: str) -> None:
        """The change needs to be seen on the spot."""
        self._answer(by, at, why)
        self.audit_label = label

    @transition(
        field=state,
        source=[ChangeState.ASKED, ChangeState.REPORTED, ChangeState.NOTED, ChangeState.AUDIT_ORDERED],
        target=ChangeState.CLOSED,
        permission=permissions.may_answer_change,
        needs_reason=True,
    )
    def close(self, *, by: Actor, at: datetime, why: str) -> None:
        """Nothing is left to do."""
        self._answer(by, at, why)


class ChangeDocument(Record):
    """A document that goes with a report."""

    report = models.ForeignKey(ChangeReport, on_delete=models.PROTECT, related_name="documents")
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.file.name
