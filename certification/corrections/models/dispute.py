"""A dispute: somebody says that an entry of the register is wrong (R88)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from certification.corrections.permissions import by_answering, by_sender
from certification.corrections.states import OPEN_DISPUTES, About, Channel, DisputeState
from iris.core import clocks
from iris.core.fsm import StateField, transition
from iris.core.models import Record

S = DisputeState
OPEN: list[str] = [str(one) for one in OPEN_DISPUTES]
LONGEST_TEXT = 4_000
LONGEST_REPLY = 600


class Dispute(Record):
    """One dispute. What the sender wrote and what the scheme answered is never rewritten.

    `sender_name` and `sender_email` are of people without an account. They are published nowhere and erased some time
    after the answer.
    """

    reference = models.CharField(max_length=24, unique=True)
    code = models.CharField(max_length=20, unique=True)  # the sender's way back, without an account
    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="disputes"
    )
    certificate_number = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=8, choices=About.choices)
    wrong = models.TextField()
    right = models.TextField(blank=True)
    proof = models.CharField(max_length=1000, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    sender = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "iris_accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_agency = models.BooleanField(default=False)
    sender_name = models.CharField(max_length=200, blank=True)
    sender_email = models.CharField(max_length=254, blank=True)
    reply = models.CharField(max_length=LONGEST_REPLY, blank=True)
    reply_shown = models.BooleanField(default=False)
    state = StateField(DisputeState, default=S.RECEIVED)
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
            models.CheckConstraint(condition=~Q(wrong=""), name="dispute_says_what_is_wrong"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, closed_at=None)
                | (~Q(state__in=OPEN) & Q(closed_at__isnull=False)),
                name="dispute_closed_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.CORRECTED, S.KEPT]) | ~Q(answer=""),
                name="dispute_answered_with_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.LOOKED_AT) | Q(assigned_to__isnull=False),
                name="dispute_looked_at_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(by_agency=True, organisation__isnull=False)
                | Q(by_agency=False, reply="", reply_shown=False),
                name="dispute_only_an_agency_replies",
            ),
            models.CheckConstraint(
                condition=Q(reply_shown=False) | ~Q(reply=""), name="dispute_shown_reply_says_something"
            ),
        ]
        indexes = [models.Index(fields=["agency", "state"], name="corrections_dispute_of_agency")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self.state in OPEN

    @property
    def late(self) -> bool:
        """Whether its day has passed without an answer."""
        return self.is_open and self.due_on < clocks.today()

    def open_on(self, day: date) -> bool:
        """Whether it stood open at the end of a day."""
        return self.received_on <= day and (self.closed_at is None or self.closed_at.date() > day)

    @transition(field=state, source=[S.RECEIVED], target=S.LOOKED_AT, permission=by_answering)
    def look_at(self, *, by: Any, at: datetime, **own: Any) -> None:
        """Somebody of the scheme takes it up."""
        self.assigned_to = by

    @transition(
        field=state, source=[S.LOOKED_AT], target=S.CORRECTED, permission=by_answering, needs_reason=True
    )
    def correct(self, *, by: Any, at: datetime, answer: str, **own: Any) -> None:
        """The entry was wrong and is right now."""
        self.closed_at, self.answer = at, answer

    @transition(field=state, source=[S.LOOKED_AT], target=S.KEPT, permission=by_answering, needs_reason=True)
    def keep(self, *, by: Any, at: datetime, answer: str, **own: Any) -> None:
        """The entry is right: it stays, and the sender reads why."""
        self.closed_at, self.answer = at, answer

    @transition(field=state, source=OPEN, target=S.WITHDRAWN, permission=by_sender)
    def withdraw(self, *, by: Any, at: datetime, **own: Any) -> None:
        """The sender takes it back."""
        self.closed_at = at
