"""Requests for information: who asked what, by when it is answered, and everything said about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from iris.core import clocks
from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record
from supplychain.diligence.permissions import works_on
from supplychain.diligence.states import OPEN_REQUESTS, Channel, InboxLaw, MessageKind, RequestState

STATE = RequestState
OPEN: list[str] = list(OPEN_REQUESTS)


class InformationRequest(Record):
    """One request and its clock. The days are fixed when it comes in."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    code = models.CharField(max_length=20, unique=True)  # the asker's way back, without an account
    channel = models.CharField(max_length=6, choices=Channel.choices)
    law = models.CharField(max_length=4, choices=InboxLaw.choices)
    asker = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=254, blank=True)
    received_on = models.DateField()
    answer_due = models.DateField()
    extended_to = models.DateField(null=True, blank=True)
    latest_due = models.DateField()
    state = StateField(RequestState, default=STATE.RECEIVED)
    ground = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    reasons_due = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-received_on", "-created_at"]
        indexes = [models.Index(fields=["organisation", "state"], name="diligence_request_state")]
        constraints = [
            models.CheckConstraint(
                name="diligence_request_clock",
                condition=Q(answer_due__gte=F("received_on"), latest_due__gte=F("answer_due"))
                & (Q(extended_to__isnull=True) | Q(extended_to__lte=F("latest_due"))),
            ),
            models.CheckConstraint(
                name="diligence_request_closed_is_dated",
                condition=Q(state__in=OPEN, closed_at=None)
                | (~Q(state__in=OPEN) & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="diligence_refusal_has_ground", condition=~Q(state=STATE.REFUSED) | ~Q(ground="")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def due(self) -> date:
        """The day that counts now."""
        return self.extended_to or self.answer_due

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return bool(self.state in OPEN)

    @property
    def late(self) -> bool:
        """Whether the day has passed without an answer."""
        return self.is_open and self.due < clocks.today()

    @transition(field=state, source=[STATE.RECEIVED], target=STATE.IN_WORK, permission=works_on)
    def acknowledge(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """The asker is told that it arrived and until when it is answered."""

    @transition(
        field=state, source=[STATE.RECEIVED, STATE.IN_WORK], target=STATE.ASKED_BACK, permission=works_on
    )
    def ask_back(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """The employer asks what is meant. The clock runs on."""

    @transition(field=state, source=[STATE.ASKED_BACK], target=STATE.IN_WORK)
    def clarify(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """The asker says what is meant."""

    @transition(field=state, source=OPEN, target=STATE.ANSWERED, permission=works_on)
    def answer(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """The asker has the information."""
        self.closed_at = at

    @transition(field=state, source=OPEN, target=STATE.REFUSED, permission=works_on)
    def refuse(self, *, by: Actor, at: datetime, ground: str, **own: Any) -> None:
        """The information is not given, on a legal ground."""
        self.closed_at, self.ground = at, ground

    @transition(field=state, source=OPEN, target=STATE.WITHDRAWN)
    def withdraw(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """The asker does not need it any more."""
        self.closed_at = at


class RequestMessage(Record):
    """One entry of the record. Never changed."""

    append_only = True

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=14, choices=MessageKind.choices)
    text = models.TextField()
    person = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "created_at"]

    def __str__(self) -> str:
        return self.kind

    @property
    def from_asker(self) -> bool:
        """Whether the asker wrote it."""
        return self.kind in {
            MessageKind.ASKED,
            MessageKind.CLARIFIED,
            MessageKind.WITHDRAWN,
            MessageKind.REASONS_ASKED,
        }


class RequestPaper(Record):
    """A letter as received, or what was sent with the answer."""

    append_only = True

    message = models.ForeignKey(RequestMessage, on_delete=models.PROTECT, related_name="papers")
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.file_id)
