"""The pages of the Standard and their JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from certification.standard import selectors, services
from certification.standard.models import Edition
from iris.core import clocks
from iris.core.clocks import SchemeNumber
from iris.core.events import SYSTEM
from tests.factories.accounts import person
from tests.factories.standard import load_edition_one, small_document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _edition() -> None:
    load_edition_one()


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_current_shows_principles_criteria_and_counts(client: Client) -> None:
    page = text_of(client, "/standard/")

    assert "No worker pays for a job" in page
    assert 'href="/standard/1/1.3/"' in page
    assert "No deposits, debts or deductions" in page
    assert "4 indicators" in page
    assert "In force" in page
    assert "UNDEFINED" not in page


def test_current_without_an_edition_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "current_edition", lambda on=None: None)

    page = text_of(client, "/standard/")

    assert "No edition is in force today" in page
    assert "UNDEFINED" not in page


def test_criterion_shows_every_part_of_its_indicators(client: Client) -> None:
    page = text_of(client, "/standard/1/2.1/")

    for part in (
        "2.1.3",
        "Where storage is offered it is the worker&#x27;s own choice",
        "Where storage is offered, is it freely chosen",
        "A personal locker in the worker&#x27;s room is the model.",
        "Record of a visit to a place",
        "Only if neither you nor the employers and partners you use offer any storage.",
        "Dhaka Principles for Migration with Dignity",
        "Critical",
        "Governance and improvement",
        "not reviewed by the bodies named",
    ):
        assert part in page, part
    assert "UNDEFINED" not in page


def test_criterion_leads_to_its_neighbours(client: Client) -> None:
    first, middle, last = (text_of(client, f"/standard/1/{code}/") for code in ("A.1", "B.1", "5.3"))

    assert 'rel="prev"' not in first
    assert 'rel="next"' in first
    assert 'href="/standard/1/A.5/"' in middle
    assert 'href="/standard/1/B.2/"' in middle
    assert 'rel="next"' not in last


def test_criterion_in_small_letters_is_found(client: Client) -> None:
    assert "Lawful in every country" in text_of(client, "/standard/1/a.1/")


@pytest.mark.parametrize("path", ["/standard/1/Z.9/", "/standard/9/A.1/", "/standard/9/"])
def test_what_does_not_exist_is_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_post_is_refused(client: Client) -> None:
    assert client.post("/standard/").status_code == 405


@pytest.mark.parametrize(
    ("query", "accept"),
    [("?format=json", "text/html"), ("", "application/json"), ("", "text/html;q=0.5, application/json")],
)
def test_criterion_as_json_at_the_same_address(client: Client, query: str, accept: str) -> None:
    answer = client.get(f"/standard/1/1.3/{query}", headers={"accept": accept})

    data = answer.json()
    assert "Accept" in answer["Vary"]
    assert data["uri"].endswith("/standard/1/1.3/")
    assert data["edition"]["number"] == 1
    assert data["principle"]["code"] == "1"
    assert [row["code"] for row in data["indicators"]] == ["1.3.1", "1.3.2", "1.3.3", "1.3.4"]
    first = data["indicators"][0]
    assert first["uri"] == data["uri"] + "#1.3.1"
    assert first["severity"] == "critical"
    assert {"text", "question", "guidance", "element", "evidence", "references"} <= first.keys()


def test_browser_gets_html(client: Client) -> None:
    answer = client.get("/standard/1/1.3/", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})

    assert answer["Content-Type"].startswith("text/html")


def test_edition_as_json_holds_the_whole_text_with_addresses(client: Client) -> None:
    data = client.get("/standard/?format=json").json()

    criteria = [row for part in data["principles"] for row in part["criteria"]]
    assert len(criteria) == selectors.criteria_of(load_edition_one()).count()
    assert criteria[0]["uri"].endswith("/standard/1/A.1/")
    assert data["state"] == "issued"


def titles_only() -> Edition:
    services.load_edition(small_document(public_text="titles"), SYSTEM)
    services.turn_editions()
    return Edition.objects.get(number=2)


@pytest.mark.parametrize(
    "path", ["/standard/2/", "/standard/2/A.1/", "/standard/2/?format=json", "/standard/2/A.1/?format=json"]
)
def test_titles_only_keeps_the_text_from_the_public(client: Client, path: str) -> None:
    titles_only()

    page = text_of(client, path)

    assert "Licence" in page
    for text in (
        "Keep the law.",
        "You are licensed.",
        "You hold a licence.",
        "Do you hold a licence?",
        "Keep it valid.",
    ):
        assert text not in page


@pytest.mark.parametrize("path", ["/standard/2/A.1/", "/standard/2/A.1/?format=json"])
def test_titles_only_shows_the_text_to_people_of_the_scheme(client: Client, path: str) -> None:
    titles_only()
    client.force_login(person("audit_firm", "lead_auditor"))

    assert "Do you hold a licence?" in text_of(client, path)


def test_draft_is_seen_by_the_scheme_alone(client: Client) -> None:
    services.load_edition(small_document(status="draft"), SYSTEM)

    assert client.get("/standard/2/").status_code == 404
    assert "Edition 2" not in text_of(client, "/standard/")
    client.force_login(person("scheme", "screener"))
    assert "Draft" in text_of(client, "/standard/2/")
    assert "Edition 2" in text_of(client, "/standard/")


def test_consultation_is_open_to_everyone_and_marked(client: Client) -> None:
    services.load_edition(small_document(status="consultation"), SYSTEM)

    page = text_of(client, "/standard/2/")

    assert "Open for comments" in page
    assert "This text is not in force" in page


def test_replaced_edition_tells_until_when_certificates_are_valid(client: Client) -> None:
    services.load_edition(small_document(), SYSTEM)
    services.turn_editions()

    page = text_of(client, "/standard/1/")

    assert "31 October 2028" in page
    assert "Being replaced" in page
    assert "The Standard, Edition 2" in text_of(client, "/standard/")


def test_numbers_show_value_unit_day_and_source(client: Client) -> None:
    page = text_of(client, "/standard/numbers/")

    assert "A certificate is valid for" in page
    assert "<b>36</b> months" in page
    assert "1 January 2020" in page
    assert "IRIS application page: processed within two weeks" in page
    assert "Our proposal" in page
    assert "UNDEFINED" not in page


def test_numbers_tell_apart_past_present_and_coming(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def row(value: int, first: date, proposal: bool = False) -> SchemeNumber:
        return SchemeNumber("k", "A thing lasts", value, "days", first, "a law", proposal)

    rows = (row(1, date(2020, 1, 1)), row(3, date(2027, 1, 1)), row(2, date(2026, 11, 21)))
    monkeypatch.setattr(clocks, "numbers", lambda: rows)

    page = text_of(client, "/standard/numbers/")

    found = [
        page.index(part)
        for part in ("In force today", "<b>2</b>", "To come", "<b>3</b>", "No longer", "<b>1</b>")
    ]
    assert found == sorted(found)
    assert "Our proposal</span>" not in page.replace("\n", "")


def test_tree_reads_an_edition_in_three_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    edition = load_edition_one()

    with django_assert_num_queries(3):
        read: list[Any] = [
            (indicator.text, indicator.criterion.principle.edition.number)
            for principle in selectors.tree(edition)
            for criterion in principle.criteria.all()
            for indicator in criterion.indicators.all()
        ]

    assert len(read) == selectors.indicators_of(edition).count()


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/standard/", 5),
        ("/standard/1/A.1/", 4),
        ("/standard/1/A.1/?format=json", 5),
        ("/standard/numbers/", 0),
    ],
)
def test_pages_ask_few_questions_of_the_database(client: Client, path: str, most: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(path)

    own = [query["sql"] for query in asked if "certification_standard" in query["sql"]]
    assert len(own) <= most, own
