"""Edition 1 as a text: complete, balanced, ours."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from certification.standard.documents import STANDARDS
from certification.standard.states import Element

DOCUMENT: dict[str, Any] = yaml.safe_load((STANDARDS / "edition-1.yaml").read_text(encoding="utf-8"))
CRITERIA: list[dict[str, Any]] = [row for part in DOCUMENT["principles"] for row in part["criteria"]]
INDICATORS: list[dict[str, Any]] = [row for part in CRITERIA for row in part["indicators"]]
BY_CODE = {row["code"]: row for row in INDICATORS}


def test_edition_one_has_its_principles_criteria_and_indicators() -> None:
    assert [row["code"] for row in DOCUMENT["principles"]] == ["A", "B", "1", "2", "3", "4", "5"]
    assert len(CRITERIA) >= 24
    assert len(INDICATORS) >= 70


@pytest.mark.parametrize("principle", DOCUMENT["principles"], ids=lambda row: str(row["code"]))
def test_edition_one_uses_every_element_in_every_principle(principle: dict[str, Any]) -> None:
    used = {row["element"] for part in principle["criteria"] for row in part["indicators"]}

    assert used == set(Element.values)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda row: str(row["code"]))
def test_edition_one_indicator_is_complete(indicator: dict[str, Any]) -> None:
    sentences = re.findall(r"[.?!](?=\s|$)", indicator["guidance"])

    assert indicator["text"].endswith(".")
    assert len(re.findall(r"[.?!](?=\s|$)", indicator["text"])) == 1
    assert indicator["question"].endswith("?")
    assert indicator["question"] != indicator["text"]
    assert 2 <= len(sentences) <= 4
    assert indicator["references"]
    assert len(indicator["evidence"]) == len(set(indicator["evidence"]))


def test_edition_one_grades_harm_to_people_as_critical() -> None:
    critical = {code for code, row in BY_CODE.items() if row["severity"] == "critical"}

    fees = {"1.1.1", "1.1.3", "1.3.1", "1.3.2", "1.3.3", "1.5.2"}
    documents, children, forced = {"2.1.1"}, {"A.3.1", "A.3.2"}, {"A.2.2", "2.2.1", "2.3.1", "3.3.1"}
    assert critical == fees | documents | children | forced


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("licence in each country", "valid licence"),
        ("law register", "register of the laws"),
        ("proof of age", "every person's age"),
        ("equal treatment", "refuse wishes about sex"),
        ("unions", "right to organise|rights to organise"),
        ("public code", "publish a code"),
        ("accountable manager", "senior manager"),
        ("employer-pays clause", "signed contract with every employer"),
        ("sub-agent contract", "signed contract with every sub-agent"),
        ("sub-agent list", "complete and current list of every sub-agent"),
        ("screening", "check every employer before"),
        ("bribery", "ban on bribes"),
        ("management review", "Top management reviews"),
        ("no-fee rule shown", "jobseeker sees or hears the no-fee rule"),
        ("fee schedule", "addressed to employers only"),
        ("deposits", "deposit, bond, collateral"),
        ("arrival survey", "before departure and again after arrival, what they paid"),
        ("repayment", "repayment procedure"),
        ("takings of sub-agents", "what sub-agents and providers take"),
        ("deductions", "back from wages"),
        ("documents", "keeps, hides, destroys"),
        ("leaving", "penalty or repays costs"),
        ("confinement", "come and go"),
        ("advert", "Each advert rests on a signed job order"),
        ("offer", "written offer"),
        ("contract in time", "five days before departure"),
        ("substitution", "replacing it by a worse one"),
        ("change log", "Every change after signing is logged"),
        ("orientation", "free talk before departure"),
        ("purpose", "names for each kind of data the purpose"),
        ("retention", "retention schedule"),
        ("breach", "breach procedure"),
        ("blacklist", "no blacklist"),
        ("channel", "several free ways"),
        ("anonymous", "without a name"),
        ("reprisal", "any reprisal"),
        ("clocks", "within seven days"),
        ("record", "record of every problem"),
        ("reach abroad", "know where each worker you placed is"),
        ("return", "brought home"),
        ("authorities", "cooperate openly with labour authorities"),
    ],
)
def test_edition_one_speaks_of(subject: str, words: str) -> None:
    assert [row["code"] for row in INDICATORS if re.search(words, row["text"])], subject


def test_edition_one_names_no_other_body_as_its_author() -> None:
    text = (STANDARDS / "edition-1.yaml").read_text(encoding="utf-8")

    assert "IOM" not in text
    assert "IRIS" not in text
    assert "not reviewed by the bodies named" in " ".join(text.split())


def test_edition_one_texts_differ_from_one_another() -> None:
    for key in ("text", "question", "guidance"):
        texts = [row[key] for row in INDICATORS]
        assert len(texts) == len(set(texts))


def test_edition_one_uses_every_source_and_evidence_kind_it_lists() -> None:
    sources = {entry["source"] for row in INDICATORS for entry in row["references"]}
    kinds = {kind for row in INDICATORS for kind in row["evidence"]}

    assert sources == {row["code"] for row in DOCUMENT["sources"]}
    assert kinds == {row["code"] for row in DOCUMENT["evidence_kinds"]}
