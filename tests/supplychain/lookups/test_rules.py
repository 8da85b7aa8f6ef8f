"""Pure rules: numbers, phones, addresses, and texts that name nobody; each case worked by hand."""

import pytest

from certification.agencies.selectors import compact, number_key
from supplychain.lookups import rules
from supplychain.lookups.selectors.identifying import problem_with_number


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+977 1 5550123", "01-5550123", True),  # exchange's zero against country's code
        ("00977 1 5550123", "+977-1-5550123", True),
        ("+44 (0)20 7946 0018", "020 7946 0018", True),
        ("+977 1 5550123", "+977 1 5550124", False),  # a digit apart is another phone
        ("5550123", "+977 1 5550123", True),  # without area: four digits may lack
        ("+1 555 5550123", "+977 1 5550123", False),
        ("٠١٥٥٥٠١٢٣٤", "+977 15550 1234", True),  # Arabic digits
        ("123", "+977 1 5550123", False),
    ],
)
def test_same_phone(one: str, other: str, same: bool) -> None:
    assert rules.same_phone(one, other) is same


@pytest.mark.parametrize("text", ["123456", "1234567890123456", "12 Main Street", "L-12/064/065", "", "+"])
def test_what_is_no_phone(text: str) -> None:
    assert rules.phone_of(text) == ""


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://www.Kalimaru.com.np/about?x=1", "kalimaru.com.np"),
        ("kalimaru.com", "kalimaru.com"),
        ("www.kalimaru.com:8080/", "kalimaru.com"),
        ("Kalimaru Pvt. Ltd.", ""),
        ("3.14", ""),
        ("kalimaru", ""),
    ],
)
def test_domain_of(text: str, domain: str) -> None:
    assert rules.domain_of(text) == domain


def test_email_of() -> None:
    assert rules.email_of(" mailto:Info@Kalimaru.COM ") == ("info@kalimaru.com", "kalimaru.com")
    assert rules.email_of("kalimaru.com") is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        # 5493001KJTIIGC8Y1R12 is the example of ISO 17442's own check digits in public use.
        ("5493001KJTIIGC8Y1R12", False),
        ("5493 001K JTII GC8Y 1R12", False),
        ("LEI: 5493001KJTIIGC8Y1R12", False),
        ("5493001KJTIIGC8Y1R21", True),  # check digits swapped
        ("5493001KJTIIGC8Y1R1", False),  # too short to be meant as one
        ("International Recruit", False),
    ],
)
def test_an_lei_tells_by_itself_that_it_is_wrong(text: str, wrong: bool) -> None:
    assert bool(problem_with_number(text)) is wrong


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "nothing"),
        ("???", "nothing"),
        ("🙂🙂", "nothing"),
        ("\u200b", "nothing"),
        ("A", "one_letter"),
        ("7.", "one_letter"),
        ("金", ""),  # one sign is a word where signs are words
        ("Ltd", "legal_form"),
        ("Pvt. Ltd.", "legal_form"),
        ("S.R.L.", "legal_form"),
        ("Ed", ""),
        ("कालिमारु", ""),
        ("Kalimaru 🙂", ""),
    ],
)
def test_why_a_text_names_nobody(text: str, problem: str) -> None:
    assert rules.problem_with(text) == problem


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("Kаlimaru Overseas", ["Kаlimaru"]),  # Cyrillic а
        ("Kalimaru Оверсиз", []),  # two scripts, each in words of its own
        ("株式会社カリマル", []),  # the scripts of Japanese go together
        ("Kalimaru", []),
    ],
)
def test_mixed_scripts(text: str, mixed: list[str]) -> None:
    assert rules.mixed_scripts(text) == mixed


def test_clean_leaves_out_only_what_cannot_be_seen() -> None:
    assert rules.clean("  Kali\x00maru\t Over\u0007seas  ") == "Kali maru Over seas"
    assert rules.unseen("Kali\x00maru\t\u0007\u0007") == ["U+0000", "U+0007"]
    assert rules.clean("می\u200cخواهم") == "می\u200cخواهم"


def test_numbers_without_accents_are_compared_like_all_others() -> None:
    """The quick way for plain letters leaves exactly the letters and digits, as the way for every script does."""
    signs = "".join(map(chr, range(128)))
    letters = [one for one in signs if one.isalnum()]
    assert compact(signs) == "".join(letters).upper()
    assert number_key(signs) == "".join(letters).lower()
    assert compact(f"é{signs}") == f"É{compact(signs)}"
    assert number_key(f"É{signs}") == f"é{number_key(signs)}"
