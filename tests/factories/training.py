"""Courses and seats, walked to a state by the real services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from certification.agencies.models import Agency
from certification.training import services
from certification.training.models import CatalogueEntry, Course, Provider, Seat
from certification.training.services import CourseDraft, Line
from certification.training.states import CourseState
from iris.accounts.models import User
from iris.accounts.selectors import people_of
from iris.core import clocks
from tests.factories import accounts, agencies, decisions, numbers
from tests.stock import stocked

_numbers = numbers()
HOURS = {"entry": 14, "l1": 16, "l2": 24, "l3": 16}


@stocked
def entry(level: str = "entry") -> CatalogueEntry:
    """A course of the catalogue at that level, the same one each time."""
    found = CatalogueEntry.objects.filter(level=level).first()
    return found or services.add_entry(
        actor=decisions.manager(),
        code=f"{level}-{next(_numbers)}",
        title=f"Course at {level}",
        level=level,
        hours=HOURS[level],
        about="People can do it afterwards.",
    )


@stocked
def provider() -> Provider:
    """An approved provider, the same one each time."""
    found = Provider.objects.first()
    if found:
        return found
    organisation = accounts.organisation("training_provider")
    accounts.person(role="trainer", organisation=organisation)
    return services.approve_provider(organisation_id=organisation.pk, actor=decisions.manager())


def trainer(of: Provider | None = None) -> User:
    """A trainer of the provider."""
    of = of or provider()
    found = people_of(of.organisation, "trainer").order_by("email").first()
    assert found is not None
    return found


@stocked
def course(
    state: str = "open",
    *,
    level: str = "entry",
    seats: int = 12,
    days: Sequence[date] | None = None,
    trainers: Iterable[User] | None = None,
) -> Course:
    """A course in that state; one that runs begins today, one that is done ends today."""
    wanted = CourseState(state)
    given_by = trainer()
    first = clocks.today() + timedelta(days=14 if wanted in ("draft", "open", "cancelled") else 0)
    made = services.draft_course(
        actor=given_by,
        draft=CourseDraft(
            entry_id=entry(level).pk,
            trainer_ids=[one.pk for one in trainers or [given_by]],
            days=days or [first],
            language="en",
            seats=seats,
        ),
    )
    if wanted != CourseState.DRAFT:
        services.announce_course(course_id=made.pk, actor=given_by)
    if wanted == CourseState.CANCELLED:
        services.cancel_course(course_id=made.pk, actor=given_by, reason="The trainer is ill.")
    if wanted in (CourseState.RUNNING, CourseState.DONE):
        services.begin_course(course_id=made.pk, actor=given_by)
    if wanted == CourseState.DONE:
        services.finish_course(course_id=made.pk, actor=given_by)
    return get(made)


def get(made: Course) -> Course:
    """The row as it is now (a stateful row is read again, never refreshed)."""
    return Course.objects.select_related("entry", "provider__organisation").get(pk=made.pk)


@stocked
def seat(of: Course, agency: Agency | None = None, person: User | None = None) -> Seat:
    """A seat or a place on the waiting list for a person of an agency."""
    agency = agency or agencies.agency()
    person = person or agencies.colleague(agency, "contributor")
    return services.enrol(course_id=of.pk, actor=agencies.signatory(agency), person_id=person.pk)


@stocked
def passed(
    agency: Agency, level: str, on: date, *, people: Sequence[User] = (), result: str = "passed"
) -> Course:
    """A course at that level, done on one day, taken by people of the agency (its signatory alone, unless told)."""
    with clocks.freeze(datetime.combine(on, time(9), tzinfo=UTC)):
        provider()
        made = course("open", level=level, days=[on])
        seats = [seat(made, agency, one) for one in people or [agencies.signatory(agency)]]
        by = trainer()
        services.begin_course(course_id=made.pk, actor=by)
        day = made.days.get()
        there = result != "absent"
        services.save_sheet(
            course_id=made.pk, actor=by, lines=[Line(one.pk, {day.pk: there}, result) for one in seats]
        )
        services.finish_course(course_id=made.pk, actor=by)
    return get(made)
