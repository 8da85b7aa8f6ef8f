"""Every state of a course and of a seat x every act x every role, and what plain SQL is let through."""

from __future__ import annotations

from datetime import timedelta

import pytest

from certification.training import services
from certification.training.models import Course, Seat
from certification.training.states import CourseState, SeatState
from iris.accounts.models import User
from iris.core import clocks
from tests.factories import accounts, agencies, decisions, training
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db

COURSE_ROWS = {
    ("draft", "announce", "trainer"),
    ("draft", "cancel", "trainer"),
    ("draft", "cancel", "manager"),
    ("open", "enrol", "signatory"),
    ("open", "begin", "trainer"),
    ("open", "cancel", "trainer"),
    ("open", "cancel", "manager"),
    ("running", "finish", "trainer"),
}
SEAT_ROWS = {
    (state, "give back", role) for state in ("waiting", "booked") for role in ("trainer", "signatory")
}


def _course(state: str) -> Course:
    """A course that begins today, so that time stands in the way of nothing."""
    made = training.course(state, days=[clocks.today()])
    return training.get(made)


def _enrol(row: Course, by: User) -> None:
    services.enrol(course_id=row.pk, actor=by, person_id=by.pk)


def test_course_table() -> None:
    acts = {
        "announce": lambda row, by: services.announce_course(course_id=row.pk, actor=by),
        "begin": lambda row, by: services.begin_course(course_id=row.pk, actor=by),
        "finish": lambda row, by: services.finish_course(course_id=row.pk, actor=by),
        "cancel": lambda row, by: services.cancel_course(course_id=row.pk, actor=by, reason="r"),
        "enrol": _enrol,
    }
    people = {
        "trainer": lambda row: training.trainer(),
        "other trainer": lambda row: accounts.person("training_provider", "trainer"),
        "manager": lambda row: decisions.manager(),
        "decider": lambda row: decisions.deciders(1)[0],
        "signatory": lambda row: agencies.signatory(agencies.agency()),
        "auditor": lambda row: accounts.person("audit_firm", "lead_auditor"),
    }
    count, wrong = wrong_rows(_course, CourseState, acts, people, COURSE_ROWS)
    assert wrong == []
    assert count == len(CourseState) * len(acts) * len(people)


def _seat(state: str) -> Seat:
    made = training.course(seats=1)
    first = training.seat(made)
    if state == SeatState.WAITING:
        return training.seat(made)
    if state == SeatState.GIVEN_BACK:
        services.give_back(seat_id=first.pk, actor=training.trainer())
    return Seat.objects.select_related("organisation").get(pk=first.pk)


def test_seat_table() -> None:
    acts = {"give back": lambda row, by: services.give_back(seat_id=row.pk, actor=by)}
    people = {
        "trainer": lambda row: training.trainer(),
        "signatory": lambda row: agencies.signatory(row.organisation.agency),
        "other signatory": lambda row: agencies.signatory(agencies.agency()),
        "manager": lambda row: decisions.manager(),
    }
    count, wrong = wrong_rows(_seat, SeatState, acts, people, SEAT_ROWS)
    assert wrong == []
    assert count == len(SeatState) * len(people)


@pytest.mark.parametrize(
    ("state", "through"),
    [
        ("draft", {"open", "cancelled"}),
        ("open", {"running", "cancelled"}),
        ("running", {"done"}),
        ("done", set()),
        ("cancelled", set()),
    ],
)
def test_plain_sql_on_a_course(state: str, through: set[str]) -> None:
    assert moves_let_through(_course(state), CourseState.values) == through


@pytest.mark.parametrize(
    ("state", "through"),
    [("waiting", {"given_back"}), ("booked", {"given_back"}), ("given_back", set())],
)
def test_plain_sql_on_a_seat(state: str, through: set[str]) -> None:
    """A full course books nobody from the waiting list, whoever asks."""
    with clocks.freeze(clocks.now() + timedelta(minutes=1)):
        assert moves_let_through(_seat(state), SeatState.values) == through
