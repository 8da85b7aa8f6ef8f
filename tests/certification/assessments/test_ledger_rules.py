"""When a cost fits the employer-pays principle, worked by hand against the ILO's categories."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

import pytest

from certification.assessments import shipped
from certification.assessments.rules import (
    Dictionary,
    conforms,
    is_settled,
    is_worker_borne,
    why_conforms,
)
from certification.assessments.states import SINGLE_PAYERS, Category, Conformity
from iris.core.money import Money

PROOF = uuid4()
WORDS = Dictionary(word.watched for word in shipped.words())
FEES = ["F1", "F2", "F3", "F4"]
COSTS = ["C1", "C2", "C3", "C4", "C5", "C6", "C7"]


@dataclass
class Line:
    category: str = "C1"
    should_pay: str = "employer"
    paid_by: str = "employer"
    exception_reason: str = ""
    exception_note: str = ""
    proof_id: UUID | None = PROOF
    share_employer_minor: int | None = None
    share_agency_minor: int | None = None
    share_worker_minor: int | None = None
    share_other_minor: int | None = None


@pytest.mark.parametrize("category", FEES + COSTS)
@pytest.mark.parametrize("payer", ["employer", "agency"])
def test_conforms_employer_or_agency_paid_with_proof(category: str, payer: str) -> None:
    assert conforms(Line(category=category, paid_by=payer)) == Conformity.YES


@pytest.mark.parametrize("category", FEES + COSTS)
@pytest.mark.parametrize("payer", ["employer", "agency"])
def test_conforms_without_proof_is_not_yet_known(category: str, payer: str) -> None:
    assert conforms(Line(category=category, paid_by=payer, proof_id=None)) == Conformity.NO_PROOF


@pytest.mark.parametrize("category", FEES + COSTS)
@pytest.mark.parametrize("proof", [PROOF, None])
def test_conforms_worker_paid_never_fits(category: str, proof: UUID | None) -> None:
    line = Line(category=category, paid_by="worker", proof_id=proof)
    assert conforms(line) == Conformity.NO
    assert is_worker_borne(line)


@pytest.mark.parametrize("payer", [payer.value for payer in SINGLE_PAYERS])
@pytest.mark.parametrize("reason", ["", "walk_in", "home_leave"])
def test_conforms_illegitimate_charge_never_fits_whoever_pays(payer: str, reason: str) -> None:
    line = Line(category="X", paid_by=payer, exception_reason=reason, exception_note="note")
    assert conforms(line) == Conformity.NO


# The two exceptions: walk-ins may bear papers (C7) and travel (C6); a chosen trip home on leave is travel (C6).
@pytest.mark.parametrize(
    ("reason", "fits"),
    [("walk_in", {"C6", "C7"}), ("home_leave", {"C6"})],
)
def test_conforms_exception_holds_for_its_categories_only(reason: str, fits: set[str]) -> None:
    found = {
        category
        for category in Category.values
        if conforms(
            Line(category=category, paid_by="worker", exception_reason=reason, exception_note="applied here")
        )
        == Conformity.YES
    }
    assert found == fits


def test_conforms_exception_needs_words_and_proof() -> None:
    good = Line(
        category="C7", paid_by="worker", exception_reason="walk_in", exception_note="applied at the gate"
    )
    assert conforms(good) == Conformity.YES
    assert conforms(replace(good, exception_note="  ")) == Conformity.NO
    assert conforms(replace(good, proof_id=None)) == Conformity.NO
    assert conforms(replace(good, exception_reason="custom")) == Conformity.NO


def test_conforms_exception_still_counts_as_worker_borne() -> None:
    good = Line(
        category="C7", paid_by="worker", exception_reason="walk_in", exception_note="applied at the gate"
    )
    assert is_worker_borne(good)


def test_conforms_someone_else_paid_is_unclear() -> None:
    assert conforms(Line(paid_by="other")) == Conformity.UNCLEAR


def test_conforms_agreement_that_charges_the_worker_is_unclear_even_when_employer_paid() -> None:
    assert conforms(Line(should_pay="worker")) == Conformity.UNCLEAR


def test_why_conforms_names_the_missing_proof() -> None:
    line = Line(
        category="C7", paid_by="worker", exception_reason="walk_in", exception_note="x", proof_id=None
    )
    assert "document" in str(why_conforms(line))
    assert "does not cover" in str(why_conforms(replace(line, category="C1")))


@dataclass
class Answered:
    response: str = "A partner collected it."
    repaid_how: str = "By bank transfer to all 84."
    repaid_by: str = "agency"
    repaid_on: dt.date | None = dt.date(2026, 12, 1)
    answered_minor: int | None = 650_000
    worker_part: Money = field(default_factory=lambda: Money(650_000, "NPR"))


@pytest.mark.parametrize("name", ["response", "repaid_how", "repaid_by", "repaid_on"])
def test_is_settled_needs_all_four_parts(name: str) -> None:
    assert is_settled(Answered())
    assert not is_settled(replace(Answered(), **{name: None if name == "repaid_on" else ""}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "category"),
    [
        ("Training BOND", "X"),
        ("Runaway   insurance premium", "X"),
        ("Opłata  manipulacyjna", "F1"),
        ("धरौटी रकम", "X"),
        ("Biaya administrasi", "F1"),
        ("Depósito de garantía", "X"),
        ("رسوم خدمة إضافية", "F1"),
        ("Phí: tiền đặt cọc", "X"),
        ("Investment in your future", "F1"),
        ("Mobilisation cost", "F4"),
    ],
)
def test_disguises_found_in_many_languages(label: str, category: str) -> None:
    assert [found.category for found in WORDS.find(label)][:1] == [category]


@pytest.mark.parametrize(
    "label", ["Medical test", "Air ticket Kathmandu to Doha", "Visa, permit, attestation", "Vagabond"]
)
def test_disguises_leaves_plain_labels_alone(label: str) -> None:
    assert WORDS.find(label) == []


def test_disguises_says_why_and_which_category() -> None:
    [bond] = WORDS.find("Training bond")
    assert bond.category == "X"
    assert "never allowed" in bond.why
