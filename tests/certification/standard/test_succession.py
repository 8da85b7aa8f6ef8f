"""Which indicator goes on from which, and what the file of a new edition must say about the one before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from certification.standard import selectors, services
from certification.standard.models import Edition
from certification.standard.rules import Problem, validate_document
from iris.core.events import SYSTEM
from tests.factories.standard import document_with, indicator_row

OLD = [
    indicator_row("A.1.1", "You hold a licence."),
    indicator_row("A.1.2", "You keep a register."),
    indicator_row("A.1.3", "You train people."),
    indicator_row("A.1.4", "You send a letter by post."),
]
NEW = [
    indicator_row("A.1.1", "You hold a licence."),
    indicator_row("A.1.2", "You keep a register up to date.", replaces=["A.1.2"]),
    indicator_row("A.1.3", "You publish your prices.", replaces=[]),
    indicator_row("A.1.4", "You train people.", replaces=["A.1.3"]),
]
REMOVED = [{"code": "A.1.4", "why": "Nobody sends letters."}]


def problems(*indicators: dict[str, Any], removed: Any = None, **edition: Any) -> list[Problem]:
    document = document_with(*indicators, **{"number": 3, "previous": 2, **edition})
    if removed is not None:
        document["removed"] = removed
    return validate_document(document, {row["code"]: row["text"] for row in OLD})


def said(found: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.address, problem.found) for problem in found]


def test_a_file_that_says_what_goes_on_and_what_falls_away_is_right() -> None:
    assert problems(*NEW, removed=REMOVED) == []


def test_reworded_under_the_same_code_must_say_whether_it_asks_the_same() -> None:
    rows = [NEW[0], indicator_row("A.1.2", "You keep a register up to date."), *NEW[2:]]

    found = problems(*rows, removed=[*REMOVED, {"code": "A.1.2", "why": "Gone."}])

    assert said(found) == [("principles[0].criteria[0].indicators[1]", "nothing")]
    assert "replaces: [A.1.2]" in found[0].fix


def test_unknown_code_in_replaces_is_told_with_its_place() -> None:
    found = problems(
        *NEW[:3], indicator_row("A.1.4", "You train.", replaces=["A.1.3", "A.9.9"]), removed=REMOVED
    )

    assert said(found) == [("principles[0].criteria[0].indicators[3].replaces[1]", '"A.9.9"')]
    assert "indicator of edition 2" in found[0].expected


def test_an_indicator_that_vanishes_without_a_word_is_told() -> None:
    found = problems(*NEW)

    assert said(found) == [("removed", "nothing")]
    assert "A.1.4" in found[0].expected
    assert '- {code: A.1.4, why: "…"}' in found[0].fix


@pytest.mark.parametrize(
    ("removed", "address"),
    [
        ([*REMOVED, {"code": "A.1.1", "why": "x"}], "removed[1].code"),
        ([*REMOVED, {"code": "Z.9.9", "why": "x"}], "removed[1].code"),
        ([{"code": "A.1.4"}], "removed[0].why"),
        ("all", "removed"),
    ],
)
def test_removed_names_codes_that_fell_away_each_with_its_reason(removed: Any, address: str) -> None:
    assert address in [problem.address for problem in problems(*NEW, removed=removed)]


def test_replaces_without_previous_is_refused() -> None:
    found = problems(*NEW, previous=None)

    assert {problem.expected for problem in found} == {"edition.previous"}
    assert len(found) == 3


@pytest.mark.parametrize("number", [3, 4, 0, "2", True])
def test_previous_is_an_older_edition(number: Any) -> None:
    assert [problem.address for problem in problems(*NEW, previous=number)] == ["edition.previous"]


@pytest.mark.parametrize(
    ("edition", "address"),
    [
        ({"open_cases": "wait"}, "edition.open_cases"),
        ({"open_cases": "migrate", "open_cases_until": date(2027, 1, 1)}, "edition.open_cases_until"),
        ({"open_cases": "stay", "open_cases_until": date(2026, 10, 31)}, "edition.open_cases_until"),
        ({"open_cases": "stay", "open_cases_until": date(2028, 11, 1)}, "edition.open_cases_until"),
        ({"open_cases_until": "spring"}, "edition.open_cases_until"),
    ],
)
def test_the_rule_for_open_cases_is_checked(edition: dict[str, Any], address: str) -> None:
    assert [problem.address for problem in problems(*NEW, removed=REMOVED, **edition)] == [address]


# Rows -------------------------------------------------------------------------------------------------------


def editions() -> tuple[Edition, Edition]:
    old = services.load_edition(document_with(*OLD, number=2, status="draft"), SYSTEM).edition
    new = services.load_edition(
        {**document_with(*NEW, number=3, previous=2, status="draft"), "removed": REMOVED}, SYSTEM
    ).edition
    return old, new


@pytest.mark.django_db
def test_successors_follow_replaces_then_the_same_code_with_the_same_text() -> None:
    old, new = editions()

    assert selectors.successors(old, new) == {"A.1.1": "A.1.1", "A.1.2": "A.1.2", "A.1.3": "A.1.4"}
    assert selectors.origins(old, new) == {
        "A.1.1": ("A.1.1",),
        "A.1.2": ("A.1.2",),
        "A.1.3": (),
        "A.1.4": ("A.1.3",),
    }
    found = {
        row.code: getattr(selectors.indicator_successor(row, new), "code", None)
        for row in selectors.indicators_of(old)
    }
    assert found == {"A.1.1": "A.1.1", "A.1.2": "A.1.2", "A.1.3": "A.1.4", "A.1.4": None}


@pytest.mark.django_db
def test_successors_across_an_edition_in_between() -> None:
    old, _middle = editions()
    third = services.load_edition(
        document_with(
            indicator_row("A.1.1", "You hold every licence.", replaces=["A.1.1"]),
            indicator_row("A.1.2", "You train and publish.", replaces=["A.1.3", "A.1.4"]),
            indicator_row("A.1.3", "You keep a register up to date.", replaces=["A.1.2"]),
            number=4,
            previous=3,
            status="draft",
        ),
        SYSTEM,
    ).edition

    assert selectors.origins(old, third) == {
        "A.1.1": ("A.1.1",),
        "A.1.2": ("A.1.3",),
        "A.1.3": ("A.1.2",),
    }


@pytest.mark.django_db
def test_previous_that_is_not_loaded_is_told() -> None:
    with pytest.raises(services.DocumentRefused) as refused:
        services.load_edition(document_with(*NEW, number=3, previous=2), SYSTEM)

    assert [problem.address for problem in refused.value.problems] == ["edition.previous"]
    assert "Load that edition first" in refused.value.lines[0]
    assert not Edition.objects.filter(number=3).exists()


@pytest.mark.django_db
def test_the_rule_for_open_cases_is_data_of_the_new_edition() -> None:
    plain = services.load_edition(document_with(*OLD, status="draft"), SYSTEM).edition
    rows = {"status": "draft", "open_cases": "stay", "open_cases_until": date(2027, 3, 31)}
    stay = services.load_edition(document_with(*OLD, number=3, **rows), SYSTEM).edition
    move = services.load_edition(
        document_with(*OLD, number=4, status="draft", open_cases="migrate"), SYSTEM
    ).edition
    old = Edition(valid_until=date(2028, 10, 31))

    assert [selectors.rule_for_open_cases(one) for one in (plain, stay, move)] == ["stay", "stay", "migrate"]
    assert [selectors.last_day_to_send(old, one) for one in (plain, stay, move)] == [
        date(2028, 10, 31),
        date(2027, 3, 31),
        None,
    ]
