"""The plan of instalments and the payments made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from certification.repayments.models.case import RepaymentCase
from certification.repayments.models.workers import CaseWorker
from iris.core.models import Record
from iris.core.money import Money


class Instalment(Record):
    """One day on which everybody gets a part."""

    case = models.ForeignKey(RepaymentCase, on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    amount_minor = models.BigIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="instalment_once", fields=["case", "number"])]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def amount(self) -> Money:
        """What it comes to for everybody together."""
        return Money(self.amount_minor, self.case.currency)


class Payment(Record):
    """One worker's part of one instalment, paid."""

    worker = models.ForeignKey(CaseWorker, on_delete=models.PROTECT, related_name="payments")
    instalment = models.ForeignKey(Instalment, on_delete=models.PROTECT, related_name="payments")
    paid_on = models.DateField()
    amount_minor = models.BigIntegerField()
    own_line = models.BooleanField(default=False)
    proof = models.ForeignKey(
        "iris_core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["instalment__number", "created_at"]
        constraints = [
            models.UniqueConstraint(
                name="payment_once", fields=["worker", "instalment"], condition=Q(undone_because="")
            ),
            models.CheckConstraint(name="payment_positive", condition=Q(amount_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return self.amount.text

    @property
    def amount(self) -> Money:
        """What was paid."""
        return Money(self.amount_minor, self.worker.case.currency)
