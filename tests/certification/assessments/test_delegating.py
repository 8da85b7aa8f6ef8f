"""Sections given to colleagues: asked, invited, reminded, given to someone else, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from certification.agencies.models import Agency
from certification.assessments import selectors, services
from certification.assessments.models import Assessment, Delegation
from certification.assessments.services import AnswerEntry
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, Conflict
from iris.notify.models import Notice
from tests.factories import accounts, agencies, assessments

pytestmark = pytest.mark.django_db

DUE = dt.date(2026, 12, 1)


@pytest.fixture
def draft(agency: Agency) -> Assessment:
    return assessments.draft_assessment(agency)


@pytest.fixture
def colleague(agency: Agency) -> User:
    return agencies.colleague(agency, "contributor")


def give(
    draft: Assessment, actor: User, person: User | None = None, section: str = "2", **more: Any
) -> Delegation:
    words = {"due_on": DUE, "colleague_id": person.pk if person else None, **more}
    return services.delegate_section(assessment_id=draft.pk, actor=actor, section=section, **words)


def test_a_section_gives_its_open_questions_and_writes(
    draft: Assessment, signatory: User, colleague: User
) -> None:
    answer = draft.answers.get(indicator__code="2.1.1")
    services.save_answer(
        assessment_id=draft.pk, actor=signatory, entry=AnswerEntry(answer.indicator_id, 0, "no", 1)
    )
    give(draft, signatory, colleague, note="Please")
    mine = draft.answers.filter(owner=colleague)
    everything = draft.answers.filter(indicator__criterion__principle__code="2").count()
    assert mine.count() == everything - 1
    assert set(mine.values_list("due_on", flat=True)) == {DUE}
    body = Notice.objects.get(user=colleague).body
    assert "Please" in body
    assert "1 December 2026" in body
    assert selectors.todos_for(colleague)[0].due == DUE
    [row] = selectors.given_sections(draft)
    assert (row.done, row.total, row.late) == (1, everything, False)


def test_a_criterion_can_be_given_too(draft: Assessment, signatory: User, colleague: User) -> None:
    give(draft, signatory, colleague, section="2.2")
    codes = draft.answers.filter(owner=colleague).values_list("indicator__code", flat=True)
    assert sorted(codes) == ["2.2.1", "2.2.2", "2.2.3"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"colleague_id": uuid4()}, "colleague"),
        ({"colleague_id": None}, "colleague"),
        ({"section": "Z"}, "section"),
        ({"due_on": dt.date(2026, 11, 20)}, "due_on"),
        ({"due_on": None}, "due_on"),
    ],
)
def test_refusals(
    draft: Assessment, signatory: User, colleague: User, more: dict[str, Any], field: str
) -> None:
    words: dict[str, Any] = {"section": "2", "due_on": DUE, "colleague_id": colleague.pk}
    with pytest.raises(BadInput) as refusal:
        services.delegate_section(assessment_id=draft.pk, actor=signatory, **{**words, **more})
    assert list(refusal.value.fields) == [field]


def test_giving_it_to_someone_else_relieves_the_first(
    draft: Assessment, signatory: User, colleague: User, agency: Agency
) -> None:
    first = give(draft, signatory, colleague)
    second = agencies.colleague(agency, "manager")
    give(draft, signatory, second)
    assert Delegation.objects.get(pk=first.pk).ended_at == clocks.now()
    assert not draft.answers.filter(owner=colleague).exists()
    assert draft.answers.filter(owner=second).count() > 0
    with pytest.raises(Conflict):
        services.take_back_section(assessment_id=draft.pk, actor=signatory, delegation_id=first.pk)
    [row] = selectors.given_sections(draft)
    services.take_back_section(assessment_id=draft.pk, actor=signatory, delegation_id=row.delegation.pk)
    assert not draft.answers.filter(owner=second).exists()


def test_someone_new_is_invited_and_gets_the_questions_on_joining(
    draft: Assessment, signatory: User, agency: Agency
) -> None:
    given = give(draft, signatory, email="New.Person@example.org")
    assert (given.person, given.email) == (None, "new.person@example.org")
    assert services.hand_over_sections() == 0
    accounts.person("agency", "contributor", organisation=agency.organisation, email="new.person@example.org")
    assert services.hand_over_sections() == 1
    assert services.hand_over_sections() == 0
    person = Delegation.objects.get(pk=given.pk).person
    assert person is not None
    assert draft.answers.filter(owner=person).count() > 0
    assert Notice.objects.filter(user=person).count() == 1


def test_reminders_once_before_and_once_after_the_day(
    draft: Assessment, signatory: User, colleague: User
) -> None:
    give(draft, signatory, colleague, section="2.2")
    sent = []
    for day in (27, 28, 28, 29, 30, 31, 32, 33):
        with clocks.freeze(dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC) + dt.timedelta(days=day - 1)):
            sent.append((day, services.remind_of_questions()))
    assert [day for day, n in sent if n] == [28, 32]  # three days before 1 December, and the day after it
    subjects = list(
        Notice.objects.filter(user=colleague).order_by("created_at").values_list("subject", flat=True)
    )
    assert subjects[1:] == [
        "3 questions you were asked are due on 1 December 2026",
        "3 questions you were asked were due on 1 December 2026",
    ]


def test_nobody_is_reminded_of_what_is_done_or_declared(
    agency: Agency, signatory: User, colleague: User
) -> None:
    draft = assessments.draft_assessment(agency)
    give(draft, signatory, colleague, section="2.2")
    assessments.complete_assessment(agency)
    with clocks.freeze(dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)):
        assert services.remind_of_questions() == 0


def test_pages(
    draft: Assessment, signatory: User, colleague: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(signatory)
    url = reverse("assessments:ask", args=[draft.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"section": "2"}).status_code == 422
    data = {"section": "2.2", "colleague": str(colleague.pk), "due_on": "2026-12-01", "note": "By Monday"}
    assert client.post(url, data).status_code == 302
    page = client.get(url).content.decode()
    assert "0 of 3" in page
    theirs = client_of(colleague).get(reverse("assessments:mine", args=[draft.pk])).content.decode()
    assert "By Monday" in theirs
    assert "3 questions wait" in theirs
    given = Delegation.objects.get()
    client.post(reverse("assessments:take_back", args=[draft.pk, given.pk]))
    mine = client_of(colleague).get(reverse("assessments:mine", args=[draft.pk])).content.decode()
    assert "Nothing waits for you" in mine
