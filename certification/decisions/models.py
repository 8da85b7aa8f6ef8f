"""Bars and decisions. Migration 0002_guards puts the four eyes under them in plain SQL triggers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certification.decisions.permissions import may_decide
from certification.decisions.states import UNDECIDED_STATES, BarKind, DecisionState
from iris.core.fsm import StateField, transition
from iris.core.models import Record

if TYPE_CHECKING:
    from iris.accounts.models import User


class Bar(Record):
    """One reason why one person may not decide on one agency, from a day, until a day or for good.

    Rows are never deleted and never shortened: taking a bar back is exactly how somebody would get round
    the four eyes. An end may only move later, or be lifted to "for good". A bar without an end stays.
    """

    agency = models.ForeignKey("certification_agencies.Agency", on_delete=models.PROTECT, related_name="bars")
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="bars")
    kind = models.CharField(max_length=16, choices=BarKind.choices)
    since = models.DateField(help_text=_("First day of the tie; the bar holds from this day."))
    until = models.DateField(
        null=True, blank=True, help_text=_("Last day on which the bar holds. Empty: it holds for good.")
    )
    source = models.CharField(max_length=200, help_text=_("Where we know it from, in words."))

    class Meta:
        ordering = ["since", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "person", "kind", "source"], name="bar_said_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="bar_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="bar_has_a_source"),
            models.CheckConstraint(condition=Q(kind__in=BarKind.values), name="bar_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.since}"


class Decision(Record):
    """One question about one agency, answered once by one person who had no part in what led to it.

    Generic over its subject (an application today; suspensions, appeals and repayments later): the subject is kept
    as a uuid and a label, so that this room knows none of the rooms above it.
    """

    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="decisions"
    )
    subject_label = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    question = models.CharField(max_length=300)
    facts = models.JSONField(
        default=dict, blank=True, help_text=_("What lay before the decider, as it was then.")
    )
    state = StateField(DecisionState, default=DecisionState.OPEN)
    outcome = models.CharField(max_length=40, blank=True)
    reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="decision_undecided_is_blank",
                condition=~Q(state__in=UNDECIDED_STATES)
                | Q(outcome="", reasons="", decided_by__isnull=True, decided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="decision_decided_is_signed",
                condition=Q(state__in=UNDECIDED_STATES)
                | (
                    ~Q(outcome="")
                    & ~Q(reasons="")
                    & Q(decided_by__isnull=False)
                    & Q(decided_at__isnull=False)
                ),
            ),
            models.CheckConstraint(name="decision_state_known", condition=Q(state__in=DecisionState.values)),
            models.UniqueConstraint(
                name="decision_one_open_per_subject",
                fields=["subject_label", "subject_id"],
                condition=Q(state__in=UNDECIDED_STATES),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @transition(
        field=state,
        source=[DecisionState.OPEN],
        target=DecisionState.DECIDED,
        permission=may_decide,
        needs_reason=True,
    )
    def decide(self, *, by: User, at: datetime, outcome: str, reasons: str, **own: Any) -> None:
        """The one act of this room: from here on the row never changes again, save that it may be appealed."""
        self.outcome = outcome
        self.reasons = reasons
        self.decided_by = by
        self.decided_at = at
