"""One round of "this is missing": what was asked, by when, and what came."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from iris.core.models import Record

from .application import LONGEST_TEXT, Application


class Deferral(Record):
    """What the scheme asked for once, and the agency's answer. Both revisions of the self-assessment stay readable."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="deferrals")
    number = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    missing = models.CharField(max_length=LONGEST_TEXT)
    first_due_on = models.DateField()
    due_on = models.DateField()
    extended_at = models.DateTimeField(null=True, blank=True)
    extended_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    extension_reason = models.CharField(max_length=LONGEST_TEXT, blank=True)
    before = models.ForeignKey(
        "certification_assessments.Assessment", on_delete=models.PROTECT, related_name="+"
    )
    # The revision opened for the flagged questions; empty when only words and documents were asked for.
    reopened = models.ForeignKey(
        "certification_assessments.Assessment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=LONGEST_TEXT, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="deferral_numbered_once"),
            models.CheckConstraint(condition=~Q(missing=""), name="deferral_says_what_is_missing"),
            models.CheckConstraint(
                condition=Q(due_on=F("first_due_on"), extended_at=None, extended_by=None, extension_reason="")
                | (
                    Q(due_on__gt=F("first_due_on"), extended_at__isnull=False, extended_by__isnull=False)
                    & ~Q(extension_reason="")
                ),
                name="deferral_extension_is_signed_and_later",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="deferral_answer_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.number}"


class DeferralFlag(Record):
    """One question that is to be answered anew, and why; without an indicator it is the cost ledger."""

    append_only = True

    deferral = models.ForeignKey(Deferral, on_delete=models.PROTECT, related_name="flags")
    indicator = models.ForeignKey(
        "certification_standard.Indicator", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=2000)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["deferral", "indicator"], nulls_distinct=False, name="deferral_flags_once"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="deferral_flag_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.deferral_id} {self.indicator_id}"
