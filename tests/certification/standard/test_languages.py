"""An edition in other languages: complete or refused, newest shown, older ones kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from certification.standard import selectors, services
from certification.standard.models import Edition, Translation
from certification.standard.rules import validate_document
from certification.standard.services import Change
from iris.core import events
from iris.core.events import SYSTEM
from tests.factories.standard import one_indicator, small_document

FRENCH = {
    "note": "Traduction des auteurs.",
    "edition": {"title": "La norme, édition 2"},
    "A": {"title": "La loi"},
    "A.1": {"title": "La licence"},
}


def document(extent: str = "titles", french: Any = FRENCH, **edition: Any) -> dict[str, Any]:
    found = small_document(languages=[{"code": "fr", "extent": extent}], **edition)
    return found | ({"translations": {"fr": french}} if french is not None else {})


def addresses(found: dict[str, Any]) -> list[str]:
    return [problem.address for problem in validate_document(found)]


def test_a_declared_language_that_is_whole_is_right() -> None:
    assert addresses(document()) == []


def test_a_declared_language_that_is_missing_is_told_with_the_fix() -> None:
    problem = validate_document(document(french=None))[0]

    assert problem.address == "edition.languages"
    assert ".fr.yaml" in problem.fix


@pytest.mark.parametrize(
    ("extent", "french", "found"),
    [
        ("titles", {**FRENCH, "A": {}}, ["translations.fr.A.title"]),
        ("titles", {key: FRENCH[key] for key in ("note", "edition", "A")}, ['translations.fr["A.1"]']),
        ("titles", {**FRENCH, "B.7": {"title": "x"}}, ['translations.fr["B.7"]']),
        ("titles", {**FRENCH, "A": {"title": "La loi", "titel": "x"}}, ["translations.fr.A.titel"]),
        (
            "texts",
            FRENCH,
            [
                "translations.fr.edition.summary",
                "translations.fr.A.intent",
                'translations.fr["A.1"].text',
                'translations.fr["A.1.1"]',
            ],
        ),
    ],
)
def test_a_text_that_is_missing_or_unknown_is_told_with_its_place(
    extent: str, french: Any, found: list[str]
) -> None:
    assert addresses(document(extent, french)) == found


@pytest.mark.parametrize(
    "row",
    [
        {"code": "en", "extent": "titles"},
        {"code": "french", "extent": "titles"},
        {"code": "fr", "extent": "all"},
    ],
)
def test_the_declaration_itself_is_checked(row: dict[str, str]) -> None:
    assert len(validate_document(small_document(languages=[row]))) == 1


def test_a_language_nobody_declared_is_told() -> None:
    assert addresses(small_document() | {"translations": {"fr": FRENCH}}) == ["translations.fr"]


# Files and rows ---------------------------------------------------------------------------------------------


def written(folder: Path, french: Any, **edition: Any) -> Path:
    path = folder / "edition-2.yaml"
    main = document(french=None, status="draft", **edition)
    path.write_text(yaml.safe_dump(main, sort_keys=False), encoding="utf-8")
    if french is not None:
        (folder / "edition-2.fr.yaml").write_text(
            yaml.safe_dump(french, sort_keys=False, allow_unicode=True), encoding="utf-8"
        )
    return path


@pytest.mark.django_db
def test_a_file_beside_the_edition_holds_its_language(tmp_path: Path) -> None:
    loaded = services.load_edition(written(tmp_path, FRENCH), SYSTEM)

    seen = selectors.reading(loaded.edition, "fr")
    principle = selectors.tree(loaded.edition)[0]
    assert (seen.shown.name, seen.translated, seen.partly) == ("Français", True, True)
    assert seen.text(principle, "title") == "La loi"
    assert seen.text(principle, "intent") == "Keep the law."
    assert (seen.language_of(principle, "title"), seen.language_of(principle, "intent")) == ("fr", "en")


@pytest.mark.django_db
def test_a_mistake_in_the_language_file_names_that_file_and_line_and_saves_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, {**FRENCH, "A.1": {"titel": "x"}})

    with pytest.raises(CommandError) as refused:
        call_command("load_standard", str(path))

    lines = str(refused.value).splitlines()
    assert lines[0].endswith("2 to correct; nothing was changed.")
    assert lines[1].startswith('  edition-2.fr.yaml, line 6: ["A.1"].title: language fr, A.1, title')
    assert lines[2].startswith('  edition-2.fr.yaml, line 7: ["A.1"].titel:')
    assert not Edition.objects.filter(number=2).exists()


@pytest.mark.django_db
def test_a_language_is_corrected_in_force_as_a_new_version() -> None:
    services.load_edition(document(), SYSTEM)
    edition = services.turn_editions()[-1]
    corrected = {**FRENCH, "A.1": {"title": "Une licence"}}

    assert services.load_edition(document(), SYSTEM).change is Change.UNCHANGED
    assert services.load_edition(document(french=corrected), SYSTEM).change is Change.LANGUAGES

    rows = Translation.objects.filter(edition=edition).order_by("version")
    assert [row.texts["A.1"]["title"] for row in rows] == ["La licence", "Une licence"]
    assert selectors.reading(edition, "fr").texts["A.1"]["title"] == "Une licence"
    assert events.events_of(edition)[0].act == "languages_revised"


@pytest.mark.django_db
def test_a_language_may_be_added_in_force_but_the_text_stays() -> None:
    services.load_edition(small_document(), SYSTEM)
    edition = services.turn_editions()[-1]

    assert services.load_edition(document(), SYSTEM).change is Change.LANGUAGES

    edition = Edition.objects.get(pk=edition.pk)
    assert [one.code for one in selectors.languages_of(edition)] == ["en", "fr"]
    assert one_indicator(selectors.document_of(edition))["text"] == "You hold a licence."


@pytest.mark.django_db
def test_a_version_of_a_language_never_changes() -> None:
    services.load_edition(document(), SYSTEM)

    for sql in (
        "UPDATE certification_standard_translation SET note = 'x'",
        "DELETE FROM certification_standard_translation",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "preferred", "shown", "wanted"),
    [
        ("", [], "en", None),
        ("fr", [], "fr", None),
        ("", ["fr-CA", "en"], "fr", None),
        ("", ["en-GB", "fr"], "en", None),
        ("ne", ["fr"], "fr", "ne"),
        ("ne", ["de"], "en", "ne"),
        ("en", ["fr"], "en", None),
    ],
)
def test_the_reader_gets_the_language_asked_for_or_the_first_there_is(
    asked: str, preferred: list[str], shown: str, wanted: str | None
) -> None:
    edition = services.load_edition(document(), SYSTEM).edition

    found = selectors.reading(edition, asked, preferred)

    assert found.shown.code == shown
    assert (found.wanted.code if found.wanted else None) == wanted
