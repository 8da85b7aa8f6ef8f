"""Two people at once, on two connections: one wins, the other is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest
from django.db import connection

from certification.applications import services
from certification.applications.models import Application
from iris.accounts.models import User
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


# --- conflicting acts on one case: at most one wins, whoever is first -------------------------------------------------

WORDS = "Said in a race."


def _pairs(
    row: Application, one: User, two: User
) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """Pairs of acts on a case in review that nobody has."""
    key = {"application_id": row.pk}
    signatory = agencies.signatory(row.agency)

    def accept(who: User) -> Callable[[], object]:
        return lambda: services.accept_application(**key, actor=who)

    def defer(who: User) -> Callable[[], object]:
        return lambda: services.defer_application(**key, actor=who, reason=WORDS)

    return {
        "reject against withdraw": (
            lambda: services.reject_application(**key, actor=one, reason=WORDS),
            lambda: services.withdraw_application(**key, actor=signatory, reason=WORDS),
        ),
        "defer against accept": (defer(one), accept(two)),
        "claim against claim": (
            lambda: services.claim_application(**key, actor=one),
            lambda: services.claim_application(**key, actor=two),
        ),
        "defer against reject": (
            defer(one),
            lambda: services.reject_application(**key, actor=two, reason=WORDS),
        ),
        "accept against accept": (accept(one), accept(two)),
    }


PAIRS = (
    "reject against withdraw",
    "defer against accept",
    "claim against claim",
    "defer against reject",
    "accept against accept",
)
ENDS = {"accept", "withdraw", "defer", "reject"}


def _raced(names: Iterable[str]) -> list[str]:
    """Race pairs one after another, each on a case of its own; what went wrong."""
    wrong = []
    one = screener()
    two = accounts.person("scheme", "scheme_manager")
    for name in names:
        row = application("in_review")
        Application.objects.filter(pk=row.pk).update(case_owner=None, claimed_at=None)
        before = len(events.events_of(row))
        results = at_once(*_pairs(row, one, two)[name])
        won = [result for result in results if isinstance(result, Application)]
        lost = [result for result in results if isinstance(result, Conflict)]
        new = events.events_of(row)[: len(events.events_of(row)) - before]
        told = [event.act for event in new if event.act in (ENDS if "claim" not in name else {"claim"})]
        if (len(won), len(lost), len(told)) != (1, 1, 1):
            wrong.append(f"{name}: {results}, events {told}")
    return wrong


def test_of_two_conflicting_acts_one_wins_and_leaves_one_event():
    assert _raced(PAIRS) == []


@pytest.mark.campaign
def test_a_thousand_races_have_one_winner_each(figures):
    wrong = _raced(PAIRS[turn % len(PAIRS)] for turn in range(1_000))
    figures("races for an application", tried=1_000, not_one_winner=len(wrong))
    assert wrong == []
