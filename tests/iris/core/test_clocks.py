"""Dates and dated numbers, against days counted by hand."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from iris.core import clocks


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 21), 36, date(2029, 11, 21)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_add_months_ends_of_months_and_leap_years(start: date, months: int, expected: date) -> None:
    assert clocks.add_months(start, months) == expected


def test_deadline_counts_calendar_days_over_a_leap_day() -> None:
    assert clocks.deadline(date(2028, 2, 20), "application_review_days") == date(2028, 3, 5)


def test_deadline_of_a_moment_counts_from_its_day_in_utc() -> None:
    late = datetime.fromisoformat("2026-11-21T23:30:00-05:00")
    assert clocks.deadline(late, "application_review_days") == date(2026, 12, 6)


def test_number_unknown_is_a_configuration_error() -> None:
    with pytest.raises(ImproperlyConfigured, match="no_such_number"):
        clocks.number("no_such_number")


def test_number_before_it_holds_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured):
        clocks.number("certificate_validity_months", on=date(2019, 12, 31))


def test_freeze_nests_and_ends() -> None:
    first, second = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    with clocks.freeze(first):
        with clocks.freeze(second):
            assert clocks.now() == second
        assert clocks.now() == first


def test_every_number_has_a_source() -> None:
    assert all(row.source and row.label and row.unit for row in clocks.numbers())


def test_numbers_stand_once_for_each_day_they_begin_on() -> None:
    begins = [(row.key, row.valid_from) for row in clocks.numbers()]
    assert len(begins) == len(set(begins))
