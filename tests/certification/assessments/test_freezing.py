"""Declaring freezes: for services, for the ORM and for raw SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from certification.agencies.models import Agency
from certification.assessments import selectors, services
from certification.assessments.models import Answer, AnswerEvidence, Assessment, CostLine, Evidence, JobOrder
from certification.assessments.services import AnswerEntry, Declaration
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from iris.core.events import events_of
from tests.factories import accounts, agencies, assessments

pytestmark = pytest.mark.django_db


def test_freeze_signs_dates_and_hashes(agency: Agency, signatory: User) -> None:
    frozen = assessments.frozen_assessment(agency)
    assert (frozen.state, frozen.frozen_by, frozen.frozen_at) == ("frozen", signatory, clocks.now())
    assert (frozen.declaration_name, frozen.declaration_role) == (signatory.full_name, "Managing director")
    assert len(frozen.content_hash) == 64
    assert selectors.still_matches(Assessment.objects.get(pk=frozen.pk))
    event = next(event for event in events_of(frozen) if event.act == "freeze")
    assert (event.act, event.from_state, event.to_state) == ("freeze", "draft", "frozen")


def test_freeze_lists_everything_that_is_missing_with_links(agency: Agency, signatory: User) -> None:
    draft = assessments.draft_assessment(agency)
    with pytest.raises(TransitionRefused) as refusal:
        services.freeze_assessment(draft.pk, signatory, assessments.declaration(agency))
    missing = selectors.missing_for_freeze(draft)
    assert [str(thing) for thing in missing] == [str(text) for text in refusal.value.missing]
    assert len(missing) == 8  # seven principles and the empty ledger
    assert all(thing.url.startswith(f"/assessments/{draft.pk}/") for thing in missing)
    assert Assessment.objects.get(pk=draft.pk).state == "draft"


def test_freeze_with_one_open_answer_is_refused(agency: Agency, signatory: User) -> None:
    assessment = assessments.complete_assessment(agency)
    answer = assessment.answers.get(indicator__code="5.1.1")
    services.save_answer(
        assessment_id=assessment.pk,
        actor=signatory,
        entry=AnswerEntry(answer.indicator_id, answer.version, "yes", None),
    )
    [thing] = selectors.missing_for_freeze(assessment)
    assert thing.text.startswith("1 indicator to answer under 5")


def test_freeze_with_an_unanswered_worker_borne_cost_is_refused(agency: Agency, signatory: User) -> None:
    assessment = assessments.complete_assessment(agency)
    line = assessments.cost_line(assessment.job_orders.get(), paid_by="worker", label="Medical")
    with pytest.raises(TransitionRefused) as refusal:
        services.freeze_assessment(assessment.pk, signatory, assessments.declaration(agency))
    assert "Medical" in str(refusal.value.missing[0])
    assert selectors.missing_for_freeze(assessment)[0].url.endswith(f"/lines/{line.pk}/answer/")


def test_freeze_with_an_order_without_costs_is_refused(agency: Agency, signatory: User) -> None:
    assessment = assessments.complete_assessment(agency)
    assessments.job_order(assessment, "JO-EMPTY")
    with pytest.raises(TransitionRefused) as refusal:
        services.freeze_assessment(assessment.pk, signatory, assessments.declaration(agency))
    assert "JO-EMPTY" in str(refusal.value.missing[0])


@pytest.mark.parametrize("role", ["manager", "contributor"])
def test_freeze_is_for_signatories_only(agency: Agency, role: str) -> None:
    assessment = assessments.complete_assessment(agency)
    with pytest.raises(NotPermitted):
        services.freeze_assessment(
            assessment.pk, agencies.colleague(agency, role), assessments.declaration(agency)
        )


def test_freeze_by_a_stranger_is_not_found(agency: Agency) -> None:
    assessment = assessments.complete_assessment(agency)
    stranger = agencies.signatory(agencies.agency())
    with pytest.raises(Assessment.DoesNotExist):
        services.freeze_assessment(assessment.pk, stranger, assessments.declaration(agency))


@pytest.mark.parametrize("name", ["name", "role", "text"])
def test_freeze_needs_the_whole_declaration(agency: Agency, signatory: User, name: str) -> None:
    assessment = assessments.complete_assessment(agency)
    words = {"name": "Sabina Tharu", "role": "Director", "text": "True.", name: "  "}
    with pytest.raises(BadInput) as refusal:
        services.freeze_assessment(assessment.pk, signatory, Declaration(**words))
    assert list(refusal.value.fields) == [f"declaration_{name}"]


def test_freeze_twice_says_who_was_first(agency: Agency, signatory: User) -> None:
    frozen = assessments.frozen_assessment(agency)
    with pytest.raises(Conflict, match=signatory.label):
        services.freeze_assessment(frozen.pk, signatory, assessments.declaration(agency))


def test_frozen_refuses_every_act_in_words(agency: Agency, signatory: User) -> None:
    frozen = assessments.frozen_assessment(agency, gaps={"A.1.2": "no"})
    gap = frozen.answers.get(indicator__code="A.1.2")
    order, line = frozen.job_orders.get(), CostLine.objects.filter(job_order__assessment=frozen)[0]
    colleague = agencies.colleague(agency, "contributor")
    entry = AnswerEntry(gap.indicator_id, gap.version, "yes", 4)
    acts: list[Callable[[], Any]] = [
        lambda: services.save_answer(assessment_id=frozen.pk, actor=signatory, entry=entry),
        lambda: services.plan_gap(
            assessment_id=frozen.pk,
            actor=signatory,
            indicator_id=gap.indicator_id,
            version=gap.version,
            action="a",
            owner="b",
            due_on=clocks.today(),
        ),
        lambda: services.delegate_section(
            assessment_id=frozen.pk,
            actor=signatory,
            colleague_id=colleague.pk,
            section="A",
            due_on=clocks.today(),
        ),
        lambda: assessments.job_order(frozen),
        lambda: assessments.cost_line(order),
        lambda: services.remove_job_order(assessment_id=frozen.pk, actor=signatory, order_id=order.pk),
        lambda: services.remove_cost_line(assessment_id=frozen.pk, actor=signatory, line_id=line.pk),
    ]
    for act in acts:
        with pytest.raises(Conflict, match="nothing of it can change"):
            act()


def refused(change: Callable[[], Any]) -> None:
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        change()


def test_frozen_refuses_the_orm(agency: Agency) -> None:
    frozen = assessments.frozen_assessment(agency)
    answer = frozen.answers.all()[0]
    order, line = frozen.job_orders.get(), CostLine.objects.filter(job_order__assessment=frozen)[0]
    spare = assessments.evidence(agency)
    other = assessments.draft_assessment(agencies.agency())
    refused(lambda: Answer.objects.filter(pk=answer.pk).update(value="no"))
    refused(lambda: answer.evidence.clear())
    refused(lambda: answer.evidence.add(spare))
    refused(lambda: Answer.objects.filter(pk=answer.pk).update(assessment=other))
    refused(lambda: CostLine.objects.filter(pk=line.pk).update(paid_by="employer"))
    refused(lambda: line.delete())
    refused(lambda: JobOrder.objects.filter(pk=order.pk).update(workers=1))
    refused(lambda: Assessment.objects.filter(pk=frozen.pk).update(content_hash="0" * 64))
    refused(lambda: Evidence.objects.filter(pk=answer.evidence.all()[0].pk).update(title="Other"))
    assert selectors.still_matches(Assessment.objects.get(pk=frozen.pk))


RAW = [
    "UPDATE certification_assessments_answer SET comment = 'x' WHERE assessment_id = %(id)s",
    "UPDATE certification_assessments_answer SET maturity = 4",
    "DELETE FROM certification_assessments_answerevidence",
    "UPDATE certification_assessments_answerevidence SET evidence_id = evidence_id",
    "DELETE FROM certification_assessments_answer",
    "INSERT INTO certification_assessments_joborder (id, created_at, assessment_id, reference, origin, destination,"
    " employer_name, workers, currency, sector, wage_currency, price_answer)"
    " VALUES (gen_random_uuid(), now(), %(id)s, 'new', 'NP', 'QA', 'E', 1, 'NPR', '', '', '')",
    "UPDATE certification_assessments_joborder SET employer_name = 'x'",
    "DELETE FROM certification_assessments_costline",
    "UPDATE certification_assessments_costline SET amount_minor = 1",
    "INSERT INTO certification_assessments_costline SELECT (jsonb_populate_record(line, jsonb_build_object('id',"
    " gen_random_uuid()))).* FROM certification_assessments_costline line LIMIT 1",
    "UPDATE certification_assessments_assessment SET declaration_name = 'Someone else'",
    "UPDATE certification_assessments_assessment SET frozen_at = now()",
    "DELETE FROM certification_assessments_assessment",
    "UPDATE certification_assessments_evidence SET valid_until = '2030-01-01'",
    "DELETE FROM certification_assessments_evidence",
]


def test_frozen_refuses_raw_sql(agency: Agency) -> None:
    frozen = assessments.frozen_assessment(agency)
    accepted = [statement for statement in RAW if _runs(statement, {"id": frozen.pk})]
    assert accepted == []
    assert selectors.still_matches(Assessment.objects.get(pk=frozen.pk))


def test_raw_sql_of_the_same_kind_is_accepted_before_freezing(agency: Agency) -> None:
    draft = assessments.complete_assessment(agency)
    refusals = [statement for statement in RAW if not _runs(statement, {"id": draft.pk})]
    # Only what other constraints hold: rows that others point at, and dates without a declaration.
    assert all(
        statement.startswith(("DELETE", "UPDATE certification_assessments_assessment"))
        for statement in refusals
    )
    assert len(refusals) <= 4


def test_frozen_never_goes_back_in_raw_sql(agency: Agency) -> None:
    frozen = assessments.frozen_assessment(agency)
    for state in ("draft", "reopened"):
        assert not _runs(
            "UPDATE certification_assessments_assessment SET state = %(state)s WHERE id = %(id)s",
            {"state": state, "id": frozen.pk},
        )


def _runs(statement: str, values: dict[str, Any]) -> bool:
    """Whether the database accepts a statement; rolled back either way."""
    point = transaction.savepoint()
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError:
        return False
    else:
        return True
    finally:
        transaction.savepoint_rollback(point)


def test_draft_of_another_agency_still_moves(agency: Agency) -> None:
    assessments.frozen_assessment(agency)
    other = assessments.draft_assessment(agencies.agency())
    assert Answer.objects.filter(assessment=other).update(comment="x") == other.answers.count()


def test_hash_covers_answers_ledger_and_documents(agency: Agency, signatory: User) -> None:
    assessment = assessments.complete_assessment(agency)
    seen = {selectors.content_hash(assessment)}
    answer = assessment.answers.get(indicator__code="A.1.2")
    line = CostLine.objects.filter(job_order__assessment=assessment)[0]
    document = AnswerEvidence.objects.filter(answer=answer)[0].evidence
    changes: list[Callable[[], Any]] = [
        lambda: Answer.objects.filter(pk=answer.pk).update(comment="one word"),
        lambda: Answer.objects.filter(pk=answer.pk).update(maturity=1),
        lambda: CostLine.objects.filter(pk=line.pk).update(amount_minor=1),
        lambda: CostLine.objects.filter(pk=line.pk).update(repaid_on=dt.date(2027, 1, 1)),
        lambda: JobOrder.objects.filter(assessment=assessment).update(workers=3),
        lambda: Evidence.objects.filter(pk=document.pk).update(valid_until=dt.date(2027, 1, 1)),
        lambda: answer.evidence.clear(),
    ]
    for n, change in enumerate(changes, start=2):
        change()
        seen.add(selectors.content_hash(Assessment.objects.get(pk=assessment.pk)))
        assert len(seen) == n
    assert selectors.content_hash(assessment) in seen


def test_let_read_opens_a_declared_one_to_a_firm_and_only_to_it(agency: Agency) -> None:
    frozen = assessments.frozen_assessment(agency)
    auditor, other = (
        accounts.person("audit_firm", "lead_auditor"),
        accounts.person("audit_firm", "lead_auditor"),
    )
    assert auditor.organisation is not None
    manager = accounts.person("scheme", "scheme_manager")
    assert not selectors.assessments_visible_to(auditor).exists()
    services.let_read(frozen.pk, auditor.organisation, manager)
    services.let_read(frozen.pk, auditor.organisation, manager)
    assert [found.pk for found in selectors.assessments_visible_to(auditor)] == [frozen.pk]
    assert selectors.evidence_visible_to(auditor).count() == 1
    assert not selectors.assessments_visible_to(other).exists()
    assert not selectors.evidence_visible_to(other).exists()
    assert [event.act for event in events_of(frozen)].count("shared") == 1


def test_let_read_is_not_the_agencys_to_give(agency: Agency, signatory: User) -> None:
    frozen = assessments.frozen_assessment(agency)
    firm = accounts.organisation("audit_firm")
    with pytest.raises(NotPermitted):
        services.let_read(frozen.pk, firm, signatory)
