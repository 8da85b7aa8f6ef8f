"""The event log: append-only, chained, and found out when somebody changes it."""

import psycopg2
import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.db.utils import DatabaseError

from iris.core import events
from iris.core.models import ChainLink, Event, EventPayload, OutboxRow
from tests.conftest import _owner_address

REFUSED = (ProgrammingError, InternalError, DatabaseError)


def _three() -> OutboxRow:
    thing = OutboxRow.objects.create(job="nothing")
    for act in ("one", "two", "three"):
        events.record(thing, act=act, actor=events.SYSTEM, reason=f"because of {act}")
    return thing


@pytest.mark.django_db
def test_record_is_listed_newest_first_with_words() -> None:
    thing = _three()
    found = events.events_of(thing)
    assert {event.act for event in found} == {"one", "two", "three"}
    assert found[0].actor_label == "System"
    assert found[0].reason.startswith("because")


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["iris_core_event", "iris_core_chainlink"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_changing_the_log_is_refused_to_the_application(table: str, verb: str) -> None:
    _three()
    events.sequence()
    column = "act = 'x'" if table.endswith("_event") else "hash = 'x'"
    with pytest.raises(REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table, column))


@pytest.mark.django_db
def test_sequence_chains_every_event_once() -> None:
    _three()
    total = Event.objects.count()
    assert events.sequence() == total
    assert events.sequence() == 0
    links = list(ChainLink.objects.order_by("seq"))
    assert [link.seq for link in links] == list(range(1, total + 1))
    assert links[0].previous_hash == events.GENESIS
    assert [link.previous_hash for link in links[1:]] == [link.hash for link in links[:-1]]
    assert events.verify_chain() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE iris_core_event SET act = 'other' WHERE act = 'two'",
        "UPDATE iris_core_event SET data = '{\"x\": 1}' WHERE act = 'two'",
        "UPDATE iris_core_eventpayload SET reason = 'nicer' WHERE reason LIKE '%two'",
        "DELETE FROM iris_core_chainlink WHERE seq = 2",
        "UPDATE iris_core_chainlink SET hash = repeat('0', 64) WHERE seq = 1",
    ],
)
def test_verify_chain_finds_what_even_the_owner_changed(tampering: str) -> None:
    _three()
    events.sequence()
    assert events.verify_chain() == []
    with psycopg2.connect(**_owner_address()) as owner, owner.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(tampering)
    owner.close()
    assert events.verify_chain()


@pytest.mark.django_db
def test_erasing_the_words_leaves_the_chain_whole() -> None:
    _three()
    events.sequence()
    kept = Event.objects.count()
    EventPayload.objects.all().delete()
    assert events.verify_chain() == []
    assert Event.objects.count() == kept


@pytest.mark.django_db
def test_events_of_one_held_moment_keep_the_order_in_which_they_were_written() -> None:
    thing = OutboxRow.objects.create(job="nothing")
    for number in range(20):
        events.record(thing, act=f"act_{number}", actor=events.SYSTEM, to_state="x")
    assert [event.act for event in events.events_of(thing)] == [f"act_{n}" for n in reversed(range(20))]
    last = events.last_change(thing)
    assert last is not None
    assert last.act == "act_19"
