"""One injected clock and the dated numbers of the scheme.

Nothing else in the product asks the system for the time. Numbers live in scheme_numbers.yaml with their source and
the day from which they hold; all deadlines are counted in calendar days from a stated event (R107, R108).
"""

import calendar
import functools
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import yaml
from django.core.exceptions import ImproperlyConfigured

_frozen: ContextVar[datetime | None] = ContextVar("frozen_now", default=None)
# How many rows were stamped in each held moment; shared by blocks that nest.
_stamped: ContextVar[Counter[datetime] | None] = ContextVar("stamped", default=None)
_NUMBERS = Path(__file__).with_name("scheme_numbers.yaml")


@dataclass(frozen=True)
class SchemeNumber:
    """One dated number of the scheme: `value` in `unit`, in force from `valid_from`, with where it comes from."""

    key: str
    label: str
    value: int
    unit: str
    valid_from: date
    source: str
    proposal: bool


def now() -> datetime:
    """The present moment in UTC, or the frozen one."""
    return _frozen.get() or datetime.now(UTC)


def stamp() -> datetime:
    """The moment for a new row. In a held moment each one is a microsecond later, so that rows keep their order."""
    held, stamped = _frozen.get(), _stamped.get()
    if held is None or stamped is None:
        return now()
    stamped[held] += 1
    return held + timedelta(microseconds=stamped[held] - 1)


def written_at() -> datetime:
    """The system's own moment even while the clock is held: it orders what was written in one held moment."""
    return datetime.now(UTC)


def today() -> date:
    """The present calendar day in UTC."""
    return now().date()


@contextmanager
def freeze(at: datetime) -> Iterator[datetime]:
    """Hold the clock at `at` (aware) for the block; blocks nest."""
    if at.tzinfo is None:
        raise ValueError("freeze() needs an aware datetime")
    token = _frozen.set(at.astimezone(UTC))
    counted = _stamped.set(_stamped.get() if _stamped.get() is not None else Counter())
    try:
        yield at
    finally:
        _frozen.reset(token)
        _stamped.reset(counted)


@functools.cache
def numbers() -> tuple[SchemeNumber, ...]:
    """Every dated number, as written in scheme_numbers.yaml."""
    rows = yaml.safe_load(_NUMBERS.read_text(encoding="utf-8"))
    return tuple(
        SchemeNumber(
            key=row["key"],
            label=row["label"],
            value=int(row["value"]),
            unit=row["unit"],
            valid_from=row["valid_from"],
            source=row["source"],
            proposal=bool(row.get("proposal", False)),
        )
        for row in rows
    )


def number(key: str, on: date | None = None) -> int:
    """The value of `key` in force on a day (today by default)."""
    day = on or today()
    held = [row for row in numbers() if row.key == key and row.valid_from <= day]
    if not held:
        raise ImproperlyConfigured(f"No scheme number {key!r} is in force on {day}.")
    return max(held, key=lambda row: row.valid_from).value


def deadline(start: date | datetime, key: str) -> date:
    """The day `number(key)` calendar days after `start`."""
    first = start.astimezone(UTC).date() if isinstance(start, datetime) else start
    return first + timedelta(days=number(key, first))


def add_months(start: date, months: int) -> date:
    """The same day `months` later; the month's last day where that day does not exist (31 Jan + 1 -> 28 or 29 Feb)."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
