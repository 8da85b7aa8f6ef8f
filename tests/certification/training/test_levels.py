"""Levels are derived from people, days and results; trainers are barred for 24 months, held by the database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError
from django.test import Client
from django.urls import reverse

from audits.bodies import selectors as bodies
from certification.decisions import selectors as decisions_read
from certification.decisions import services as deciding
from certification.decisions.models import Bar
from certification.training import rules, selectors, services
from certification.training.rules import Held
from certification.training.states import Level
from iris.core import clocks, events
from iris.core.errors import NotPermitted
from tests.certification.decisions.test_votes import decide_by_sql, sql, vote_by_sql
from tests.factories import accounts, agencies, applications, audits, certificates, decisions, training

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 15)


def held(level: str, person: int, since: date = DAY, until: date = date(2028, 1, 15)) -> Held:
    from uuid import UUID

    return Held(UUID(int=person), Level(level), since, until)


@pytest.mark.parametrize(
    ("results", "level"),
    [
        ([], None),
        ([held("entry", 1)], "entry"),
        ([held("entry", 1), held("l1", 1)], "entry"),
        ([held("l1", 1), held("l1", 2)], "l1"),
        ([held("l1", 1), held("l1", 1)], "entry"),
        ([held("l2", 1), held("l2", 2)], "l2"),
        ([held("l2", 1), held("l1", 2)], "l1"),
        ([held("l3", 1), held("l3", 2)], "l3"),
        ([held("l3", 1), held("l3", 2, until=DAY)], "entry"),
    ],
)
def test_the_level_of_a_set_of_results(results: list[Held], level: str | None) -> None:
    assert rules.level_from(results, date(2026, 6, 1)) == level


def test_a_result_counts_from_its_course_to_its_last_day() -> None:
    row = held("entry", 1, until=date(2026, 3, 1))
    days = [DAY - timedelta(days=1), DAY, date(2026, 3, 1), date(2026, 3, 2)]
    assert [rules.level_from([row], on) for on in days] == [None, "entry", "entry", None]


def test_the_level_of_an_agency_goes_with_its_people() -> None:
    agency = agencies.agency()
    other = agencies.colleague(agency, "manager")
    training.passed(agency, "l1", DAY, people=[agencies.signatory(agency), other])
    assert selectors.level_of(agency) == Level.L1
    assert selectors.level_of(agency, DAY - timedelta(days=1)) is None
    assert selectors.level_of(agency, date(2029, 1, 15)) == Level.L1
    assert selectors.level_of(agency, date(2029, 1, 16)) is None
    card = selectors.level_card(agency)
    assert card.holds_until == date(2029, 1, 15)
    assert [(line.rule.level, len(line.people), line.reached) for line in card.lines] == [
        ("entry", 2, True),
        ("l1", 2, True),
        ("l2", 0, False),
        ("l3", 0, False),
    ]
    membership = other.memberships.get()
    membership.active, membership.ended_at = False, clocks.now()
    membership.save()
    assert selectors.level_of(agency) == Level.ENTRY
    assert selectors.level_of(agency, clocks.today() - timedelta(days=1)) == Level.L1


@pytest.mark.parametrize("result", ["failed", "absent"])
def test_only_passed_counts(result: str) -> None:
    agency = agencies.agency()
    training.passed(agency, "entry", DAY, result=result)
    assert selectors.level_of(agency) is None


def test_results_of_a_course_that_runs_do_not_count_yet() -> None:
    agency = agencies.agency()
    made = training.course("open", days=[clocks.today()])
    seat = training.seat(made, agency, agencies.signatory(agency))
    services.begin_course(course_id=made.pk, actor=training.trainer())
    day = made.days.get()
    services.note_attendance(seat_id=seat.pk, day_id=day.pk, actor=training.trainer(), present=True)
    services.note_result(seat_id=seat.pk, actor=training.trainer(), result="passed")
    assert selectors.level_of(agency) is None
    services.finish_course(course_id=made.pk, actor=training.trainer())
    assert selectors.level_of(agency) == Level.ENTRY


def test_whoever_trained_an_agency_is_barred_for_24_months() -> None:
    agency = agencies.agency()
    training.passed(agency, "entry", date(2026, 2, 28))
    (tie,) = Bar.objects.filter(agency=agency)
    assert (tie.person, tie.kind) == (training.trainer(), "trained")
    assert (tie.since, tie.until) == (date(2026, 2, 28), date(2028, 2, 28))
    assert decisions_read.barred(agency, tie.person, date(2028, 2, 28))
    assert not decisions_read.barred(agency, tie.person, date(2028, 2, 29))


def test_a_leap_day_ends_on_the_last_of_february() -> None:
    agency = agencies.agency()
    training.passed(agency, "entry", date(2024, 2, 29))
    assert Bar.objects.get(agency=agency).until == date(2026, 2, 28)


def test_absent_people_bar_nobody_and_a_correction_lifts_nothing() -> None:
    agency = agencies.agency()
    made = training.course("open", days=[clocks.today()])
    seat = training.seat(made, agency)
    services.begin_course(course_id=made.pk, actor=training.trainer())
    day = made.days.get()
    note: dict[str, Any] = {"seat_id": seat.pk, "day_id": day.pk, "actor": training.trainer()}
    services.note_attendance(**note, present=False)
    assert not Bar.objects.filter(agency=agency).exists()
    services.note_attendance(**note, present=True)
    services.note_attendance(**note, present=False)
    assert Bar.objects.filter(agency=agency).count() == 1


def test_the_database_notes_nobody_of_an_agency_without_the_bar() -> None:
    made = training.course("open", days=[clocks.today()])
    seat = training.seat(made)
    services.begin_course(course_id=made.pk, actor=training.trainer())
    insert = (
        "INSERT INTO certification_training_attendance (id, created_at, seat_id, day_id, present, noted_at, place) "
        "VALUES (%s, now(), %s, %s, true, now(), 1)"
    )
    with pytest.raises(IntegrityError, match="not barred on the agency"):
        sql(insert, uuid4(), seat.pk, made.days.get().pk)


def test_the_trainers_of_an_announced_course_stand() -> None:
    made = training.course()
    other = accounts.person(role="trainer", organisation=training.provider().organisation)
    with pytest.raises(IntegrityError, match="stand once it is announced"):
        sql(
            "INSERT INTO certification_training_coursetrainer (id, created_at, course_id, person_id) "
            "VALUES (%s, now(), %s, %s)",
            uuid4(),
            made.pk,
            other.pk,
        )
    with pytest.raises(DatabaseError):
        sql("DELETE FROM certification_training_coursetrainer")


def test_a_trainer_who_became_a_decider_is_refused_by_service_and_database() -> None:
    agency = agencies.agency()
    training.passed(agency, "entry", DAY)
    person = training.trainer()
    accounts.join(person, accounts.organisation("scheme"), "decider")
    person.acting = person.memberships.get(role="decider")
    asked = decisions.decision(agency=agency, votes_needed=1)
    with pytest.raises(NotPermitted, match="you trained it"):
        deciding.vote(decision_id=asked.pk, actor=person, outcome="accept", reasons="r")
    with pytest.raises(IntegrityError, match="voter is barred"):
        vote_by_sql(asked, person)
    with pytest.raises(IntegrityError, match="decider is barred"):
        decide_by_sql(asked, person)


def test_a_trainer_who_became_an_auditor_is_not_offered_the_agency() -> None:
    case = applications.application("accepted")
    auditor = audits.auditor()
    assert bodies.ineligible_because(auditor, case) == []
    deciding.bar(
        agency=case.agency,
        person=auditor.person,
        kind="trained",
        since=DAY,
        until=deciding.cool_off_ends(DAY),
        source="Course ENTRY-1",
        actor=events.SYSTEM,
    )
    reasons = bodies.ineligible_because(auditor, case)
    assert any("15 January 2028" in reason for reason in reasons)
    with clocks.freeze(clocks.now() + timedelta(days=430)):
        assert not any("Trained" in reason for reason in bodies.ineligible_because(auditor, case))


def test_the_database_keeps_a_trainer_out_of_the_audit_team() -> None:
    audit = audits.audit("accepted")
    other = audits.auditor(audit.firm, lead=False)
    deciding.bar(
        agency=audit.agency,
        person=other.person,
        kind="trained",
        since=DAY,
        until=deciding.cool_off_ends(DAY),
        source="Course ENTRY-1",
        actor=events.SYSTEM,
    )
    with pytest.raises(IntegrityError, match=r"four eyes: the auditor is barred on this agency \(trained"):
        sql(
            "INSERT INTO audits_engagements_teammember (id, created_at, audit_id, auditor_id, role) "
            "VALUES (%s, %s, %s, %s, 'auditor')",
            uuid4(),
            clocks.now(),
            audit.pk,
            other.pk,
        )


def test_the_register_shows_a_level_only_with_what_it_is_not(client: Client) -> None:
    agency = certificates.certificate().agency
    url = reverse("register:agency", args=[agency.pk])
    sentence = "A training level is not a certification."
    assert sentence not in client.get(url).content.decode()
    training.passed(agency, "entry", DAY)
    page = client.get(url).content.decode()
    assert "Entry" in page
    assert sentence in page
