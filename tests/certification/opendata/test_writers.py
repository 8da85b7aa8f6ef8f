"""Writers at the same time: an act that commits late is logged late, and never lost."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from certification.certificates.models import Certificate
from certification.opendata import services
from certification.opendata.models import LogEntry
from iris.core import clocks, events
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db(transaction=True)


class Writer:
    """Another connection that writes an act and commits, or gives up, when it is told to."""

    def __init__(self, row: Certificate, pool: ThreadPoolExecutor) -> None:
        self.written, self.free, self.keep = threading.Event(), threading.Event(), True
        self.done = pool.submit(self._run, row, clocks.now())

    def _run(self, row: Certificate, now: object) -> str:
        try:
            with clocks.freeze(now), transaction.atomic():  # type: ignore[arg-type]
                event = events.record(row, act="suspend", actor=events.SYSTEM, to_state="suspended")
                self.written.set()
                self.free.wait(20)
                if not self.keep:
                    transaction.set_rollback(True)
            return str(event.pk)
        finally:
            connection.close()

    def end(self, keep: bool = True) -> str:
        self.keep = keep
        self.free.set()
        return self.done.result(20)


def logged() -> list[str]:
    """Number, log, and read which acts stand in the log."""
    events.sequence()
    services.sequence()
    return [str(one) for one in LogEntry.objects.order_by("index").values_list("event_id", flat=True)]


def test_an_act_that_commits_after_a_later_one_was_logged_is_logged_next() -> None:
    row = factory.certificate()
    with ThreadPoolExecutor(2) as pool:
        slow = Writer(row, pool)
        assert slow.written.wait(20)
        quick = Writer(row, pool)
        assert quick.written.wait(20)
        second = quick.end()
        assert logged()[-1] == second  # the slow one is not seen yet: nothing waits for it
        first = slow.end()
    assert logged()[-2:] == [second, first]
    assert services.verify_log() == []


@pytest.mark.parametrize("seed", range(2))
def test_any_interleaving_of_writers_and_sequencers_loses_and_doubles_nothing(seed: int) -> None:
    row = factory.certificate()
    rng, kept = random.Random(seed), set()
    before = set(logged())
    with ThreadPoolExecutor(8) as pool:
        open_: list[Writer] = []
        for _step in range(40):
            act = rng.choice(["begin", "end", "log"])
            if act == "begin" and len(open_) < 6:
                open_.append(Writer(row, pool))
                assert open_[-1].written.wait(20)
            elif act == "end" and open_:
                keep = rng.random() < 0.8
                found = open_.pop(rng.randrange(len(open_))).end(keep)
                kept |= {found} if keep else set()
            elif act == "log":
                racing = pool.submit(_elsewhere)
                seen = logged()
                racing.result(20)
                assert len(seen) == len(set(seen))
        for one in open_:
            kept.add(one.end())
    final = logged()
    assert len(final) == len(set(final))
    assert set(final) - before == kept
    assert services.verify_log() == []


def _elsewhere() -> None:
    try:
        services.sequence()
    finally:
        connection.close()
