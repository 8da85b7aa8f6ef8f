"""Webhooks by machine, filters, the register's events, and the ends of an endpoint."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from certification.opendata import services as opendata
from iris.accounts.models import User
from iris.core import clocks, events, outbox
from iris.webhooks import examples, rules, selectors, services
from iris.webhooks.models import Delivery, Endpoint
from tests.factories import accounts, agencies
from tests.factories import certificates as factory
from tests.factories.machines import machine
from tests.iris.webhooks.test_webhooks import URL, Sink, sink  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
BASE = "/api/v1/webhooks/"


class Machine:
    """A client with a key."""

    def __init__(self, user: User, scopes: tuple[str, ...] = ("read:webhooks", "write:webhooks")) -> None:
        self.client = machine(user, *scopes)

    def __call__(self, verb: str, path: str = BASE, body: Any = None) -> Any:
        return self.client.generic(
            verb, path, json.dumps(body) if body is not None else "", content_type="application/json"
        )


@pytest.fixture
def buyer(sink: Sink) -> User:  # noqa: F811
    return accounts.person("employer", "sourcing_manager")


def test_a_life_by_machine(buyer: User, sink: Sink) -> None:  # noqa: F811
    hub = Machine(buyer)
    made = hub("POST", body={"name": "Hub", "url": URL, "topics": ["certificate.suspended"]})
    assert made.status_code == 201, made.content
    told = made.json()
    assert told["secret"].startswith("whsec_")
    one = f"{BASE}{told['id']}/"
    assert "secret" not in hub("GET", one).json()
    assert [row["id"] for row in hub("GET").json()["results"]] == [told["id"]]
    changed = hub("PATCH", one, {"topics": ["certificate.*", "watch.changed"]})
    assert changed.json()["topics"] == ["certificate.*", "watch.changed"]
    assert hub("POST", one + "secret/").json()["secret"] != told["secret"]
    sent = hub("POST", one + "ping/")
    assert sent.status_code == 202
    outbox.run_all()
    (row,) = hub("GET", one + "messages/?status=delivered").json()["results"]
    assert (row["topic"], row["last_code"]) == ("webhook.ping", 200)
    again = hub("POST", f"{one}messages/{row['id']}/replay/")
    assert again.json()["message_id"] == row["message_id"]
    outbox.run_all()
    assert len(sink.got) == 2
    assert hub("POST", one + "pause/").json()["state"] == "paused"
    assert hub("POST", one + "ping/").status_code == 409
    assert hub("POST", one + "resume/").json()["state"] == "active"
    assert hub("DELETE", one).status_code == 204
    assert hub("GET", one).status_code == 404


def test_wrong_input_is_named(buyer: User) -> None:
    hub = Machine(buyer)
    for body, field in (
        ({"name": "x", "url": "https://localhost/in"}, "url"),
        ({"name": "x", "url": "http://hooks.example.org/in"}, "url"),
        ({"name": "x", "url": "https://10.0.0.1/in"}, "url"),
        ({"name": "x", "url": URL, "topics": ["certificate.exploded"]}, "topics"),
        ({"name": "x", "url": URL, "topics": ["watch.changed"] * 21}, "topics"),
        ({"name": "x", "url": URL, "watches": ["1"]}, "watches"),
        ({"name": "x", "url": URL, "secret": "mine"}, "secret"),
        ({"url": URL}, "name"),
    ):
        answer = hub("POST", body=body)
        assert answer.status_code in (400, 422), body
        assert answer["Content-Type"].startswith("application/problem+json")
        assert field in answer.json()["errors"]
    assert Endpoint.objects.count() == 0


def test_others_do_not_exist_and_scopes_count(buyer: User) -> None:
    row, _secret = services.add_endpoint(actor=buyer, name="Hub", url=URL)
    other = Machine(accounts.person("employer", "sourcing_manager"))
    one = f"{BASE}{row.pk}/"
    for verb, path in (
        ("GET", one),
        ("PATCH", one),
        ("DELETE", one),
        ("POST", one + "ping/"),
        ("POST", one + "secret/"),
        ("POST", one + "pause/"),
        ("GET", one + "messages/"),
    ):
        assert other(verb, path, {} if verb in ("PATCH", "POST") else None).status_code == 404, path
    reader = Machine(buyer, ("read:webhooks",))
    assert reader("GET", one).status_code == 200
    assert reader("POST", body={"name": "x", "url": URL}).status_code == 403
    assert Machine(buyer, ("read:watches",))("GET").status_code == 403
    assert Client().get(BASE).status_code in (401, 403)


def test_who_hears_of_an_act_on_the_register(buyer: User, sink: Sink) -> None:  # noqa: F811
    row = factory.certificate()
    own = agencies.signatory(row.agency)
    rival = agencies.signatory(factory.certificate().agency)
    services.add_endpoint(actor=buyer, name="all", url=URL + "/all", topics=["certificate.*"])
    services.add_endpoint(actor=buyer, name="one", url=URL + "/one", topics=["certificate.withdrawn"])
    services.add_endpoint(actor=buyer, name="none", url=URL + "/none")
    services.add_endpoint(actor=own, name="own", url=URL + "/own")
    services.add_endpoint(actor=rival, name="rival", url=URL + "/rival", topics=["certificate.*"])
    with clocks.freeze(clocks.now().replace(hour=13)):
        factory.suspend(factory.latest(row))
        events.sequence()
        opendata.sequence()
        outbox.run_all()
    heard = {url.removeprefix(URL): json.loads(body) for url, _headers, body in sink.got}
    assert set(heard) == {"/all", "/own"}  # what happened before an endpoint was added is not sent to it
    told = heard["/all"]
    assert told["type"] == "certificate.suspended"
    assert told["data"]["certificate"] == row.number
    assert told["data"]["state"] == "suspended"
    assert set(json.loads(examples.MESSAGE)["data"]) == set(
        told["data"]
    )  # what the guide shows is what comes
    assert opendata.announce(index=told["data"]["log_index"]) == 0


def test_only_the_watches_that_were_asked_for(buyer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from uuid import uuid4

    wanted, other = uuid4(), uuid4()
    monkeypatch.setattr(selectors, "_watches", [lambda _user: [(wanted, "Plant")]])
    services.add_endpoint(actor=buyer, name="x", url=URL, watches=[wanted])
    assert buyer.organisation is not None
    tell = {"organisation": buyer.organisation, "topic": "watch.changed", "data": {}}
    assert services.publish(**tell, key="a", watch=wanted) == 1
    assert services.publish(**tell, key="b", watch=other) == 0


def test_gone_switches_off_at_once_and_says_so(buyer: User, sink: Sink) -> None:  # noqa: F811
    row, _secret = services.add_endpoint(actor=buyer, name="Hub", url=URL)
    sink.codes = [410]
    services.ping(endpoint_id=row.pk, actor=buyer)
    outbox.run_all()
    assert Endpoint.objects.get(pk=row.pk).state == "broken"
    assert Delivery.objects.get().status == "given_up"
    assert buyer.email in {to for one in mail.outbox for to in one.to}


def test_a_message_stays_below_twenty_kilobytes(buyer: User) -> None:
    services.add_endpoint(actor=buyer, name="x", url=URL)
    assert buyer.organisation is not None
    data = {"watch": "w", "changes": ["x" * 1000] * 30}
    services.publish(organisation=buyer.organisation, topic="watch.changed", data=data, key="big")
    body = Delivery.objects.get().body
    assert len(body.encode()) < rules.MOST_BYTES
    assert json.loads(body)["data"] == {"watch": "w", "shortened": True}


def test_what_it_asks_for_is_changed_on_its_page(buyer: User, client: Client) -> None:
    row, _secret = services.add_endpoint(actor=buyer, name="Hub", url=URL)
    client.force_login(buyer)
    page = f"/organisation/webhooks/{row.pk}/change/"
    assert "certificate.suspended" in client.get(page).content.decode()
    client.post(page, {"name": "Hub 2", "topics": ["certificate.suspended"]})
    row = Endpoint.objects.get(pk=row.pk)
    assert (row.name, row.topics) == ("Hub 2", ["certificate.suspended"])
    assert client.post(page, {"name": "Hub", "topics": ["nonsense.*"]}).status_code == 422
