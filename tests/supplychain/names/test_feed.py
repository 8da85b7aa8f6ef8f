"""The feed of changed names: by triggers, for any statement, and nothing missed whatever the order of commits."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from certification.agencies.models import Agency, AgencyName
from supplychain.names import feed
from supplychain.names.models import NameChange

pytestmark = pytest.mark.django_db
INSERT = (
    "INSERT INTO supplychain_names_namechange (agency_id, txid, at) "
    "VALUES (%s, pg_current_xact_id()::text::bigint, now())"
)


def _snapshot(session: Any) -> str:
    with session.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def _write(session: Any) -> UUID:
    agency = uuid4()
    with session.cursor() as cursor:
        cursor.execute(INSERT, [str(agency)])
    return agency


def _noted(agency: UUID) -> int:
    return NameChange.objects.filter(agency_id=agency).count()


def test_every_way_to_change_a_name_is_noted(register: Callable[..., list[UUID]]) -> None:
    (agency,) = register("Kalimaru Overseas")
    assert _noted(agency) == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE certification_agencies_agencyname SET name = name || ' Two' WHERE agency_id = %s",
            [agency],
        )
    assert _noted(agency) == 2
    Agency.objects.filter(pk=agency).update(country="PH")
    Agency.objects.filter(pk=agency).update(enrolled_at=None)
    assert _noted(agency) == 4
    Agency.objects.filter(pk=agency).update(city="Pokhara", phone="1")
    assert _noted(agency) == 4
    AgencyName.objects.filter(agency_id=agency).delete()
    assert _noted(agency) == 5


def test_a_change_that_is_rolled_back_is_not_noted(register: Callable[..., list[UUID]]) -> None:
    (agency,) = register("Kalimaru Overseas")
    with transaction.atomic():
        Agency.objects.filter(pk=agency).update(country="PH")
        assert _noted(agency) == 2
        transaction.set_rollback(True)
    assert _noted(agency) == 1


def test_who_began_early_and_committed_late_is_not_missed(sessions: Callable[[], Any]) -> None:
    """Rows numbered n and n+1; n+1 commits first, is read, and then n commits: "rows after n+1" would miss it."""
    early, late, reader = sessions(), sessions(), sessions()
    start = _snapshot(reader)
    reader.rollback()
    first = _write(early)
    second = _write(late)
    late.commit()
    news = feed.since(start)
    assert news.agencies == [second]
    assert feed.since(news.snapshot).agencies == []
    early.commit()
    again = feed.since(news.snapshot)
    assert again.agencies == [first]
    assert feed.since(again.snapshot).agencies == []


def test_every_commit_in_any_order_is_seen_exactly_once(sessions: Callable[[], Any]) -> None:
    """Six writers commit in another order than they wrote, a reader looks after each commit."""
    writers = [sessions() for _n in range(6)]
    snapshot = feed.since("1:1:").snapshot
    written = [_write(writer) for writer in writers]
    seen: list[UUID] = []
    for turn in (5, 2, 0, 4, 1, 3):
        writers[turn].commit()
        news = feed.since(snapshot)
        snapshot = news.snapshot
        assert news.agencies == [written[turn]]
        seen += news.agencies
    assert sorted(seen) == sorted(written)


def test_a_second_change_of_the_same_open_transaction_is_seen_by_itself(
    register: Callable[..., list[UUID]],
) -> None:
    before = feed.since("1:1:")
    (agency,) = register("Kalimaru Overseas")
    news = feed.since(before.snapshot)
    assert news.writing
    assert agency in news.agencies
    assert agency in feed.since(news.snapshot).agencies
