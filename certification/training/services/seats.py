"""Seats: booked while there are some, then a waiting list in the order people asked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.training.models import Course, Seat
from certification.training.permissions import enrols, holds_seat
from certification.training.selectors import busy_seats
from certification.training.services.telling import tell_organisation
from certification.training.states import KEPT_SEATS, CourseState, SeatState
from iris.accounts.models import Membership
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock

if TYPE_CHECKING:
    from iris.accounts.models import User


@transaction.atomic
def enrol(*, course_id: UUID, actor: User, person_id: UUID) -> Seat:
    """Enrol a person of one's own organisation: a seat when there is one, else a place on the waiting list."""
    if not enrols(actor) or actor.organisation is None:
        raise NotPermitted(
            _("Only who speaks for an agency, an employer or a government body enrols people.")
        )
    course = lock(Course, course_id)
    if course.state != CourseState.OPEN:
        raise Conflict(_("This course is not open for enrolment (any more)."))
    if not Membership.objects.filter(
        user_id=person_id, organisation=actor.organisation, active=True
    ).exists():
        raise BadInput(fields={"person": [_("Choose somebody who belongs to your organisation.")]})
    if course.trainers.filter(person_id=person_id).exists():
        raise BadInput(fields={"person": [_("Whoever gives the course cannot take it.")]})
    if course.booked.filter(person_id=person_id, state__in=KEPT_SEATS).exists():
        raise Conflict(_("This person has a seat or waits for one already."))
    seat = Seat.objects.create(
        course=course, person_id=person_id, organisation=actor.organisation, asked_at=clocks.now()
    )
    events.record(seat, act="asked", actor=actor, to_state=seat.state)
    if busy_seats(course) < course.seats:
        act(seat.book, actor=actor)
    tell_organisation(seat, "booked" if seat.state == SeatState.BOOKED else "waiting")
    return seat


@transaction.atomic
def give_back(*, seat_id: UUID, actor: User) -> Seat:
    """Give a seat back before the course begins; whoever waits longest gets it."""
    course_id = Seat.objects.values_list("course_id", flat=True).get(pk=seat_id)
    course = lock(Course, course_id)
    seat = lock(Seat, seat_id)
    if not holds_seat(seat, actor):
        raise NotPermitted(_("Only the organisation that booked a seat, or the provider, gives it back."))
    if course.state != CourseState.OPEN:
        raise Conflict(_("The course has begun or is over: seats are no longer given back."))
    act(seat.give_back, actor=actor)
    _move_up(course)
    return seat


def _move_up(course: Course) -> None:
    free = course.seats - busy_seats(course)
    waiting = course.booked.filter(state=SeatState.WAITING).order_by("asked_at", "created_at", "id")
    for one in list(waiting.values_list("pk", flat=True)[: max(free, 0)]):
        seat = lock(Seat, one)
        act(seat.book, actor=events.SYSTEM)
        tell_organisation(seat, "moved_up")
