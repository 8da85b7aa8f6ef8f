"""Every route of the API, walked: without a key, without the scope, and by another organisation of each kind."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse
from rest_framework.test import APIClient

from iris.accounts.models import User
from iris.accounts.states import ApiScope
from iris.core import clocks
from iris.core.drf.pages import orderings_of
from iris.core.endpoints import scope_of
from iris.developers.reference import document
from tests.conftest import NOON
from tests.factories import accounts
from tests.factories.machines import Machine, machine
from tests.iris.api import doors
from tests.iris.api.conftest import World, stranger

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NOBODY = UUID(int=1)
KINDS = ("employer", "agency", "audit_firm", "government", "training_provider", "caseworker")


def routes() -> dict[str, Any]:
    """Every route under /api/v1/ with its view."""
    resolver: Any = get_resolver()
    api: Any = next(one for one in resolver.url_patterns if getattr(one, "namespace", "") == "api")
    return {str(one.name): one for one in api.url_patterns}


def told() -> dict[str, dict[str, str]]:
    """What the code says of each route."""
    found: dict[str, dict[str, str]] = {}
    for name, route in routes().items():
        cls = route.callback.cls
        allowed = {one.__name__ for one in cls.permission_classes}
        plain = {"AllowAny": doors.PUBLIC, "Keyed": doors.ANY_KEY}.get(next(iter(allowed)), "")
        found[name] = {
            method: plain or str(scope_of(cls, method)) for method in METHODS if hasattr(cls, method.lower())
        }
    return found


def address(name: str, given: dict[str, Any] | None = None) -> str:
    """The address of a route; of a thing that nobody has where nothing is given."""
    if given is None:
        converters = routes()[name].pattern.converters
        made_up = {
            "UUIDConverter": NOBODY,
            "IntConverter": 1,
            "StringConverter": "nothing",
            "SlugConverter": "x",
        }
        given = {key: made_up[type(one).__name__] for key, one in converters.items()}
    return reverse(f"api:{name}", kwargs=given)


def walk() -> list[tuple[str, str, str]]:
    """Route, method and scope, for every door that asks for a key."""
    rows = [(name, method, scope) for name, door in doors.DOORS.items() for method, scope in door.items()]
    return [row for row in rows if row[2] != doors.PUBLIC]


def call(client: APIClient, method: str, url: str) -> int:
    """The status of a call with an empty body."""
    return int(client.generic(method, url, data="{}", content_type="application/json").status_code)


def test_every_route_is_classified_with_its_scope() -> None:
    assert told() == doors.DOORS


def test_the_scopes_of_the_doors_can_be_given_to_a_key() -> None:
    asked = {scope for _name, _method, scope in walk()} - {doors.ANY_KEY}
    assert asked <= set(ApiScope.values)


@pytest.mark.django_db
def test_without_a_key_every_door_but_the_public_ones_is_closed() -> None:
    client = Machine()
    wrong = {
        (name, method): status
        for name, method, _scope in walk()
        if (status := call(client, method, address(name))) != 401
    }
    assert wrong == {}


@pytest.mark.django_db
def test_without_the_scope_every_door_is_closed() -> None:
    person = accounts.person("employer", "sourcing_manager")
    scopes = {scope for _name, _method, scope in walk()} - {doors.ANY_KEY}
    lacking = {scope: machine(person, *(set(ApiScope.values) - {scope})) for scope in scopes}
    wrong = {
        (name, method): status
        for name, method, scope in walk()
        if scope in lacking and (status := call(lacking[scope], method, address(name))) != 403
    }
    assert wrong == {}


def test_the_owner_reads_every_thing_that_the_walk_names(world: World) -> None:
    owners = world.people
    clients = {kind: machine(person, every=True) for kind, person in owners.items()}
    read = {
        name: call(clients[kind], "GET", address(name, given))
        for name, (kind, given) in world.args.items()
        if "GET" in doors.OWNED[name] and name != "screening_differences"
    }
    assert set(world.args) == set(doors.OWNED)
    assert {name: status for name, status in read.items() if status not in (200, 202)} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_for_another_organisation_nothing_of_it_exists(world: World, kind: str) -> None:
    client = machine(stranger(kind), every=True)
    wrong = {}
    for name, (owner, given) in world.args.items():
        for method in doors.OWNED[name]:
            url = address(name, given)
            if name == "screening_differences":
                url += f"?earlier={given['screening_id']}"
            status = call(client, method, url)
            # Of its own kind: it does not exist. Another kind may hear that it keeps no such things at all.
            if status != 404 and (kind == owner or status != 403):
                wrong[name, method] = status
    assert wrong == {}


@pytest.mark.parametrize("kind", KINDS)
def test_the_lists_of_another_organisation_name_nothing_of_it(world: World, kind: str) -> None:
    client = machine(stranger(kind), every=True)
    secret = {
        str(one) for _owner, given in world.args.values() for one in given.values() if isinstance(one, UUID)
    }
    secret |= {"Canary", str(world.buyer.pk)}
    leaks = {}
    for name, door in doors.MINE.items():
        if "GET" in door:
            answer = client.get(address(name))
            text = answer.content.decode()
            assert answer.status_code in (200, 403), (name, answer.status_code)
            if found := sorted(one for one in secret if one in text):
                leaks[name] = found
    assert leaks == {}


def test_lists_cost_the_same_for_one_and_for_many(world: World, django_assert_max_num_queries: Any) -> None:
    owners = (world.buyer, world.speaker, world.lead, world.authority)
    clients = [machine(person, every=True) for person in owners]
    for client in clients:
        for name, door in doors.MINE.items():
            if "GET" in door and name not in COSTLY:
                with django_assert_max_num_queries(MOST_QUERIES):
                    client.get(address(name))


def test_every_list_comes_in_each_order_that_it_names(world: World) -> None:
    owners = world.people
    clients = {kind: machine(person, every=True) for kind, person in owners.items()}
    wrong, tried = [], 0
    for name, route in lists().items():
        kind, given = world.args.get(name, (READERS.get(doors.DOORS[name]["GET"], "employer"), None))
        for column in orderings_of(route.callback.cls):
            tried += 1
            found = _misordered(clients[kind], address(name, given), column)
            wrong += [f"{name} by {column}: {told}" for told in found]
    assert tried > 60
    assert wrong == []


READERS = {doors.C: "agency", doors.A: "audit_firm"}


def lists() -> dict[str, Any]:
    """Every route that answers with a cursor page."""
    return {
        name: route
        for name, route in routes().items()
        if hasattr(route.callback.cls, "get") and getattr(route.callback.cls, "pagination_class", None)
    }


def _misordered(client: APIClient, url: str, column: str) -> list[str]:
    """What is wrong with a list by one column: whole, the other way round, and one row at a time."""
    up, down = client.get(url, {"ordering": column}), client.get(url, {"ordering": f"-{column}"})
    if (up.status_code, down.status_code) != (200, 200):
        return [f"{up.status_code}, {down.status_code}"]
    rows = up.json()["results"]
    found = [] if rows == down.json()["results"][::-1] else ["not the same the other way round"]
    if rows and column != "created_at" and column not in rows[0]:
        found.append("the answer does not show it")
    one = client.get(url, {"ordering": column, "page_size": 1}).json()
    walked = one["results"]
    while one["next"] and len(walked) <= len(rows):
        one = client.get(one["next"]).json()
        walked += one["results"]
    return found if walked == rows else [*found, "not the same row by row"]


def test_what_is_no_list_has_no_pages() -> None:
    paths = document()["paths"]
    told = {
        name
        for name, route in lists().items()
        if _parameters(paths, route) >= {"cursor", "ordering", "page_size"}
    }
    assert told == set(lists())


def _parameters(paths: dict[str, Any], route: Any) -> set[str]:
    path = "/api/v1/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(route.pattern))
    return {one.get("name", "") for one in paths[path]["get"]["parameters"]}


MOST_QUERIES = 14
# A year of months, each with what the register said then (bounded in tests/supplychain/coverage).
COSTLY = {"coverage", "risk_recruiters"}


# Bodies that no endpoint can use. What takes no body at all does not look at one.
HOSTILE: dict[str, bytes] = {
    "unknown field": b'{"no_such_field": 1}',
    "a list": b"[]",
    "a text": b'"text"',
    "nothing": b"null",
    "not JSON": b"{",
    "deep": b'{"a":' * 30 + b"1" + b"}" * 30,
    "too many values": b"[" + b"1," * 1_000 + b"1]",
    "twice": b'{"name": 1, "name": 2}',
    "NUL": b'{"name": "\\u0000"}',
    "half a letter": b'{"name": "\\ud800"}',
    "no number": b'{"name": NaN}',
}
WITHOUT_BODY = {
    *("decision_withdrawal", "dossier_revision", "webhook_pause", "webhook_ping", "webhook_replay"),
    *("webhook_resume", "webhook_secret", "dispute_withdrawal", "authority_notice_withdrawal"),
}
# Taken as a form with a file; JSON is another media type to them.
AS_FORM = {"finding_evidence"}


def writes() -> list[tuple[str, str]]:
    """Route and method of everything that takes something in."""
    return [
        (name, method)
        for name, door in doors.DOORS.items()
        for method in door
        if method in ("POST", "PUT", "PATCH")
    ]


def owner_of(world: World, name: str, method: str) -> tuple[User, str]:
    """Who may write there, and the address."""
    people = world.people
    kind, given = world.args.get(name, ("employer", None))
    return people[kind], address(name, given)


def refused(client: APIClient, method: str, url: str, body: bytes) -> tuple[int, dict[str, Any]]:
    """The answer to a body; whatever it does is undone."""
    with transaction.atomic():
        answer = client.generic(method, url, data=body, content_type="application/json")
        transaction.set_rollback(True)
    told = answer.json() if answer["Content-Type"].startswith("application/problem+json") else {}
    assert len(answer.content) < 20_000
    assert not any(word in answer.content for word in (b"Traceback", b"psycopg", b"iris_", b'File "'))
    return int(answer.status_code), told


def test_every_door_refuses_a_body_that_it_cannot_use(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iris.core.drf.input.MOST_VALUES", 1_000)  # the real number is tried in test_input
    clients: dict[Any, APIClient] = {}
    wrong, unread = [], set()
    for name, method in writes():
        person, url = owner_of(world, name, method)
        client = clients.setdefault(person.pk, machine(person, every=True))
        statuses = {word: refused(client, method, url, body) for word, body in HOSTILE.items()}
        if all(status in (200, 201, 202, 204, 409) for status, _told in statuses.values()):
            unread.add(name)
            continue
        for word, (status, told) in statuses.items():
            expected = (415, "unsupported_media_type") if name in AS_FORM else (400, None)
            if status != expected[0] or told.get("code") not in (expected[1], "invalid", "parse_error"):
                wrong.append(f"{method} {name}, {word}: {status} {told.get('code')}")
            elif (
                word == "unknown field"
                and name not in AS_FORM
                and "no_such_field" not in told.get("errors", {})
            ):
                wrong.append(f"{method} {name} does not name the unknown field")
    assert wrong == []
    assert unread == WITHOUT_BODY


def test_every_field_refuses_a_value_of_another_type(world: World) -> None:
    clients: dict[Any, APIClient] = {}
    wrong, tried = [], 0
    for name, method in writes():
        person, url = owner_of(world, name, method)
        client = clients.setdefault(person.pk, machine(person, every=True))
        for field, kind in _fields(routes()[name], method).items():
            odd: Any = 5 if kind in ("array", "object") else {"a": [1]}
            status, told = refused(client, method, url, json.dumps({field: odd}).encode())
            tried += 1
            if status != 400 or field not in told.get("errors", {}):
                wrong.append(f"{method} {name}.{field} ({kind}): {status} {told}")
    assert tried > 80
    assert wrong == []


def _fields(route: Any, method: str) -> dict[str, str]:
    """The fields of a JSON body and the types the document gives them."""
    path = "/api/v1/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(route.pattern))
    told = document()["paths"][path][method.lower()].get("requestBody", {})
    shape = told.get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" in shape:
        shape = document()["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]]
    return {
        field: str(facts.get("type", "object" if "additionalProperties" in facts else ""))
        for field, facts in shape.get("properties", {}).items()
    }


def test_every_door_refuses_a_filter_that_it_does_not_have(world: World) -> None:
    people = world.people
    clients = {kind: machine(person, every=True) for kind, person in people.items()}
    wrong = {}
    for name, door in doors.DOORS.items():
        kind, given = world.args.get(name, (READERS.get(door.get("GET", ""), "employer"), None))
        if "GET" not in door:
            continue
        url = address(name, given)
        plain, odd = clients[kind].get(url), clients[kind].get(url, {"no_such_filter": "1"})
        told = odd.json().get("errors", {}) if odd.status_code == 400 else {}
        if plain.status_code < 300 and "no_such_filter" not in told:
            wrong[name] = (plain.status_code, odd.status_code)
    assert wrong == {}


def test_an_expired_key_opens_no_door(world: World) -> None:
    person = world.buyer
    client = machine(person, every=True)
    with clocks.freeze(NOON + timedelta(days=400)):
        open_ = {
            (name, method): status
            for name, method, _scope in walk()
            if (status := call(client, method, address(name))) != 401
        }
    assert open_ == {}
