"""Webhooks under the eyes of others: both libraries of the standard, and a sink that fails while workers are killed."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Q
from standardwebhooks import Webhook, WebhookVerificationError

from iris.core import clocks, outbox
from iris.core.models import OutboxRow
from iris.webhooks import services
from iris.webhooks.models import Attempt, Delivery, Endpoint
from iris.webhooks.rules import new_secret
from tests.conformance.tools import node
from tests.factories import accounts
from tests.figures import Tell

EVENTS = int(os.environ.get("IRIS_WEBHOOK_EVENTS", "1000"))
FORK = multiprocessing.get_context("fork")


class Sink:
    """A receiver on the loopback that refuses about half of what it gets, and remembers what it took."""

    def __init__(self, seed: int, failing: bool = True) -> None:
        self.rng, self.failing = random.Random(seed), failing
        self.taken: dict[str, list[tuple[dict[str, str], str]]] = {}
        self.refused: Counter[str] = Counter()
        self.cut = 0
        self._lock = threading.Lock()
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                body = self.rfile.read(length)
                if len(body) < length:  # the sender was killed between the head and the end of the body
                    sink.cut += 1
                    return
                self.send_response(sink.got({k.lower(): v for k, v in self.headers.items()}, body.decode()))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.place = f"localhost:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def got(self, headers: dict[str, str], body: str) -> int:
        """200 for what is taken; no message is refused more than six times, so that the schedule lasts."""
        name = headers["webhook-id"]
        with self._lock:
            if self.failing and self.refused[name] < 6 and self.rng.random() < 0.5:
                self.refused[name] += 1
                return self.rng.choice([500, 503, 302, 404])
            self.taken.setdefault(name, []).append((headers, body))
            return 200


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    made = Sink(seed=3)
    settings.IRIS_OUTGOING_ALLOW = (made.place,)
    yield made
    made.server.shutdown()
    made.server.server_close()


def endpoint(sink: Sink) -> tuple[Endpoint, str, Any]:
    buyer = accounts.person("employer", "sourcing_manager")
    row, secret = services.add_endpoint(actor=buyer, name="Sink", url=f"http://{sink.place}/in")
    return row, secret, buyer


@pytest.mark.real_time
@pytest.mark.django_db
def test_both_libraries_of_the_standard_read_our_messages(sink: Sink) -> None:
    sink.failing = False
    row, old, buyer = endpoint(sink)
    for number in range(5):
        services.publish(
            organisation=row.organisation,
            topic="watch.changed",
            data={"n": number, "é": "ネ"},
            key=f"k{number}",
        )
    outbox.run_all()
    _row, new = services.replace_secret(endpoint_id=row.pk, actor=buyer)
    services.ping(endpoint_id=row.pk, actor=buyer)
    outbox.run_all()
    got = [one for taken in sink.taken.values() for one in taken]
    assert len(got) == 6
    cases, expected = [], []
    for headers, body in got:
        both = len(headers["webhook-signature"].split()) == 2
        for secret, good in ((old, True), (new, both), (new_secret(), False)):
            cases.append({"secret": secret, "headers": headers, "body": body})
            expected.append(good)
        cases.append({"secret": old, "headers": headers, "body": body + " "})
        expected.append(False)
    assert [one is True for one in node("webhooks.mjs", cases)] == expected
    assert [_python(case) for case in cases] == expected
    assert sum(expected) == 7


def _python(case: dict[str, Any]) -> bool:
    try:
        Webhook(case["secret"]).verify(case["body"], case["headers"])
    except WebhookVerificationError:
        return False
    return True


def work(now: Any) -> None:
    """A worker: whatever is due, or was left by one that died, until it is killed."""
    while True:
        with clocks.freeze(datetime.fromtimestamp(now.value, UTC)) as at:
            due = Q(status="waiting", due_at__lte=at) | Q(status="leased", lease_until__lt=at)
            keys = OutboxRow.objects.filter(due).order_by("pk").values_list("pk", flat=True)
            for key in [*keys.filter(pk__gte=uuid4())[:5]] or [*keys[:5]]:
                outbox.run(key)
        time.sleep(0.005)


def started(now: Any) -> Any:
    """A worker of its own process and its own connection."""
    connection.close()
    made = FORK.Process(target=work, args=(now,), daemon=True)
    made.start()
    return made


def deliver_all(sink: Sink, count: int, seconds: float) -> dict[str, int]:
    """Write so many events, kill workers with -9 while they send, and move the clock on until nothing waits."""
    rng = random.Random(11)
    row, secret, _buyer = endpoint(sink)
    for number in range(count):
        services.publish(
            organisation=row.organisation, topic="watch.changed", data={"n": number}, key=f"k{number}"
        )
    now = FORK.Value("d", clocks.now().timestamp())
    workers, killed, began = [started(now) for _one in range(2)], 0, time.monotonic()
    try:
        while Delivery.objects.exclude(status="delivered").exists():
            assert time.monotonic() - began < seconds, "not all delivered in time"
            time.sleep(0.15)
            now.value += timedelta(minutes=10).total_seconds()
            place = rng.randrange(2)
            os.kill(workers[place].pid, signal.SIGKILL)
            workers[place].join()
            killed += 1
            workers[place] = started(now)
    finally:
        for one in workers:
            os.kill(one.pid, signal.SIGKILL)
            one.join()
    names = set(Delivery.objects.values_list("message_id", flat=True))
    library = Webhook(secret)
    for name, taken in sink.taken.items():
        for headers, body in taken:
            at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
            assert headers["webhook-signature"] == library.sign(name, at, body)
    return {
        "written": count,
        "lost": len(names - set(sink.taken)),
        "twice": sum(len(taken) > 1 for taken in sink.taken.values()),
        "killed": killed,
        "refused": sum(sink.refused.values()),
        "cut": sink.cut,
        "tries": Attempt.objects.count(),
    }


def test_the_sink_takes_no_message_that_was_cut(sink: Sink) -> None:
    sink.failing = False
    host, _colon, port = sink.place.partition(":")
    head = "POST /in HTTP/1.1\r\nHost: x\r\nwebhook-id: a\r\nContent-Length: 10\r\n\r\n"
    for body, taken in (("12345", 0), ("1234567890", 1)):
        with socket.create_connection((host, int(port))) as line:
            line.sendall((head + body).encode())
            line.shutdown(socket.SHUT_WR)
            while line.recv(1024):
                pass
        assert len(sink.taken) == taken
    assert sink.cut == 1


@pytest.mark.django_db(transaction=True)
def test_forty_events_survive_a_failing_sink_and_killed_workers(sink: Sink) -> None:
    told = deliver_all(sink, 40, seconds=60)
    assert (told["written"], told["lost"]) == (40, 0)
    assert told["killed"] > 0
    assert told["refused"] > 10


@pytest.mark.conformance
@pytest.mark.django_db(transaction=True)
def test_a_thousand_events_survive_a_failing_sink_and_killed_workers(sink: Sink, figures: Tell) -> None:
    told = deliver_all(sink, EVENTS, seconds=900)
    figures("webhooks", **told)
    assert told["lost"] == 0


@pytest.mark.campaign
@pytest.mark.django_db(transaction=True)
def test_ten_thousand_events_survive_a_failing_sink_and_killed_workers(sink: Sink, figures: Tell) -> None:
    """T13."""
    told = deliver_all(sink, 10 * EVENTS, seconds=7_200)
    figures("webhooks, ten times as many", **told)
    assert told["lost"] == 0
