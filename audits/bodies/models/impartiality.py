"""The register of threats to impartiality."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from audits.bodies.permissions import may_keep_register
from audits.bodies.states import ThreatKind, ThreatState
from iris.core.fsm import StateField, transition
from iris.core.models import Record

from .people import AuditFirm, Auditor

S = ThreatState


class Threat(Record):
    """One threat: what it is, about whom, what safeguards against it, who looks after it and when next."""

    kind = models.CharField(max_length=16, choices=ThreatKind.choices)
    text = models.TextField()
    firm = models.ForeignKey(
        AuditFirm, on_delete=models.PROTECT, null=True, blank=True, related_name="threats"
    )
    auditor = models.ForeignKey(
        Auditor, on_delete=models.PROTECT, null=True, blank=True, related_name="threats"
    )
    agency = models.ForeignKey(
        "certification_agencies.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="impartiality_threats",
    )
    safeguard = models.TextField(blank=True)
    owner = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="threats_owned")
    review_on = models.DateField()
    state = StateField(ThreatState, default=ThreatState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["review_on", "created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="threat_is_in_words"),
            models.CheckConstraint(
                condition=~Q(state=S.SAFEGUARDED) | ~Q(safeguard=""), name="safeguarded_by_something"
            ),
            models.CheckConstraint(
                condition=Q(state=S.CLOSED, closed_at__isnull=False)
                | (~Q(state=S.CLOSED) & Q(closed_at__isnull=True)),
                name="closed_threat_has_its_day",
            ),
            models.UniqueConstraint(
                fields=["source"], condition=~Q(source=""), name="one_threat_from_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"

    @transition(
        field=state, source=[S.OPEN, S.SAFEGUARDED], target=S.SAFEGUARDED, permission=may_keep_register
    )
    def safeguard_with(self, *, by: Any, at: datetime, words: str, review_on: date) -> None:
        """Say what protects against it; said again at each review."""
        self.safeguard = words
        self.review_on = review_on

    @transition(
        field=state,
        source=[S.OPEN, S.SAFEGUARDED],
        target=S.CLOSED,
        permission=may_keep_register,
        needs_reason=True,
    )
    def close(self, *, by: Any, at: datetime) -> None:
        """The threat is gone."""
        self.closed_at = at

    @transition(
        field=state, source=[S.CLOSED], target=S.OPEN, permission=may_keep_register, needs_reason=True
    )
    def reopen(self, *, by: Any, at: datetime, review_on: date) -> None:
        """The threat is back."""
        self.closed_at = None
        self.review_on = review_on
