"""What helps to fill an assessment in: sections given to colleagues, warnings put aside, workbooks sent back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from certification.assessments.models.assessment import Assessment
from iris.core.models import Record


class Delegation(Record):
    """A principle or a criterion given to a colleague until a day; to an address while that person has not joined."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="delegations")
    section = models.CharField(max_length=12)
    person = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(blank=True)
    due_on = models.DateField()
    note = models.TextField(blank=True)
    asked_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    reminded_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "section"],
                condition=Q(ended_at=None),
                name="delegation_one_person_per_section",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(email=""), name="delegation_names_someone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} to {self.person_id or self.email}"


class Dismissal(Record):
    """A warning that the agency looked at and put aside, with the reason that an auditor reads.

    `mark` is what the warning was about then; when that changes the warning is back.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="dismissals")
    rule = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    mark = models.CharField(max_length=64)
    reason = models.TextField()
    by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "rule", "subject"], name="dismissal_once_per_warning"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="dismissal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject}"


class WorkbookReturn(Record):
    """What a workbook that came back would change, waiting for the person's word. It changes nothing by itself."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="workbook_returns")
    uploaded_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "uploaded_by"], name="workbook_return_one_waiting"),
        ]

    def __str__(self) -> str:
        return self.name
