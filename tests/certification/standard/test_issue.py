"""Bringing an edition into force, and what nobody can change afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from certification.standard import selectors, services
from certification.standard.models import Criterion, Edition, Indicator, Principle
from certification.standard.states import EditionState
from iris.core import clocks, events
from iris.core.errors import Conflict, NotPermitted, TransitionRefused
from iris.core.events import SYSTEM
from iris.core.fsm import may
from tests.factories.accounts import person
from tests.factories.standard import load_edition_one, small_document

pytestmark = pytest.mark.django_db


def draft(**edition: object) -> Edition:
    return services.load_edition(small_document(**edition), SYSTEM).edition


def test_issue_retires_the_one_before_and_keeps_it_valid_to_its_day() -> None:
    one = load_edition_one()
    two = draft()

    services.issue_edition(two.pk, SYSTEM)

    one, two = Edition.objects.get(pk=one.pk), Edition.objects.get(pk=two.pk)
    assert (one.state, one.valid_until) == (EditionState.RETIRING, date(2028, 10, 31))
    assert (two.state, two.issued_at) == (EditionState.ISSUED, clocks.now())
    assert selectors.current_edition() == two
    assert selectors.current_edition(on=date(2026, 10, 31)) == one


def test_issue_before_its_first_day_is_refused() -> None:
    load_edition_one()
    two = draft(valid_from=date(2026, 11, 22))

    with pytest.raises(TransitionRefused) as refused:
        services.issue_edition(two.pk, SYSTEM)

    assert any("22 November 2026" in str(text) for text in refused.value.missing)
    assert selectors.current_edition() == load_edition_one()


def test_issue_not_final_is_refused() -> None:
    load_edition_one()
    two = draft(status="draft")

    with pytest.raises(TransitionRefused) as refused:
        services.issue_edition(two.pk, SYSTEM)

    assert any("status: final" in str(text) for text in refused.value.missing)


def test_issue_without_a_last_day_for_the_one_before_is_refused() -> None:
    one = load_edition_one()
    two = draft(previous_valid_until=None)

    with pytest.raises(TransitionRefused) as refused:
        services.issue_edition(two.pk, SYSTEM)

    assert any("until when edition 1 stays valid" in str(text) for text in refused.value.missing)
    assert Edition.objects.get(pk=one.pk).state == EditionState.ISSUED


def test_issue_of_an_older_text_is_refused() -> None:
    load_edition_one()
    two = draft(valid_from=date(2023, 1, 1))

    with pytest.raises(TransitionRefused) as refused:
        services.issue_edition(two.pk, SYSTEM)

    assert any("same or a later first day" in str(text) for text in refused.value.missing)


def test_issue_by_an_auditor_is_not_permitted() -> None:
    load_edition_one()
    two = draft()

    with pytest.raises(NotPermitted):
        services.issue_edition(two.pk, person("audit_firm", "lead_auditor"))

    assert Edition.objects.get(pk=two.pk).state == EditionState.DRAFT


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        (EditionState.DRAFT, ["open_consultation", "issue"]),
        (EditionState.CONSULTATION, ["back_to_draft", "issue"]),
        (EditionState.ISSUED, ["begin_retirement"]),
        (EditionState.RETIRING, ["retire"]),
    ],
)
def test_every_act_is_the_scheme_managers_alone(state: EditionState, acts: list[str]) -> None:
    edition = Edition(state=state)
    manager, screener, auditor = (
        person("scheme", "scheme_manager"),
        person("scheme", "screener"),
        person("audit_firm", "lead_auditor"),
    )

    for act in acts:
        assert [may(getattr(edition, act), user) for user in (manager, screener, auditor)] == [
            True,
            False,
            False,
        ]


def test_issue_twice_tells_who_was_first() -> None:
    load_edition_one()
    manager = person("scheme", "scheme_manager", name="Maya Lindqvist")
    two = draft()
    services.issue_edition(two.pk, manager)

    with pytest.raises(Conflict, match="Maya Lindqvist"):
        services.issue_edition(two.pk, manager)


def test_turn_issues_on_the_first_day_and_retires_after_the_last() -> None:
    one = load_edition_one()
    two = draft(valid_from=date(2026, 12, 1), previous_valid_until=date(2027, 11, 30))

    with clocks.freeze(datetime(2026, 11, 30, 23, 59, tzinfo=UTC)):
        assert services.turn_editions() == []
    with clocks.freeze(datetime(2026, 12, 1, 0, 0, tzinfo=UTC)):
        assert services.turn_editions() == [two]
    with clocks.freeze(datetime(2027, 11, 30, 12, 0, tzinfo=UTC)):
        assert services.turn_editions() == []
    with clocks.freeze(datetime(2027, 12, 1, 0, 0, tzinfo=UTC)):
        assert services.turn_editions() == [one]

    one = Edition.objects.get(pk=one.pk)
    assert one.state == EditionState.RETIRED
    assert [event.act for event in events.events_of(one)][:2] == ["retire", "begin_retirement"]


ORM_CHANGES = {
    "edition": lambda one: Edition.objects.filter(pk=one.pk).update(title="Another"),
    "final": lambda one: Edition.objects.filter(pk=one.pk).update(final=False),
    "principle": lambda one: Principle.objects.filter(edition=one, code="A").update(title="Another"),
    "criterion": lambda one: Criterion.objects.filter(code="A.1").update(text="Another"),
    "criterion_moved": lambda one: Criterion.objects.filter(code="A.5").update(
        principle=Principle.objects.get(edition=one, code="B"), order=40
    ),
    "indicator": lambda one: Indicator.objects.filter(code="1.1.3").update(severity="minor"),
    "indicator_save": lambda one: _save(Indicator.objects.get(code="A.1.1")),
    "indicator_gone": lambda one: Indicator.objects.filter(code="1.5.4").delete(),
    "indicator_added": lambda one: Indicator.objects.create(
        criterion=Criterion.objects.get(code="A.1"),
        code="A.1.9",
        text="x",
        question="x",
        element="policy",
        guidance="x",
        evidence=["policy"],
        severity="minor",
        references=[],
        order=90,
    ),
    "principle_added": lambda one: Principle.objects.create(
        edition=one, code="C", title="x", text="x", order=90
    ),
}


def _save(indicator: Indicator) -> None:
    indicator.text = "Something easier"
    indicator.save()


@pytest.mark.parametrize("what", ORM_CHANGES)
def test_change_of_an_issued_edition_through_the_orm_is_refused(what: str) -> None:
    one = load_edition_one()

    with pytest.raises(DatabaseError, match="was issued"), transaction.atomic():
        ORM_CHANGES[what](one)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE certification_standard_indicator SET text = 'x' WHERE code = 'A.1.1'",
        "UPDATE certification_standard_criterion SET title = 'x' WHERE code = 'A.1'",
        "UPDATE certification_standard_principle SET text = 'x' WHERE code = 'A'",
        "UPDATE certification_standard_edition SET summary = 'x' WHERE number = 1",
        "DELETE FROM certification_standard_indicator",
        "DELETE FROM certification_standard_edition WHERE number = 1",
        "UPDATE certification_standard_edition SET state = 'draft', issued_at = NULL WHERE number = 1",
        "UPDATE certification_standard_edition SET issued_at = now() WHERE number = 1",
        "TRUNCATE certification_standard_indicator CASCADE",
        "ALTER TABLE certification_standard_indicator DISABLE TRIGGER ALL",
    ],
)
def test_change_of_an_issued_edition_by_sql_is_refused(sql: str) -> None:
    load_edition_one()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_change_of_a_draft_is_allowed() -> None:
    two = draft(status="draft")

    Indicator.objects.filter(criterion__principle__edition=two).update(text="Another sentence")

    assert Indicator.objects.get(criterion__principle__edition=two).text == "Another sentence"


def test_one_edition_in_force_at_a_time() -> None:
    load_edition_one()
    two = draft()

    with pytest.raises(IntegrityError, match="edition_one_in_force"), transaction.atomic():
        Edition.objects.filter(pk=two.pk).update(state="issued", issued_at=clocks.now())


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"issued_at": datetime(2026, 1, 1, tzinfo=UTC)}, "edition_issued_has_date"),
        ({"valid_until": date(2030, 1, 1)}, "edition_end_when_replaced"),
        ({"retired_at": datetime(2026, 1, 1, tzinfo=UTC)}, "edition_retired_has_date"),
        ({"previous_valid_until": date(2020, 1, 1)}, "edition_transition_after_start"),
    ],
)
def test_dates_of_an_edition_agree_with_its_state(fields: dict[str, object], name: str) -> None:
    two = draft(status="draft")

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Edition.objects.filter(pk=two.pk).update(**fields)


def test_replaced_edition_has_a_last_day() -> None:
    one = load_edition_one()

    with pytest.raises(IntegrityError, match="edition_replaced_has_end"), transaction.atomic():
        Edition.objects.filter(pk=one.pk).update(state="retiring")


def test_current_edition_before_the_first_is_none() -> None:
    load_edition_one()

    assert selectors.current_edition(on=date(2022, 12, 31)) is None
