"""What an agency says on one indicator, and the documents it shows for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from certification.assessments.models.assessment import Assessment
from certification.assessments.models.evidence import Evidence
from certification.assessments.rules import is_answered, is_gap
from certification.assessments.states import AnswerValue, Maturity
from iris.core.models import Record


class Answer(Record):
    """One answer. The row exists from the start, empty; `version` counts its changes so that two people notice."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    indicator = models.ForeignKey(
        "certification_standard.Indicator", on_delete=models.PROTECT, related_name="+"
    )
    value = models.CharField(max_length=10, choices=AnswerValue.choices, blank=True)
    maturity = models.PositiveSmallIntegerField(choices=Maturity.choices, null=True, blank=True)
    reason = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    owner = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    plan_action = models.TextField(blank=True)
    plan_owner = models.CharField(max_length=200, blank=True)
    plan_due_on = models.DateField(null=True, blank=True)
    evidence = models.ManyToManyField(Evidence, through="AnswerEvidence", related_name="answers")
    version = models.PositiveIntegerField(default=0)
    carried = models.BooleanField(default=False)
    flagged = models.BooleanField(default=False)
    flag_note = models.TextField(blank=True)
    before = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reminded_on = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "indicator"], name="answer_one_per_indicator"),
            models.CheckConstraint(
                condition=Q(value="") | Q(value__in=AnswerValue.values), name="answer_value_is_known"
            ),
            models.CheckConstraint(
                condition=Q(maturity=None) | Q(maturity__gte=0, maturity__lte=4),
                name="answer_maturity_0_to_4",
            ),
            models.CheckConstraint(
                condition=~Q(value=AnswerValue.NOT_APPLICABLE) | Q(maturity=None),
                name="answer_not_applicable_has_no_maturity",
            ),
            models.CheckConstraint(
                condition=Q(flagged=False, flag_note="") | (Q(flagged=True) & ~Q(flag_note="")),
                name="answer_flagged_has_a_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.value or '-'}"

    @property
    def principle_code(self) -> str:
        """The principle its indicator stands under."""
        return str(self.indicator.criterion.principle.code)

    @property
    def answered(self) -> bool:
        """Whether nothing is left to say here."""
        return is_answered(self)

    @property
    def gap(self) -> bool:
        """Whether the agency says that something is missing."""
        return is_gap(self)

    @property
    def planned(self) -> bool:
        """Whether its gap has an action, someone who does it and a day."""
        return bool(self.plan_action and self.plan_owner and self.plan_due_on)


class AnswerEvidence(Record):
    """One document shown for one answer; the same document may stand under many."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="answer_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "evidence"], name="answer_evidence_once")]

    def __str__(self) -> str:
        return f"{self.answer_id} shows {self.evidence_id}"
