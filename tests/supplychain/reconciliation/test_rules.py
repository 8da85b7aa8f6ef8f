"""Hand-worked scores, and how cells name countries and corridors."""

import json

import pytest

from supplychain.lookups.states import How
from supplychain.reconciliation import rules
from supplychain.reconciliation.rules import Evidence, TooMuch, Unreadable, words


@pytest.mark.parametrize(
    ("evidence", "score"),
    [
        # A name alone stays below 90: 89 times how alike it is.
        (Evidence(How.SAME_NAME, name=1.0), 89.0),
        (Evidence(How.NEAR_NAME, name=0.8), 71.2),
        # 3 off for a corridor that no certificate in force names, 5 for another country.
        (Evidence(How.NEAR_NAME, name=0.8, country=False, corridor=False), 63.2),
        (Evidence(How.NEAR_NAME, name=0.8, country=True, corridor=True), 71.2),
        # A number: 90, and up to 10 for the name beside it; 96 where it stood alone.
        (Evidence(How.LICENCE, name=0.5, number=True), 95.0),
        (Evidence(How.LICENCE, number=True), 96.0),
        # Two numbers, one of which is another's.
        (Evidence(How.LICENCE, number=False), 86.0),
        # A shared phone says little.
        (Evidence(How.CONTACT, name=0.2), 65.0),
        (Evidence(How.REMEMBERED, name=0.3), 93.0),
        # Never below nothing.
        (Evidence(How.NEAR_NAME, name=0.01, country=False, number=False), 0.0),
    ],
)
def test_score_is_made_as_the_page_says(evidence: Evidence, score: float) -> None:
    assert rules.score_of(evidence) == score


def test_found_stays_first_and_others_keep_their_distance() -> None:
    assert rules.ranked([(70.0, "a"), (88.0, "b"), (60.0, "c")], first_stays=True) == [
        (70.0, "a"),
        (69.0, "b"),
        (60.0, "c"),
    ]
    assert rules.ranked([(70.0, "a"), (88.0, "b")], first_stays=False) == [(88.0, "b"), (70.0, "a")]
    assert rules.ranked([], first_stays=True) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("np", "NP"), (" Nepal ", "NP"), ("U.A.E.", "AE"), ("Viet  Nam", "VN"), ("Atlantis", ""), ("", "")],
)
def test_country_is_read_as_code_or_name(text: str, code: str) -> None:
    assert rules.country_of(text) == code


@pytest.mark.parametrize(
    ("text", "corridor"),
    [
        ("NP-QA", ("NP", "QA")),
        ("Nepal to Qatar", ("NP", "QA")),
        ("Nepal → United Arab Emirates", ("NP", "AE")),
        ("np>qa", ("NP", "QA")),
        ("Guinea-Bissau - Portugal", ("GW", "PT")),
        ("NP-NP", None),
        ("NP", None),
        ("from here to there", None),
    ],
)
def test_corridor_is_read_as_people_write_it(text: str, corridor: tuple[str, str] | None) -> None:
    assert rules.corridor_of(text) == corridor


def test_hostile_cell_costs_no_more_than_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 400 hyphens each pair of halves was tried (4 ms a cell, 12,000 cells in a request); of spaces each was."""
    tried: list[str] = []
    monkeypatch.setattr(words, "country_of", lambda text: tried.append(text) or "")
    assert rules.corridor_of("-" * 400) is None
    assert len(tried) == 0
    monkeypatch.undo()
    assert rules.corridor_of(" NP" + " " * 200_000 + "to  QA ") == ("NP", "QA")  # minutes, if it looked back
    assert rules.corridor_of("Guinea-Bissau-Timor-Leste") == ("GW", "TL")


def test_properties_are_sorted_into_what_they_do_and_the_rest_is_counted() -> None:
    properties = [
        {"pid": "country", "v": [{"id": "Q837", "name": "Nepal"}]},
        {"pid": "licence_number", "v": [1234.0, "  "]},
        {"pid": "corridor", "v": ["NP-QA", "nowhere"]},
        {"pid": "shoes", "v": "9"},
        {"pid": "country", "v": "Atlantis"},
    ]
    read = rules.read_queries(json.dumps({"q": {"query": "Lotus", "properties": properties, "limit": 99}}))[
        "q"
    ]
    assert (read.country, read.identifiers, read.corridors) == (
        "NP",
        (("licence_number", "1234"),),
        (("NP", "QA"),),
    )
    # A blank number, an unreadable corridor, an unknown property, a country that is none.
    assert (read.ignored, read.limit) == (4, 10)


@pytest.mark.parametrize(
    ("strict", "types", "other"),
    [
        ("any", ["agency", "city"], False),
        ("any", ["city"], True),
        ("all", ["agency", "city"], True),
        ("all", "agency", False),
        ("should", "city", False),
        (None, "city", True),
    ],
)
def test_type_is_a_condition_unless_it_is_a_wish(strict: str | None, types: object, other: bool) -> None:
    question = {"query": "x", "type": types} | ({"type_strict": strict} if strict else {})
    assert rules.read_queries(json.dumps({"q": question}))["q"].other_type is other


def test_more_than_is_answered_at_once_is_its_own_refusal() -> None:
    batch = {str(n): {"query": "a"} for n in range(rules.BATCH + 1)}
    with pytest.raises(TooMuch, match="at most 100 questions at once, found 101"):
        rules.read_queries(json.dumps(batch))
    wish = {"ids": [str(n) for n in range(1_001)], "properties": [{"id": "status"}]}
    with pytest.raises(TooMuch, match="at most 1000 ids"):
        rules.read_extension(json.dumps(wish))


def test_refusal_names_the_question_that_is_wrong() -> None:
    with pytest.raises(Unreadable, match="Question “q7”: “limit” is a whole number"):
        rules.read_queries('{"q7": {"query": "a", "limit": "many"}}')
