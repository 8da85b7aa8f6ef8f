"""More time on a clock of a finding: asked by the agency, decided by the scheme."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from iris.core.fsm import StateField, transition
from iris.core.models import Record

from .. import permissions
from ..states import Clock, ExtensionState

if TYPE_CHECKING:
    from certification.agencies.models import Agency

X = ExtensionState


class Extension(Record):
    """One wish for more time and its answer. Only a granted one moves the day of a finding (trigger)."""

    finding = models.ForeignKey(
        "audits_findings.Finding", on_delete=models.PROTECT, related_name="extensions"
    )
    clock = models.CharField(max_length=16, choices=Clock.choices)
    state = StateField(ExtensionState, default=X.ASKED)
    due_before = models.DateField()
    wanted = models.DateField()
    reason = models.TextField()
    asked_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    granted_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["finding", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "clock"], condition=Q(state=X.ASKED), name="extension_asked_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_asked_with_reason"),
            models.CheckConstraint(condition=Q(wanted__gt=F("due_before")), name="extension_asks_for_later"),
            models.CheckConstraint(
                condition=~Q(state__in=[X.GRANTED, X.REFUSED])
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(answer="")),
                name="extension_decided_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(state=X.GRANTED, granted_until__gt=F("due_before"))
                | (~Q(state=X.GRANTED) & Q(granted_until__isnull=True)),
                name="extension_granted_until_a_later_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.clock} {self.wanted}"

    @property
    def agency(self) -> Agency:
        """Whose finding it is."""
        return self.finding.audit.agency

    @transition(field=state, source=X.ASKED, target=X.GRANTED, permission=permissions.may_decide_extension)
    def grant(self, *, by: Any, at: datetime, until: date, because: str) -> None:
        """A decider grants it, until the wanted day or an earlier one."""
        self.decided_by_id = by.id
        self.decided_at = at
        self.answer = because
        self.granted_until = until

    @transition(
        field=state,
        source=X.ASKED,
        target=X.REFUSED,
        permission=permissions.may_decide_extension,
        needs_reason=True,
    )
    def refuse(self, *, by: Any, at: datetime, because: str) -> None:
        """A decider refuses it; the day stays."""
        self.decided_by_id = by.id
        self.decided_at = at
        self.answer = because

    @transition(field=state, source=X.ASKED, target=X.WITHDRAWN, permission=permissions.may_ask)
    def take_back(self, *, by: Any, at: datetime) -> None:
        """The agency no longer needs it, or the finding moved on."""
