"""Beginning a self-assessment."""

from __future__ import annotations

import pytest

from certification.agencies.models import Agency
from certification.assessments import selectors, services
from certification.assessments.models import Assessment
from certification.assessments.services import AnswerEntry
from certification.standard import selectors as standard
from certification.standard.models import Edition, Indicator
from iris.accounts.models import User
from iris.core.errors import TransitionRefused
from iris.core.events import events_of
from tests.factories import agencies, assessments

pytestmark = pytest.mark.django_db


def test_start_makes_one_empty_answer_per_indicator(agency: Agency, signatory: User) -> None:
    assessment = services.start_assessment(agency.pk, signatory)
    edition = standard.current_edition()
    assert edition is not None
    indicators = {indicator.pk for indicator in standard.indicators_of(edition)}
    assert {answer.indicator_id for answer in assessment.answers.all()} == indicators
    assert not any(answer.value or answer.answered for answer in assessment.answers.all())
    assert (assessment.cycle, assessment.edition, assessment.state) == (1, edition, "draft")
    assert [event.act for event in events_of(assessment)] == ["started"]


def test_start_twice_gives_the_same_one(agency: Agency, signatory: User) -> None:
    first = services.start_assessment(agency.pk, signatory)
    assert services.start_assessment(agency.pk, signatory).pk == first.pk
    assert Assessment.objects.filter(agency=agency).count() == 1


def test_start_for_another_agency_is_not_found(agency: Agency) -> None:
    stranger = agencies.signatory(agencies.agency())
    with pytest.raises(Agency.DoesNotExist):
        services.start_assessment(agency.pk, stranger)


def test_start_again_carries_answers_and_documents_over(agency: Agency, signatory: User) -> None:
    first = assessments.frozen_assessment(agency, gaps={"A.1.1": "partly"})
    second = services.start_assessment(agency.pk, signatory)
    answer = second.answers.get(indicator__code="A.1.1")
    assert (second.cycle, second.previous_id) == (2, first.pk)
    assert (answer.value, answer.maturity, answer.carried, answer.version) == ("partly", 2, True, 0)
    assert [document.title for document in answer.evidence.all()] == ["Handbook of the agency"]
    assert selectors.progress(second).carried == second.answers.count()


def test_start_again_does_not_carry_an_answer_to_a_question_that_changed(
    agency: Agency, signatory: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessments.frozen_assessment(agency)
    edition = standard.current_edition()
    assert edition is not None
    changed = standard.indicators_of(edition)[4]

    real = standard.indicators_of

    def other_question(edition: Edition) -> list[Indicator]:
        rows = list(real(edition))
        for row in rows:
            if row.code == changed.code:
                row.question = "Asked in other words?"
        return rows

    monkeypatch.setattr("certification.assessments.services.starting.standard.indicators_of", other_question)
    second = services.start_assessment(agency.pk, signatory)
    answer = second.answers.get(indicator=changed)
    assert (answer.value, answer.carried, answer.evidence.count()) == ("", False, 0)
    assert second.answers.filter(carried=True).count() == second.answers.count() - 1


def test_save_unchanged_carried_answer_confirms_it(agency: Agency, signatory: User) -> None:
    assessments.frozen_assessment(agency)
    second = services.start_assessment(agency.pk, signatory)
    answer = second.answers.get(indicator__code="A.1.1")
    entry = AnswerEntry(
        answer.indicator_id,
        0,
        "yes",
        3,
        evidence_ids=frozenset(document.pk for document in answer.evidence.all()),
    )
    services.save_answer(assessment_id=second.pk, actor=signatory, entry=entry)
    assert not second.answers.get(pk=answer.pk).carried


def test_freezing_the_next_one_supersedes_the_last(agency: Agency, signatory: User) -> None:
    first = assessments.frozen_assessment(agency)
    second = services.start_assessment(agency.pk, signatory)
    order = assessments.job_order(second)
    assessments.cost_line(order)
    with pytest.raises(TransitionRefused) as refusal:
        services.freeze_assessment(second.pk, signatory, assessments.declaration(agency))
    assert "102 answers from last time" in str(refusal.value.missing[0])
    assessments.confirm_everything(second)
    services.freeze_assessment(second.pk, signatory, assessments.declaration(agency))
    assert Assessment.objects.get(pk=first.pk).state == "superseded"
    current = selectors.current_assessment(agency)
    assert current is not None
    assert current.pk == second.pk
