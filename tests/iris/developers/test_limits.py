"""The limit holds to the call: processes and threads at once, in the cache that production has.

Processes are forked and call the gate itself; the window is the one of a clock that stands still.
"""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import path
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iris import env
from iris.core import clocks
from iris.core.drf import ClientThrottle
from iris.core.drf.edge import mounted

LIMIT, PROCESSES, THREADS, EACH = 100, 4, 5, 20  # 400 calls
MOMENT = datetime(2026, 11, 21, 12, 0, 20, tzinfo=UTC)
PATIENCE = 60
Answer = tuple[int, int, int]


class Counted(APIView):
    """A sample."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    def get(self, request: Request) -> Response:
        """Nothing to tell."""
        return Response({})


class Throttled(Counted):
    """A sample of a service beside the API."""

    throttle_classes = [ClientThrottle]


GATED = mounted([path("counted/", Counted.as_view())])[0].callback  # type: ignore[union-attr]


@pytest.fixture
def valkey(settings: Any) -> None:
    """The cache of production, under names of this test alone; they end by themselves."""
    settings.IRIS_API_RATE = f"{LIMIT}/min"
    settings.CACHES = {
        "default": {
            "BACKEND": "iris.core.caches.Cache",
            "LOCATION": env.text("CACHE_URL"),
            "KEY_PREFIX": f"test-{uuid4().hex}",
        }
    }


def _call() -> Answer:
    answer = GATED(RequestFactory().get("/counted/", REMOTE_ADDR="192.0.2.7"))
    told = (answer.status_code, answer["RateLimit-Remaining"], answer["RateLimit-Reset"])
    return (int(told[0]), int(told[1]), int(told[2]))


def _process(gate: Any, answers: Any) -> None:
    def thread(_number: int) -> list[Answer]:
        with clocks.freeze(MOMENT):
            gate.wait(PATIENCE)
            return [_call() for _ in range(EACH)]

    with ThreadPoolExecutor(THREADS) as pool:
        answers.put(list(pool.map(thread, range(THREADS))))


def _all_at_once() -> list[list[Answer]]:
    """What each thread of each process was told, in its order."""
    fork = multiprocessing.get_context("fork")
    gate, answers = fork.Barrier(PROCESSES * THREADS), fork.Queue()
    processes = [fork.Process(target=_process, args=(gate, answers), daemon=True) for _ in range(PROCESSES)]
    for one in processes:
        one.start()
    found = [thread for _ in processes for thread in answers.get(timeout=PATIENCE)]
    for one in processes:
        one.join(PATIENCE)
    return found


@pytest.mark.usefixtures("valkey")
def test_exactly_the_limit_gets_through_whoever_calls_at_once() -> None:
    threads = _all_at_once()
    calls = [call for thread in threads for call in thread]
    assert len(calls) == 400
    assert sorted(left for status, left, _reset in calls if status == 200) == list(range(LIMIT))
    assert {(status, left) for status, left, _reset in calls if status != 200} == {(429, 0)}
    assert {reset for _status, _left, reset in calls} == {40}
    for thread in threads:
        told = [left for _status, left, _reset in thread]
        assert told == sorted(told, reverse=True)
    with clocks.freeze(MOMENT + timedelta(seconds=39)):
        assert _call() == (429, 0, 1)
    with clocks.freeze(MOMENT + timedelta(seconds=40)):
        assert _call() == (200, LIMIT - 1, 60)


@pytest.mark.usefixtures("valkey")
def test_what_was_counted_ends_by_itself() -> None:
    with clocks.freeze(MOMENT):
        _call()
    name = f"api-rate:address:192.0.2.7:60:{int(MOMENT.timestamp()) // 60}"
    client = cache._cache.get_client()
    assert cache.get(name) == 1
    assert 0 < client.ttl(cache.make_key(name)) <= 120


def test_a_service_beside_the_api_counts_the_same_way(settings: Any) -> None:
    rates = {**django_settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "client": "2/min"}
    settings.REST_FRAMEWORK = {**django_settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
    cache.clear()
    view = Throttled.as_view()
    with clocks.freeze(MOMENT):
        answers = [view(RequestFactory().get("/")) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "40"


def test_an_address_that_the_caller_made_up_does_not_escape(settings: Any) -> None:
    settings.IRIS_API_RATE = "1/min"
    cache.clear()
    calls = [RequestFactory().get("/counted/", HTTP_X_FORWARDED_FOR=f"198.51.100.{one}") for one in (1, 2)]
    assert [GATED(one).status_code for one in calls] == [200, 429]
    cache.clear()
    settings.REST_FRAMEWORK = {**django_settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    seen = ["198.51.100.1, 203.0.113.5", "198.51.100.2, 203.0.113.5", "198.51.100.1, 203.0.113.6"]
    calls = [RequestFactory().get("/counted/", HTTP_X_FORWARDED_FOR=one) for one in seen]
    assert [GATED(one).status_code for one in calls] == [200, 429, 200]
