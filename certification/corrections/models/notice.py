"""A notice: an authority tells the scheme what it did about an agency or a licence (R86)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from certification.corrections.permissions import by_answering, by_authority
from certification.corrections.states import OPEN_NOTICES, Channel, Measure, NoticeState
from iris.core import clocks
from iris.core.fsm import StateField, transition
from iris.core.models import Record

S = NoticeState
OPEN: list[str] = [str(one) for one in OPEN_NOTICES]


class AuthorityNotice(Record):
    """One notice. It is a signal for people of the scheme and changes nothing on the register by itself."""

    reference = models.CharField(max_length=24, unique=True)
    authority = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    filed_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    measure = models.CharField(max_length=10, choices=Measure.choices)
    country = models.CharField(max_length=2)
    licence_number = models.CharField(max_length=80, blank=True)
    agency_name = models.CharField(max_length=300, blank=True)
    agency = models.ForeignKey(
        "certification_agencies.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="authority_notices",
    )
    measure_on = models.DateField()
    file_number = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    state = StateField(NoticeState, default=S.RECEIVED)
    received_on = models.DateField()
    due_on = models.DateField(db_index=True)
    assigned_to = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="")
                & (~Q(licence_number="") | ~Q(agency_name="") | Q(agency__isnull=False)),
                name="notice_says_what_about_whom",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, closed_at=None)
                | (~Q(state__in=OPEN) & Q(closed_at__isnull=False)),
                name="notice_closed_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.ACTED_ON, S.NOTED]) | ~Q(answer=""),
                name="notice_answered_with_reasons",
            ),
            models.UniqueConstraint(
                fields=["authority", "file_number"],
                condition=~Q(file_number=""),
                name="notice_once_per_file_number",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether the scheme still has to look at it."""
        return self.state in OPEN

    @property
    def late(self) -> bool:
        """Whether its day has passed."""
        return self.is_open and self.due_on < clocks.today()

    @property
    def whom(self) -> str:
        """Whom it is about, in the words there are."""
        return self.agency_name or (self.agency.legal_name if self.agency else "") or self.licence_number

    @transition(field=state, source=[S.RECEIVED], target=S.LOOKED_AT, permission=by_answering)
    def look_at(self, *, by: Any, at: datetime, **own: Any) -> None:
        """Somebody of the scheme takes it up."""
        self.assigned_to = by

    @transition(
        field=state, source=[S.LOOKED_AT], target=S.ACTED_ON, permission=by_answering, needs_reason=True
    )
    def act_on(self, *, by: Any, at: datetime, answer: str, **own: Any) -> None:
        """The scheme did something because of it: the answer says what."""
        self.closed_at, self.answer = at, answer

    @transition(field=state, source=[S.LOOKED_AT], target=S.NOTED, permission=by_answering, needs_reason=True)
    def note(self, *, by: Any, at: datetime, answer: str, **own: Any) -> None:
        """Nothing is to be done: the answer says why."""
        self.closed_at, self.answer = at, answer

    @transition(field=state, source=OPEN, target=S.WITHDRAWN, permission=by_authority)
    def withdraw(self, *, by: Any, at: datetime, **own: Any) -> None:
        """The authority takes it back."""
        self.closed_at = at
