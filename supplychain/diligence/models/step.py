"""The employer's own word on each of the six steps, kept with its history."""

from django.db import models
from django.db.models import Q

from iris.core.models import Record


class StepNote(Record):
    """What was said of a step, who looks after it, when it is looked at again. The newest one counts."""

    append_only = True

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField()
    note = models.TextField()
    owner = models.CharField(max_length=160)
    review_on = models.DateField()
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["organisation", "step", "-created_at"], name="diligence_step_newest")]
        constraints = [
            models.CheckConstraint(name="diligence_step_is_one_of_six", condition=Q(step__gte=1, step__lte=6))
        ]

    def __str__(self) -> str:
        return f"{self.step}"
