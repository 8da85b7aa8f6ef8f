"""Answers that do not hold together: each rule by a case that trips it and one that does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from certification.agencies.models import Agency
from certification.assessments import selectors, services
from certification.assessments.models import Assessment, Dismissal
from certification.assessments.rules.consistency import SaidAnswer, ShownDocument, pairs_of, warnings
from certification.assessments.services import AnswerEntry
from certification.standard import selectors as standard
from iris.accounts.models import User
from iris.core.errors import Conflict, ReasonRequired
from tests.factories import accounts, assessments

TODAY = dt.date(2026, 11, 21)


def document(kind: str = "policy", until: dt.date | None = None, newer: bool = False) -> ShownDocument:
    return ShownDocument("d", "Handbook", kind, until, newer)


def said(
    value: str = "yes",
    maturity: int | None = 3,
    documents: tuple[ShownDocument, ...] = (document(),),
    code: str = "1.1.1",
    policy: bool = True,
) -> SaidAnswer:
    return SaidAnswer(code, value, maturity, policy, documents)


def rules_of(*answers: SaidAnswer, borne: int = 0) -> list[str]:
    return [found.rule for found in warnings(answers, edition=1, worker_borne=borne, today=TODAY)]


@pytest.mark.parametrize(
    ("answer", "rules"),
    [
        (said(), []),
        (said(documents=()), ["yes_without_evidence"]),
        (said("partly", 2, ()), ["yes_without_evidence"]),
        (said("no", 1, ()), []),
        (said("na", None, ()), []),
        (said(documents=(document(until=dt.date(2026, 11, 20)),)), ["only_ended_documents"]),
        (said(documents=(document(until=TODAY),)), []),
        (said(documents=(document(until=dt.date(2026, 11, 20)), document())), []),
        (said(documents=(document(newer=True),)), ["older_version_shown"]),
        (said(documents=(document("training_record"),)), ["firm_without_policy"]),
        (said(maturity=2, documents=(document("training_record"),)), []),
        (said(documents=(document("training_record"),), policy=False), []),
    ],
)
def test_rules_of_one_answer(answer: SaidAnswer, rules: list[str]) -> None:
    assert rules_of(answer) == rules


def test_nobody_paid_and_a_cost_that_workers_bore() -> None:
    assert rules_of(said(code="1.1.3"), borne=2) == ["nobody_paid_but_ledger"]
    assert rules_of(said(code="1.1.3"), borne=0) == []
    assert rules_of(said("partly", 2, code="1.1.3"), borne=2) == []


def test_every_pair_of_the_file_trips_and_names_indicators_of_the_edition(db: None) -> None:
    edition = standard.current_edition()
    assert edition is not None
    known = {row.code: row for row in standard.indicators_of(edition)}
    pairs = pairs_of(edition.number)
    assert len(pairs) == 14
    assert len({pair.id for pair in pairs}) == 14
    for pair in pairs:
        values = [sorted(one)[0] for one in pair.values]
        answers = [said(value, None, code=code) for code, value in zip(pair.codes, values, strict=True)]
        assert rules_of(*answers) == [pair.id]
        other = said("", None, code=pair.codes[1])
        assert rules_of(answers[0], other) == []
        for code, allowed in zip(pair.codes, pair.values, strict=True):
            assert "na" not in allowed or known[code].may_be_not_applicable
            assert code in pair.text


@pytest.mark.django_db
def test_a_warning_is_put_aside_with_a_reason_until_its_answer_changes(
    agency: Agency, signatory: User
) -> None:
    draft = assessments.complete_assessment(agency)
    answer = draft.answers.get(indicator__code="A.1.1")
    bare = AnswerEntry(answer.indicator_id, answer.version, "yes", 3)
    services.save_answer(assessment_id=draft.pk, actor=signatory, entry=bare)
    [check] = selectors.checks(draft)
    assert (check.warning.rule, check.warning.subject, check.open) == ("yes_without_evidence", "A.1.1", True)
    key: dict[str, Any] = {
        "assessment_id": draft.pk,
        "actor": signatory,
        "rule": "yes_without_evidence",
        "subject": "A.1.1",
    }
    with pytest.raises(ReasonRequired):
        services.dismiss_warning(**key, reason=" ")
    services.dismiss_warning(**key, reason="The licence is in the public register.")
    [check] = selectors.checks(draft)
    assert check.dismissal is not None
    assert check.dismissal.reason == "The licence is in the public register."
    weaker = AnswerEntry(answer.indicator_id, answer.version + 1, "partly", 2)
    services.save_answer(assessment_id=draft.pk, actor=signatory, entry=weaker)
    assert [check.open for check in selectors.checks(draft)] == [True]
    with pytest.raises(Conflict):
        services.dismiss_warning(**{**key, "subject": "A.1.2"}, reason="x")


@pytest.mark.django_db
def test_warnings_never_stop_the_declaration_and_freeze_with_it(agency: Agency, signatory: User) -> None:
    draft = assessments.complete_assessment(agency)
    answer = draft.answers.get(indicator__code="A.1.1")
    bare = AnswerEntry(answer.indicator_id, answer.version, "yes", 3)
    services.save_answer(assessment_id=draft.pk, actor=signatory, entry=bare)
    services.dismiss_warning(
        assessment_id=draft.pk,
        actor=signatory,
        rule="yes_without_evidence",
        subject="A.1.1",
        reason="Public.",
    )
    frozen = services.freeze_assessment(draft.pk, signatory, assessments.declaration(agency))
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Dismissal.objects.filter(assessment=frozen).update(reason="Another")
    assert [check.open for check in selectors.checks(frozen)] == [False]


@pytest.mark.django_db
def test_pages_of_warnings(agency: Agency, signatory: User, client_of: Callable[[User], Client]) -> None:
    draft = assessments.complete_assessment(agency)
    answer = draft.answers.get(indicator__code="A.1.1")
    bare = AnswerEntry(answer.indicator_id, answer.version, "yes", 3)
    services.save_answer(assessment_id=draft.pk, actor=signatory, entry=bare)
    client = client_of(signatory)
    sentence = "A.1.1 says yes or partly and shows no document."
    assert sentence in client.get(reverse("assessments:criterion", args=[draft.pk, "A.1"])).content.decode()
    assert sentence in client.get(reverse("assessments:checks", args=[draft.pk])).content.decode()
    assert client.get(reverse("assessments:question", args=[draft.pk, "A.1.1"]))["Location"].endswith(
        "A.1/#A.1.1"
    )
    url = reverse("assessments:dismiss", args=[draft.pk, "yes_without_evidence", "A.1.1"])
    assert client.get(url).status_code == 200
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"reason": "It is in the public register."}).status_code == 302
    services.freeze_assessment(draft.pk, signatory, assessments.declaration(agency))
    reader = client_of(accounts.person("scheme", "screener"))
    page = reader.get(reverse("assessments:checks", args=[draft.pk])).content.decode()
    assert "It is in the public register." in page
    assert Assessment.objects.get(pk=draft.pk).state == "frozen"
