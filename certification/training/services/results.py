"""Attendance day by day, and results. Whoever trains an agency may not audit it or decide on it afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.decisions import services as decisions
from certification.decisions.states import BarKind
from certification.training.models import Attendance, Course, CourseDay, Seat
from certification.training.permissions import runs
from certification.training.states import CourseState, Result, SeatState
from iris.core import clocks, events
from iris.core.days import for_the_record, in_words
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import lock

if TYPE_CHECKING:
    from iris.accounts.models import User


@transaction.atomic
def note_attendance(*, seat_id: UUID, day_id: UUID, actor: User, present: bool) -> Seat:
    """Note that somebody was there on a day, or was not. The first day on which people of an agency are there bars
    every trainer of the course from auditing the agency or deciding on it; a correction does not lift that."""
    course, seat = _locked(seat_id, actor)
    day = CourseDay.objects.get(pk=day_id, course=course)
    if day.on > clocks.today():
        when = in_words(day.on)
        raise BadInput(_("This day is %(when)s. Note who is there when it has come.") % {"when": when})
    earlier = list(Attendance.objects.filter(seat=seat, day=day))
    if earlier and earlier[-1].present == present:
        return seat
    if present:
        _bar_trainers(course, seat, actor)
    Attendance.objects.create(
        seat=seat, day=day, present=present, noted_at=clocks.now(), place=len(earlier) + 1
    )
    events.record(
        seat, act="attended" if present else "missed", actor=actor, data={"day": day.on.isoformat()}
    )
    return seat


def _bar_trainers(course: Course, seat: Seat, actor: Any) -> None:
    agency = Agency.objects.filter(organisation_id=seat.organisation_id).first()
    if agency is None:
        return
    for row in course.trainers.select_related("person"):
        decisions.bar(
            agency=agency,
            person=row.person,
            kind=BarKind.TRAINED,
            since=course.starts_on,
            until=decisions.cool_off_ends(course.ends_on),
            source=bar_source(course),
            actor=actor,
        )


def bar_source(course: Course) -> str:
    """How a bar names the course it comes from."""
    return _("Course %(code)s, %(day)s") % {
        "code": course.entry.code,
        "day": for_the_record(course.starts_on),
    }


@transaction.atomic
def note_result(*, seat_id: UUID, actor: User, result: str) -> Seat:
    """What came of the course for one person; until the course is closed it can be put right.

    Passed needs attendance on enough of the days (scheme number `training_attendance_percent`).
    """
    course, seat = _locked(seat_id, actor)
    if result not in Result.values:
        raise BadInput(fields={"result": [_("Choose a result.")]})
    days, there = course.days.count(), _days_there(seat)
    asked = clocks.number("training_attendance_percent")
    if result == Result.PASSED and there * 100 < asked * days:
        raise BadInput(
            fields={
                "result": [
                    _(
                        "%(name)s was there on %(there)s of %(days)s days. To pass, somebody has to be there for "
                        "%(asked)s per cent of them."
                    )
                    % {"name": seat.person.label, "there": there, "days": days, "asked": asked}
                ]
            }
        )
    if result == Result.ABSENT and there:
        raise BadInput(
            fields={
                "result": [
                    _("%(name)s was there on at least one day, so the result is passed or failed.")
                    % {"name": seat.person.label}
                ]
            }
        )
    if seat.result != result:
        seat.note_result(Result(result), clocks.now(), course.expires_on)
        seat.save()
        events.record(seat, act="result", actor=actor, data={"result": result})
    return seat


@dataclass(frozen=True)
class Line:
    """One person on the sheet of a course: what was ticked for each day, and the result."""

    seat_id: UUID
    days: Mapping[UUID, bool]
    result: str = ""


@transaction.atomic
def save_sheet(*, course_id: UUID, actor: User, lines: Sequence[Line]) -> int:
    """Attendance and results of a whole course at once: all of it or, with every problem named, none."""
    known = {row.pk: row for row in Seat.objects.filter(course_id=course_id)}
    problems: list[str] = []
    for line in lines:
        if line.seat_id not in known:
            raise BadInput(_("The sheet is of another course. Reload the page."))
        try:
            for day_id, present in line.days.items():
                note_attendance(seat_id=line.seat_id, day_id=day_id, actor=actor, present=present)
            if line.result:
                note_result(seat_id=line.seat_id, actor=actor, result=line.result)
        except BadInput as refused:
            told = [str(one) for texts in refused.fields.values() for one in texts]
            problems += told or [str(refused.message)]
    if problems:
        raise BadInput(_("Nothing is saved yet."), fields={"sheet": problems})
    return len(lines)


def _days_there(seat: Seat) -> int:
    last = {row.day_id: row.present for row in Attendance.objects.filter(seat=seat).order_by("place")}
    return sum(last.values())


def _locked(seat_id: UUID, actor: User) -> tuple[Course, Seat]:
    course_id = Seat.objects.values_list("course_id", flat=True).get(pk=seat_id)
    course = lock(Course, course_id)
    if not runs(course, actor):
        raise NotPermitted(_("Only a trainer of the provider notes attendance and results."))
    seat = lock(Seat, seat_id)
    if course.state != CourseState.RUNNING:
        raise Conflict(_("Attendance and results are noted while the course runs."))
    if seat.state != SeatState.BOOKED:
        raise Conflict(_("This person has no seat in the course."))
    return course, seat
