"""Two people at once, on two connections: one wins, the other is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest
from django.db import connection

from certification.applications import services
from certification.applications.models import Application
from iris.core import events
from iris.core.errors import Conflict
from tests.factories import accounts, agencies
from tests.factories.applications import application, screener

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run acts at the same moment, each on a connection of its own; what they returned or raised."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        gate.wait(timeout=20)
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(copy_context().run, run, act) for act in acts]]


def test_two_screeners_at_once_one_wins_and_the_other_reads_who():
    row = application("in_review")
    one, two = screener(), accounts.person("scheme", "scheme_manager")
    results = at_once(
        lambda: services.accept_application(application_id=row.pk, actor=one),
        lambda: services.reject_application(
            application_id=row.pk, actor=two, reason="The licence is not enough."
        ),
    )
    lost = [result for result in results if isinstance(result, Conflict)]
    won = [result for result in results if isinstance(result, Application)]
    assert (len(won), len(lost)) == (1, 1), results
    winner = one if won[0].state == "accepted" else two
    assert winner.full_name in str(lost[0].message)
    assert [event.act for event in events.events_of(row)].count("accept") + [
        event.act for event in events.events_of(row)
    ].count("reject") == 1


def test_two_agencies_at_once_never_get_the_same_number():
    teams = [agencies.agency() for _each in range(4)]
    people = [agencies.signatory(agency) for agency in teams]
    results = at_once(
        *(
            lambda agency=agency, person=person: services.open_application(agency_id=agency.pk, actor=person)
            for agency, person in zip(teams, people, strict=True)
        )
    )
    assert sorted(row.number for row in results) == [f"ORIS-A-2026-000{n}" for n in range(1, 5)]


def test_opening_twice_at_once_leaves_one_application():
    agency = agencies.agency()
    person = agencies.signatory(agency)
    results = at_once(
        *[lambda: services.open_application(agency_id=agency.pk, actor=person) for _twice in range(2)]
    )
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert Application.objects.count() == 1
