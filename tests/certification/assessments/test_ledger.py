"""Keeping the cost ledger: what is refused, what is counted, what stands in plain sight."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from certification.agencies.models import Agency
from certification.assessments import selectors, services
from certification.assessments.models import Assessment, CostLine, JobOrder
from certification.assessments.services import CostLineEntry, JobOrderEntry, Settlement
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, Conflict
from iris.core.events import events_of
from tests.factories import agencies, assessments

pytestmark = pytest.mark.django_db

ORDER: dict[str, Any] = {
    "reference": "JO-2291",
    "origin": "NP",
    "destination": "MY",
    "employer_name": "Tellmark Plastics",
    "workers": 84,
    "currency": "NPR",
}
LINE: dict[str, Any] = {
    "category": "C1",
    "label": "Medical test",
    "amount": "6,500",
    "currency": "NPR",
    "paid_by": "employer",
}
SETTLED = Settlement("A partner collected it.", "By bank to all 84.", "agency", dt.date(2026, 12, 20))


@pytest.fixture
def draft(agency: Agency) -> Assessment:
    return assessments.draft_assessment(agency)


@pytest.fixture
def order(draft: Assessment) -> JobOrder:
    return assessments.job_order(draft, "JO-2291")


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"destination": "NP"}, "destination", "one country to another"),
        ({"origin": "ZZ"}, "origin", "not one we know"),
        ({"reference": " "}, "reference", "number"),
        ({"employer_name": ""}, "employer_name", "employer"),
        ({"workers": 0}, "workers", "at least 1"),
        ({"currency": "RUPEES"}, "currency", "currency"),
        ({"employer_name": "x" * 5_000}, "employer_name", "5000"),
    ],
)
def test_save_job_order_refuses(
    draft: Assessment, signatory: User, more: dict[str, Any], field: str, says: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        services.save_job_order(
            assessment_id=draft.pk, actor=signatory, entry=JobOrderEntry(**{**ORDER, **more})
        )
    assert list(refusal.value.fields) == [field]
    assert says in str(refusal.value.fields[field][0])
    assert not draft.job_orders.exists()


def test_save_job_order_twice_is_told(draft: Assessment, order: JobOrder, signatory: User) -> None:
    with pytest.raises(BadInput) as refusal:
        services.save_job_order(
            assessment_id=draft.pk, actor=signatory, entry=JobOrderEntry(**{**ORDER, "reference": "jo-2291"})
        )
    assert "already" in str(refusal.value.fields["reference"][0])


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "six thousand"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "1.234"}, "amount"),
        ({"currency": "ABC"}, "currency"),
        ({"category": "C9"}, "category"),
        ({"label": " "}, "label"),
        ({"label": "x" * 5_000}, "label"),
        ({"paid_by": ""}, "paid_by"),
        ({"paid_by": "other"}, "paid_by_name"),
        ({"lawful": "maybe"}, "lawful"),
        ({"paid_by": "worker", "lawful": "yes"}, "law_reference"),
        ({"proof_id": uuid4()}, "proof"),
        (
            {"paid_by": "worker", "exception_reason": "walk_in", "exception_note": "at the gate"},
            "exception_reason",
        ),
    ],
)
def test_save_cost_line_refuses(
    draft: Assessment, order: JobOrder, signatory: User, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        services.save_cost_line(
            assessment_id=draft.pk,
            actor=signatory,
            order_id=order.pk,
            entry=CostLineEntry(**{**LINE, **more}),
        )
    assert list(refusal.value.fields) == [field]
    assert not CostLine.objects.exists()


def test_save_cost_line_exception_needs_words_and_proof(
    draft: Assessment, order: JobOrder, signatory: User
) -> None:
    entry = CostLineEntry(**{**LINE, "category": "C7", "paid_by": "worker", "exception_reason": "walk_in"})
    with pytest.raises(BadInput) as refusal:
        services.save_cost_line(assessment_id=draft.pk, actor=signatory, order_id=order.pk, entry=entry)
    assert set(refusal.value.fields) == {"exception_note", "proof"}


def test_save_cost_line_no_exception_for_what_is_never_allowed(
    draft: Assessment, order: JobOrder, signatory: User
) -> None:
    entry = CostLineEntry(**{**LINE, "category": "X", "paid_by": "worker", "exception_reason": "walk_in"})
    with pytest.raises(BadInput) as refusal:
        services.save_cost_line(assessment_id=draft.pk, actor=signatory, order_id=order.pk, entry=entry)
    assert list(refusal.value.fields) == ["exception_reason"]


def test_save_cost_line_forgets_an_exception_when_the_employer_paid(order: JobOrder) -> None:
    line = assessments.cost_line(order, exception_reason="home_leave", exception_note="left over")
    assert (line.exception_reason, line.exception_note) == ("", "")


def test_save_cost_line_keeps_minor_units_exactly(order: JobOrder) -> None:
    assert assessments.cost_line(order, amount="6,500.05").amount_minor == 650_005
    assert assessments.cost_line(order, amount="6500", currency="JPY").amount_minor == 6_500
    assert assessments.cost_line(order, amount="1.500", currency="KWD").amount_minor == 1_500


def test_save_cost_line_over_a_colleague_is_a_conflict(
    draft: Assessment, order: JobOrder, signatory: User
) -> None:
    line = assessments.cost_line(order)
    for n in range(2):
        try:
            services.save_cost_line(
                assessment_id=draft.pk,
                actor=signatory,
                order_id=order.pk,
                entry=CostLineEntry(**{**LINE, "amount": str(7_000 + n)}),
                line_id=line.pk,
                version=1,
            )
        except Conflict:
            break
    assert n == 1
    assert CostLine.objects.get(pk=line.pk).amount_minor == 700_000


def test_remove_cost_line_leaves_its_trace(draft: Assessment, order: JobOrder, signatory: User) -> None:
    line = assessments.cost_line(order, paid_by="worker")
    services.remove_cost_line(assessment_id=draft.pk, actor=signatory, line_id=line.pk)
    event = next(event for event in events_of(draft) if event.act == "line_removed")
    assert not CostLine.objects.exists()
    assert (event.act, event.data["paid_by"], event.data["minor"]) == ("line_removed", "worker", 650_000)


def test_totals_by_payer_never_add_currencies(draft: Assessment, order: JobOrder) -> None:
    assessments.cost_line(order, amount="100")
    assessments.cost_line(order, amount="20", paid_by="agency")
    assessments.cost_line(order, amount="7", paid_by="worker")
    assessments.cost_line(order, amount="3", paid_by="other", paid_by_name="Broker")
    assessments.cost_line(order, amount="50", currency="MYR")
    [row] = selectors.ledger(draft)
    found = {t.currency: (t.employer_or_agency.minor, t.worker.minor, t.other.minor) for t in row.totals}
    assert found == {"NPR": (12_000, 700, 300), "MYR": (5_000, 0, 0)}
    assert row.figure(row.lines[0].money).startswith("NPR")


def test_ledger_shows_fees_first_and_names_what_is_not_written_down(
    draft: Assessment, order: JobOrder
) -> None:
    assessments.cost_line(order, category="X", label="Gift")
    assessments.cost_line(order, category="C1")
    assessments.cost_line(order, category="F1", label="Service")
    [row] = selectors.ledger(draft)
    assert [line.category for line in row.lines] == ["F1", "C1", "X"]
    assert len(row.without) == 6
    assert not any("Medical" in words for words in row.without)


def test_answer_worker_borne_settles_but_never_hides(
    draft: Assessment, order: JobOrder, signatory: User
) -> None:
    line = assessments.cost_line(order, paid_by="worker")
    assert [thing.code for thing in draft.missing() if thing.code != "indicators"] == ["worker_borne"]
    services.answer_worker_borne(
        assessment_id=draft.pk, actor=signatory, line_id=line.pk, settlement=SETTLED, version=line.version
    )
    found = CostLine.objects.get(pk=line.pk)
    assert (found.settled, found.worker_borne, found.conforms) == (True, True, "no")
    assert (found.answered_by, found.answered_at) == (signatory, clocks.now())
    assert [thing.code for thing in draft.missing() if thing.code != "indicators"] == []
    assert [line.pk for line in selectors.worker_borne(draft)] == [found.pk]


@pytest.mark.parametrize(
    ("name", "value"),
    [("response", " "), ("repaid_how", ""), ("repaid_by", "worker"), ("repaid_by", ""), ("repaid_on", None)],
)
def test_answer_worker_borne_refuses(
    draft: Assessment, order: JobOrder, signatory: User, name: str, value: Any
) -> None:
    line = assessments.cost_line(order, paid_by="worker")
    words = {**SETTLED.__dict__, name: value}
    with pytest.raises(BadInput) as refusal:
        services.answer_worker_borne(
            assessment_id=draft.pk,
            actor=signatory,
            line_id=line.pk,
            settlement=Settlement(**words),
            version=1,
        )
    assert list(refusal.value.fields) == [name]


def test_answer_worker_borne_of_an_employers_cost_is_refused(
    draft: Assessment, order: JobOrder, signatory: User
) -> None:
    line = assessments.cost_line(order)
    with pytest.raises(Conflict):
        services.answer_worker_borne(
            assessment_id=draft.pk, actor=signatory, line_id=line.pk, settlement=SETTLED, version=1
        )


def test_worker_borne_is_no_part_of_the_score(agency: Agency, signatory: User) -> None:
    assessment = assessments.complete_assessment(agency)
    before = selectors.results(assessment)
    order = assessment.job_orders.get()
    assessments.cost_line(order, paid_by="worker", amount="999999")
    assert selectors.results(assessment) == before


def test_ledger_of_another_agency_is_not_found(draft: Assessment, order: JobOrder) -> None:
    stranger = agencies.signatory(agencies.agency())
    for act in (
        lambda: services.save_job_order(assessment_id=draft.pk, actor=stranger, entry=JobOrderEntry(**ORDER)),
        lambda: services.remove_job_order(assessment_id=draft.pk, actor=stranger, order_id=order.pk),
        lambda: services.save_cost_line(
            assessment_id=draft.pk, actor=stranger, order_id=order.pk, entry=CostLineEntry(**LINE)
        ),
    ):
        with pytest.raises(Assessment.DoesNotExist):
            act()


def test_line_of_another_assessment_is_not_found(draft: Assessment, order: JobOrder) -> None:
    line = assessments.cost_line(order)
    other = agencies.agency()
    own = assessments.draft_assessment(other)
    with pytest.raises(CostLine.DoesNotExist):
        services.remove_cost_line(assessment_id=own.pk, actor=agencies.signatory(other), line_id=line.pk)


def test_warnings_spare_a_fee_the_employer_provably_paid(order: JobOrder, agency: Agency) -> None:
    proof = assessments.evidence(agency)
    words = selectors.dictionary_at()
    paid = assessments.cost_line(order, category="F1", label="Service fee", proof_id=proof.pk)
    assert not selectors.warnings_of(paid, words)
    assert selectors.warnings_of(assessments.cost_line(order, category="F1", label="Service fee"), words)
    bond = assessments.cost_line(order, category="C4", label="Training bond", proof_id=proof.pk)
    assert selectors.warnings_of(bond, words)


def test_allowed_exception_is_seen_but_asks_for_no_repayment(
    draft: Assessment, order: JobOrder, agency: Agency
) -> None:
    proof = assessments.evidence(agency)
    words = {
        "paid_by": "worker",
        "exception_reason": "walk_in",
        "exception_note": "Applied at the factory gate.",
    }
    line = assessments.cost_line(order, category="C7", proof_id=proof.pk, **words)
    [row] = selectors.ledger(draft)
    assert (line.conforms, line.needs_answer) == ("yes", False)
    assert row.in_sight == row.worker_borne == [line]
    assert [thing.code for thing in draft.missing() if thing.code != "indicators"] == []


def test_never_allowed_is_seen_whoever_paid(draft: Assessment, order: JobOrder, agency: Agency) -> None:
    proof = assessments.evidence(agency)
    line = assessments.cost_line(
        order, category="X", label="For the officer", paid_by="agency", proof_id=proof.pk
    )
    [row] = selectors.ledger(draft)
    assert row.in_sight == [line]
    assert (row.worker_borne, line.conforms) == ([], "no")
