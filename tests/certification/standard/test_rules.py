"""What the reader of a file is told about its mistakes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from certification.standard.documents import language_files, read_document, shipped_documents
from certification.standard.rules import Problem, validate_document
from tests.factories.standard import one_indicator, small_document

Change = Callable[[dict[str, Any]], object]


def problems_after(change: Change) -> list[Problem]:
    document = small_document()
    change(document)
    return validate_document(document)


def criterion(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["principles"][0]["criteria"][0]
    return found


CASES: dict[str, tuple[Change, str, str, str]] = {
    "format": (lambda d: d.update(format=2), "format", "1", "2"),
    "no_edition": (lambda d: d.update(edition=None), "the edition", "block", "nothing"),
    "number_as_text": (lambda d: d["edition"].update(number="two"), "number", "whole number", '"two"'),
    "number_zero": (lambda d: d["edition"].update(number=0), "number", "whole number", "0"),
    "no_title": (lambda d: d["edition"].pop("title"), "the edition, title", "a text", "nothing"),
    "status": (
        lambda d: d["edition"].update(status="done"),
        "status",
        "draft, consultation, final",
        '"done"',
    ),
    "public_text": (lambda d: d["edition"].update(public_text="no"), "public_text", "full, titles", '"no"'),
    "day": (lambda d: d["edition"].update(valid_from="3 May"), "valid_from", "a day", '"3 May"'),
    "transition": (
        lambda d: d["edition"].update(previous_valid_until=date(2026, 10, 31)),
        "the edition",
        "not before valid_from",
        "2026-10-31",
    ),
    "unknown_key": (lambda d: d["edition"].update(titel="x"), "the edition", "known keys", '"titel"'),
    "no_principles": (lambda d: d.update(principles=[]), "principles", "at least one", "[]"),
    "principle_code": (
        lambda d: d["principles"][0].update(code="AB"),
        "principle AB",
        "a code such as A",
        '"AB"',
    ),
    "no_criteria": (
        lambda d: d["principles"][0].update(criteria=None),
        "principle A, criteria",
        "list",
        "nothing",
    ),
    "criterion_code": (lambda d: criterion(d).update(code="B.1"), "criterion B.1", "such as A.1", '"B.1"'),
    "number_as_code": (lambda d: criterion(d).update(code=1.2), "criterion 1.2", "a code", "1.2"),
    "indicator_code": (
        lambda d: one_indicator(d).update(code="A.2.1"),
        "indicator A.2.1",
        "A.1.1",
        '"A.2.1"',
    ),
    "code_missing": (lambda d: one_indicator(d).pop("code"), "indicator number 1", "a code", "nothing"),
    "code_twice": (
        lambda d: criterion(d)["indicators"].append(one_indicator(d)),
        "indicator A.1.1",
        "a code used once",
        '"A.1.1"',
    ),
    "empty_text": (lambda d: one_indicator(d).update(text="  "), "indicator A.1.1, text", "a text", '""'),
    "no_question": (lambda d: one_indicator(d).pop("question"), "A.1.1, question", "a text", "nothing"),
    "no_guidance": (lambda d: one_indicator(d).pop("guidance"), "A.1.1, guidance", "a text", "nothing"),
    "element": (lambda d: one_indicator(d).update(element="people"), "A.1.1, element", "skills", '"people"'),
    "severity": (lambda d: one_indicator(d).update(severity="high"), "A.1.1, severity", "critical", '"high"'),
    "no_evidence": (lambda d: one_indicator(d).update(evidence=[]), "A.1.1, evidence", "at least one", "[]"),
    "evidence": (lambda d: one_indicator(d).update(evidence=["photo"]), "A.1.1", "evidence_kinds", '"photo"'),
    "source": (
        lambda d: one_indicator(d).update(references=[{"source": "X", "number": "1"}]),
        "A.1.1, references",
        "a code of sources",
        '"X"',
    ),
    "references": (lambda d: one_indicator(d).update(references="GP 7"), "references", "a list", '"GP 7"'),
    "reference_number": (
        lambda d: one_indicator(d).update(references=[{"source": "DHAKA", "number": 7}]),
        "references, number",
        "a text",
        "7",
    ),
    "label_code": (
        lambda d: d["sources"][0].update(code="not a code"),
        "sources 1",
        "a code",
        '"not a code"',
    ),
    "indicator_is_text": (
        lambda d: criterion(d).update(indicators=["A.1.1"]),
        "indicator number 1",
        "block",
        '"A.1.1"',
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_validate_names_place_expected_found_and_fix(case: str) -> None:
    change, place, expected, found = CASES[case]

    problems = problems_after(change)

    fitting = [p for p in problems if place in p.place and expected in p.expected and found in p.found]
    assert fitting, [str(problem) for problem in problems]
    assert all(problem.fix.endswith(".") for problem in problems)


def test_validate_sound_document_finds_nothing() -> None:
    assert validate_document(small_document()) == []


@pytest.mark.parametrize("document", [None, "text", [], 7])
def test_validate_something_else_says_what_a_file_holds(document: object) -> None:
    assert [problem.place for problem in validate_document(document)] == ["the file"]


def test_validate_tells_all_problems_at_once() -> None:
    def break_three(document: dict[str, Any]) -> None:
        one_indicator(document).update(severity="high", element="people")
        document["edition"].pop("title")

    assert len(problems_after(break_three)) == 3


def test_shipped_editions_are_sound() -> None:
    paths = shipped_documents()

    assert [path.name for path in paths] == ["edition-1.yaml"]
    for path in paths:
        document = read_document(path)
        others = {code: read_document(other).data for code, other in language_files(path).items()}
        assert list(others) == ["fr"]
        document.data["translations"] = others
        assert [str(problem) for problem in (*document.problems, *validate_document(document.data))] == []


def test_read_tells_the_line_of_a_yaml_mistake(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("format: 1\nedition:\n  title: [open\n", encoding="utf-8")

    document = read_document(file)

    assert document.problems[0].expected == "YAML"
    assert document.line_of(()) in (3, 4)


def test_read_tells_a_key_that_stands_twice(tmp_path: Path) -> None:
    file = tmp_path / "twice.yaml"
    file.write_text(yaml.safe_dump(small_document()) + "format: 1\n", encoding="utf-8")

    document = read_document(file)

    assert [(p.place, p.expected) for p in document.problems] == [("format", "each key once")]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"# only a comment\n"])
def test_read_empty_or_foreign_file_is_a_problem_not_a_crash(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "odd.yaml"
    file.write_bytes(content)

    assert read_document(file).problems


def test_read_knows_the_line_of_every_indicator() -> None:
    path = shipped_documents()[0]
    lines = path.read_text(encoding="utf-8").splitlines()

    document = read_document(path)

    line = document.line_of(("principles", 2, "criteria", 0, "indicators", 0, "severity"))
    assert lines[line - 1].strip() == "severity: critical"
    assert document.line_of(("principles", 2, "criteria", 0, "indicators", 0, "nowhere")) == line - 4
