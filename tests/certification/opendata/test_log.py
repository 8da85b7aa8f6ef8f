"""The log of the register: every act once and in order, nothing lost between writers, nothing changed afterwards."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from certification.certificates.models import Certificate
from certification.opendata import selectors, services
from certification.opendata.models import LogEntry, LogNode, LogPlace, TreeHead
from certification.opendata.published import verify_register as given
from certification.opendata.rules import entries
from iris.core import clocks, events
from iris.core.models import ChainLink
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db


def logged() -> int:
    """Number and log what there is."""
    events.sequence()
    return services.sequence()


def served(client: Client) -> list[tuple[int, str, str]]:
    """The lines as the world reads them."""
    told = client.get("/register/log/entries.json?start=0&end=1000").json()
    return [(one["index"], one["text"], one["hash"]) for one in told["entries"]]


def test_every_act_of_a_life_stands_once_and_in_order(client: Client) -> None:
    row = factory.certificate("conditional")
    factory.suspend(row)
    factory.reinstate(row)
    newer = factory.revise(factory.latest(row))
    factory.withdraw(newer, reason="Complaint 12 was not put right.")
    assert logged() == 8
    assert logged() == 0
    lines = served(client)
    told = [json.loads(text) for _index, text, _hash in lines]
    assert [(one["event"], one["revision"], one["state"]) for one in told] == [
        ("issued", 1, "active"),
        ("conditions_set", 1, "conditional"),
        ("suspended", 1, "suspended"),
        ("reinstated", 1, "conditional"),
        ("replaced", 1, "superseded"),
        ("corrected", 2, "active"),
        ("conditions_set", 2, "conditional"),
        ("withdrawn", 2, "withdrawn"),
    ]
    assert told[2]["reason_code"] == "complaint"
    assert {one["certificate"] for one in told} == {row.number}
    head = client.get("/register/log/head.json").json()
    assert given.problems_of_lines(lines, head) == []
    assert services.verify_log() == []


def test_the_newest_head_is_that_of_the_longest_log_after_the_clock_was_set_back(client: Client) -> None:
    row = factory.certificate()
    with clocks.freeze(clocks.now() + timedelta(days=1)):
        logged()
    short = LogEntry.objects.count()
    factory.suspend(row)
    logged()
    assert client.get("/register/log/head.json").json()["size"] == LogEntry.objects.count() > short


def test_a_number_that_no_row_can_hold_finds_nothing(client: Client) -> None:
    assert client.get("/register/log/", {"certificate": "ORIS\x00"}).status_code == 200


def test_no_person_and_no_typed_sentence_is_in_the_log() -> None:
    row = factory.certificate("suspended")
    logged()
    text = "\n".join(LogEntry.objects.values_list("text", flat=True))
    for secret in (row.decided_by_name, row.issued_by_name, row.state_reason, row.public_note, row.address):
        assert secret
        assert secret not in text


def test_each_kind_of_act_that_the_product_knows_has_its_word() -> None:
    named = {kind.removeprefix("certification_certificates.certificate.") for kind in events._words}
    moving = {
        act for act in named if act in vars(Certificate) and hasattr(getattr(Certificate, act), "_django_fsm")
    }
    assert moving == set(entries.EVENTS)


def test_expired_on_its_day_given_up_and_reduced() -> None:
    expired = factory.certificate("expired")
    factory.certificate("relinquished")
    wide = factory.certificate(agency=factory.with_corridors(("NP", "QA"), ("NP", "MY")))
    factory.reduce(wide, [("NP", "QA")])
    logged()
    kinds = list(LogEntry.objects.values_list("kind", flat=True))
    assert kinds.count("expired") == kinds.count("given_up") == kinds.count("reduced") == 1
    line = LogEntry.objects.get(kind="expired").told
    assert line["on"] == expired.expires_on.isoformat()
    assert LogEntry.objects.get(kind="reduced").told["corridors"] == ["NP-QA"]


@pytest.fixture
def some() -> None:
    row = factory.certificate("suspended")
    factory.reinstate(row)
    logged()


def test_the_database_refuses_to_change_the_log(some: None) -> None:
    for table, column in (("logentry", "hash"), ("lognode", "hash"), ("treehead", "root")):
        for verb in ("UPDATE {} SET {c} = {c}", "DELETE FROM {}", "TRUNCATE {}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(verb.format(f"certification_opendata_{table}", c=column))


def copied(row: LogEntry, **changes: Any) -> LogEntry:
    row.pk, row._state.adding = row.index, True
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def test_the_database_refuses_gaps_false_hashes_and_a_place_that_goes_back(some: None) -> None:
    last = LogEntry.objects.order_by("-index")[0]
    link = ChainLink.objects.exclude(event__in=LogEntry.objects.values("event"))[0]
    fresh = {"event_id": link.event_id, "chain_seq": link.seq}
    for changes in ({"index": last.index + 2}, {"index": last.index + 1, "hash": "0" * 64}, {"index": 0}):
        with pytest.raises(DatabaseError), transaction.atomic():
            copied(LogEntry.objects.get(pk=last.pk), **fresh, **changes).save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        LogNode.objects.create(level=9, place=9, hash="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        TreeHead.objects.create(size=99, root="0" * 64, at=last.at, signature="")
    with pytest.raises(DatabaseError), transaction.atomic():
        LogPlace.objects.update(seen=0)
    with pytest.raises(DatabaseError), transaction.atomic():
        LogPlace.objects.update(seen=10**9)


def test_heads_are_signed_again_after_an_hour(some: None) -> None:
    assert services.head_when_old() is None
    with clocks.freeze(clocks.now() + timedelta(hours=1)):
        made = services.head_when_old()
    assert made is not None
    assert made.root == selectors.root_of(made.size)


def test_proofs_that_are_served_hold(some: None, client: Client) -> None:
    size = selectors.size_of_log()
    for index in range(size):
        told = client.get(f"/register/log/inclusion.json?index={index}&size={size}").json()
        path = [bytes.fromhex(one) for one in told["path"]]
        assert given.included(given.leaf(told["text"]), index, size, path, bytes.fromhex(told["root"]))
    for first in range(size + 1):
        told = client.get(f"/register/log/consistency.json?first={first}&second={size}").json()
        path = [bytes.fromhex(one) for one in told["path"]]
        roots = bytes.fromhex(told["first_root"]), bytes.fromhex(told["second_root"])
        assert given.consistent(first, size, path, *roots)


def test_wrong_questions_get_a_sentence(some: None, client: Client) -> None:
    for query in (
        "inclusion.json?index=99",
        "inclusion.json?index=-1",
        "inclusion.json?index=1e9",
        "inclusion.json",
        "inclusion.json?index=0&size=99999999999",
        "inclusion.json?index=0&size=99999999999999999999999",
        "consistency.json?first=9&second=2",
        "consistency.json?first=%D9%A3",
        "entries.json?start=5&end=2",
        "entries.json?start=abc",
        "head.json?size=77",
        "head.json?size=x",
    ):
        answer = client.get(f"/register/log/{query}")
        assert answer.status_code in (404, 422), query
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["title"]


def test_pages_read_by_people(some: None, client: Client) -> None:
    page = client.get("/register/log/").content.decode()
    assert "As of 21 Nov" in page
    assert "Reinstated" in page
    number = LogEntry.objects.get(index=0).told["certificate"]
    assert number in client.get("/register/log/0/").content.decode()
    assert client.get("/register/log/99999/").status_code == 404
    assert f"Lines of {number}" in client.get(f"/register/log/?certificate={number}").content.decode()
    assert "no line of this certificate" in client.get("/register/log/?certificate=X").content.decode()
    assert b"def root_of" in b"".join(client.get("/register/log/verify_register.py").streaming_content)
