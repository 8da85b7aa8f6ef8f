"""Answering: partly, together, without losing anything."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from certification.agencies.models import Agency
from certification.assessments import selectors, services
from certification.assessments.models import Answer, Assessment
from certification.assessments.services import AnswerEntry
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, Conflict
from iris.core.events import events_of
from iris.notify.models import Notice
from tests.factories import agencies, assessments

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(agency: Agency) -> Assessment:
    return assessments.draft_assessment(agency)


def entry_for(assessment: Assessment, code: str, **more: Any) -> AnswerEntry:
    answer = assessment.answers.get(indicator__code=code)
    words = {"version": answer.version, "value": "yes", "maturity": 3}
    return AnswerEntry(indicator_id=answer.indicator_id, **{**words, **more})


def answer_of(assessment: Assessment, code: str) -> Answer:
    return Answer.objects.select_related("indicator").get(assessment=assessment, indicator__code=code)


def save(assessment: Assessment, user: User, code: str, **more: Any) -> Answer:
    entry = entry_for(assessment, code, **more)
    return services.save_answer(assessment_id=assessment.pk, actor=user, entry=entry)


def test_save_keeps_everything_and_says_who(draft: Assessment, signatory: User, agency: Agency) -> None:
    document = assessments.evidence(agency)
    save(draft, signatory, "A.1.1", comment="See the shelf.", evidence_ids=frozenset({document.pk}))
    answer = answer_of(draft, "A.1.1")
    assert (answer.value, answer.maturity, answer.comment, answer.version) == ("yes", 3, "See the shelf.", 1)
    assert (answer.updated_by, answer.updated_at) == (signatory, clocks.now())
    assert list(answer.evidence.all()) == [document]
    event = next(event for event in events_of(draft) if event.act == "answered")
    [said] = event.data["answers"]
    assert (event.act, said["indicator"], said["value"]) == ("answered", "A.1.1", "yes")
    assert "shelf" not in str(event.data)


def test_save_half_an_answer_is_kept_and_still_to_answer(draft: Assessment, signatory: User) -> None:
    save(draft, signatory, "A.1.1", maturity=None, comment="to check")
    answer = answer_of(draft, "A.1.1")
    assert answer.comment == "to check"
    assert not answer.answered


def test_save_same_again_changes_nothing(draft: Assessment, signatory: User) -> None:
    save(draft, signatory, "A.1.1")
    save(draft, signatory, "A.1.1")
    assert answer_of(draft, "A.1.1").version == 1
    assert [event.act for event in events_of(draft)].count("answered") == 1


def test_save_takes_documents_away_and_adds_others(
    draft: Assessment, signatory: User, agency: Agency
) -> None:
    first, second = assessments.evidence(agency, title="First"), assessments.evidence(agency, title="Second")
    save(draft, signatory, "A.1.1", evidence_ids=frozenset({first.pk}))
    save(draft, signatory, "A.1.2", evidence_ids=frozenset({first.pk}))
    save(draft, signatory, "A.1.1", evidence_ids=frozenset({second.pk}))
    assert list(answer_of(draft, "A.1.1").evidence.all()) == [second]
    assert list(answer_of(draft, "A.1.2").evidence.all()) == [first]


def test_save_a_page_in_a_fixed_number_of_statements(
    draft: Assessment, signatory: User, agency: Agency, django_assert_max_num_queries: Any
) -> None:
    proof = frozenset({assessments.evidence(agency).pk})
    entries = [
        AnswerEntry(answer.indicator_id, 0, "yes", 3, evidence_ids=proof) for answer in draft.answers.all()
    ]
    with django_assert_max_num_queries(22):
        result = services.save_answers(assessment_id=draft.pk, actor=signatory, entries=entries)
    assert len(result.saved) == draft.answers.count()
    assert [event.act for event in events_of(draft)].count("answered") == 1


def test_save_over_a_colleague_is_a_conflict_and_theirs_stands(
    draft: Assessment, signatory: User, agency: Agency
) -> None:
    colleague = agencies.colleague(agency, "contributor")
    mine = entry_for(draft, "A.1.1", comment="mine")
    save(draft, colleague, "A.1.1", value="no", maturity=1, comment="theirs")
    result = services.save_answers(assessment_id=draft.pk, actor=signatory, entries=[mine])
    [conflict] = result.conflicts
    assert (conflict.theirs.comment, conflict.yours.comment) == ("theirs", "mine")
    assert colleague.label in conflict.message
    assert answer_of(draft, "A.1.1").comment == "theirs"
    with pytest.raises(Conflict, match=colleague.label):
        services.save_answer(assessment_id=draft.pk, actor=signatory, entry=mine)


def test_save_good_ones_even_when_others_are_refused(draft: Assessment, signatory: User) -> None:
    good, bad = entry_for(draft, "A.1.2"), entry_for(draft, "A.1.3", maturity=0)
    result = services.save_answers(assessment_id=draft.pk, actor=signatory, entries=[bad, good])
    assert [answer.indicator.code for answer in result.saved] == ["A.1.2"]
    assert "maturity" in result.refused[bad.indicator_id].fields
    assert (answer_of(draft, "A.1.2").value, answer_of(draft, "A.1.3").value) == ("yes", "")


@pytest.mark.parametrize(
    ("code", "more", "field"),
    [
        ("A.1.1", {"value": "na", "maturity": None}, "reason"),  # may be not applicable, but says no reason
        (
            "A.1.2",
            {"value": "na", "maturity": None, "reason": "we are small"},
            "value",
        ),  # applies to everyone
        ("A.1.2", {"value": "perhaps"}, "value"),
        ("A.1.2", {"maturity": 5}, "maturity"),
        ("A.1.2", {"value": "yes", "maturity": 0}, "maturity"),
        ("A.1.2", {"value": "no", "maturity": 3}, "maturity"),
        ("A.1.2", {"comment": "x" * 5_001}, "comment"),
        ("A.1.2", {"evidence_ids": frozenset({uuid4()})}, "evidence"),
        ("A.1.2", {"owner_id": uuid4()}, "owner"),
    ],
)
def test_save_refuses(
    draft: Assessment, signatory: User, code: str, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        save(draft, signatory, code, **more)
    assert list(refusal.value.fields) == [field]
    assert answer_of(draft, code).version == 0


def test_save_not_applicable_with_reason_is_complete(draft: Assessment, signatory: User) -> None:
    save(
        draft, signatory, "A.1.1", value="na", maturity=None, reason="No licence exists for this work there."
    )
    assert answer_of(draft, "A.1.1").answered


def test_save_not_applicable_drops_the_level(draft: Assessment, signatory: User) -> None:
    save(draft, signatory, "A.1.1", value="na", maturity=3, reason="No licence exists.")
    assert answer_of(draft, "A.1.1").maturity is None


def test_save_with_another_agencys_document_is_refused(draft: Assessment, signatory: User) -> None:
    foreign = assessments.evidence(agencies.agency())
    with pytest.raises(BadInput):
        save(draft, signatory, "A.1.2", evidence_ids=frozenset({foreign.pk}))


def test_save_owner_from_another_agency_is_refused(draft: Assessment, signatory: User) -> None:
    stranger = agencies.signatory(agencies.agency())
    with pytest.raises(BadInput):
        save(draft, signatory, "A.1.2", owner_id=stranger.pk)


def test_save_by_a_stranger_is_not_found(draft: Assessment) -> None:
    stranger = agencies.signatory(agencies.agency())
    with pytest.raises(Assessment.DoesNotExist):
        save(draft, stranger, "A.1.1")


def test_save_tells_a_new_owner_once(draft: Assessment, signatory: User, agency: Agency) -> None:
    colleague = agencies.colleague(agency, "contributor")
    save(draft, signatory, "A.1.2", owner_id=colleague.pk)
    save(draft, signatory, "A.1.2", owner_id=colleague.pk, comment="more")
    notice = Notice.objects.get(user=colleague)
    assert "A.1.2" in notice.subject
    assert "/criteria/A.1/" in notice.url


def test_plan_gap_keeps_action_person_and_day(draft: Assessment, signatory: User) -> None:
    answer = save(draft, signatory, "A.1.2", value="partly", maturity=2)
    due = clocks.today() + dt.timedelta(days=30)
    services.plan_gap(
        assessment_id=draft.pk,
        actor=signatory,
        indicator_id=answer.indicator_id,
        version=answer.version,
        action="Write the register.",
        owner="Dipak Rokaya",
        due_on=due,
    )
    [gap] = selectors.gaps(draft)
    assert gap.planned
    assert (gap.answer.plan_action, gap.answer.plan_owner, gap.answer.plan_due_on) == (
        "Write the register.",
        "Dipak Rokaya",
        due,
    )


def test_plan_gap_refuses_blanks_and_past_days_all_at_once(draft: Assessment, signatory: User) -> None:
    answer = save(draft, signatory, "A.1.2", value="no", maturity=1)
    with pytest.raises(BadInput) as refusal:
        services.plan_gap(
            assessment_id=draft.pk,
            actor=signatory,
            indicator_id=answer.indicator_id,
            version=answer.version,
            action=" ",
            owner="",
            due_on=dt.date(2026, 1, 1),
        )
    assert set(refusal.value.fields) == {"action", "owner", "due_on"}


def test_plan_gap_where_there_is_none_is_refused(draft: Assessment, signatory: User) -> None:
    answer = save(draft, signatory, "A.1.2")
    with pytest.raises(BadInput, match="no gap"):
        services.plan_gap(
            assessment_id=draft.pk,
            actor=signatory,
            indicator_id=answer.indicator_id,
            version=answer.version,
            action="a",
            owner="b",
            due_on=clocks.today(),
        )
