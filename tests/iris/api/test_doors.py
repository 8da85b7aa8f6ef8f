"""Every route of the API, walked: without a key, without the scope, and by another organisation of each kind."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.urls import get_resolver, reverse
from rest_framework.test import APIClient

from iris.accounts.states import ApiScope
from iris.core.endpoints import scope_of
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
        made_up = {"UUIDConverter": NOBODY, "IntConverter": 1, "StringConverter": "nothing"}
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
    owners = {"employer": world.buyer, "agency": world.speaker, "audit_firm": world.lead}
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
    clients = [machine(person, every=True) for person in (world.buyer, world.speaker, world.lead)]
    for client in clients:
        for name, door in doors.MINE.items():
            if "GET" in door and name not in COSTLY:
                with django_assert_max_num_queries(MOST_QUERIES):
                    client.get(address(name))


MOST_QUERIES = 14
# A year of months, each with what the register said then (bounded in tests/supplychain/coverage).
COSTLY = {"coverage", "risk_recruiters"}
