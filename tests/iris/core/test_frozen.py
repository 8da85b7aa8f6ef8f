"""Standing still: everything is read, nothing is written, and what is old is not passed off as the present."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from iris.core import clocks, frozen, outbox
from iris.core.errors import Frozen
from iris.core.models import Freeze, Heartbeat, OutboxRow
from tests.conftest import NOON
from tests.factories import accounts
from tests.factories import certificates as factory

EXAMPLES = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1", "slug": "x", "str": "x", "path": "x"}


@pytest.fixture
def still(settings: Any) -> None:
    """Frozen an hour ago."""
    settings.IRIS_FROZEN_SINCE = (NOON - timedelta(hours=1)).isoformat()


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """One address of every route."""
    for entry in resolver.url_patterns:
        part = re.sub(
            r"<(?:(\w+):)?\w+>", lambda m: EXAMPLES.get(m.group(1) or "str", "x"), str(entry.pattern)
        )
        part = re.sub(r"\(\?P<\w+>[^)]*\)|[\^$?\\]", "x", part) if "(?P" in part or "^" in part else part
        if isinstance(entry, URLResolver):
            yield from addresses(entry, before + part)
        else:
            assert isinstance(entry, URLPattern)
            yield before + part


@pytest.mark.django_db
def test_no_route_takes_anything_in(still: None, client: Client) -> None:
    person = accounts.person("scheme", "scheme_manager")
    client.force_login(person)
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.split(None, 1)[0].upper() in {"INSERT", "UPDATE", "DELETE", "TRUNCATE", "MERGE", "COPY"}:
            written.append(sql)
        return execute(sql, params, many, context)

    asked = sorted(set(addresses(get_resolver())))
    assert len(asked) > 300
    with connection.execute_wrapper(watch):
        for address in asked:
            for verb in (client.post, client.put, client.delete, client.patch):
                answer = verb(address)
                assert answer.status_code == 503, address
                assert answer["Retry-After"] == "900"
                machine = address.startswith("/api/") or address.endswith(".json")
                kind = "application/problem+json" if machine else "text/html; charset=utf-8"
                assert answer["Content-Type"] == kind
    assert written == []


@pytest.mark.django_db
def test_pages_are_read_and_say_as_of_when(client: Client, settings: Any) -> None:
    row = factory.certificate()
    person = accounts.person("scheme", "scheme_manager")
    client.force_login(person)
    assert client.get("/register/")["Iris-As-Of"] == "2026-11-21T12:00:00Z"
    settings.IRIS_FROZEN_SINCE = (NOON - timedelta(hours=1)).isoformat()
    for address in ("/register/", f"/verify/{row.number}/", "/register/log/", "/open-data/", "/today/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["Iris-As-Of"] == "2026-11-21T11:00:00Z"
        assert "may be outdated" in answer.content.decode()


@pytest.mark.django_db
def test_after_a_day_no_certificate_is_called_valid(client: Client, settings: Any) -> None:
    row = factory.certificate()
    asked = (
        "/register/",
        f"/register/{row.agency_id}/",
        f"/verify/{row.number}/",
        f"/api/v1/certificates/{row.number}/",
        "/api/v1/lookups/",
        "/",
    )
    settings.IRIS_FROZEN_SINCE = (NOON - timedelta(hours=24)).isoformat()
    assert client.get(f"/verify/{row.number}/").status_code == 200
    settings.IRIS_FROZEN_SINCE = (NOON - timedelta(hours=24, seconds=1)).isoformat()
    for address in asked:
        answer = client.get(address)
        assert answer.status_code == 503, address
        text = answer.content.decode()
        assert "unknown" in text
        assert "Yes, certified" not in text
    assert client.get(asked[3]).json()["valid"] is None
    for address in ("/open-data/", "/register/log/", "/health/live"):
        assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_code_that_writes_all_the_same_is_refused(still: None) -> None:
    with frozen.reading_only():
        with pytest.raises(Frozen), transaction.atomic():
            Heartbeat.beat("x")
        with pytest.raises(Frozen), transaction.atomic():
            list(Freeze.objects.select_for_update())
        assert list(Heartbeat.objects.all()) == []
    Heartbeat.beat("x")


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_on_that_connection() -> None:
    with frozen.reading_only():
        raw = connection.connection.cursor()
        with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
            raw.execute("INSERT INTO iris_core_heartbeat (name, at) VALUES ('x', now())")
    Heartbeat.beat("x")


@pytest.mark.django_db
def test_jobs_and_sweeps_rest(still: None, settings: Any) -> None:
    row = outbox.enqueue("core.nothing")
    assert outbox.run(row.pk) is False
    outbox.run_sweep("core.heartbeat")
    assert OutboxRow.objects.get(pk=row.pk).attempts == 0
    assert Heartbeat.objects.count() == 0
    settings.IRIS_FROZEN_SINCE = ""
    outbox.run_sweep("core.heartbeat")
    assert Heartbeat.objects.count() == 2


@pytest.mark.django_db
def test_the_switch_in_the_database(capsys: Any, client: Client) -> None:
    with pytest.raises(CommandError):
        call_command("freeze", "on")
    try:
        call_command("freeze", "on", reason="The server moves.")
        call_command("freeze", "on", reason="Again.")
        assert frozen.since() == NOON
        assert client.post("/verify/").status_code == 503
        call_command("freeze", "off")
        assert frozen.since() is None
    finally:
        frozen._Seen.since = None
    assert [(one.reason, one.until) for one in Freeze.objects.all()] == [("The server moves.", clocks.now())]
    assert capsys.readouterr().out.splitlines()[-1] == "Runs."
