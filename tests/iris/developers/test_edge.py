"""What stands in the head of every answer: limits, ETag, deprecation; and methods that DRF fills in."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import path
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iris.core import clocks
from iris.core.drf import limits
from iris.core.drf.edge import deprecated, mounted

AGENCIES = "/api/v1/agencies/"


class Old(APIView):
    """A sample."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @deprecated(since=date(2026, 11, 1), sunset=date(2027, 5, 1), instead="/api/v1/new/")
    def get(self, request: Request) -> Response:
        """On its way out."""
        return Response({"a": 1})

    def post(self, request: Request) -> Response:
        """Here to stay."""
        return Response({"a": 2})


def test_what_is_on_its_way_out_says_so() -> None:
    view = mounted([path("old/", Old.as_view())])[0].callback  # type: ignore[union-attr]
    answer = view(RequestFactory().get("/old/"))
    assert answer["Deprecation"] == "@1793491200"  # date -u -d 2026-11-01 +%s
    assert answer["Sunset"] == "Sat, 01 May 2027 00:00:00 GMT"
    assert answer["Link"] == '</api/v1/new/>; rel="successor-version"'
    assert view(RequestFactory().head("/old/"))["Deprecation"] == "@1793491200"
    assert not view(RequestFactory().post("/old/")).has_header("Deprecation")


@pytest.mark.django_db
def test_an_answer_that_did_not_change_is_not_sent_again(client_with: Any) -> None:
    client = client_with("read:register")
    first = client.get(AGENCIES)
    assert "Authorization" in first["Vary"]
    assert first["Cache-Control"] == "private, no-cache"
    same = client.get(AGENCIES, headers={"If-None-Match": f'"other", {first["ETag"]}'})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert same["RateLimit-Limit"]
    assert client.get(AGENCIES, headers={"If-None-Match": '"other"'}).status_code == 200
    strong = client.get(AGENCIES, headers={"If-None-Match": first["ETag"].removeprefix("W/")})
    assert strong.status_code == 304


@pytest.mark.django_db
def test_head_is_get_without_body_and_options_name_the_methods(client_with: Any) -> None:
    client = client_with("read:register")
    get, head = client.get(AGENCIES), client.head(AGENCIES)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", get["ETag"])
    options = client.options(AGENCIES)
    assert (options.status_code, options["Allow"]) == (200, "GET, HEAD, OPTIONS")
    assert options.json()["methods"] == ["GET", "HEAD", "OPTIONS"]


@pytest.mark.django_db
def test_limits_are_counted_and_told(client_with: Any, settings: Any) -> None:
    settings.IRIS_API_RATE = "3/min"
    client, start = client_with("read:register"), clocks.now()
    with clocks.freeze(start.replace(second=20, microsecond=0)):
        answers = [client.get(AGENCIES) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert [one["RateLimit-Remaining"] for one in answers] == ["2", "1", "0", "0"]
    assert {(one["RateLimit-Limit"], one["RateLimit-Policy"]) for one in answers} == {("3", "3;w=60")}
    assert {one["RateLimit-Reset"] for one in answers} == {"40"}
    assert (answers[3]["Retry-After"], answers[3].json()["code"]) == ("40", "throttled")
    with clocks.freeze(start.replace(second=0, microsecond=0) + timedelta(minutes=1)):
        assert client.get(AGENCIES).status_code == 200
    assert client_with("read:register").get(AGENCIES).status_code == 200


@pytest.mark.django_db
def test_guessing_keys_is_counted_by_address(client: Any, settings: Any) -> None:
    settings.IRIS_API_RATE = "2/min"
    cache.clear()
    statuses = [
        client.get(AGENCIES, headers={"Authorization": f"Api-Key a.{n}"}).status_code for n in range(3)
    ]
    assert statuses == [401, 401, 429]


def test_exactly_the_limit_gets_through_at_once(settings: Any) -> None:
    settings.IRIS_API_RATE = "50/min"
    gate = threading.Barrier(16)

    def call(_number: int) -> bool:
        gate.wait()
        found = [limits.count("many") for _ in range(10)]
        return sum(one is not None and not one.over for one in found)

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(call, range(16))) == 50


def test_without_the_cache_the_api_answers_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any, **_more: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr("iris.core.drf.limits.tally", broken)
    assert limits.count("anyone") is None
