"""What the employer named on a job order says of its lines: beside the assessment, never part of what was declared."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from certification.assessments.models.ledger import JobOrder
from certification.assessments.states import Verdict
from iris.core import clocks
from iris.core.models import Record
from iris.core.money import Money


class EmployerRequest(Record):
    """The agency asks the employer of a job order to confirm its costs; one stands at a time."""

    job_order = models.ForeignKey(JobOrder, on_delete=models.PROTECT, related_name="employer_requests")
    organisation = models.ForeignKey(
        "iris_accounts.Organisation", on_delete=models.PROTECT, related_name="employer_requests"
    )
    email = models.EmailField(max_length=254)
    asked_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    told_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["job_order"], condition=Q(withdrawn_at=None), name="employerrequest_one_stands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_order_id} asked of {self.organisation_id}"

    @property
    def late(self) -> bool:
        """Whether the day until which an answer was asked for has passed."""
        return clocks.today() > self.due_on


class EmployerStatement(Record):
    """One answer of the employer on one line as it then read. Never changed: a new answer is a new row."""

    append_only = True

    request = models.ForeignKey(EmployerRequest, on_delete=models.PROTECT, related_name="statements")
    line_id = models.UUIDField(
        db_index=True
    )  # not a foreign key: the answer outlives the line it was given on
    fingerprint = models.CharField(max_length=64)
    shown = models.JSONField()  # the line as the employer saw it
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    own_minor = models.BigIntegerField(null=True, blank=True)
    own_currency = models.CharField(max_length=3, blank=True)
    proof = models.ForeignKey(
        "iris_core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="employerstatement_verdict_is_known"
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.CONFIRMED, own_minor=None)
                | (Q(verdict=Verdict.DISPUTED) & ~Q(reason="")),
                name="employerstatement_dispute_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(own_minor=None, own_currency="") | (Q(own_minor__gte=0) & ~Q(own_currency="")),
                name="employerstatement_figure_has_a_currency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.line_id}"

    @property
    def own_figure(self) -> Money | None:
        """What the employer says the amount was."""
        return None if self.own_minor is None else Money(self.own_minor, self.own_currency)
