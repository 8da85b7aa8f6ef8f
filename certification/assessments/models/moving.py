"""A draft that moved to a newer edition of the Standard, and what of it the newer edition does not ask any more."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from certification.assessments.models.assessment import Assessment
from iris.core.models import Record


class EditionMove(Record):
    """One move of one assessment: by a person of the agency, or by the rule of the new edition (then nobody)."""

    append_only = True

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="edition_moves")
    from_edition = models.ForeignKey(
        "certification_standard.Edition", on_delete=models.PROTECT, related_name="+"
    )
    to_edition = models.ForeignKey(
        "certification_standard.Edition", on_delete=models.PROTECT, related_name="+"
    )
    moved_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    kept = models.PositiveSmallIntegerField()
    reworded = models.JSONField()
    added = models.JSONField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_edition=F("to_edition")), name="edition_move_goes_on"),
            models.UniqueConstraint(fields=["assessment", "to_edition"], name="edition_move_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.from_edition_id} to {self.to_edition_id}"


class SetAside(Record):
    """What was written for an indicator that no indicator of the new edition takes over: kept to be read."""

    append_only = True

    move = models.ForeignKey(EditionMove, on_delete=models.PROTECT, related_name="set_aside")
    indicator = models.ForeignKey(
        "certification_standard.Indicator", on_delete=models.PROTECT, related_name="+"
    )
    went_to = models.CharField(max_length=16, blank=True)
    why = models.CharField(max_length=400, blank=True)
    value = models.CharField(max_length=10, blank=True)
    maturity = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    plan_action = models.TextField(blank=True)
    plan_owner = models.CharField(max_length=200, blank=True)
    plan_due_on = models.DateField(null=True)
    documents = models.JSONField()

    class Meta:
        ordering = ["created_at", "indicator__code"]
        constraints = [
            models.UniqueConstraint(fields=["move", "indicator"], name="set_aside_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.value or '-'}"
