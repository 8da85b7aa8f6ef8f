"""Courses that are done, running and full, and one appeal that is being heard."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from certification.agencies.models import Agency
from certification.agencies.selectors import signatory
from certification.decisions import services as decisions
from certification.decisions.models import Decision
from certification.decisions.states import AppealAnswer
from certification.training import services as training
from certification.training.models import CatalogueEntry, Course
from certification.training.services import CourseDraft, Line
from certification.training.states import Result
from iris.accounts import services as accounts
from iris.accounts.models import Organisation, User
from iris.accounts.selectors import acting_memberships
from iris.accounts.states import OrganisationKind
from iris.core import clocks
from iris.demo.building.scheme import World, person

GROUNDS = (
    "The decision rests on cost line 4, a medical test of 3,200 rupees, as paid by the workers. The receipts show that "
    "our client in Riyadh paid the clinic directly on 3 March; the auditors saw a list of another job order. The bank "
    "statement we enclosed with our answer to the draft report was not read: the report does not mention it."
)
HEARD = (
    "The bank statement was sent with the answer to the draft report and is not weighed anywhere in the report. "
    "The reason given for the refusal does not stand without it."
)


def build(world: World, now: datetime) -> None:
    """Who trains, what is taught, four courses, and the appeal of the agency that was refused."""
    trainers = _provider(world, now)
    learners = _learners(world)
    today = now.date()
    _finished(world, trainers, "FAIR-2", today - timedelta(days=150), learners[:8])
    _finished(world, trainers, "GAP-2", today - timedelta(days=90), learners[:4])
    running = _course(
        trainers, "BUILD-3", [today - timedelta(days=1), today, today + timedelta(days=1)], 8, now
    )
    _enrol(running, learners[:3], now - timedelta(days=9))
    with clocks.freeze(_morning(today - timedelta(days=1))):
        training.begin_course(course_id=running.pk, actor=trainers[0])
        first = running.days.order_by("on").first()
        assert first is not None
        for seat in running.booked.all():
            training.note_attendance(seat_id=seat.pk, day_id=first.pk, actor=trainers[0], present=True)
    full = _course(trainers, "FAIR-2", [today + timedelta(days=19), today + timedelta(days=20)], 3, now)
    _enrol(full, learners[8:13], now - timedelta(days=3))
    _appeal(world, now)


def _provider(world: World, now: datetime) -> list[User]:
    told: Mapping[str, Any] = world.spec["training"]
    manager = world.staff["scheme_manager"]
    with clocks.freeze(now - timedelta(days=200)):
        made = accounts.create_organisation(
            OrganisationKind.TRAINING_PROVIDER, told["provider"]["name"], told["provider"]["country"]
        )
        made = accounts.vet_organisation(made.pk, manager, True)
        trainers = [
            person(name, made, "trainer", demo=index == 0)
            for index, name in enumerate(told["provider"]["trainers"])
        ]
        training.approve_provider(organisation_id=made.pk, actor=manager)
        for row in told["catalogue"]:
            training.add_entry(actor=manager, **row)
    return trainers


def _learners(world: World) -> list[tuple[User, User]]:
    """Pairs of who enrols and who learns: two people of each of some agencies, then an employer."""
    found: list[tuple[User, User]] = []
    certified = [row["name"] for row in world.spec["agencies"] if row["road"] in ("certified", "conditional")]
    for index, name in enumerate(certified[:7]):
        agency = world.agencies[name]
        signs = _acting(signatory(agency), agency.organisation)
        colleague = person(
            world.a_name(index * 31 + 5), agency.organisation, "contributor", at=f"team{index}"
        )
        found += [(signs, signs), (signs, colleague)]
    employer = world.employers[0][0]
    return [*found[:7], (employer, employer), *found[7:]]


def _acting(user: User | None, organisation: Organisation) -> User:
    assert user is not None
    user.acting = acting_memberships(user).get(organisation=organisation)
    return user


def _course(trainers: list[User], code: str, days: Sequence[date], seats: int, now: datetime) -> Course:
    with clocks.freeze(min(now, _morning(days[0])) - timedelta(days=20)):
        made = training.draft_course(
            actor=trainers[0],
            draft=CourseDraft(
                entry_id=CatalogueEntry.objects.get(code=code).pk,
                trainer_ids=[one.pk for one in trainers[:1]],
                days=days,
                language="en",
                seats=seats,
                place="Kathmandu" if code != "GAP-2" else "",
                country="NP",
            ),
        )
        return training.announce_course(course_id=made.pk, actor=trainers[0])


def _enrol(course: Course, people: list[tuple[User, User]], at: datetime) -> None:
    for number, (actor, learner) in enumerate(people):
        with clocks.freeze(at + timedelta(minutes=number)):
            training.enrol(course_id=course.pk, actor=actor, person_id=learner.pk)


def _finished(
    world: World, trainers: list[User], code: str, on: date, people: list[tuple[User, User]]
) -> None:
    course = _course(trainers, code, [on, on + timedelta(days=1)], 12, _morning(on))
    _enrol(course, people, _morning(on) - timedelta(days=10))
    with clocks.freeze(_morning(on)):
        training.begin_course(course_id=course.pk, actor=trainers[0])
    with clocks.freeze(_morning(on + timedelta(days=2))):
        lines = []
        for index, seat in enumerate(course.booked.order_by("asked_at")):
            there = index != 5
            result = Result.ABSENT if not there else Result.PASSED
            lines.append(Line(seat.pk, {day.pk: there for day in course.days.all()}, result))
        training.save_sheet(course_id=course.pk, actor=trainers[0], lines=lines)
        training.finish_course(course_id=course.pk, actor=trainers[0])


def _appeal(world: World, now: datetime) -> None:
    """The refused agency appeals; one of the others has voted."""
    refused = [row["name"] for row in world.spec["agencies"] if row["road"] == "refused"]
    agency: Agency = world.agencies[refused[0]]
    decision = Decision.objects.filter(agency=agency, state="decided").order_by("-decided_at").first()
    assert decision is not None
    assert decision.decided_at is not None
    began = max(decision.decided_at + timedelta(days=2), now - timedelta(days=10))
    with clocks.freeze(began):
        made = decisions.appeal(
            decision_id=decision.pk,
            actor=_acting(signatory(agency), agency.organisation),
            grounds=GROUNDS,
        )
    with clocks.freeze(began + timedelta(days=2)):
        decisions.acknowledge_appeal(appeal_id=made.pk, actor=world.staff["screener"])
    hearer = next(one for one in reversed(world.deciders) if one.pk != decision.decided_by_id)
    with clocks.freeze(now - timedelta(days=1)):
        decisions.vote_on_appeal(appeal_id=made.pk, actor=hearer, outcome=AppealAnswer.UPHELD, reasons=HEARD)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), tzinfo=UTC)
