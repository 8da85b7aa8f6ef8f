"""Money against amounts worked by hand."""

import pytest

from iris.core.errors import BadInput
from iris.core.money import Money, minor_digits


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("6,500", "NPR", 650_000),
        ("6500.5", "NPR", 650_050),
        ("1 200.50", "USD", 120_050),
        ("1.200,50", "EUR", 120_050),
        ("12,5", "EUR", 1_250),
        ("1,00,000", "INR", 10_000_000),
        ("12000", "JPY", 12_000),
        ("1.234", "KWD", 1_234),
    ],
)
def test_parse_reads_what_people_type(text: str, currency: str, minor: int) -> None:
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize("text", ["", "abc", "-5", "12.345", "1e5x", "NaN", "Infinity", "9" * 30])
def test_parse_refuses_with_a_sentence(text: str) -> None:
    with pytest.raises(BadInput, match="Amount"):
        Money.parse(text, "NPR")


def test_parse_refuses_an_unknown_currency() -> None:
    with pytest.raises(BadInput, match="three-letter"):
        Money.parse("5", "Rs")


def test_adding_two_currencies_is_an_error() -> None:
    with pytest.raises(ValueError, match="cannot add"):
        Money(1, "NPR") + Money(1, "USD")


def test_minor_digits_follow_iso_4217() -> None:
    assert [minor_digits(code) for code in ("NPR", "JPY", "KWD")] == [2, 0, 3]


def test_text_shows_code_and_separators() -> None:
    assert Money(650_000, "NPR").text.replace("\xa0", " ") == "NPR 6,500.00"
