"""A course from draft to done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.training.models import CatalogueEntry, Course, CourseDay, CourseTrainer, Provider, Seat
from certification.training.services.telling import tell_organisation
from certification.training.states import KEPT_SEATS, CourseState, SeatState
from iris.accounts.models import User
from iris.accounts.selectors import people_of
from iris.accounts.states import Role
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.errors import BadInput, NotPermitted, TransitionRefused
from iris.core.fsm import act, lock

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_DAYS = 10
MOST_SEATS = 500


@dataclass(frozen=True)
class CourseDraft:
    """What a trainer tells about a course to be given."""

    entry_id: UUID
    trainer_ids: Sequence[UUID]
    days: Sequence[date]
    language: str
    seats: int
    place: str = ""
    country: str = ""


@transaction.atomic
def draft_course(*, actor: User, draft: CourseDraft) -> Course:
    """Write a course down. Its trainers stand from here on: bars follow from them."""
    if not actor.has_role(Role.TRAINER):
        raise NotPermitted(_("Only a trainer of an approved provider gives courses."))
    provider = Provider.objects.filter(organisation=actor.organisation).first()
    days = sorted(set(draft.days))
    _check(draft, provider, days)
    assert provider is not None
    course = Course.objects.create(
        entry_id=draft.entry_id,
        provider=provider,
        place=draft.place.strip(),
        country=draft.country if draft.place.strip() else "",
        language=draft.language,
        seats=draft.seats,
        starts_on=days[0],
        ends_on=days[-1],
    )
    CourseDay.objects.bulk_create([CourseDay(course=course, on=one) for one in days])
    for one in draft.trainer_ids:
        CourseTrainer.objects.create(course=course, person_id=one)
    events.record(course, act="drafted", actor=actor, data={"seats": draft.seats}, to_state=course.state)
    return course


def _check(draft: CourseDraft, provider: Provider | None, days: list[date]) -> None:
    fields: dict[str, list[StrOrPromise]] = {}
    if not days:
        fields["days"] = [_("Give at least one day.")]
    elif len(days) > MOST_DAYS:
        fields["days"] = [_("A course has at most %(most)s days.") % {"most": MOST_DAYS}]
    elif days[0] < clocks.today():
        fields["days"] = [_("A course cannot begin in the past. Give today or a later day.")]
    if provider is None or (days and not provider.approved_on(days[0])):
        fields["days"] = [
            *fields.get("days", []),
            _(
                "The scheme has not approved your organisation to give courses on that day. Write to its office."
            ),
        ]
    if not 1 <= draft.seats <= MOST_SEATS:
        fields["seats"] = [_("A course has 1 to %(most)s seats.") % {"most": MOST_SEATS}]
    if not CatalogueEntry.objects.filter(pk=draft.entry_id, retired_on__isnull=True).exists():
        fields["entry"] = [_("Choose a course of the catalogue.")]
    own = (
        set(people_of(provider.organisation, Role.TRAINER).values_list("pk", flat=True))
        if provider
        else set()
    )
    if not draft.trainer_ids or not set(draft.trainer_ids) <= own:
        fields["trainers"] = [_("Name who gives it: trainers of your organisation.")]
    if draft.place.strip() and not draft.country:
        fields["country"] = [_("Choose the country of the place.")]
    if fields:
        raise BadInput(fields=fields)


@transaction.atomic
def announce_course(*, course_id: UUID, actor: User) -> Course:
    """Open a course for enrolment."""
    course = lock(Course, course_id)
    act(course.announce, actor=actor)
    return course


@transaction.atomic
def begin_course(*, course_id: UUID, actor: Any) -> Course:
    """The first day has come: seats are fixed, attendance is noted."""
    course = lock(Course, course_id)
    if course.state == CourseState.OPEN and course.starts_on > clocks.today():
        when = in_words(course.starts_on)
        raise TransitionRefused(_("The course begins on %(when)s. Begin it then.") % {"when": when})
    act(course.begin, actor=actor)
    return course


def begin_due() -> int:
    """Begin every open course whose first day has come; returns how many."""
    due = Course.objects.filter(state=CourseState.OPEN, starts_on__lte=clocks.today())
    return sum(_begin_if_open(one) for one in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _begin_if_open(course_id: UUID) -> bool:
    course = lock(Course, course_id)
    if course.state != CourseState.OPEN:
        return False
    act(course.begin, actor=events.SYSTEM)
    return True


@transaction.atomic
def finish_course(*, course_id: UUID, actor: User) -> Course:
    """Close a course whose last day has come and whose results are all in. From here on results count."""
    course = lock(Course, course_id)
    missing: list[str] = []
    if course.state == CourseState.RUNNING:
        if course.ends_on > clocks.today():
            when = in_words(course.ends_on)
            missing.append(_("The last day is %(when)s.") % {"when": when})
        without = Seat.objects.filter(course=course, state=SeatState.BOOKED, result="").select_related(
            "person"
        )
        missing += [_("No result yet: %(name)s") % {"name": one.person.label} for one in without]
    if missing:
        raise TransitionRefused(
            _("The course cannot be closed yet."), code="results_missing", missing=missing
        )
    act(course.finish, actor=actor)
    for seat in Seat.objects.filter(course=course, state=SeatState.BOOKED).select_related(
        "person", "organisation", "course__entry"
    ):
        tell_organisation(seat, "result", result=str(seat.get_result_display()), expires_on=seat.expires_on)
    return course


@transaction.atomic
def cancel_course(*, course_id: UUID, actor: User, reason: str) -> Course:
    """Call a course off before it begins; everybody who has a seat or waits is told."""
    course = lock(Course, course_id)
    act(course.cancel, actor=actor, reason=reason)
    rows = Seat.objects.filter(course=course, state__in=KEPT_SEATS).select_related(
        "person", "organisation", "course__entry"
    )
    for seat in rows:
        tell_organisation(seat, "cancelled", reason=reason.strip())
    return course
