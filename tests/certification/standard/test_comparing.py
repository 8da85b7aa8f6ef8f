"""Two editions side by side."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from certification.standard import selectors, services
from certification.standard.models import Edition
from certification.standard.rules.comparing import word_changes
from iris.core.events import SYSTEM
from tests.certification.standard.test_succession import NEW, OLD, REMOVED
from tests.factories.standard import document_with, indicator_row, load_edition_one


def test_words_that_stay_go_and_come_in_reading_order() -> None:
    found = word_changes("at least five days before departure", "at least seven days before any departure")

    assert [(part.kind, part.text) for part in found] == [
        ("same", "at least"),
        ("cut", "five"),
        ("put", "seven"),
        ("same", "days before"),
        ("put", "any"),
        ("same", "departure"),
    ]


def two(**head: Any) -> tuple[Edition, Edition]:
    rows = [dict(row) for row in NEW]
    rows[0]["severity"] = "major"
    rows[3]["question"], rows[3]["guidance"] = "Do you train people?", "Show records."
    old = services.load_edition(document_with(*OLD, number=2, status="consultation"), SYSTEM).edition
    document = document_with(*rows, number=3, previous=2, status="consultation", **head)
    return old, services.load_edition({**document, "removed": REMOVED}, SYSTEM).edition


@pytest.mark.django_db
def test_every_indicator_is_told_apart() -> None:
    old, new = two()

    found = selectors.compare(old, new)

    assert len(found.criteria) == 1
    rows = {
        (f"old {row.code}" if row.kind == "removed" else row.code, bool(row.now)): row
        for row in found.criteria[0].rows
    }
    kinds = {key: row.kind.value for key, row in rows.items()}
    assert kinds == {
        ("A.1.1", False): "changed",  # another grade
        ("A.1.2", False): "changed",  # reworded
        ("A.1.3", False): "added",  # the code is used for something else
        ("A.1.4", False): "changed",  # goes on from A.1.3
        ("A.1.3", True): "moved",  # the old one, with a link to where it is now
        ("old A.1.4", False): "removed",
    }
    grade = rows["A.1.1", False].facts[0]
    assert (grade.before, grade.after) == ("Minor", "Major")


@pytest.mark.django_db
def test_what_moved_unchanged_and_what_stayed_are_counted() -> None:
    old = services.load_edition(document_with(*OLD, number=2, status="draft"), SYSTEM).edition
    rows = [*OLD[:2], {**OLD[2], "code": "A.1.5", "replaces": ["A.1.3"]}]
    document = document_with(*rows, number=3, previous=2, status="draft")
    new = services.load_edition({**document, "removed": REMOVED}, SYSTEM).edition

    found = selectors.compare(old, new)

    assert found.count() == {"added": 0, "removed": 1, "changed": 0, "moved": 1, "unchanged": 2}
    moved = next(row for row in found.criteria[0].rows if row.now)
    assert (moved.code, moved.now[0].code) == ("A.1.3", "A.1.5")


# Pages ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_page_shows_words_reason_and_links(client: Client) -> None:
    load_edition_one()
    two()

    page = client.get("/standard/compare/?from=2&to=3").content.decode()

    for part in (
        "up to date.</ins>",
        "Nobody sends letters.",
        "goes on from",
        'href="/standard/2/A.1/#A.1.3"',
    ):
        assert part in page, part
    assert "UNDEFINED" not in page


@pytest.mark.django_db
def test_page_without_choice_takes_the_newest_and_the_one_it_goes_on_from(client: Client) -> None:
    load_edition_one()
    two()

    assert "From edition 2 to edition 3" in client.get("/standard/compare/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "status"), [("from=3&to=2", 302), ("from=2&to=9", 404), ("from=2&to=2", 200)]
)
def test_addresses_that_are_turned_unknown_or_twice_the_same(client: Client, query: str, status: int) -> None:
    two()

    answer = client.get(f"/standard/compare/?{query}")

    assert answer.status_code == status
    if status == 302:
        assert answer["Location"] == "/standard/compare/?from=2&to=3"


@pytest.mark.django_db
def test_page_with_one_edition_says_so(client: Client) -> None:
    load_edition_one()

    assert "There is one edition" in client.get("/standard/compare/").content.decode()


@pytest.mark.django_db
def test_text_that_may_not_be_published_is_not_compared_in_public(client: Client) -> None:
    two(public_text="titles")

    page = client.get("/standard/compare/?from=2&to=3").content.decode()

    assert "Codes and titles only" in page
    for row in (*OLD, *NEW):
        assert row["text"] not in page
    assert "Nobody sends letters." not in page


@pytest.mark.django_db
def test_json_names_the_like_of_an_indicator_in_other_editions(client: Client) -> None:
    two()

    data = client.get("/standard/2/A.1.json").json()

    by_code = {row["code"]: row["same_as"] for row in data["indicators"]}
    assert [(row["edition"], row["code"], row["relation"]) for row in by_code["A.1.2"]] == [
        (3, "A.1.2", "reworded")
    ]
    assert by_code["A.1.3"][0]["uri"].endswith("/standard/3/A.1/#A.1.4")
    assert by_code["A.1.4"] == []
    assert [row for row in data["same_as"] if row["edition"] == 3] == [
        {"edition": 3, "uri": data["uri"].replace("/2/", "/3/"), "relation": "changed"}
    ]


@pytest.mark.django_db
def test_an_indicator_has_an_address_of_its_own(client: Client) -> None:
    load_edition_one()

    assert client.get("/standard/1/1.3.2/")["Location"] == "/standard/1/1.3/#1.3.2"


@pytest.mark.django_db
def test_pages_in_french_show_titles_and_say_what_is_missing(client: Client) -> None:
    load_edition_one()

    page = client.get("/standard/1/1.3/?lang=fr").content.decode()

    assert 'lang="fr">Ni dépôts, ni dettes, ni retenues' in page
    assert "The rest is shown in English" in page
    assert "The text in English is the one that counts." in page
    missing = client.get("/standard/1/1.3/?lang=ne").content.decode()
    assert "This edition is not available in नेपाली" in missing
    data = client.get("/standard/1/1.3.json").json()
    assert [row["code"] for row in data["languages"]] == ["en", "fr"]
    assert data["translations"]["fr"]["title"] == "Ni dépôts, ni dettes, ni retenues"


@pytest.mark.django_db
def test_a_new_criterion_and_one_that_fell_away_have_their_place() -> None:
    old = services.load_edition(document_with(*OLD, number=2, status="draft"), SYSTEM).edition
    document = document_with(
        *({**row, "code": f"A.2.{n}", "replaces": [row["code"]]} for n, row in enumerate(OLD, 1)),
        indicator_row("A.2.5", "You ask workers."),
        number=3,
        previous=2,
        status="draft",
    )
    document["principles"][0]["criteria"][0]["code"] = "A.2"
    new = services.load_edition(document, SYSTEM).edition

    found = selectors.compare(old, new)

    assert [(part.criterion.code, part.kind.value) for part in found.criteria] == [
        ("A.2", "added"),
        ("A.1", "removed"),
    ]
    assert found.count() == {"added": 1, "removed": 0, "changed": 0, "moved": 4, "unchanged": 0}
