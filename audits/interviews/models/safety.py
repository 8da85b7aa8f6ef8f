"""A person in danger: the case that a stopped interview opens, and the numbers to call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from iris.core.fsm import StateField, transition
from iris.core.models import Record

from .. import permissions
from ..states import SafeguardOutcome, SafeguardState
from .interviews import Interview


class SafeguardCase(Record):
    """Somebody may be in danger. It says where and how grave, not who and not what was said."""

    interview = models.OneToOneField(Interview, on_delete=models.PROTECT, related_name="safeguard_case")
    state = StateField(SafeguardState, default=SafeguardState.OPEN)
    immediate = models.BooleanField()
    opened_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    outcome = models.CharField(max_length=16, choices=SafeguardOutcome.choices, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["state", "-immediate", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=SafeguardState.CLOSED) | (Q(closed_on__isnull=False) & ~Q(outcome="")),
                name="safeguarding_ends_with_an_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"{self.interview_id}: {self.state}"

    @transition(
        field=state,
        source=SafeguardState.OPEN,
        target=SafeguardState.CLOSED,
        permission=permissions.may_close_case,
    )
    def close(self, *, by: Any, at: datetime, outcome: str) -> None:
        """The person is cared for, or can no longer be reached."""
        self.outcome = outcome
        self.closed_on = at.date()


class HotlineEntry(Record):
    """A number the scheme entered for a country; the last one counts, none is ever changed."""

    append_only = True

    country = models.CharField(max_length=2, db_index=True)
    name = models.CharField(max_length=200)
    channel = models.CharField(max_length=40)
    number = models.CharField(max_length=80)
    source = models.CharField(max_length=300)
    entered_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()

    class Meta:
        ordering = ["country", "-created_at"]
        constraints = [models.CheckConstraint(condition=~Q(source=""), name="hotline_names_its_source")]

    def __str__(self) -> str:
        return f"{self.country}: {self.number}"
