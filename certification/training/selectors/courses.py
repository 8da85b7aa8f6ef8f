"""Courses and seats: who sees which, who may be enrolled, how many seats are left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.training.models import Attendance, Course, Seat
from certification.training.permissions import runs
from certification.training.states import KEPT_SEATS, CourseState, SeatState
from iris.accounts.models import Organisation, User
from iris.accounts.selectors import members_of
from iris.accounts.states import OrganisationKind, Role
from iris.core import clocks
from iris.core.moves import Move, Todo

if TYPE_CHECKING:
    from collections.abc import Iterable

# Kinds of organisation whose people take courses.
LEARNERS = (OrganisationKind.AGENCY, OrganisationKind.EMPLOYER, OrganisationKind.GOVERNMENT)


@dataclass(frozen=True)
class CourseCard:
    """A course in a list: how many seats are taken, how many people wait."""

    course: Course
    taken: int
    waiting: int

    @property
    def left(self) -> int:
        """Seats that can still be booked."""
        return max(self.course.seats - self.taken, 0)


def _with_parts(rows: QuerySet[Course]) -> QuerySet[Course]:
    return rows.select_related("entry", "provider__organisation")


def courses_visible_to(user: User) -> QuerySet[Course]:
    """The scheme sees all, a provider its own, learners what is announced."""
    rows = _with_parts(Course.objects.all())
    if user.is_kind(OrganisationKind.SCHEME):
        return rows
    if user.organisation is None:
        return rows.none()
    if user.is_kind(OrganisationKind.TRAINING_PROVIDER):
        return rows.filter(provider__organisation=user.organisation)
    if user.is_kind(*LEARNERS):
        return rows.exclude(state=CourseState.DRAFT)
    return rows.none()


def course_cards(rows: Iterable[Course]) -> list[CourseCard]:
    """Courses with their seats counted, in two queries."""
    found = list(rows)
    counts: dict[UUID, dict[str, int]] = {
        row["course_id"]: {"taken": row["taken"], "waiting": row["waiting"]}
        for row in Seat.objects.filter(course__in=found)
        .values("course_id")
        .annotate(
            taken=Count("id", filter=Q(state=SeatState.BOOKED)),
            waiting=Count("id", filter=Q(state=SeatState.WAITING)),
        )
        .order_by()
    }
    none = {"taken": 0, "waiting": 0}
    return [
        CourseCard(one, counts.get(one.pk, none)["taken"], counts.get(one.pk, none)["waiting"])
        for one in found
    ]


def busy_seats(course: Course) -> int:
    """Seats that are booked."""
    return course.booked.filter(state=SeatState.BOOKED).count()


def seats_of(course: Course) -> QuerySet[Seat]:
    """Who is booked or waits, in the order they asked."""
    return course.booked.filter(state__in=KEPT_SEATS).select_related(
        "person", "organisation", "course__entry"
    )


def seats_visible_to(user: User) -> QuerySet[Seat]:
    """The scheme sees every seat, a provider those of its courses, an organisation those of its people."""
    rows = Seat.objects.select_related("course__entry", "course__provider", "person", "organisation")
    if user.is_kind(OrganisationKind.SCHEME):
        return rows
    if user.organisation is None:
        return rows.none()
    if user.is_kind(OrganisationKind.TRAINING_PROVIDER):
        return rows.filter(course__provider__organisation=user.organisation)
    return rows.filter(organisation=user.organisation)


def people_to_enrol(organisation: Organisation, course: Course) -> QuerySet[User]:
    """People of an organisation who have no seat in the course yet."""
    taken = course.booked.filter(state__in=KEPT_SEATS).values("person_id")
    members = members_of(organisation).values("user_id")
    return User.objects.filter(pk__in=members).exclude(pk__in=taken).order_by("full_name")


def trainers_of(course: Course) -> list[User]:
    """The people who give a course."""
    return [row.person for row in course.trainers.select_related("person")]


def attended(course: Course) -> dict[UUID, dict[UUID, bool]]:
    """Whether each person was there on each day, as noted last: seat -> day -> present."""
    found: dict[UUID, dict[UUID, bool]] = {}
    for row in Attendance.objects.filter(seat__course=course).order_by("place"):
        found.setdefault(row.seat_id, {})[row.day_id] = row.present
    return found


def moves_for(course: Course, user: User) -> Move | None:
    """The banner of a course's page."""
    yours = runs(course, user)
    today = clocks.today()
    provider = course.provider.organisation.name
    if course.state == CourseState.DRAFT:
        return Move(provider, _("Announce the course: organisations can then book seats."), yours)
    if course.state == CourseState.OPEN and course.starts_on <= today:
        return Move(provider, _("The first day has come: begin the course."), yours, course.starts_on)
    if course.state == CourseState.RUNNING:
        what = _("Note who is there each day. After the last day give the results and close the course.")
        return Move(provider, what, yours, clocks.deadline(course.ends_on, "training_results_days"))
    return None


def todos_for(user: User) -> list[Todo]:
    """What training asks of a person: a trainer's attendance and results."""
    if not user.has_role(Role.TRAINER):
        return []
    rows: list[Any] = list(
        courses_visible_to(user).filter(
            Q(state=CourseState.RUNNING) | Q(state=CourseState.OPEN, starts_on__lte=clocks.today())
        )
    )
    return [
        Todo(
            title=_("%(course)s: attendance and results") % {"course": row.title},
            url=reverse("training:course", args=[row.pk]),
            what=_("Every result is in, then the course is closed."),
            due=clocks.deadline(row.ends_on, "training_results_days"),
            icon="school",
        )
        for row in rows
    ]
