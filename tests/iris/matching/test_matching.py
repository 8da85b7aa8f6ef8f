"""Names: what must match, what must not, and the reasons given. Expectations are judgements by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iris.matching import Candidate, Outcome, decide, key, normalise, score

REGISTER = [
    Candidate("1", "Kalimaru Overseas Services Private Limited", "legal", "NP"),
    Candidate("1", "कालिमारु ओभरसिज सर्भिसेज", "local", "NP"),
    Candidate("2", "Kalimaru Overseas Trading", "legal", "IN"),
    Candidate("3", "Sagarmatha Manpower Agency", "legal", "NP"),
    Candidate("4", "Blue Lotus Recruitment Ltd", "legal", "BD"),
    Candidate("4", "Green Lotus Staffing", "former", "BD"),
    Candidate("5", "東方人力資源有限公司", "local", "HK"),
    Candidate("6", "مكتب النور للتوظيف", "local", "JO"),
]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Blue Lotus Recruitment Ltd.", "BLUE LOTUS RECRUITING LIMITED"),
        ("The Lotus & Sons Co.", "lotus and sons company"),
        ("ACME Sp. z o.o.", "Acme"),
        ("S.R.O. Delta Int'l", "delta international s.r.o."),
        ("Services Kalimaru Overseas", "Kalimaru Overseas Svcs Pvt Ltd"),
        ("Ｋａｌｉｍａｒｕ", "Kalimaru"),
        ("Müller Personal GmbH", "Mueller Personal"),
    ],
)
def test_key_is_equal_for_the_same_name(left: str, right: str) -> None:
    assert key(left) == key(right)


def test_normalise_keeps_something_of_a_name_that_is_only_a_legal_form() -> None:
    assert normalise("Limited") == "limited"


@pytest.mark.parametrize(
    ("query", "outcome", "best"),
    [
        ("Kalimaru Overseas Services", Outcome.FOUND, "1"),
        ("kalimaru oversees servises pvt", Outcome.FOUND, "1"),
        ("Kali Maru Overseas Services", Outcome.FOUND, "1"),
        ("कालिमारु ओभरसिज सर्भिसेज", Outcome.FOUND, "1"),
        ("東方人力資源", Outcome.FOUND, "5"),
        ("مكتب النور للتوظيف", Outcome.FOUND, "6"),
        ("Green Lotus Staffing", Outcome.FOUND, "4"),
        ("Sagarmata Manpower", Outcome.FOUND, "3"),
    ],
)
def test_decide_finds_misspelt_names_in_any_script(query: str, outcome: Outcome, best: str) -> None:
    result = decide(query, REGISTER)
    assert (result.outcome, result.matches[0].candidate.id) == (outcome, best)


@pytest.mark.parametrize(
    "query",
    [
        "Overseas Services Private Limited",
        "Manpower Agency",
        "Red Falcon Recruitment Ltd",
        "Zanzibar Ferries",
    ],
)
def test_decide_does_not_find_a_name_that_shares_only_common_words(query: str) -> None:
    assert decide(query, REGISTER).outcome in {Outcome.NOT_FOUND, Outcome.POSSIBLE}


@pytest.mark.parametrize("query", ["", "   ", "!!!", "—"])
def test_decide_says_when_there_is_nothing_to_search_for(query: str) -> None:
    assert decide(query, REGISTER).outcome is Outcome.INVALID


def test_decide_is_ambiguous_between_twins() -> None:
    twins = [
        Candidate("a", "Everest Staffing", "legal", "NP"),
        Candidate("b", "Everest Staffing Ltd", "legal", "IN"),
    ]
    assert decide("Everest Staffing", twins).outcome is Outcome.AMBIGUOUS


def test_decide_country_lifts_but_never_filters() -> None:
    assert decide("Blue Lotus Recruitment", REGISTER, country="NP").matches[0].candidate.id == "4"


def test_score_of_a_fuzzy_name_is_never_certain() -> None:
    assert score("Blue Lotus", "Blue Lotus").score < 1.0


def test_digits_must_be_equal() -> None:
    assert (
        score("Agency 24 Seven", "Agency 25 Seven").score
        < score("Agency 24 Seven", "Agency 24 Seven").score - 0.1
    )


def test_explanation_names_the_words() -> None:
    sentence = score("Kalimaru Oversees", "Kalimaru Overseas Trading").sentence
    assert "same words: kalimaru" in sentence
    assert "oversees ~ overseas" in sentence
    assert "trading" in sentence


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=600), st.text(max_size=60))
def test_score_never_fails_and_stays_in_range(query: str, name: str) -> None:
    assert 0.0 <= score(query, name).score < 1.0
