"""Dates in sentences follow the reader; what is stored does not; and nothing else in the product writes a date."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from iris.core import days

DAY = date(2026, 5, 3)
ROOMS = ("audits", "certification", "iris", "supplychain")
# A month in words, by strftime or by a format of Django's.
WRITES = re.compile(r"%-?d %[Bb]|%[Bb] %[Yy]|[\"']j [FM]\b")
MAY = {
    "iris/core/days.py",
    "supplychain/lookups/selectors/presenting/second.py",  # receipts of a kind are printed as they were
}


@pytest.mark.parametrize(
    ("language", "told", "brief"),
    [("en", "3 May 2026", "3 May"), ("ne", "3 मई 2026", "3 मई")],
)
def test_a_day_is_written_in_the_language_of_the_reader(language: str, told: str, brief: str) -> None:
    with translation.override(language):
        assert (days.in_words(DAY), days.short(DAY)) == (told, brief)
        assert days.moment_in_words(datetime(2026, 5, 3, 14, 5, tzinfo=UTC)) == f"{told}, 14:05"
        assert days.for_the_record(DAY) == "3 May 2026"
    assert (days.in_words(None), days.short(None), days.moment_in_words(None)) == ("", "", "")


def test_no_other_module_writes_a_day_by_itself() -> None:
    root = Path(settings.BASE_DIR)
    files = [path for room in ROOMS for path in (root / room).rglob("*.py") if "migrations" not in path.parts]
    assert len(files) > 500
    found = {str(path.relative_to(root)) for path in files if WRITES.search(path.read_text(encoding="utf-8"))}
    assert found <= MAY, sorted(found - MAY)
