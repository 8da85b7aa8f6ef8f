"""What speaks of the register says as of when: in the answer itself, and every answer in its head."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from iris.core import clocks
from iris.developers.reference import document
from tests.conftest import NOON
from tests.factories import accounts, certificates
from tests.factories.machines import machine
from tests.iris.api import doors
from tests.iris.api.test_doors import address, routes

pytestmark = pytest.mark.django_db
# By hand: what these say can change with every act on the register. `verify` says it in its own answer.
DATED = {
    *("agencies", "agency", "agency_licences", "certificate", "certificate_revisions", "certificates"),
    *("own_certificates", "register", "register_entry", "statistics"),
}
AT_NOON = "2026-11-21T12:00:00Z"


@pytest.fixture
def world() -> tuple[Any, dict[str, str]]:
    """A client with every scope and the address of each answer about the register."""
    held = certificates.certificate()
    agency, number = {"agency_id": held.agency_id}, {"number": held.number}
    given: dict[str, Any] = {
        **dict.fromkeys(("agency", "agency_licences", "register_entry"), agency),
        **dict.fromkeys(("certificate", "certificate_revisions"), number),
    }
    signatory = accounts.person("agency", "signatory", held.agency.organisation)
    return machine(signatory, every=True), {name: address(name, given.get(name)) for name in DATED}


def test_what_speaks_of_the_register_is_dated() -> None:
    told = {name for name, route in routes().items() if getattr(route.callback.cls, "dated", False)}
    assert told == DATED
    of_register = {name for name, door in doors.OPEN.items() if door.get("GET") == "read:register"}
    own_dates = {"licence_registers", "risk_corridors", "risk_sectors"}  # evidence with dates of its own
    assert of_register - DATED == own_dates


def test_every_answer_says_as_of_when(world: Any) -> None:
    client, addresses = world
    for name, url in addresses.items():
        answer = client.get(url)
        assert (name, answer.status_code, answer["Iris-As-Of"]) == (name, 200, AT_NOON)
        assert next(iter(answer.json().items())) == ("as_of", AT_NOON), name
    for name in ("me", "risk_sectors", "root", "openapi"):
        assert client.get(address(name))["Iris-As-Of"] == AT_NOON
    assert client.get("/api/v1/certificates/nothing/")["Iris-As-Of"] == AT_NOON


def test_what_did_not_change_is_not_sent_again_and_says_when_it_was_looked_at(world: Any) -> None:
    client, addresses = world
    first = client.get(addresses["certificate"])
    with clocks.freeze(NOON + timedelta(minutes=5)):
        again = client.get(addresses["certificate"], headers={"If-None-Match": first["ETag"]})
        whole = client.get(addresses["certificate"])
    assert (again.status_code, again.content, again["Iris-As-Of"]) == (304, b"", "2026-11-21T12:05:00Z")
    assert (whole["ETag"], whole.json()["as_of"]) == (first["ETag"], "2026-11-21T12:05:00Z")
    assert first["ETag"].startswith('W/"')


def test_standing_still_it_speaks_of_the_moment_it_stands_at(world: Any, settings: Any) -> None:
    client, addresses = world
    settings.IRIS_FROZEN_SINCE = (NOON - timedelta(hours=1)).isoformat()
    answer = client.get(addresses["certificates"])
    assert (answer.status_code, answer.json()["as_of"]) == (200, "2026-11-21T11:00:00Z")
    assert answer["Iris-As-Of"] == "2026-11-21T11:00:00Z"


def test_the_document_says_it_too() -> None:
    paths = document()["paths"]
    said = {
        path
        for path, methods in paths.items()
        if "AsOf" in str(methods.get("get", {}).get("responses", {}).get("200", {}).get("content", ""))
    }
    assert len(said) == len(DATED)
    everywhere = [one["get"]["responses"]["200"].get("headers", {}) for one in paths.values() if "get" in one]
    assert all("Iris-As-Of" in heads for heads in everywhere if heads)
