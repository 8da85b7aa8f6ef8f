"""Rows made in one held moment keep the order in which they were made."""

from datetime import UTC, datetime, timedelta

import pytest

from iris.core import clocks

AT = datetime(2027, 3, 1, 9, tzinfo=UTC)


def test_stamp_is_later_each_time_in_a_held_moment() -> None:
    with clocks.freeze(AT):
        first, second = clocks.stamp(), clocks.stamp()
        with clocks.freeze(AT):
            third = clocks.stamp()
        assert clocks.now() == AT
    assert (first, second, third) == (AT, AT + timedelta(microseconds=1), AT + timedelta(microseconds=2))


@pytest.mark.real_time
def test_stamp_begins_anew_with_the_next_hold() -> None:
    for _round in range(2):
        with clocks.freeze(AT + timedelta(days=1)):
            assert clocks.stamp() == AT + timedelta(days=1)
