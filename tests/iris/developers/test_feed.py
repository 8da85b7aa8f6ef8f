"""The feed of changes misses nothing, whatever commits in which order; `updated_at >` would."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from certification.agencies.models import Agency
from iris.core import clocks, feeds
from iris.core.models import FeedRow
from tests.factories import agencies

AGENCIES = "/api/v1/agencies/"


def _touch(agency: Any, city: str) -> None:
    Agency.objects.filter(pk=agency.pk).update(city=city)


class Writer(threading.Thread):
    """A transaction that writes at once and commits when told."""

    def __init__(self, write: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.write, self.wrote, self.commit = write, threading.Event(), threading.Event()
        self.start()
        assert self.wrote.wait(20)

    def run(self) -> None:
        """Begin, write, wait, commit."""
        try:
            with transaction.atomic():
                self.write()
                self.wrote.set()
                self.commit.wait(20)
        finally:
            connection.close()

    def finish(self) -> None:
        """Commit and be gone."""
        self.commit.set()
        self.join(20)


def _naive(since: Any) -> list[tuple[UUID, Any]]:
    """What a reader of `updated_at > the last I saw` gets, from the moments of writing."""
    rows = FeedRow.objects.filter(feed="agencies").order_by("at")
    return list((rows.filter(at__gt=since) if since else rows).values_list("subject_id", "at"))


@pytest.mark.django_db(transaction=True)
def test_a_late_commit_is_found_where_the_naive_reader_misses_it() -> None:
    early, late = agencies.agency(), agencies.agency()
    cursor = feeds.read("agencies", "", 200).cursor
    moment = _naive(None)[-1][1]

    slow = Writer(lambda: _touch(early, "Slow"))  # writes first, commits last
    quick = Writer(lambda: _touch(late, "Quick"))
    quick.finish()
    between = feeds.read("agencies", cursor, 200)
    naive = _naive(moment)
    assert between.subjects == [late.pk]
    assert {one for one, _at in naive} == {late.pk}

    slow.finish()
    after = feeds.read("agencies", between.cursor, 200)
    assert after.subjects == [early.pk]
    assert _naive(naive[-1][1]) == []  # it was written before the last one seen: missed for ever
    assert feeds.read("agencies", after.cursor, 200).subjects == []


@pytest.mark.django_db(transaction=True)
def test_pages_of_one_reading_hold_while_others_write() -> None:
    rows = [agencies.agency() for _ in range(5)]
    start = feeds.read("agencies", "", 1_000).cursor
    for number, row in enumerate(rows):
        _touch(row, f"City {number}")
    slow = Writer(lambda: _touch(rows[0], "Again"))
    seen: list[UUID] = []
    first = feeds.read("agencies", start, 2)
    slow.finish()
    page = first
    while True:
        seen += page.subjects
        if not page.more:
            break
        page = feeds.read("agencies", page.cursor, 2)
    assert seen == [row.pk for row in rows]
    assert feeds.read("agencies", page.cursor, 10).subjects == [rows[0].pk]


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_random_moments_are_all_seen() -> None:
    rows = [agencies.agency() for _ in range(6)]
    cursor = feeds.read("agencies", "", 1_000).cursor
    wanted: list[UUID] = []
    seen: list[UUID] = []
    writers = [Writer(lambda row=row: _touch(row, "Busy")) for row in rows]
    for number in (3, 0, 5, 1, 4, 2):
        writers[number].finish()
        wanted.append(rows[number].pk)
        news = feeds.read("agencies", cursor, 1)
        seen, cursor = [*seen, *news.subjects], news.cursor
    while True:
        news = feeds.read("agencies", cursor, 1)
        if not news.subjects and not news.more:
            break
        seen, cursor = [*seen, *news.subjects], news.cursor
    assert seen == wanted


@pytest.mark.django_db(transaction=True)
def test_parts_of_an_agency_and_rolled_back_writes() -> None:
    one, other = agencies.agency(), agencies.agency()
    cursor = feeds.read("agencies", "", 1_000).cursor
    one.names.create(kind="trading", name="Another name", lang="en", normal="another name", key="x")
    with transaction.atomic():
        _touch(other, "Never")
        transaction.set_rollback(True)
    news = feeds.read("agencies", cursor, 10)
    assert news.subjects == [one.pk]
    for number in range(3):
        _touch(one, f"City {number}")
    feeds.compact()
    assert feeds.read("agencies", news.cursor, 10).subjects == [one.pk]
    assert set(feeds.read("agencies", "", 1_000).subjects) == {one.pk, other.pk}


@pytest.mark.django_db(transaction=True)
def test_compacting_drops_nothing_that_a_reader_between_two_commits_has_still_to_see() -> None:
    """The earlier number commits last, and a reader stood between: its cursor saw only the later one."""
    one, other = agencies.agency(), agencies.agency()
    start = feeds.read("agencies", "", 1_000).cursor

    def slowly() -> None:
        _touch(other, "Takes the number first")
        one.names.create(kind="trading", name="Added meanwhile", lang="en", normal="added", key="y")

    slow = Writer(slowly)
    quick = Writer(lambda: one.names.create(kind="trading", name="Quick", lang="en", normal="quick", key="z"))
    quick.finish()
    between = feeds.read("agencies", start, 100)
    assert between.subjects == [one.pk]
    slow.finish()
    feeds.compact()
    assert set(feeds.read("agencies", between.cursor, 100).subjects) == {one.pk, other.pk}


@pytest.mark.django_db
def test_compacting_keeps_the_last_row_of_each_thing() -> None:
    at, one, other = clocks.now(), uuid4(), uuid4()
    # Transactions so old that every reader sees them.
    for number, subject in enumerate((one, other, one, one), 4):
        FeedRow.objects.create(feed="x", subject_id=subject, txid=number, at=at, ended_below=number)
    feeds.compact()
    left = FeedRow.objects.filter(feed="x").order_by("txid").values_list("subject_id", "txid")
    assert list(left) == [(other, 5), (one, 7)]


@pytest.mark.django_db(transaction=True)
def test_by_the_api_with_what_is_gone(client_with: Any) -> None:
    client = client_with("read:register")
    shown = agencies.agency()
    first = client.get(AGENCIES + "?changed_since=").json()
    assert [row["id"] for row in first["results"]] == [str(shown.pk)]
    assert (first["more"], first["gone"]) == (False, [])
    _touch(shown, "Pokhara")
    news = client.get(AGENCIES, {"changed_since": first["changed_since"]}).json()
    assert [row["city"] for row in news["results"]] == ["Pokhara"]
    Agency.objects.filter(pk=shown.pk).update(enrolled_at=None)
    left = client.get(AGENCIES, {"changed_since": news["changed_since"]}).json()
    assert (left["results"], left["gone"]) == ([], [str(shown.pk)])
    other = client.get("/api/v1/certificates/", {"changed_since": left["changed_since"]})
    assert (other.status_code, list(other.json()["errors"])) == (400, ["changed_since"])
    altered = client.get(AGENCIES, {"changed_since": left["changed_since"][:-1] + "_"})
    assert altered.status_code == 400


@pytest.mark.django_db(transaction=True)
def test_gone_never_names_an_agency_that_was_not_public(client_with: Any) -> None:
    client = client_with("read:register")
    shown, draft = agencies.agency(country="NP"), agencies.agency(complete=False)
    assert draft.enrolled_at is None
    first = client.get(AGENCIES + "?changed_since=").json()
    assert (len(first["results"]), first["gone"]) == (1, [])
    _touch(draft, "Pokhara")
    _touch(shown, "Patan")
    news = client.get(AGENCIES, {"changed_since": first["changed_since"], "country": "PH"}).json()
    assert (news["results"], news["gone"]) == ([], [str(shown.pk)])
