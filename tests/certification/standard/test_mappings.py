"""What other schemes ask for: files, signatures and what remains."""

from __future__ import annotations

import copy
import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from certification.standard import selectors, services
from certification.standard.documents import STANDARDS, read_document, shipped_mappings
from certification.standard.models import Mapping, OtherScheme
from certification.standard.rules.mapping import validate_mapping
from certification.standard.services import Change, DocumentRefused
from iris.core import events
from iris.core.errors import BadInput, NotPermitted
from iris.core.events import SYSTEM
from tests.factories.accounts import person
from tests.factories.standard import document_with, indicator_row, load_edition_one

CODES = {"A.1.1", "A.1.2", "A.1.3"}
FILE: dict[str, Any] = {
    "format": 1,
    "edition": 1,
    "scheme": {
        "code": "other",
        "kind": "audit",
        "title": "Another audit",
        "publisher": "Somebody",
        "version": "2020",
        "source": "https://example.org/other",
        "note": "For tests.",
    },
    "items": [
        {"code": "1", "title": "A licence", "full": ["A.1.1"], "partial": ["A.1.2"]},
        {"code": "2", "title": "Training", "general_knowledge": True, "related": ["A.1.3"]},
    ],
}
Break = Callable[[dict[str, Any]], object]


def changed(change: Break = lambda doc: None) -> dict[str, Any]:
    document = copy.deepcopy(FILE)
    change(document)
    return document


def test_the_file_of_the_tests_is_right() -> None:
    assert validate_mapping(FILE, CODES) == []


BROKEN: dict[str, tuple[Break, str]] = {
    "unknown_indicator": (lambda d: d["items"][0].update(full=["Z.9.9"]), "items[0].full[0]"),
    "number_without_quotes": (lambda d: d["items"][0].update(full=[1.1]), "items[0].full[0]"),
    "item_twice": (lambda d: d["items"][1].update(code="1"), "items[1].code"),
    "indicator_twice": (lambda d: d["items"][0].update(related=["A.1.1"]), "items[0].related[0]"),
    "no_source": (lambda d: d["scheme"].pop("source"), "scheme.source"),
    "kind": (lambda d: d["scheme"].update(kind="law?"), "scheme.kind"),
    "says_the_same_without_a_source": (lambda d: d["items"][1].update(full=["A.1.2"]), "items[1].full"),
    "nothing_named": (lambda d: d["items"][1].pop("related"), "items[1]"),
    "unknown_key": (lambda d: d["items"][0].update(relates=["A.1.3"]), "items[0].relates"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_mistake_is_told_with_its_place_and_a_fix(what: str) -> None:
    change, address = BROKEN[what]

    found = validate_mapping(changed(change), CODES)

    assert [problem.address for problem in found] == [address]
    assert found[0].fix


def test_shipped_mappings_name_indicators_that_exist_and_their_sources() -> None:
    edition = read_document(STANDARDS / "edition-1.yaml").data
    codes = {
        row["code"] for part in edition["principles"] for one in part["criteria"] for row in one["indicators"]
    }
    names = []
    for path in shipped_mappings():
        document = read_document(path)
        assert [str(problem) for problem in validate_mapping(document.data, codes)] == [], path.name
        names.append(document.data["scheme"]["code"])
    assert len(names) == 9
    assert {"ilo-forced-labour", "dhaka", "far-22-17", "csddd", "rba", "sa8000", "clearview"} <= set(names)


# Rows -------------------------------------------------------------------------------------------------------


@pytest.fixture
def scheme(db: None) -> OtherScheme:
    load_edition_one()
    return services.load_mapping(FILE, SYSTEM)[0]


def rows_of(scheme: OtherScheme) -> dict[str, Mapping]:
    found = Mapping.objects.filter(item__scheme=scheme).select_related("indicator")
    return {row.indicator.code: row for row in found}


def test_load_again_changes_nothing(scheme: OtherScheme) -> None:
    ids = {row.pk for row in rows_of(scheme).values()}

    assert services.load_mapping(FILE, SYSTEM)[1] is Change.UNCHANGED
    assert {row.pk for row in rows_of(scheme).values()} == ids


def test_a_broken_file_tells_file_line_and_path_and_saves_nothing(
    scheme: OtherScheme, tmp_path: Path
) -> None:
    path = tmp_path / "other.yaml"
    document = changed(lambda d: d["items"][0].update(full=["A.1.1", "Z.9.9"]))
    path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        call_command("load_standard", str(path))

    assert "other.yaml, line 16: items[0].full[1]: item 1, full: expected an indicator" in str(refused.value)
    assert set(rows_of(scheme)) == {"A.1.1", "A.1.2", "A.1.3"}


def test_a_mapping_to_an_edition_that_is_not_in_force_is_refused(scheme: OtherScheme) -> None:
    with pytest.raises(DocumentRefused) as refused:
        services.load_mapping(changed(lambda d: d.update(edition=7)), SYSTEM)

    assert [problem.address for problem in refused.value.problems] == ["edition"]


def test_signing_names_the_person_and_the_rows(scheme: OtherScheme) -> None:
    manager = person("scheme", "scheme_manager", name="Maya Lindqvist")
    row = rows_of(scheme)["A.1.1"]

    assert services.sign_mappings(scheme.pk, [row.pk], manager) == 1
    assert services.sign_mappings(scheme.pk, [row.pk], person("scheme", "scheme_manager")) == 0

    row.refresh_from_db()
    assert row.reviewed_by == manager
    event = events.events_of(scheme)[0]
    assert (event.act, event.data["rows"]) == ("mapping_signed", ["1: A.1.1 full"])


def test_signing_is_the_scheme_managers(scheme: OtherScheme) -> None:
    row = rows_of(scheme)["A.1.1"]

    for other in (person("scheme", "screener"), person("agency", "signatory")):
        with pytest.raises(NotPermitted):
            services.sign_mappings(scheme.pk, [row.pk], other)


def test_signing_rows_that_changed_meanwhile_is_refused(scheme: OtherScheme) -> None:
    gone = rows_of(scheme)["A.1.1"].pk
    services.load_mapping(changed(lambda d: d["items"][0].update(title="Licences")), SYSTEM)

    with pytest.raises(BadInput) as refused:
        services.sign_mappings(scheme.pk, [gone], person("scheme", "scheme_manager"))
    assert "changed meanwhile" in str(refused.value.fields["mapping"])


def test_a_signature_stays_with_what_was_signed_only(scheme: OtherScheme) -> None:
    manager = person("scheme", "scheme_manager")
    services.sign_mappings(scheme.pk, [row.pk for row in rows_of(scheme).values()], manager)

    services.load_mapping(changed(lambda d: d["items"][0].update(partial=[], related=["A.1.2"])), SYSTEM)

    signed = {code: row.reviewed_by is not None for code, row in rows_of(scheme).items()}
    assert signed == {"A.1.1": True, "A.1.2": False, "A.1.3": True}


def test_a_review_without_a_name_is_refused_by_the_database(scheme: OtherScheme) -> None:
    from iris.core import clocks

    with pytest.raises(IntegrityError, match="mapping_review_is_signed"), transaction.atomic():
        Mapping.objects.filter(item__scheme=scheme).update(reviewed_at=clocks.now())


def test_what_remains_is_counted_by_hand(scheme: OtherScheme) -> None:
    edition = load_edition_one()

    gaps = selectors.gap_list(scheme, edition)

    assert [row.indicator.code for row in gaps.alike] == ["A.1.1"]
    assert [row.indicator.code for row in gaps.partly] == ["A.1.2"]
    assert len(gaps.remaining) == 100  # of 102; what is only related, A.1.3, remains
    assert gaps.not_reviewed == 2


def test_a_newer_edition_inherits_rows_and_what_was_reworded_counts_in_part(scheme: OtherScheme) -> None:
    one = load_edition_one()
    text = {row.code: row.text for row in selectors.indicators_of(one)}
    document = document_with(
        indicator_row("A.1.1", "You hold every licence.", replaces=["A.1.1"]),
        indicator_row("A.1.2", text["A.1.2"]),
        indicator_row("A.1.3", "Something else.", replaces=[]),
        previous=1,
        status="consultation",
    )
    document["removed"] = [{"code": code, "why": "x"} for code in text if code not in ("A.1.1", "A.1.2")]
    two = services.load_edition(document, SYSTEM).edition

    gaps = selectors.gap_list(scheme, two)

    assert [row.indicator.code for row in gaps.partly] == ["A.1.1", "A.1.2"]
    assert [row.indicator.code for row in gaps.remaining] == ["A.1.3"]


# Pages ------------------------------------------------------------------------------------------------------


def test_pages_show_sources_and_what_is_not_reviewed(scheme: OtherScheme, client: Client) -> None:
    pages = [
        client.get(path).content.decode()
        for path in (
            "/standard/mappings/",
            "/standard/mappings/other/",
            "/standard/mappings/other/remaining/",
        )
    ]

    assert all("Not reviewed" in page and "UNDEFINED" not in page for page in pages)
    assert "https://example.org/other" in pages[1]
    assert "General knowledge" in pages[1]
    assert "100 of 102 indicators of The Standard, Edition 1 remain; 1 more are covered in part" in pages[2]


def test_the_scheme_manager_signs_on_the_page(scheme: OtherScheme, client: Client) -> None:
    assert 'type="checkbox"' not in client.get("/standard/mappings/other/").content.decode()
    client.force_login(person("scheme", "scheme_manager", name="Maya Lindqvist"))
    assert client.get("/standard/mappings/other/").content.decode().count('type="checkbox"') == 3

    row = rows_of(scheme)["A.1.1"]
    page = client.post("/standard/mappings/other/sign/", {"mapping": [str(row.pk)]}, follow=True)

    assert "1 row signed in your name." in page.content.decode()
    assert "Signed by Maya Lindqvist" in page.content.decode()


def test_the_list_as_a_table(scheme: OtherScheme, client: Client) -> None:
    answer = client.get("/standard/mappings/other/remaining.csv")

    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 102
    assert [rows[n]["covered"] for n in range(4)] == ["full", "partial", "related", "none"]
    assert rows[0]["reviewed"] == "not reviewed"
    assert "other-edition-1.csv" in answer["Content-Disposition"]


@pytest.mark.parametrize("query", ["?edition=9", "?edition=x", "?edition=0"])
def test_an_edition_that_is_not_there_is_404(scheme: OtherScheme, client: Client, query: str) -> None:
    assert client.get(f"/standard/mappings/other/remaining/{query}").status_code == 404
