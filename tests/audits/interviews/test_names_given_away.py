"""Names, numbers and references of interviewed people are known in a text however they are written."""

from __future__ import annotations

import pytest

from audits.interviews.rules.names import KnownPerson, found_in, looks_like_a_number
from audits.kits.rules import shape
from iris.core import workbooks

NEPALI = "९८४१२३४५६७"  # 9841234567 in the digits of Devanagari


@pytest.mark.parametrize(
    ("contact", "text"),
    [
        (NEPALI, f"Call {NEPALI}."),
        (NEPALI, "Call 9841234567."),
        ("9841234567", f"Call {NEPALI}."),
        ("+977 984\u2011123\u20114567", "Call 984\u2013123\u20134567 in the evening."),
        ("९८४-१२३-४५६७", "+977 (984) 1234567"),
        ("\uff41sha@example.org", "Write to ASHA@example.org."),
    ],
)
def test_a_contact_is_known_in_any_digits_and_dashes(contact: str, text: str) -> None:
    assert found_in(text, [KnownPerson("Nobody Else", contact)]) == "contact"


@pytest.mark.parametrize("text", ["Le Vu told us.", "LE  VU", "the worker le vu"])
def test_a_name_of_short_parts_is_known_as_a_whole(text: str) -> None:
    assert found_in(text, [KnownPerson("Le Vu")]) == "name"


def test_short_parts_alone_say_nothing() -> None:
    assert found_in("Le travail; déjà vu", [KnownPerson("Le Vu")]) is None
    assert found_in("He told us.", [KnownPerson("He")]) is None


def test_a_reference_is_known_with_another_dash() -> None:
    assert found_in("Worker w\u20130001 said so.", [KnownPerson("Nobody Else", "", "W-0001")]) == "reference"


def test_days_are_no_numbers_in_any_digits() -> None:
    assert not looks_like_a_number("२०२६-११-२२")
    assert looks_like_a_number(NEPALI)


def test_a_kit_brings_no_half_letters() -> None:
    """A workbook may write any character as _xHHHH_, also half of a pair, which no database keeps."""
    assert shape.tidy(workbooks.unescaped("A_xD800_B_x0000_C")) == "ABC"
