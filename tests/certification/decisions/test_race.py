"""A bar and a decision of the same moment: whichever comes second sees the first."""

from __future__ import annotations

import threading
import time
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from django.db import connection

from certification.decisions import services
from certification.decisions.models import Bar, Decision
from iris.core import clocks, events
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20.0


def _connect() -> Any:
    told = connection.settings_dict
    return psycopg2.connect(
        dbname=told["NAME"],
        user=told["USER"],
        password=told["PASSWORD"],
        host=told["HOST"],
        port=told["PORT"] or None,
    )


def _until_somebody_waits() -> None:
    """Until a statement on the decisions table waits for a lock, which is the moment this test is about."""
    end = time.monotonic() + PATIENCE
    question = (
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s "
        "AND datname = current_database()"
    )
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(question, ["%certification_decisions_decision%"])
            if cursor.fetchone()[0]:
                return
    pytest.fail("the decision did not wait for the bar")


def test_a_bar_written_at_the_same_moment_stops_the_decision() -> None:
    agency, decider = agencies.agency(), accounts.person("scheme", "decider")
    decision = services.open_decision(
        agency=agency, subject_label="x.y", subject_id=uuid4(), question="?", facts={}, actor=events.SYSTEM
    )
    at = clocks.now()
    told: list[str] = []

    def decide() -> None:
        with _connect() as other, other.cursor() as cursor:
            try:
                cursor.execute(
                    "UPDATE certification_decisions_decision SET state='decided', outcome='grant', reasons='r', "
                    "decided_by_id=%s, decided_at=%s WHERE id=%s",
                    [str(decider.pk), at, str(decision.pk)],
                )
                told.append("decided")
            except psycopg2.errors.CheckViolation as refused:
                told.append(str(refused))
                other.rollback()

    first = _connect()
    with first.cursor() as cursor:
        cursor.execute(
            "INSERT INTO certification_decisions_bar (id, created_at, agency_id, person_id, kind, since, source) "
            "VALUES (%s, %s, %s, %s, 'audited', %s, 'Audit 7')",
            [str(uuid4()), at, str(agency.pk), str(decider.pk), at.date()],
        )
        racer = threading.Thread(target=decide)
        racer.start()
        _until_somebody_waits()
        first.commit()
    racer.join(PATIENCE)
    first.close()
    assert len(told) == 1
    assert "four eyes" in told[0]
    assert Decision.objects.get(pk=decision.pk).state == "open"
    assert Bar.objects.filter(person=decider).count() == 1
