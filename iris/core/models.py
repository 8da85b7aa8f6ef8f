"""The platform's own records: events and their chain, outbox, stored files, heartbeats. No foreign key to any room."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from iris.core import clocks

__all__ = [
    "ChainLink",
    "Event",
    "EventPayload",
    "FeedRow",
    "Freeze",
    "Heartbeat",
    "KeptAnswer",
    "OutboxRow",
    "Record",
    "StoredFile",
    "SweepRun",
]


class _MadeAt(models.DateTimeField):  # type: ignore[type-arg] # fields take no arguments at run time
    """When a row was made: `clocks.stamp`, which migrations see as the plain field it is in the database."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", list(args), {**kwargs, "default": clocks.now}


class Record(models.Model):
    """A row with a UUID that may be shown outside and the moment it was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = _MadeAt(default=clocks.stamp, editable=False)

    # Set on a class whose rows may only ever be inserted; iris.core.guards revokes the rest and installs a trigger.
    append_only: ClassVar[bool] = False

    class Meta:
        abstract = True


class Event(Record):
    """One act by one person on one thing. Append-only; numbered and chained by ChainLink."""

    append_only = True

    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=120)
    subject_type = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    actor_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    payload_mac = models.CharField(max_length=64)

    payload: "EventPayload"

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"], name="core_event_subject")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(act=""), name="core_event_has_act"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.act}"

    @property
    def label(self) -> str:
        """The act in words."""
        from iris.core import events

        return events.words_for(self)

    @property
    def reason(self) -> str:
        """Why, where the act needed a reason."""
        return self.payload.reason if hasattr(self, "payload") else ""

    @property
    def actor_label(self) -> str:
        """Who, in words."""
        return self.payload.actor_label if hasattr(self, "payload") else ""

    @property
    def tone(self) -> str:
        """`key` for a change of state, `stop` for one that stops, else empty: used by components/events.html."""
        from iris.core import events

        return events.tone_of(self)


class EventPayload(models.Model):
    """What of an event may be personal: erasing it leaves the chain whole (Event.payload_mac = HMAC(salt, payload))."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, related_name="payload")
    salt = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"words of {self.event_id}"


class ChainLink(models.Model):
    """The number and hash of one committed event, written by the one sequencer."""

    append_only: ClassVar[bool] = True

    seq = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="link")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    linked_at = models.DateTimeField(default=clocks.now)

    def __str__(self) -> str:
        return str(self.seq)


class OutboxRow(Record):
    """A job that must run: written with the change that asks for it, woken after commit, swept when forgotten."""

    class State(models.TextChoices):
        WAITING = "waiting"
        LEASED = "leased"
        DONE = "done"
        FAILED = "failed"

    job = models.CharField(max_length=120)
    queue = models.CharField(max_length=40, default="default")
    kwargs = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clocks.now)
    lease_until = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="core_outbox_open",
                condition=models.Q(status__in=["waiting", "leased"]),
            )
        ]

    def __str__(self) -> str:
        return self.job


class StoredFile(Record):
    """One uploaded or rendered file: bytes under a random name in private storage, known by its SHA-256."""

    append_only = True

    organisation_id = models.UUIDField(null=True, db_index=True)
    uploaded_by_id = models.UUIDField(null=True)
    uploaded_by_label = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Freeze(Record):
    """The product stands still from a moment until another: it may be read and not written (iris.core.frozen)."""

    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="core_freeze_ends_after_it_began",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="core_freeze_says_why"),
        ]

    def __str__(self) -> str:
        return self.reason


class Heartbeat(models.Model):
    """The last sign of life of a process, read by /health/ready."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str, at: datetime | None = None) -> None:
        """Note that `name` is alive."""
        values: dict[str, Any] = {"at": at or clocks.now()}
        cls.objects.update_or_create(name=name, defaults=values)

    @classmethod
    def advance(cls, name: str, at: datetime) -> None:
        """Note that `name` was alive then, unless something later is known: of two workers one may be idle."""
        cls.objects.get_or_create(name=name, defaults={"at": at})
        later_than_now = models.Q(at__gt=clocks.now())
        cls.objects.filter(models.Q(at__lt=at) | later_than_now, name=name).update(at=at)


class SweepRun(models.Model):
    """How one periodic task went last. One row for each task, written by the task's own runner."""

    name = models.CharField(max_length=120, primary_key=True)
    every_seconds = models.FloatField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(failed_at=None, error="")
                | (models.Q(failed_at__isnull=False) & ~models.Q(error="")),
                name="sweep_failed_says_why",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def note(cls, name: str, every: float, began: datetime, error: str = "") -> None:
        """Keep how a run that began then has just ended. An error stays until a run ends well."""
        now = clocks.now()
        values: dict[str, Any] = {"every_seconds": every, "began_at": began}
        values |= (
            {"failed_at": now, "error": error} if error else {"ended_at": now, "failed_at": None, "error": ""}
        )
        cls.objects.update_or_create(name=name, defaults=values)


class KeptAnswer(models.Model):
    """The answer to a request with an Idempotency-Key, kept for a day in the transaction of its effect."""

    id = models.BigAutoField(primary_key=True)
    client_id = models.UUIDField()
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client_id", "key"], name="kept_answer_once_per_key")]

    def __str__(self) -> str:
        return self.key


class FeedRow(models.Model):
    """A thing of a feed changed, in this transaction. Written by triggers only (iris.core.feeds)."""

    id = models.BigAutoField(primary_key=True)
    feed = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    txid = models.BigIntegerField()
    at = models.DateTimeField()
    # Every transaction with a lower number had ended when this row was written.
    ended_below = models.BigIntegerField(db_default=0)

    class Meta:
        indexes = [
            models.Index(fields=["feed", "txid", "id"], name="feed_in_order"),
            models.Index(fields=["feed", "subject_id"], name="feed_of_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.feed} {self.subject_id} in {self.txid}"
