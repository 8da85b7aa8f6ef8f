"""Endpoints, the messages to them, and every try."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record
from iris.webhooks.permissions import may_manage
from iris.webhooks.states import DeliveryStatus, EndpointState

STATE = EndpointState
STATUS = DeliveryStatus


class Endpoint(Record):
    """An address of an organisation that gets its messages. Secrets are sealed; a person sees one once."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    url = models.CharField(max_length=2000)
    secret = models.BinaryField(editable=False)
    old_secret = models.BinaryField(null=True, editable=False)
    old_until = models.DateTimeField(null=True, blank=True, editable=False)
    # What is sent here: topics by name or `group.*`; empty, everything that is the organisation's own.
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    # Of watches only these; empty, all of the organisation's.
    watches = ArrayField(models.UUIDField(), default=list, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = StateField(EndpointState, default=EndpointState.ACTIVE)
    failing_since = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(old_secret__isnull=True, old_until__isnull=True)
                | Q(old_secret__isnull=False, old_until__isnull=False),
                name="webhook_old_secret_has_an_end",
            ),
            models.CheckConstraint(
                condition=(Q(state=STATE.REMOVED) & Q(ended_at__isnull=False))
                | (~Q(state=STATE.REMOVED) & Q(ended_at__isnull=True)),
                name="webhook_removed_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transition(field=state, source=[STATE.ACTIVE], target=STATE.PAUSED, permission=may_manage)
    def pause(self, *, by: Actor, at: datetime) -> None:
        """Nothing is sent; messages of this time are not kept for later."""

    @transition(field=state, source=[STATE.PAUSED, STATE.BROKEN], target=STATE.ACTIVE, permission=may_manage)
    def resume(self, *, by: Actor, at: datetime) -> None:
        """Messages are sent again from now on; earlier ones can be sent again one by one."""
        self.failing_since = None

    @transition(
        field=state, source=[STATE.ACTIVE], target=STATE.BROKEN, permission=lambda _thing, _user: False
    )
    def give_up(self, *, by: Actor, at: datetime) -> None:
        """It failed for days without a break. Only the clock does this."""

    @transition(
        field=state,
        source=[STATE.ACTIVE, STATE.PAUSED, STATE.BROKEN],
        target=STATE.REMOVED,
        permission=may_manage,
    )
    def remove(self, *, by: Actor, at: datetime) -> None:
        """Gone for good; its log stays."""
        self.ended_at = at


class Delivery(Record):
    """One message to one endpoint. Sent again it keeps its id, by which a receiver knows it already."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    message_id = models.CharField(max_length=40)
    topic = models.CharField(max_length=60)
    body = models.TextField()
    key = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=10, choices=STATUS.choices, default=STATUS.WAITING)
    failures = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["endpoint", "-created_at"], name="webhook_log"),
            models.Index(fields=["next_at"], name="webhook_due", condition=Q(status=STATUS.WAITING)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "key"], condition=~Q(key=""), name="webhook_once_per_key"
            ),
            models.CheckConstraint(
                condition=(Q(status=STATUS.DELIVERED) & Q(delivered_at__isnull=False))
                | (~Q(status=STATUS.DELIVERED) & Q(delivered_at__isnull=True)),
                name="webhook_delivered_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def status_member(self) -> DeliveryStatus:
        """The status as its member, for state tags."""
        return DeliveryStatus(self.status)


class Attempt(Record):
    """One try: the code that came back, or why none did.

    Dropped with its message after `webhook_log_days`, by a function of the database's owner alone (migration 0003).
    """

    append_only = True

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    code = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.CharField(max_length=400, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["at", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__isnull=False) | ~Q(error=""), name="webhook_attempt_says_something"
            )
        ]

    def __str__(self) -> str:
        return str(self.code or self.error)


class Tally(Record):
    """What stays of messages that were forgotten: how many of an event came to what, in how many tries."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="tallies")
    topic = models.CharField(max_length=60)
    status = models.CharField(max_length=10, choices=STATUS.choices)
    messages = models.PositiveIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["topic", "status"]
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "topic", "status"], name="webhook_tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.status}: {self.messages}"
