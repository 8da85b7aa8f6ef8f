"""What is missing: asked with marked questions, extended once, answered with a new declared revision."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from certification.applications import selectors, services
from certification.applications.models import Application, Deferral
from certification.applications.services import Flag
from certification.assessments import services as assessment_services
from certification.assessments.models import Assessment
from certification.assessments.services import AnswerEntry
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from tests.factories import agencies, assessments
from tests.factories.applications import application, screener

pytestmark = pytest.mark.django_db


def again(row: Application) -> Application:
    return Application.objects.get(pk=row.pk)


def asked(codes: int = 2) -> tuple[Application, list]:
    """A case deferred with so many marked questions."""
    row = application("in_review")
    assert row.assessment is not None
    marked = list(row.assessment.answers_in_order()[:codes])
    flags = [
        Flag(indicator_id=one.indicator_id, note=f"Say who does {one.indicator.code}.") for one in marked
    ]
    row = services.defer_application(
        application_id=row.pk, actor=screener(), reason="Two answers are too short.", flags=flags
    )
    return row, marked


def answer(deferral: Deferral) -> None:
    """The agency answers the marked questions anew."""
    assert deferral.reopened is not None
    opened = Assessment.objects.get(pk=deferral.reopened.pk)
    entries = [
        AnswerEntry(
            indicator_id=one.indicator_id,
            version=one.version,
            value="partly",
            maturity=2,
            comment="The compliance manager does, since May.",
            evidence_ids=frozenset(one.evidence.values_list("pk", flat=True)),
        )
        for one in opened.answers_in_order().filter(flagged=True)
    ]
    result = assessment_services.save_answers(
        assessment_id=opened.pk, actor=agencies.signatory(opened.agency), entries=entries
    )
    assert not result.refused


def test_marked_questions_are_answered_declared_and_shown_then_and_now():
    row, marked = asked()
    first = row.assessment_id
    deferral = selectors.waiting_round(row)
    assert deferral is not None
    assert deferral.reopened is not None
    assert (deferral.due_on, deferral.reopened.due_on) == (date(2027, 1, 20), date(2027, 1, 20))
    answer(deferral)
    signatory = agencies.signatory(row.agency)

    row = services.send_information(
        application_id=row.pk,
        actor=signatory,
        text="Both answers are written anew.",
        declaration=assessments.declaration(row.agency),
    )

    assert (row.state, row.assessment_id) == ("in_review", deferral.reopened.pk)
    assert row.is_returned
    assert Assessment.objects.get(pk=first).state == "superseded"
    assert Assessment.objects.get(pk=row.assessment_id).state == "frozen"
    assert first is not None
    [found] = selectors.rounds_of(row)
    assert found.is_declared
    assert [one.code for one in found.asked] == sorted(one.indicator.code for one in marked)
    told = {(part.name, part.then, part.now) for part in found.asked[0].differences}
    assert ("Answer", "Yes", "Partly") in told
    assert ("Comment", "", "The compliance manager does, since May.") in told


def test_new_answers_need_the_signatorys_declaration_and_every_marked_answer():
    row, _marked = asked()
    manager, signatory = agencies.colleague(row.agency, "manager"), agencies.signatory(row.agency)
    key = {"application_id": row.pk, "text": "Here it is."}
    with pytest.raises(NotPermitted, match="authorised signatory"):
        services.send_information(**key, actor=manager, declaration=assessments.declaration(row.agency))
    with pytest.raises(BadInput) as refused:
        services.send_information(**key, actor=signatory)
    assert "agree" in refused.value.fields
    assert again(row).state == "deferred"
    assert selectors.waiting_round(row) is not None


def test_a_mark_without_words_is_refused_and_nothing_is_half_done():
    row = application("in_review")
    assert row.assessment is not None
    flags = [Flag(indicator_id=row.assessment.answers_in_order()[0].indicator_id, note="  ")]
    with pytest.raises(BadInput) as refused:
        services.defer_application(application_id=row.pk, actor=screener(), reason="Short.", flags=flags)
    assert "flags" in refused.value.fields
    assert again(row).state == "in_review"
    assert not Deferral.objects.exists()


def test_more_time_is_given_once_from_the_day_that_was_set():
    row = application("deferred")
    with pytest.raises(ReasonRequired):
        services.extend_deferral(application_id=row.pk, actor=screener(), reason="")
    row = services.extend_deferral(application_id=row.pk, actor=screener(), reason="The office is closed.")
    assert row.deferred_until == date(2027, 2, 19)
    assert selectors.waiting_round(row).due_on == date(2027, 2, 19)
    with pytest.raises(TransitionRefused) as refused:
        services.extend_deferral(application_id=row.pk, actor=screener(), reason="Again.")
    assert "done once" in str(refused.value.missing[0])


def test_more_time_after_the_day_has_passed_counts_from_today_and_is_told_anew_when_over():
    row = application("deferred")
    with clocks.freeze(clocks.now() + timedelta(days=65)):
        assert services.tell_of_deferrals_over() == 1
        row = services.extend_deferral(application_id=row.pk, actor=screener(), reason="They wrote to us.")
        assert row.deferred_until == clocks.today() + timedelta(days=30)
        assert services.tell_of_deferrals_over() == 0
    with clocks.freeze(clocks.now() + timedelta(days=96)):
        assert services.tell_of_deferrals_over() == 1


def test_a_second_deferral_may_be_extended_again():
    row = application("deferred")
    services.extend_deferral(application_id=row.pk, actor=screener(), reason="The office is closed.")
    services.send_information(
        application_id=row.pk, actor=agencies.signatory(row.agency), text="The copy is there."
    )
    services.defer_application(application_id=row.pk, actor=screener(), reason="Page 2 is missing.")
    row = services.extend_deferral(application_id=row.pk, actor=screener(), reason="A holiday.")
    assert [found.deferral.number for found in selectors.rounds_of(row)] == [2, 1]


@pytest.mark.parametrize("end", ["reject", "withdraw"])
def test_an_end_takes_the_reopening_back_so_that_a_new_assessment_can_begin(end):
    row, _marked = asked()
    deferral = selectors.waiting_round(row)
    assert deferral is not None
    assert deferral.reopened is not None
    if end == "reject":
        services.reject_application(application_id=row.pk, actor=screener(), reason="Nothing came.")
    else:
        services.withdraw_application(
            application_id=row.pk, actor=agencies.signatory(row.agency), reason="We merge."
        )
    assert Assessment.objects.get(pk=deferral.reopened.pk).state == "withdrawn"
    begun = assessment_services.start_assessment(row.agency_id, agencies.signatory(row.agency))
    assert begun.state == "draft"


def test_defer_is_refused_with_marks_while_the_agency_works_on_another_round():
    row = application("in_review")
    assert row.assessment is not None
    assessment_services.start_assessment(row.agency_id, agencies.signatory(row.agency))
    flags = [Flag(indicator_id=row.assessment.answers_in_order()[0].indicator_id, note="Say who.")]
    with pytest.raises(Conflict, match="working on cycle"):
        services.defer_application(application_id=row.pk, actor=screener(), reason="Short.", flags=flags)
    assert again(row).state == "in_review"
