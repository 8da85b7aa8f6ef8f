"""What an employer chose for itself. Each choice is a row that stays."""

from django.db import models

from iris.core.models import Record


class WeightSet(Record):
    """One version of an employer's weights: who chose them, when, why; `default` is the way back to the scheme's."""

    append_only = True

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    default = models.BooleanField(default=False)
    method = models.CharField(max_length=20)
    reason = models.TextField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="risk_weights_numbered"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="risk_weights_say_why"),
        ]

    def __str__(self) -> str:
        return f"weights {self.number}"
