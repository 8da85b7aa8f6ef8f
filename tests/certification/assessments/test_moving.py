"""A draft goes to a newer edition: answers with their questions, and nothing typed is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from certification.assessments import selectors, services
from certification.assessments.models import Assessment, EditionMove
from certification.assessments.services import AnswerEntry
from certification.assessments.states import AssessmentState
from certification.standard import services as standard
from certification.standard.models import Edition
from iris.core import clocks, events, outbox
from iris.core.errors import TransitionRefused
from iris.core.events import SYSTEM
from iris.notify.models import Notice
from tests.factories.agencies import agency as an_agency
from tests.factories.assessments import evidence, signatory_of
from tests.factories.standard import document_with, indicator_row

pytestmark = pytest.mark.django_db

OLD = [
    indicator_row("A.1.1", "You hold a licence."),
    indicator_row("A.1.2", "You keep a register."),
    indicator_row("A.1.3", "You train people."),
    indicator_row("A.1.4", "You send a letter by post."),
    indicator_row("A.1.5", "You name a manager."),
    indicator_row("A.1.6", "You keep her free.", applicable="If you have none."),
]
NEW = [
    indicator_row("A.1.1", "You hold a licence."),
    indicator_row("A.1.2", "You keep a register up to date.", replaces=["A.1.2"]),
    indicator_row("A.1.3", "You publish your prices.", replaces=[]),
    indicator_row("A.1.4", "You train people and name a manager.", replaces=["A.1.3", "A.1.5"]),
    indicator_row("A.1.5", "You keep her free of other work.", replaces=["A.1.6"]),
]
REMOVED = [{"code": "A.1.4", "why": "Nobody sends letters."}]


def edition(number: int, rows: list[dict[str, Any]], **head: Any) -> Edition:
    document = document_with(*rows, number=number, **head)
    if head.get("previous"):
        document["removed"] = REMOVED
    return standard.load_edition(document, SYSTEM).edition


def old_edition() -> Edition:
    edition(2, OLD, valid_from=date(2026, 11, 1), previous_valid_until=date(2028, 10, 31))
    return standard.turn_editions()[-1]


def new_edition(**head: Any) -> Edition:
    days = {"valid_from": date(2026, 11, 20), "previous_valid_until": date(2028, 11, 30)}
    edition(3, NEW, previous=2, **{**days, **head})
    return standard.turn_editions()[-1]


def answer(draft: Assessment, code: str, value: str, **more: Any) -> None:
    row = draft.answers.get(indicator__code=code)
    entry = AnswerEntry(indicator_id=row.indicator_id, version=row.version, value=value, **more)
    services.save_answer(assessment_id=draft.pk, actor=signatory_of(draft.agency), entry=entry)


@pytest.fixture
def draft() -> Assessment:
    old_edition()
    agency = an_agency()
    draft = services.start_assessment(agency.pk, signatory_of(agency))
    paper = evidence(agency)
    answer(draft, "A.1.1", "yes", maturity=3, evidence_ids=frozenset({paper.pk}))
    answer(draft, "A.1.2", "partly", maturity=2, comment="Half of it.")
    answer(draft, "A.1.3", "yes", maturity=4, comment="Every spring.")
    answer(draft, "A.1.4", "no", maturity=0, comment="We call instead.")
    answer(draft, "A.1.5", "no", maturity=1, comment="Not yet named.")
    answer(draft, "A.1.6", "na", reason="There is nobody.")
    return draft


def move(draft: Assessment) -> EditionMove:
    return services.move_to_edition(draft.pk, signatory_of(draft.agency))


def said(draft: Assessment) -> dict[str, tuple[str, str, bool]]:
    rows = Assessment.objects.get(pk=draft.pk).answers_in_order()
    return {row.indicator.code: (row.value, row.comment, row.carried) for row in rows}


def test_move_keeps_marks_adds_and_puts_aside(draft: Assessment) -> None:
    new_edition()

    done = move(draft)

    assert said(draft) == {
        "A.1.1": ("yes", "", False),  # the same question: kept as it is
        "A.1.2": ("partly", "Half of it.", True),  # worded anew: kept, to be looked at
        "A.1.3": ("", "", False),  # new under an old code: nothing of the old answer
        "A.1.4": ("", "", False),  # two met that said different things: asked again
        "A.1.5": ("", "", False),  # "not applicable" may not be said any more
    }
    assert (done.kept, done.reworded, done.added) == (1, ["A.1.2", "A.1.4", "A.1.5"], ["A.1.3"])
    aside = {
        row.indicator.code: (row.value, row.comment or row.reason, row.went_to)
        for row in done.set_aside.all()
    }
    assert aside == {
        "A.1.3": ("yes", "Every spring.", "A.1.4"),
        "A.1.4": ("no", "We call instead.", ""),
        "A.1.5": ("no", "Not yet named.", "A.1.4"),
        "A.1.6": ("na", "There is nobody.", "A.1.5"),
    }
    assert done.set_aside.get(indicator__code="A.1.4").why == "Nobody sends letters."


def test_move_takes_documents_along_and_tells_what_it_did(draft: Assessment) -> None:
    new = new_edition()

    move(draft)

    draft = Assessment.objects.get(pk=draft.pk)
    assert draft.edition == new
    kept = draft.answers.get(indicator__code="A.1.1")
    assert [row.title for row in kept.evidence.all()] == ["No-fee policy"]
    event = events.events_of(draft)[0]
    assert event.act == "moved_to_edition"
    assert event.data["gone"] == ["A.1.4"]


def test_nothing_typed_is_lost(draft: Assessment) -> None:
    before = {row.comment or row.reason for row in draft.answers.all()} - {""}
    new_edition()

    done = move(draft)

    here = {row.comment for row in draft.answers.all()}
    there = {row.comment or row.reason for row in done.set_aside.all()}
    assert before <= here | there


def test_answers_that_meet_and_agree_are_kept(draft: Assessment) -> None:
    answer(draft, "A.1.5", "yes", maturity=4, comment="It is Ada.")
    new_edition()

    done = move(draft)

    assert said(draft)["A.1.4"] == ("yes", "Every spring.", True)
    assert done.set_aside.get(indicator__code="A.1.5").comment == "It is Ada."


def test_move_without_a_newer_edition_is_refused(draft: Assessment) -> None:
    with pytest.raises(TransitionRefused, match="Edition 2 is the one in force"):
        move(draft)


def test_a_second_move_is_refused(draft: Assessment) -> None:
    new_edition()
    move(draft)

    with pytest.raises(TransitionRefused, match="nothing to move to"):
        move(draft)


def test_move_by_someone_else_finds_nothing(draft: Assessment) -> None:
    new_edition()

    with pytest.raises(Assessment.DoesNotExist):
        services.move_to_edition(draft.pk, signatory_of(an_agency()))


@pytest.mark.parametrize("state", [s for s in AssessmentState if s != AssessmentState.DRAFT])
def test_what_was_sent_stays_on_its_edition(draft: Assessment, state: AssessmentState) -> None:
    new_edition()
    sent = Assessment(edition=Edition.objects.get(number=2), state=state)

    assert selectors.edition_for(sent) is None
    assert selectors.edition_change(sent) is None


def test_the_news_counts_what_changes_and_until_when(draft: Assessment) -> None:
    new_edition(open_cases_until=date(2027, 3, 31))

    change = selectors.edition_change(Assessment.objects.get(pk=draft.pk))

    assert change is not None
    assert (change.reworded, change.added, change.gone) == (3, 1, 1)
    assert change.last_day == date(2027, 3, 31)


def test_migrate_moves_drafts_when_the_edition_turns(draft: Assessment) -> None:
    new = new_edition(open_cases="migrate")

    outbox.run_all()
    services.follow_rule()

    done = EditionMove.objects.get(assessment=draft)
    assert (done.to_edition, done.moved_by) == (new, None)
    person = signatory_of(draft.agency)
    assert Notice.objects.filter(user=person, template="assessments/edition_moved").count() == 1


def test_stay_tells_the_people_once_and_moves_after_the_last_day(draft: Assessment) -> None:
    new_edition(open_cases_until=date(2026, 12, 31))

    outbox.run_all()
    services.follow_rule()
    person = signatory_of(draft.agency)
    told = Notice.objects.filter(user=person, template="assessments/edition_changed")
    assert told.count() == 1
    assert "31 December 2026" in told[0].body

    with clocks.freeze(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)):
        assert services.follow_rule() == []
    with clocks.freeze(datetime(2027, 1, 1, 0, 0, tzinfo=UTC)):
        assert len(services.follow_rule()) == 1
        assert services.follow_rule() == []
    assert Assessment.objects.get(pk=draft.pk).edition.number == 3


def test_what_was_put_aside_stays_as_it_was(draft: Assessment) -> None:
    new_edition()
    move(draft)

    for sql in (
        "UPDATE certification_assessments_setaside SET comment = 'x'",
        "DELETE FROM certification_assessments_editionmove",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_pages_before_and_after_the_move(draft: Assessment, client: Client) -> None:
    new_edition()
    client.force_login(signatory_of(draft.agency))
    home, page = f"/assessments/{draft.pk}/", f"/assessments/{draft.pk}/edition/"

    banner = client.get(home).content.decode()
    assert "Edition 3 of the Standard is in force; this draft is on edition 2" in banner
    assert "30 November 2028" in banner
    before = client.get(page).content.decode()
    for part in (
        "You keep a register up to date.",
        "You publish your prices.",
        "Nobody sends letters.",
        "from=2&amp;to=3",
    ):
        assert part in before, part

    answered = client.post(page, follow=True).content.decode()

    assert "Nothing you wrote is lost" in answered
    assert "We call instead." in answered
    assert "Worded anew: still true?" in answered
    assert "UNDEFINED" not in banner + before + answered
    after = client.get(home).content.decode()
    assert "this draft is on edition" not in after
    assert "Moved to edition 3." in after


def test_the_page_is_not_there_without_a_newer_edition(draft: Assessment, client: Client) -> None:
    client.force_login(signatory_of(draft.agency))

    assert client.get(f"/assessments/{draft.pk}/edition/").status_code == 404
