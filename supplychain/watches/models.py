"""A watch, what it saw last of each agency, and the append-only ledger of its runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record
from iris.core.places import COUNTRY_CHOICES
from supplychain.watches.permissions import may_change
from supplychain.watches.states import (
    AlarmKind,
    Cause,
    ChangeKind,
    Outcome,
    SubjectKind,
    Tempo,
    WatchState,
)

STATE = WatchState
AGENCY = "certification_agencies.Agency"


class Watch(Record):
    """What one organisation wants looked at again and again. Nobody else learns of it unless it is disclosed."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=SubjectKind.choices)
    subject_key = models.CharField(max_length=400)  # the same subject is watched once by an organisation
    agency = models.ForeignKey(AGENCY, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=2, choices=COUNTRY_CHOICES, blank=True)
    destination = models.CharField(max_length=2, choices=COUNTRY_CHOICES, blank=True)
    wanted = models.JSONField(default=dict, blank=True)  # a search of the register: its filters
    screening = models.ForeignKey(
        "supplychain_screenings.Screening", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    relationship = models.CharField(max_length=200, blank=True)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    tempo = models.CharField(max_length=6, choices=Tempo.choices, default=Tempo.NOW)
    webhook = models.BooleanField(default=False)
    disclosed = models.BooleanField(default=False)

    state = StateField(WatchState, default=WatchState.ACTIVE)
    ended_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)  # the last run that ended well
    tried_at = models.DateTimeField(null=True, blank=True, db_index=True)  # the last run, however it ended
    failure = models.TextField(blank=True)  # why the last run failed
    size = models.PositiveIntegerField(default=0)
    facts_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["title", "created_at"]
        verbose_name_plural = "watches"
        indexes = [models.Index(fields=["organisation", "state"], name="watch_of_organisation")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "subject_key"],
                condition=~Q(state=STATE.ENDED),
                name="watch_one_for_a_subject",
            ),
            models.CheckConstraint(
                condition=(Q(kind=SubjectKind.AGENCY) & Q(agency__isnull=False))
                | (~Q(kind=SubjectKind.AGENCY) & Q(agency__isnull=True)),
                name="watch_of_an_agency_names_it",
            ),
            models.CheckConstraint(
                condition=(Q(kind=SubjectKind.CORRIDOR) & ~Q(origin="") & ~Q(destination=F("origin")))
                | (~Q(kind=SubjectKind.CORRIDOR) & Q(origin="", destination="")),
                name="watch_of_a_corridor_crosses_a_border",
            ),
            models.CheckConstraint(
                condition=(Q(kind=SubjectKind.SCREENING) & Q(screening__isnull=False))
                | (~Q(kind=SubjectKind.SCREENING) & Q(screening__isnull=True)),
                name="watch_of_a_screening_names_it",
            ),
            models.CheckConstraint(
                condition=Q(disclosed=False) | Q(kind=SubjectKind.AGENCY),
                name="watch_disclosed_to_one_agency",
            ),
            models.CheckConstraint(
                condition=(Q(state=STATE.ENDED) & Q(ended_at__isnull=False))
                | (~Q(state=STATE.ENDED) & Q(ended_at__isnull=True)),
                name="watch_ended_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source=[STATE.ACTIVE], target=STATE.PAUSED, permission=may_change)
    def pause(self, *, by: Actor, at: datetime) -> None:
        """No runs until it goes on; what changed meanwhile is told then."""

    @transition(field=state, source=[STATE.PAUSED], target=STATE.ACTIVE, permission=may_change)
    def resume(self, *, by: Actor, at: datetime) -> None:
        """It goes on from what was seen last."""

    @transition(field=state, source=[STATE.ACTIVE, STATE.PAUSED], target=STATE.ENDED, permission=may_change)
    def end(self, *, by: Actor, at: datetime) -> None:
        """No more runs; its ledger stays."""
        self.ended_at = at


class Sight(models.Model):
    """What a watch saw last of one agency: what the next run is compared with. Written by runs alone."""

    id = models.BigAutoField(primary_key=True)
    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="sights")
    agency = models.ForeignKey(AGENCY, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField()
    facts_hash = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["watch", "agency"], name="watch_sight_once")]

    def __str__(self) -> str:
        return f"{self.watch_id} saw {self.agency_id}"


class Round(Record):
    """One full check of every watch by the clock. The heartbeat of the watching."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    watches = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["ended_at"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="watch_one_open_round",
            )
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"


class Entry(Record):
    """One run of one watch in the ledger: also, and above all, the runs that found nothing new."""

    append_only = True

    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="entries")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    cause = models.CharField(max_length=8, choices=Cause.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    agencies = models.PositiveIntegerField()  # how many were looked at in this run
    changed = models.PositiveIntegerField(default=0)
    hash_before = models.CharField(max_length=64, blank=True)
    hash_after = models.CharField(max_length=64, blank=True)
    register_event = models.BigIntegerField(
        default=0
    )  # the register as of this event: the version of the data
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-created_at"]
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["watch", "-at"], name="watch_ledger_of_watch"),
            models.Index(fields=["round"], name="watch_ledger_of_round", condition=Q(round__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(outcome=Outcome.CHANGED) & Q(changed__gt=0))
                | (~Q(outcome=Outcome.CHANGED) & Q(changed=0)),
                name="watch_entry_changed_counts",
            ),
            models.CheckConstraint(
                condition=(Q(outcome=Outcome.FAILED) & ~Q(note="")) | ~Q(outcome=Outcome.FAILED),
                name="watch_entry_failed_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.UNCHANGED) | Q(hash_before=F("hash_after")),
                name="watch_entry_unchanged_has_one_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.outcome}"

    @property
    def outcome_member(self) -> Outcome:
        """The outcome as its member, for state tags."""
        return Outcome(self.outcome)


class Change(Record):
    """What one run found changed of one agency: the facts before and after."""

    append_only = True

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="changes")
    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="changes")
    agency = models.ForeignKey(AGENCY, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ChangeKind.choices)
    kinds = models.JSONField(default=list)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "agency"], name="watch_change_once_per_run"),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False), name="watch_change_has_facts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.kind}"


class Telling(Record):
    """One person is to hear of one run that found changes: written with the run, once, and done once."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="tellings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tempo = models.CharField(max_length=6, choices=Tempo.choices)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="watch_told_once")]
        indexes = [
            models.Index(fields=["person"], name="watch_untold", condition=Q(told_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.tempo}"


class Plan(Record):
    """When an organisation gets its digests (UTC), and whether also when nothing changed."""

    organisation = models.OneToOneField(
        "iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    hour = models.PositiveSmallIntegerField(default=6)
    weekday = models.PositiveSmallIntegerField(default=0)
    when_unchanged = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hour__lte=23, weekday__lte=6), name="watch_plan_is_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.hour}:00"


class Digest(Record):
    """One digest of one person: also kept when it was not sent because nothing had changed."""

    append_only = True

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tempo = models.CharField(max_length=6, choices=Tempo.choices)
    due_at = models.DateTimeField()
    changed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    unchecked = models.PositiveIntegerField()
    sent = models.BooleanField()

    class Meta:
        ordering = ["-due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "tempo", "due_at"], name="watch_digest_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.tempo} {self.due_at:%Y-%m-%d}"


class Alarm(Record):
    """The watching itself was late or failed: who was told, and when it was well again."""

    kind = models.CharField(max_length=8, choices=AlarmKind.choices)
    organisation = models.ForeignKey(
        "iris_accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    data: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organisation"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="watch_one_open_alarm",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.began_at:%Y-%m-%d %H:%M}"
