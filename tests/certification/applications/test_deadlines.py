"""Days are counted on the calendar, from the injected clock: leap years, month ends, the turn of a year."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from certification.applications import selectors
from certification.applications.rules import (
    Running,
    days_without,
    median_days,
    missing_for_kind,
    window_opens_on,
)
from certification.applications.states import ApplicationKind
from iris.core import clocks


@pytest.mark.parametrize(
    ("start", "key", "due"),
    [
        # 14 days of review: over the leap day, not over it, and over New Year.
        (date(2028, 2, 16), "application_review_days", date(2028, 3, 1)),
        (date(2027, 2, 16), "application_review_days", date(2027, 3, 2)),
        (date(2026, 12, 20), "application_review_days", date(2027, 1, 3)),
        # 60 days of deferral: from the last day of January, from a leap day, over the turn of a year.
        (date(2028, 1, 31), "deferral_days", date(2028, 3, 31)),
        (date(2027, 1, 31), "deferral_days", date(2027, 4, 1)),
        (date(2028, 2, 29), "deferral_days", date(2028, 4, 29)),
        (date(2027, 12, 31), "deferral_days", date(2028, 2, 29)),
        # 30 days for an appeal and for more time.
        (date(2028, 1, 31), "appeal_days", date(2028, 3, 1)),
        (date(2027, 12, 15), "deferral_extension_days", date(2028, 1, 14)),
    ],
)
def test_days_are_days_of_the_calendar(start, key, due):
    assert clocks.deadline(start, key) == due


def test_a_moment_late_in_the_evening_elsewhere_counts_as_its_day_in_utc():
    assert clocks.deadline(datetime(2028, 2, 28, 23, 30, tzinfo=UTC), "application_review_days") == date(
        2028, 3, 13
    )


@pytest.mark.parametrize(
    ("expires", "opens"),
    [
        (date(2028, 8, 31), date(2028, 2, 29)),
        (date(2027, 8, 31), date(2027, 2, 28)),
        (date(2028, 8, 29), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2027, 8, 29)),
        (date(2027, 1, 31), date(2026, 7, 31)),
        (date(2027, 3, 31), date(2026, 9, 30)),
    ],
)
def test_a_renewal_opens_six_months_before_the_last_day_also_at_the_end_of_a_month(expires, opens):
    assert window_opens_on(expires) == opens


def running(expires: date) -> Running:
    return Running(uuid4(), "ORIS-C-0001", window_opens_on(expires), expires)


@pytest.mark.parametrize(
    ("today", "open_now"),
    [(date(2028, 2, 28), False), (date(2028, 2, 29), True), (date(2028, 8, 31), True)],
)
def test_a_renewal_is_open_from_its_first_to_the_certificates_last_day(today, open_now):
    with clocks.freeze(datetime(today.year, today.month, today.day, 9, tzinfo=UTC)):
        left = missing_for_kind(running(date(2028, 8, 31)), ApplicationKind.RECERTIFICATION)
    assert (not left) is open_now
    assert open_now or "from 29 February 2028" in left[0]


def test_after_the_last_day_no_certificate_runs(monkeypatch):
    monkeypatch.setattr(
        "certification.applications.rules.running._providers",
        {"test": lambda _agency: running(date(2028, 8, 31))},
    )
    with clocks.freeze(datetime(2028, 8, 31, 23, 59, tzinfo=UTC)):
        assert selectors.running_of(None) is not None
    with clocks.freeze(datetime(2028, 9, 1, 0, 0, tzinfo=UTC)):
        assert selectors.running_of(None) is None


def test_days_in_review_leave_out_the_days_on_which_the_agency_had_it():
    start, end = date(2028, 2, 20), date(2028, 3, 20)  # 29 days, the leap day among them
    assert days_without(start, end, []) == 29
    assert days_without(start, end, [(date(2028, 2, 25), date(2028, 3, 5))]) == 20
    # Overlapping, touching and sticking out are counted once.
    pauses = [
        (date(2028, 2, 10), date(2028, 2, 22)),
        (date(2028, 2, 25), date(2028, 3, 5)),
        (date(2028, 3, 1), date(2028, 3, 7)),
        (date(2028, 3, 18), date(2028, 4, 1)),
    ]
    assert days_without(start, end, pauses) == 29 - 2 - 11 - 2


@pytest.mark.parametrize(
    ("days", "middle"), [([], None), ([4], 4.0), ([9, 1, 5], 5.0), ([1, 2, 10, 40], 6.0)]
)
def test_a_median_is_the_middle(days, middle):
    assert median_days(days) == middle
