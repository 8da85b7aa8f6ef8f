"""Catalogue, providers, courses, seats, attendance. Migration 0002_guards holds seats and bars in plain SQL."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certification.training.permissions import holds_seat, may_stop, runs
from certification.training.rules import rule_of
from certification.training.states import KEPT_SEATS, LANGUAGES, CourseState, Level, Result, SeatState
from iris.core.fsm import StateField, transition
from iris.core.models import Record


class CatalogueEntry(Record):
    """A kind of course: what it teaches, at which level, for how many hours."""

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=120)
    level = models.CharField(max_length=8, choices=Level.choices)
    hours = models.PositiveSmallIntegerField()
    about = models.TextField()
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="catalogue_level_known", condition=Q(level__in=Level.values)),
            models.CheckConstraint(name="catalogue_has_hours", condition=Q(hours__gte=1, hours__lte=400)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Provider(Record):
    """An organisation that may give courses, from a day until a day."""

    organisation = models.OneToOneField(
        "iris_accounts.Organisation", on_delete=models.PROTECT, related_name="training_provider"
    )
    approved_from = models.DateField()
    approved_until = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.CheckConstraint(
                name="provider_ends_after_it_begins",
                condition=Q(approved_until__isnull=True) | Q(approved_until__gte=F("approved_from")),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation.name)

    def approved_on(self, on: date) -> bool:
        """Whether it may give courses that begin on this day."""
        return self.approved_from <= on and (self.approved_until is None or on <= self.approved_until)


class Course(Record):
    """One course of the catalogue, given on certain days by a provider's trainers."""

    entry = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="courses")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="courses")
    place = models.CharField(max_length=120, blank=True, help_text=_("Empty: online."))
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=8)
    seats = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = StateField(CourseState, default=CourseState.DRAFT)

    class Meta:
        ordering = ["starts_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="course_ends_after_it_begins", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="course_has_seats", condition=Q(seats__gte=1, seats__lte=500)),
            models.CheckConstraint(name="course_state_known", condition=Q(state__in=CourseState.values)),
        ]

    def __str__(self) -> str:
        return f"{self.entry.code}, {self.starts_on.isoformat()}"

    @property
    def where(self) -> str:
        """The place, or that it is online."""
        return self.place or str(_("Online"))

    @property
    def language_name(self) -> str:
        """The language in words."""
        return str(LANGUAGES.get(self.language, self.language))

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.entry.title)

    @property
    def expires_on(self) -> date:
        """Last day on which a result of this course counts."""
        from iris.core import clocks

        return clocks.add_months(self.ends_on, rule_of(Level(self.entry.level), self.ends_on).validity_months)

    @transition(field=state, source=[CourseState.DRAFT], target=CourseState.OPEN, permission=runs)
    def announce(self, **own: Any) -> None:
        """Open it for enrolment."""

    @transition(field=state, source=[CourseState.OPEN], target=CourseState.RUNNING, permission=runs)
    def begin(self, **own: Any) -> None:
        """Its first day has come."""

    @transition(field=state, source=[CourseState.RUNNING], target=CourseState.DONE, permission=runs)
    def finish(self, **own: Any) -> None:
        """Every result is in."""

    @transition(
        field=state,
        source=[CourseState.DRAFT, CourseState.OPEN],
        target=CourseState.CANCELLED,
        permission=may_stop,
        needs_reason=True,
    )
    def cancel(self, **own: Any) -> None:
        """It will not be given."""


class CourseTrainer(Record):
    """One person who gives a course. Written with the course, never changed: bars follow from it."""

    append_only = True

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="trainers")
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="courses_given")

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(name="trainer_once", fields=["course", "person"])]

    def __str__(self) -> str:
        return f"{self.person_id}"


class CourseDay(Record):
    """One day of a course and its hours."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="days")
    on = models.DateField()

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(name="course_day_once", fields=["course", "on"])]

    def __str__(self) -> str:
        return self.on.isoformat()


class Seat(Record):
    """One person of an organisation in one course, and what came of it."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="booked")
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="training")
    organisation = models.ForeignKey(
        "iris_accounts.Organisation", on_delete=models.PROTECT, related_name="training"
    )
    asked_at = models.DateTimeField()
    state = StateField(SeatState, default=SeatState.WAITING)
    result = models.CharField(max_length=8, choices=Result.choices, blank=True)
    result_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "created_at"]
        constraints = [
            models.UniqueConstraint(
                name="seat_once_in_a_course",
                fields=["course", "person"],
                condition=Q(state__in=KEPT_SEATS),
            ),
            models.CheckConstraint(name="seat_state_known", condition=Q(state__in=SeatState.values)),
            models.CheckConstraint(
                name="seat_result_has_its_day",
                condition=Q(result="", result_at__isnull=True)
                | (Q(result__in=Result.values) & Q(result_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="seat_only_passed_expires",
                condition=Q(result=Result.PASSED, expires_on__isnull=False)
                | (~Q(result=Result.PASSED) & Q(expires_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="seat_result_of_a_booked_one", condition=Q(result="") | Q(state=SeatState.BOOKED)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"

    @transition(field=state, source=[SeatState.WAITING], target=SeatState.BOOKED)
    def book(self, **own: Any) -> None:
        """There is room."""

    @transition(field=state, source=KEPT_SEATS, target=SeatState.GIVEN_BACK, permission=holds_seat)
    def give_back(self, **own: Any) -> None:
        """Somebody else may have it."""

    def note_result(self, result: Result, at: datetime, expires_on: date | None) -> None:
        """What came of it; only a passed result counts until a day."""
        self.result = result
        self.result_at = at
        self.expires_on = expires_on if result == Result.PASSED else None


class Attendance(Record):
    """Whether one person was there on one day. The last row counts; earlier ones stay."""

    append_only = True

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendance")
    day = models.ForeignKey(CourseDay, on_delete=models.PROTECT, related_name="attendance")
    present = models.BooleanField()
    noted_at = models.DateTimeField()
    place = models.PositiveIntegerField(help_text=_("Which time this was noted: a correction counts on."))

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(name="attendance_in_order", fields=["seat", "day", "place"])]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.present}"
