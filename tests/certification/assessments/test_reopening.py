"""Only what the scheme marked can change in a reopened self-assessment: by service, by ORM and in raw SQL."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from certification.agencies.models import Agency
from certification.assessments import selectors, services
from certification.assessments.models import Answer, AnswerEvidence, Assessment, CostLine, JobOrder
from certification.assessments.services import AnswerEntry, Flag
from iris.accounts.models import User
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.events import events_of
from tests.factories import accounts, agencies, assessments

pytestmark = pytest.mark.django_db

DUE = dt.date(2026, 12, 21)


@pytest.fixture
def screener() -> User:
    return accounts.person("scheme", "screener")


@pytest.fixture
def frozen(agency: Agency) -> Assessment:
    return assessments.frozen_assessment(agency)


def reopened(frozen: Assessment, screener: User, *codes: str, ledger: str = "") -> Assessment:
    flags = [
        Flag(answer.indicator_id, f"Show us more about {answer.indicator.code}.")
        for answer in frozen.answers_in_order()
        if answer.indicator.code in codes
    ]
    if ledger:
        flags.append(Flag(None, ledger))
    return services.reopen_flagged(
        assessment_id=frozen.pk, flags=flags, due_on=DUE, actor=screener, reason="Two answers are thin."
    )


def entry_of(answer: Answer, value: str = "partly", maturity: int = 2) -> AnswerEntry:
    documents = frozenset(answer.evidence.values_list("pk", flat=True))
    return AnswerEntry(
        answer.indicator_id,
        answer.version,
        value,
        maturity,
        comment="Looked at again.",
        evidence_ids=documents,
    )


def test_reopen_copies_everything_and_marks_what_was_asked(frozen: Assessment, screener: User) -> None:
    new = reopened(frozen, screener, "A.1.1", "2.1.1")
    assert (new.state, new.cycle, new.revision, new.due_on) == ("reopened", 1, 2, DUE)
    assert selectors.previous_of(new) == frozen
    assert Assessment.objects.get(pk=frozen.pk).state == "frozen"
    asked = selectors.flagged_answers(new)
    assert [(a.indicator.code, a.flag_note) for a in asked] == [
        ("A.1.1", "Show us more about A.1.1."),
        ("2.1.1", "Show us more about 2.1.1."),
    ]
    assert new.answers.count() == frozen.answers.count()
    assert new.answers.filter(carried=True).count() == 2
    assert AnswerEvidence.objects.filter(answer__assessment=new).count() == frozen.answers.count()
    assert [o.cost_lines.count() for o in new.job_orders.all()] == [2]
    assert selectors.reopening_of(frozen) == new
    event = next(event for event in events_of(new) if event.act == "reopen")
    assert (event.reason, event.data["questions"]) == ("Two answers are thin.", 2)


def test_progress_counts_only_what_was_asked(frozen: Assessment, screener: User, signatory: User) -> None:
    new = reopened(frozen, screener, "A.1.1", "2.1.1")
    found = selectors.progress(new)
    assert (found.answered, found.total, found.complete) == (0, 2, False)
    assert [row.code for row in found.principles] == ["A", "2"]
    answer = new.answers.get(indicator__code="A.1.1")
    services.save_answer(assessment_id=new.pk, actor=signatory, entry=entry_of(answer))
    assert selectors.progress(new).answered == 1


def test_an_answer_not_asked_stays_for_the_service(
    frozen: Assessment, screener: User, signatory: User
) -> None:
    new = reopened(frozen, screener, "A.1.1")
    other = new.answers.get(indicator__code="2.1.1")
    with pytest.raises(BadInput) as refusal:
        services.save_answer(assessment_id=new.pk, actor=signatory, entry=entry_of(other))
    assert "stays as declared" in str(refusal.value.fields["value"][0])
    with pytest.raises(Conflict, match="ledger stays as declared"):
        assessments.job_order(new)


def test_the_database_keeps_what_was_not_asked(frozen: Assessment, screener: User, agency: Agency) -> None:
    new = reopened(frozen, screener, "A.1.1")
    asked, other = (new.answers.get(indicator__code=code) for code in ("A.1.1", "2.1.1"))
    spare = assessments.evidence(agency, "Spare")
    order, line = new.job_orders.get(), CostLine.objects.filter(job_order__assessment=new)[0]
    Answer.objects.filter(pk=asked.pk).update(comment="may change")
    AnswerEvidence.objects.create(answer=asked, evidence=spare)
    acts = [
        lambda: Answer.objects.filter(pk=other.pk).update(comment="x"),
        lambda: Answer.objects.filter(pk=other.pk).update(flagged=True, flag_note="mine"),
        lambda: Answer.objects.filter(pk=asked.pk).update(flagged=False, flag_note=""),
        lambda: Answer.objects.filter(pk=asked.pk).update(flag_note="easier"),
        lambda: AnswerEvidence.objects.create(answer=other, evidence=spare),
        lambda: AnswerEvidence.objects.filter(answer=other).delete(),
        lambda: AnswerEvidence.objects.filter(answer=asked, evidence=spare).update(answer=other),
        lambda: JobOrder.objects.filter(pk=order.pk).update(workers=1),
        lambda: CostLine.objects.filter(pk=line.pk).update(amount_minor=1),
        lambda: CostLine.objects.filter(pk=line.pk).delete(),
        lambda: Assessment.objects.filter(pk=new.pk).update(ledger_flagged=True, ledger_note="mine"),
        lambda: Assessment.objects.filter(pk=new.pk).update(reopen_reason="other"),
        lambda: Assessment.objects.filter(pk=new.pk)._raw_delete("default"),
    ]
    for act in acts:
        with pytest.raises(DatabaseError, match=r"reopened|frozen"), transaction.atomic():
            act()


def test_a_flagged_ledger_opens_and_a_flagged_question_does_not_open_it(
    frozen: Assessment, screener: User
) -> None:
    new = reopened(frozen, screener, ledger="Add the job order of the second corridor.")
    assert new.ledger_flagged
    assessments.cost_line(assessments.job_order(new, "JO-NEW"))
    assert JobOrder.objects.filter(assessment=new).count() == 2


def test_declaring_anew_needs_every_asked_question_looked_at(
    frozen: Assessment, screener: User, signatory: User, agency: Agency
) -> None:
    new = reopened(frozen, screener, "A.1.1", "2.1.1")
    with pytest.raises(TransitionRefused) as refusal:
        services.freeze_assessment(new.pk, signatory, assessments.declaration(agency))
    assert "2 questions that the scheme asked again" in str(refusal.value.missing[0])
    for answer in selectors.flagged_answers(new):
        services.save_answer(assessment_id=new.pk, actor=signatory, entry=entry_of(answer))
    firm = accounts.organisation("audit_firm")
    services.let_read(frozen.pk, firm, screener)
    done = services.freeze_assessment(new.pk, signatory, assessments.declaration(agency))
    assert (done.state, Assessment.objects.get(pk=frozen.pk).state) == ("frozen", "superseded")
    assert selectors.still_matches(Assessment.objects.get(pk=done.pk))
    assert selectors.still_matches(Assessment.objects.get(pk=frozen.pk))
    assert done.content_hash != frozen.content_hash
    assert selectors.latest_revision(frozen) == done
    assert [reader.organisation for reader in done.readers.all()] == [firm]


def test_reopen_is_for_the_scheme_and_for_a_declared_one(
    frozen: Assessment, screener: User, signatory: User
) -> None:
    with pytest.raises(NotPermitted):
        reopened(frozen, signatory, "A.1.1")
    new = reopened(frozen, screener, "A.1.1")
    with pytest.raises(Conflict, match="declared self-assessment"):
        reopened(new, screener, "A.1.1")
    with pytest.raises(Conflict, match="already"):
        reopened(frozen, screener, "A.1.1")


def test_reopen_says_what_is_wrong(frozen: Assessment, screener: User) -> None:
    answer = frozen.answers_in_order()[0]
    cases = [
        ([], DUE, "why", "flags"),
        ([Flag(answer.indicator_id, " ")], DUE, "why", "flags"),
        ([Flag(answer.indicator_id, "a"), Flag(answer.indicator_id, "b")], DUE, "why", "flags"),
        ([Flag(frozen.pk, "a")], DUE, "why", "flags"),
        ([Flag(answer.indicator_id, "a")], dt.date(2026, 11, 20), "why", "due_on"),
        ([Flag(answer.indicator_id, "a")], DUE, " ", "reason"),
    ]
    for flags, due_on, reason, field in cases:
        with pytest.raises(BadInput) as refusal:
            services.reopen_flagged(
                assessment_id=frozen.pk, flags=flags, due_on=due_on, actor=screener, reason=reason
            )
        assert list(refusal.value.fields) == [field]
    assert Assessment.objects.count() == 1


def test_taking_a_reopening_back_leaves_the_declared_one(
    frozen: Assessment, screener: User, signatory: User
) -> None:
    new = reopened(frozen, screener, "A.1.1")
    with pytest.raises(NotPermitted):
        services.withdraw_reopening(assessment_id=new.pk, actor=signatory, reason="no")
    with pytest.raises(ReasonRequired):
        services.withdraw_reopening(assessment_id=new.pk, actor=screener, reason="")
    services.withdraw_reopening(assessment_id=new.pk, actor=screener, reason="The paper arrived by post.")
    assert Assessment.objects.get(pk=new.pk).state == "withdrawn"
    current = selectors.current_assessment(frozen.agency)
    assert current is not None
    assert current.pk == frozen.pk
    answer = new.answers.get(indicator__code="A.1.1")
    with pytest.raises(Conflict, match="took this reopening back"):
        services.save_answer(assessment_id=new.pk, actor=signatory, entry=entry_of(answer))
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(comment="x")
    again = reopened(frozen, screener, "2.1.1")
    assert again.revision == 3


def test_a_reopening_reaches_everyone_of_the_agency(frozen: Assessment, screener: User) -> None:
    from iris.notify.models import Notice

    colleague = agencies.colleague(frozen.agency, "contributor")
    reopened(frozen, screener, "A.1.1")
    note = Notice.objects.filter(user=colleague).get()
    assert "1 question of your self-assessment again by 21 December 2026" in note.subject
