"""Courses and seats: approved providers, never overbooked, the waiting list in order, results that stand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError

from certification.training import services
from certification.training.models import Attendance, Course, Seat
from certification.training.services import CourseDraft, Line
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.notify.models import Notice
from tests.certification.decisions.test_votes import sql
from tests.factories import accounts, agencies, decisions, training

pytestmark = pytest.mark.django_db


def draft(**more: Any) -> CourseDraft:
    words: dict[str, Any] = {
        "entry_id": training.entry().pk,
        "trainer_ids": [training.trainer().pk],
        "days": [clocks.today() + timedelta(days=7)],
        "language": "en",
        "seats": 10,
    }
    return CourseDraft(**{**words, **more})


def state(seat: Seat) -> str:
    return str(Seat.objects.get(pk=seat.pk).state)


def test_a_course_is_written_down_with_days_and_trainers() -> None:
    days = [clocks.today() + timedelta(days=n) for n in (9, 7, 8)]
    made = services.draft_course(actor=training.trainer(), draft=draft(days=days))
    assert (made.state, made.starts_on, made.ends_on) == ("draft", days[1], days[0])
    assert made.days.count() == 3


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("days", {"days": []}),
        ("days", {"days": [date(2026, 11, 20)]}),
        ("seats", {"seats": 0}),
        ("entry", {"entry_id": uuid4()}),
        ("trainers", {"trainer_ids": []}),
        ("trainers", {"trainer_ids": [uuid4()]}),
        ("country", {"place": "Kathmandu"}),
    ],
)
def test_a_course_that_does_not_fit_is_refused(field: str, words: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as refused:
        services.draft_course(actor=training.trainer(), draft=draft(**words))
    assert list(refused.value.fields) == [field]


def test_only_an_approved_provider_gives_courses() -> None:
    other = accounts.person("training_provider", "trainer")
    with pytest.raises(BadInput, match="correct what is marked"):
        services.draft_course(actor=other, draft=draft(trainer_ids=[other.pk]))
    with pytest.raises(NotPermitted):
        services.draft_course(actor=agencies.signatory(agencies.agency()), draft=draft())
    provider = training.provider()
    with pytest.raises(ReasonRequired):
        services.end_provider(provider_id=provider.pk, actor=decisions.manager(), reason=" ")
    services.end_provider(provider_id=provider.pk, actor=decisions.manager(), reason="No trainers left.")
    with pytest.raises(BadInput) as refused:
        services.draft_course(actor=training.trainer(), draft=draft())
    assert "not approved" in str(refused.value.fields["days"])


def test_the_catalogue_is_the_scheme_managers() -> None:
    words: dict[str, Any] = {"code": "x1", "title": "X", "level": "l2", "hours": 24, "about": "a"}
    with pytest.raises(NotPermitted):
        services.add_entry(actor=training.trainer(), **words)
    made = services.add_entry(actor=decisions.manager(), **words)
    assert made.code == "X1"
    with pytest.raises(BadInput) as refused:
        services.add_entry(actor=decisions.manager(), **words)
    assert "code" in refused.value.fields
    with pytest.raises(BadInput) as refused:
        services.add_entry(actor=decisions.manager(), **{**words, "code": "x2", "hours": 23})
    assert "at least 24 hours" in str(refused.value.fields["hours"])
    services.retire_entry(entry_id=made.pk, actor=decisions.manager())
    with pytest.raises(BadInput):
        services.draft_course(actor=training.trainer(), draft=draft(entry_id=made.pk))


def test_a_full_course_has_a_waiting_list_in_order() -> None:
    made = training.course(seats=2)
    asked = []
    for minute in range(4):
        with clocks.freeze(clocks.now() + timedelta(minutes=minute)):
            asked.append(training.seat(made))
    first, second, third, fourth = asked
    assert [state(one) for one in (first, second, third, fourth)] == [
        "booked",
        "booked",
        "waiting",
        "waiting",
    ]
    services.give_back(seat_id=first.pk, actor=agencies.signatory(_agency(first)))
    assert [state(one) for one in (first, third, fourth)] == ["given_back", "booked", "waiting"]
    assert Notice.objects.filter(template="training/moved_up").count() == 1
    assert Notice.objects.filter(template="training/waiting").count() == 2


def _agency(seat: Seat) -> Any:
    return seat.organisation.agency


def test_the_database_never_overbooks() -> None:
    made = training.course(seats=1)
    training.seat(made)
    waiting = training.seat(made)
    with pytest.raises(IntegrityError, match="all 1 seats"):
        sql("UPDATE certification_training_seat SET state='booked' WHERE id=%s", waiting.pk)
    with pytest.raises(IntegrityError, match="booked already"):
        sql("UPDATE certification_training_course SET seats=0 WHERE id=%s", made.pk)


def test_people_of_employers_and_governments_take_courses() -> None:
    made = training.course()
    for kind, role in (("employer", "sourcing_manager"), ("government", "reader")):
        person = accounts.person(kind, role)
        assert services.enrol(course_id=made.pk, actor=person, person_id=person.pk).state == "booked"


def test_who_may_not_be_enrolled() -> None:
    made = training.course()
    agency = agencies.agency()
    signatory = agencies.signatory(agency)
    with pytest.raises(NotPermitted):
        services.enrol(
            course_id=made.pk, actor=agencies.colleague(agency, "contributor"), person_id=signatory.pk
        )
    with pytest.raises(BadInput, match="correct what is marked"):
        services.enrol(course_id=made.pk, actor=signatory, person_id=decisions.manager().pk)
    services.enrol(course_id=made.pk, actor=signatory, person_id=signatory.pk)
    with pytest.raises(Conflict, match="has a seat"):
        services.enrol(course_id=made.pk, actor=signatory, person_id=signatory.pk)
    with pytest.raises(Conflict, match="not open"):
        services.enrol(course_id=training.course("running").pk, actor=signatory, person_id=signatory.pk)


def test_a_course_does_not_begin_before_its_day() -> None:
    made = training.course()
    with pytest.raises(TransitionRefused, match="5 December 2026"):
        services.begin_course(course_id=made.pk, actor=training.trainer())
    assert services.begin_due() == 0
    with clocks.freeze(clocks.now() + timedelta(days=14)):
        assert services.begin_due() == 1
        assert services.begin_due() == 0
    assert training.get(made).state == "running"


def _running(days: int = 1, seats: int = 1) -> tuple[Course, list[Seat]]:
    today = clocks.today()
    made = training.course("open", days=[today + timedelta(days=n) for n in range(days)])
    booked = [training.seat(made) for _ in range(seats)]
    services.begin_course(course_id=made.pk, actor=training.trainer())
    return training.get(made), booked


def test_to_pass_somebody_is_there_on_four_of_five_days() -> None:
    made, (seat,) = _running(days=5)
    days = list(made.days.all())
    with clocks.freeze(clocks.now() + timedelta(days=4)):
        for day in days[:3]:
            services.note_attendance(seat_id=seat.pk, day_id=day.pk, actor=training.trainer(), present=True)
        with pytest.raises(BadInput) as refused:
            services.note_result(seat_id=seat.pk, actor=training.trainer(), result="passed")
        assert "3 of 5 days" in str(refused.value.fields["result"])
        with pytest.raises(BadInput, match="correct what is marked"):
            services.note_result(seat_id=seat.pk, actor=training.trainer(), result="absent")
        services.note_attendance(seat_id=seat.pk, day_id=days[3].pk, actor=training.trainer(), present=True)
        noted = services.note_result(seat_id=seat.pk, actor=training.trainer(), result="passed")
    assert noted.expires_on == date(2029, 11, 25)


def test_attendance_is_noted_when_the_day_has_come_and_corrections_stay() -> None:
    made, (seat,) = _running(days=2)
    first, second = made.days.all()
    with pytest.raises(BadInput, match="22 November 2026"):
        services.note_attendance(seat_id=seat.pk, day_id=second.pk, actor=training.trainer(), present=True)
    for present in (True, True, False):
        services.note_attendance(seat_id=seat.pk, day_id=first.pk, actor=training.trainer(), present=present)
    assert list(Attendance.objects.values_list("place", "present")) == [(1, True), (2, False)]
    with pytest.raises(DatabaseError):
        sql("DELETE FROM certification_training_attendance")


def test_a_sheet_is_saved_whole_or_not_at_all() -> None:
    made, (first, second) = _running(seats=2)
    day = made.days.get()
    lines = [Line(first.pk, {day.pk: True}, "passed"), Line(second.pk, {day.pk: False}, "passed")]
    with pytest.raises(BadInput) as refused:
        services.save_sheet(course_id=made.pk, actor=training.trainer(), lines=lines)
    assert len(refused.value.fields["sheet"]) == 1
    assert not Attendance.objects.exists()
    lines[1] = Line(second.pk, {day.pk: False}, "absent")
    services.save_sheet(course_id=made.pk, actor=training.trainer(), lines=lines)
    assert Seat.objects.get(pk=second.pk).result == "absent"


def test_only_the_providers_trainer_notes_results() -> None:
    _made, (seat,) = _running()
    for person in (accounts.person("training_provider", "trainer"), decisions.manager()):
        with pytest.raises(NotPermitted):
            services.note_result(seat_id=seat.pk, actor=person, result="failed")


def test_a_course_is_closed_with_every_result_and_then_stands() -> None:
    made, (seat,) = _running()
    with pytest.raises(TransitionRefused) as refused:
        services.finish_course(course_id=made.pk, actor=training.trainer())
    assert "No result yet" in str(refused.value.missing[0])
    services.note_result(seat_id=seat.pk, actor=training.trainer(), result="absent")
    assert services.finish_course(course_id=made.pk, actor=training.trainer()).state == "done"
    assert Notice.objects.filter(template="training/result").count() == 1
    with pytest.raises(Conflict):
        services.note_result(seat_id=seat.pk, actor=training.trainer(), result="failed")
    with pytest.raises(IntegrityError, match="do not change"):
        sql("UPDATE certification_training_seat SET result='failed' WHERE id=%s", seat.pk)


def test_a_course_called_off_tells_everybody() -> None:
    made = training.course()
    training.seat(made)
    with pytest.raises(ReasonRequired):
        services.cancel_course(course_id=made.pk, actor=decisions.manager(), reason="")
    services.cancel_course(course_id=made.pk, actor=decisions.manager(), reason="The hall is flooded.")
    assert Notice.objects.filter(template="training/cancelled").count() == 1


def test_results_that_end_are_told_once() -> None:
    agency = agencies.agency()
    training.passed(agency, "entry", date(2024, 1, 15))
    told = Notice.objects.filter(template="training/ending")
    with clocks.freeze(clocks.now() + timedelta(days=-6)):
        assert (services.remind_of_ending(), told.count()) == (0, 0)
    assert services.remind_of_ending() == 1
    services.remind_of_ending()
    assert told.count() == 1
