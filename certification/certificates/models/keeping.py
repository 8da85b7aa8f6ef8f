"""What keeps a certificate between two decisions: surveillance windows, ordered audits, licence reviews, deferrals."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from certification.certificates.permissions import (
    by_audit_recorder,
    by_scheme_manager,
    by_settling,
    by_system,
)
from certification.certificates.states import (
    Lost,
    OrderKind,
    OrderOutcome,
    OrderState,
    ReviewState,
    WindowState,
)
from iris.core import clocks
from iris.core.fsm import StateField, transition
from iris.core.models import Record

WINDOW, ORDER, REVIEW = WindowState, OrderState, ReviewState


class SurveillanceWindow(Record):
    """One surveillance audit that a certificate owes: by its day, counted from the decision that granted it (R49).

    It belongs to the decision, not to a revision: a corrected or reduced certificate owes what the one before owed.
    """

    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="surveillance"
    )
    decision = models.ForeignKey(
        "certification_decisions.Decision", on_delete=models.PROTECT, related_name="surveillance"
    )
    position = models.PositiveSmallIntegerField()
    due_on = models.DateField(db_index=True)
    state = StateField(WindowState, default=WindowState.DUE)
    held_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="surveillance_window_once"),
            models.CheckConstraint(
                condition=Q(state__in=[WINDOW.HELD, WINDOW.MADE_UP], held_on__isnull=False)
                | (~Q(state__in=[WINDOW.HELD, WINDOW.MADE_UP]) & Q(held_on__isnull=True)),
                name="surveillance_held_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state=WINDOW.HELD) | Q(held_on__lte=F("due_on")),
                name="surveillance_held_in_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}, {self.due_on}"

    @transition(field=state, source=[WINDOW.DUE], target=WINDOW.HELD, permission=by_audit_recorder)
    def hold(self, *, by: Any, at: datetime, held_on: date, **own: Any) -> None:
        """The audit was held by its day."""
        self.held_on = held_on

    @transition(field=state, source=[WINDOW.MISSED], target=WINDOW.MADE_UP, permission=by_audit_recorder)
    def make_up(self, *, by: Any, at: datetime, held_on: date, **own: Any) -> None:
        """The audit was held after its day."""
        self.held_on = held_on

    @transition(field=state, source=[WINDOW.DUE], target=WINDOW.MISSED, permission=by_system)
    def miss(self, *, by: Any, at: datetime, **own: Any) -> None:
        """Its last day has passed."""

    @transition(field=state, source=[WINDOW.DUE], target=WINDOW.DROPPED, permission=by_system)
    def drop(self, *, by: Any, at: datetime, **own: Any) -> None:
        """The certificate ended or was renewed before."""

    @property
    def late(self) -> bool:
        """Whether its last day has passed without an audit."""
        return self.state == WindowState.DUE and self.due_on < clocks.today()


class AuditOrder(Record):
    """An audit that the scheme orders while a certificate runs (R49, R52, R53)."""

    certificate = models.ForeignKey(
        "certification_certificates.Certificate", on_delete=models.PROTECT, related_name="orders"
    )
    window = models.ForeignKey(
        SurveillanceWindow, on_delete=models.PROTECT, null=True, blank=True, related_name="orders"
    )
    kind = models.CharField(max_length=16, choices=OrderKind.choices)
    reason = models.TextField()
    source_label = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    ordered_by_name = models.CharField(max_length=300)
    ordered_on = models.DateField()
    due_on = models.DateField(db_index=True)
    told_from = models.DateField()
    state = StateField(OrderState, default=OrderState.ORDERED)
    held_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=OrderOutcome.choices, blank=True)
    firm_id = models.UUIDField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-ordered_on", "-created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="audit_order_says_why"),
            models.CheckConstraint(condition=Q(due_on__gte=F("ordered_on")), name="audit_order_lies_ahead"),
            models.CheckConstraint(
                condition=Q(told_from__gte=F("ordered_on")) & Q(told_from__lte=F("due_on")),
                name="audit_order_told_between",
            ),
            models.CheckConstraint(
                condition=(Q(state=ORDER.HELD) & Q(held_on__isnull=False) & ~Q(outcome=""))
                | (~Q(state=ORDER.HELD) & Q(held_on__isnull=True) & Q(outcome="")),
                name="audit_order_held_is_dated",
            ),
            models.UniqueConstraint(
                fields=["certificate", "kind"],
                condition=Q(state=ORDER.ORDERED),
                name="audit_order_one_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.due_on}"

    @transition(field=state, source=[ORDER.ORDERED], target=ORDER.HELD, permission=by_audit_recorder)
    def hold(
        self, *, by: Any, at: datetime, held_on: date, outcome: str, firm_id: Any, note: str, **own: Any
    ) -> None:
        """The audit took place."""
        self.held_on, self.outcome, self.firm_id, self.note = held_on, outcome, firm_id, note

    @transition(
        field=state,
        source=[ORDER.ORDERED],
        target=ORDER.MISSED,
        permission=by_scheme_manager,
        needs_reason=True,
    )
    def miss(self, *, by: Any, at: datetime, why: str, **own: Any) -> None:
        """It did not take place in time, or the agency refused it."""
        self.note = why

    @transition(
        field=state,
        source=[ORDER.ORDERED],
        target=ORDER.CANCELLED,
        permission=by_scheme_manager,
        needs_reason=True,
    )
    def cancel(self, *, by: Any, at: datetime, why: str, **own: Any) -> None:
        """It is no longer needed."""
        self.note = why

    @property
    def late(self) -> bool:
        """Whether its last day has passed and nobody said what came of it."""
        return self.state == OrderState.ORDERED and self.due_on < clocks.today()


class LicenceReview(Record):
    """A licence was lost: whether the certificate may stand without it is decided in time, or it is suspended (R48)."""

    certificate = models.ForeignKey(
        "certification_certificates.Certificate", on_delete=models.PROTECT, related_name="licence_reviews"
    )
    licence_id = models.UUIDField()
    licence_text = models.CharField(max_length=400)
    why = models.CharField(max_length=12, choices=Lost.choices)
    opened_on = models.DateField()
    due_on = models.DateField(db_index=True)
    state = StateField(ReviewState, default=ReviewState.OPEN)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_on", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "licence_id"],
                condition=Q(state=REVIEW.OPEN),
                name="licence_review_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=REVIEW.OPEN, closed_on__isnull=True)
                | (~Q(state=REVIEW.OPEN) & Q(closed_on__isnull=False)),
                name="licence_review_closed_is_dated",
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("opened_on")), name="licence_review_has_time"),
            models.CheckConstraint(
                condition=~Q(state=REVIEW.LAPSED) | Q(closed_on__gt=F("due_on")),
                name="licence_review_lapses_after_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.licence_text

    @transition(field=state, source=[REVIEW.OPEN], target=REVIEW.KEPT, permission=by_settling)
    def keep(self, *, by: Any, at: datetime, **own: Any) -> None:
        """Decided, with four eyes: the certificate stands without this licence."""
        self.closed_on = at.date()

    @transition(field=state, source=[REVIEW.OPEN], target=REVIEW.SETTLED, permission=by_system)
    def settle(self, *, by: Any, at: datetime, **own: Any) -> None:
        """The certificate was suspended, reduced or ended by another act, or the licence is back."""
        self.closed_on = at.date()

    @transition(field=state, source=[REVIEW.OPEN], target=REVIEW.LAPSED, permission=by_system)
    def lapse(self, *, by: Any, at: datetime, **own: Any) -> None:
        """Nobody decided otherwise in time."""
        self.closed_on = at.date()


class DecisionDeferral(Record):
    """A decider sends a recommended case back with questions. It waits for the answer, or until their day is over."""

    application = models.ForeignKey(
        "certification_applications.Application", on_delete=models.PROTECT, related_name="decision_deferrals"
    )
    asked_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    questions = models.TextField()
    due_on = models.DateField()
    answered_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(questions=""), name="decision_deferral_asks_something"),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True, answered_at__isnull=True, answer="")
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
                name="decision_deferral_answer_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.questions[:60]

    @property
    def waits(self) -> bool:
        """Whether the decision still waits for the answer."""
        return self.answered_at is None and self.due_on >= clocks.today()
