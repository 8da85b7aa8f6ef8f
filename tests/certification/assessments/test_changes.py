"""A new cycle: what is carried, what is not, what changed, and what is still true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from certification.agencies.models import Agency
from certification.assessments import selectors, services
from certification.assessments.models import Assessment
from certification.assessments.services import AnswerEntry, Flag
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput
from iris.core.events import events_of
from tests.factories import accounts, assessments

pytestmark = pytest.mark.django_db

LATER = dt.datetime(2028, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def second(agency: Agency, signatory: User) -> Assessment:
    first = assessments.complete_assessment(agency, gaps={"A.1.2": "no"})
    answer = first.answers.get(indicator__code="A.1.1")
    ended = assessments.evidence(agency, "Insurance of 2027", valid_until=dt.date(2027, 12, 31))
    entry = AnswerEntry(answer.indicator_id, answer.version, "yes", 3, evidence_ids=frozenset({ended.pk}))
    services.save_answer(assessment_id=first.pk, actor=signatory, entry=entry)
    services.freeze_assessment(first.pk, signatory, assessments.declaration(agency))
    with clocks.freeze(LATER):
        return services.start_assessment(agency.pk, signatory)


def test_a_document_that_ended_is_listed_not_carried(second: Assessment) -> None:
    answer = second.answers.get(indicator__code="A.1.1")
    assert (answer.value, answer.carried, answer.evidence.count()) == ("yes", True, 0)
    with clocks.freeze(LATER):
        found = selectors.changes(Assessment.objects.get(pk=second.pk))
    [change] = [change for change in found if change.ended]
    assert change.answer.indicator.code == "A.1.1"
    assert [document.title for document in selectors.ended_documents(found)] == ["Insurance of 2027"]
    assert [str(part.name) for part in change.differences] == ["Documents"]


def test_then_and_now_are_told_question_by_question(second: Assessment, signatory: User) -> None:
    answer = second.answers.get(indicator__code="A.1.2")
    documents = frozenset(answer.evidence.values_list("pk", flat=True))
    entry = AnswerEntry(answer.indicator_id, 0, "partly", 2, comment="Begun in May.", evidence_ids=documents)
    services.save_answer(assessment_id=second.pk, actor=signatory, entry=entry)
    by_code = {change.answer.indicator.code: change for change in selectors.changes(second)}
    assert by_code["A.1.2"].kind == "changed"
    told = {str(part.name): (str(part.then), str(part.now)[:12]) for part in by_code["A.1.2"].differences}
    assert told["Answer"] == ("No", "Partly")
    assert told["Comment"] == ("", "Begun in May")
    assert by_code["2.1.1"].kind == "waiting"


def test_confirming_touches_only_what_was_seen(second: Assessment, signatory: User) -> None:
    one, two, three = second.answers_in_order()[:3]
    pairs = [(one.indicator_id, one.version), (two.indicator_id, two.version + 1)]
    done = services.confirm_carried(assessment_id=second.pk, actor=signatory, answers=pairs)
    assert [answer.pk for answer in done] == [one.pk]
    waiting = set(second.answers.filter(carried=True).values_list("pk", flat=True))
    assert one.pk not in waiting
    assert {two.pk, three.pk} <= waiting
    event = next(event for event in events_of(second) if event.act == "confirmed")
    assert event.data == {"indicators": [one.indicator.code]}
    with pytest.raises(BadInput):
        services.confirm_carried(assessment_id=second.pk, actor=signatory, answers=[])


def test_page_confirms_a_section_and_single_answers(
    second: Assessment, signatory: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(signatory)
    url = reverse("assessments:changes", args=[second.pk])
    page = client.get(url).content.decode()
    assert "Insurance of 2027" in page
    assert "I read A.1: all 4 are still true" in page
    rows = [f"{a.indicator_id}:{a.version}" for a in second.answers_in_order()[:4]]
    confirm = reverse("assessments:confirm", args=[second.pk])
    client.post(confirm, {"here": rows, "answers": rows[:1], "ticked": "1"})
    assert second.answers.filter(carried=True).count() == 101
    client.post(confirm, {"here": rows, "all": "1"})
    assert second.answers.filter(carried=True).count() == 98
    assert "Load it again" in client.post(confirm, {"answers": ["x"]}, follow=True).content.decode()
    assert client.get(url + "?show=all").content.decode().count('class="change"') == 102


def test_saving_a_page_does_not_confirm_in_silence(
    second: Assessment, signatory: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(signatory)
    url = reverse("assessments:criterion", args=[second.pk, "A.1"])
    forms = [card.form for card in client.get(url).context["cards"]]
    data = {
        form.add_prefix(name): "" if value is None else value
        for form in forms
        for name, value in form.initial.items()
    }
    client.post(url, data)
    assert second.answers.filter(carried=True).count() == 102
    client.post(url, {**data, forms[1].add_prefix("still"): "on"})
    assert second.answers.filter(carried=True).count() == 101


def test_reopened_pages_show_what_is_asked_and_nothing_else_to_fill(
    agency: Agency, signatory: User, client_of: Callable[[User], Client]
) -> None:
    frozen = assessments.frozen_assessment(agency)
    answer = frozen.answers.get(indicator__code="A.1.1")
    new = services.reopen_flagged(
        assessment_id=frozen.pk,
        flags=[Flag(answer.indicator_id, "Who signed the policy?")],
        due_on=dt.date(2026, 12, 21),
        actor=accounts.person("scheme", "screener"),
        reason="One answer is thin.",
    )
    client = client_of(signatory)
    page = client.get(reverse("assessments:criterion", args=[new.pk, "A.1"]))
    assert [card.answer.indicator.code for card in page.context["cards"]] == ["A.1.1"]
    text = page.content.decode()
    assert "Who signed the policy?" in text
    assert "21 December 2026" in text
    assert "Not asked: stays as declared" in text
    other = client.get(reverse("assessments:criterion", args=[new.pk, "2.1"]))
    assert other["Location"].endswith("/read/#2.1")
    assert client.get(reverse("assessments:assessment", args=[new.pk])).status_code == 200
    assert "Answer what the scheme asked again" in client.get("/today/").content.decode()
    listed = client.get(reverse("assessments:questions", args=[new.pk]) + "?show=flagged")
    assert [row.indicator.code for row in listed.context["rows"]] == ["A.1.1"]


def test_readers_see_the_changes_only_of_what_they_may_read(
    second: Assessment, agency: Agency, signatory: User, client_of: Callable[[User], Client]
) -> None:
    assessments.cost_line(assessments.job_order(second))
    assessments.confirm_everything(second)
    services.freeze_assessment(second.pk, signatory, assessments.declaration(agency))
    url = reverse("assessments:changes", args=[second.pk])
    assert client_of(accounts.person("scheme", "screener")).get(url).status_code == 200
    auditor = accounts.person("audit_firm", "lead_auditor")
    assert auditor.organisation is not None
    services.let_read(second.pk, auditor.organisation, accounts.person("scheme", "scheme_manager"))
    assert client_of(auditor).get(url).status_code == 404
    assert client_of(auditor).get(reverse("assessments:read", args=[second.pk])).status_code == 200
