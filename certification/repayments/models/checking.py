"""What workers say, who was looked for, what a third party found, and what takes a repayment back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from certification.repayments.models.case import RepaymentCase
from certification.repayments.models.workers import CaseWorker
from certification.repayments.permissions import answers_breach, settles_breach
from certification.repayments.states import (
    LANGUAGES,
    BreachKind,
    BreachState,
    CheckResult,
    Confirmed,
    TracingHow,
    TracingResult,
)
from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record
from iris.core.money import Money


class WorkerConfirmation(Record):
    """What a worker says was received. The last one counts."""

    append_only = True

    worker = models.ForeignKey(CaseWorker, on_delete=models.PROTECT, related_name="confirmations")
    how = models.CharField(max_length=10, choices=Confirmed.choices)
    taken_by = models.CharField(max_length=160)
    taken_on = models.DateField()
    language = models.CharField(max_length=8)
    amount_minor = models.BigIntegerField()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(name="confirmation_not_negative", condition=Q(amount_minor__gte=0))
        ]

    def __str__(self) -> str:
        return self.amount.text

    @property
    def amount(self) -> Money:
        """What the worker says was received in all."""
        return Money(self.amount_minor, self.worker.case.currency)

    @property
    def language_name(self) -> str:
        """The language in words."""
        return str(LANGUAGES.get(self.language, self.language))


class TracingAttempt(Record):
    """One try to find a worker who left."""

    append_only = True

    worker = models.ForeignKey(CaseWorker, on_delete=models.PROTECT, related_name="attempts")
    on = models.DateField()
    how = models.CharField(max_length=12, choices=TracingHow.choices)
    result = models.CharField(max_length=14, choices=TracingResult.choices)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["on", "created_at"]

    def __str__(self) -> str:
        return f"{self.on}"


class ThirdPartyCheck(Record):
    """What somebody outside found, who asked workers without the agency. The last one counts."""

    append_only = True

    case = models.ForeignKey(RepaymentCase, on_delete=models.PROTECT, related_name="checks")
    who = models.CharField(max_length=160)
    organisation = models.CharField(max_length=160)
    on = models.DateField()
    sample = models.PositiveIntegerField()
    result = models.CharField(max_length=8, choices=CheckResult.choices)
    note = models.TextField(blank=True)
    file = models.ForeignKey(
        "iris_core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["created_at"]
        constraints = [models.CheckConstraint(name="check_has_a_sample", condition=Q(sample__gte=1))]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.on}"


class Breach(Record):
    """Money taken back, a waiver signed, somebody punished: nothing closes until it is put right (R65)."""

    case = models.ForeignKey(RepaymentCase, on_delete=models.PROTECT, related_name="breaches")
    worker = models.ForeignKey(
        CaseWorker, on_delete=models.PROTECT, null=True, blank=True, related_name="breaches"
    )
    kind = models.CharField(max_length=12, choices=BreachKind.choices)
    found_on = models.DateField()
    what = models.TextField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    state = StateField(BreachState, default=BreachState.REPORTED)

    class Meta:
        ordering = ["-found_on", "-created_at"]
        constraints = [
            models.CheckConstraint(name="breach_state_known", condition=Q(state__in=BreachState.values)),
            models.CheckConstraint(
                name="breach_settled_was_answered",
                condition=Q(state=BreachState.REPORTED, settled_at=None)
                | (Q(state=BreachState.ANSWERED, settled_at=None, answered_at__isnull=False) & ~Q(answer=""))
                | Q(state=BreachState.SETTLED, settled_at__isnull=False, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.found_on}"

    @transition(
        field=state,
        source=[BreachState.REPORTED],
        target=BreachState.ANSWERED,
        permission=answers_breach,
    )
    def give_answer(self, *, by: Actor, at: datetime, text: str, **own: Any) -> None:
        """How it was put right."""
        self.answer, self.answered_at = text, at

    @transition(
        field=state,
        source=[BreachState.ANSWERED],
        target=BreachState.SETTLED,
        permission=settles_breach,
    )
    def settle(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """Seen to be put right."""
        self.settled_at = at

    @transition(
        field=state,
        source=[BreachState.ANSWERED],
        target=BreachState.REPORTED,
        permission=settles_breach,
        needs_reason=True,
    )
    def refuse_answer(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """The answer does not put it right."""
