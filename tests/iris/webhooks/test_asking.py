"""What an endpoint asks for, on its page: events, watches; what a developer may ask."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from iris.accounts.models import User
from iris.core import outbox, outgoing
from iris.core.errors import BadInput
from iris.developers import services as developers
from iris.webhooks import selectors, services
from iris.webhooks.models import Delivery, Endpoint
from tests.factories import accounts
from tests.factories.machines import machine

pytestmark = pytest.mark.django_db
URL = "https://hooks.example.org/in"
OURS, SECOND = uuid4(), uuid4()


@pytest.fixture(autouse=True)
def _outside(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.IRIS_OUTGOING_RESOLVER = lambda _host: ["93.184.215.14"]
    monkeypatch.setattr(outgoing, "post", lambda *_told: outgoing.Answer(503, b"", 7))


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


@pytest.fixture
def two_watches(buyer: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A room above that names two watches to this buyer, and none to others."""

    def named(user: User) -> list[tuple[UUID, str]]:
        return [(OURS, "Recruiters of the plant"), (SECOND, "Corridor")] if user == buyer else []

    monkeypatch.setattr(selectors, "_watches", [named])
    return


def _page(row: Endpoint) -> str:
    return f"/organisation/webhooks/{row.pk}/"


def test_new_endpoint_hears_of_the_watches_chosen_on_the_page(
    buyer: User, two_watches: None, client: Client
) -> None:
    client.force_login(buyer)
    assert b"Recruiters of the plant" in client.get("/organisation/webhooks/").content
    client.post("/organisation/webhooks/", {"name": "Ours", "url": URL, "watches": [str(OURS)]})
    row = Endpoint.objects.get()
    assert row.watches == [OURS]
    for watch in (OURS, SECOND):
        services.publish(
            organisation=row.organisation, topic="watch.changed", data={}, key=str(watch), watch=watch
        )
    assert [one.key for one in Delivery.objects.all()] == [str(OURS)]
    assert b"Recruiters of the plant" in client.get(_page(row)).content


def test_watch_of_somebody_else_cannot_be_chosen(buyer: User, two_watches: None, client: Client) -> None:
    client.force_login(buyer)
    answer = client.post("/organisation/webhooks/", {"name": "Ours", "url": URL, "watches": [str(uuid4())]})
    assert answer.status_code == 422
    assert not Endpoint.objects.exists()


def test_api_takes_no_watch_but_ones_own_and_tells_nothing_of_others(
    buyer: User, two_watches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The id of somebody else's running watch, of a watch that ended, and of none at all: one answer for all."""
    theirs = uuid4()
    named = selectors._watches[0]
    monkeypatch.setattr(
        selectors, "_watches", [lambda user: named(user) if user == buyer else [(theirs, "Of others")]]
    )
    client = machine(buyer, "read:webhooks", "write:webhooks")
    told = []
    for one in (theirs, uuid4()):
        body = {"name": "Ours", "url": URL, "watches": [str(OURS), str(one)]}
        answer = client.post("/api/v1/webhooks/", body, format="json")
        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["watches"])
        told.append(answer.json())
    assert told[0] == told[1]
    assert str(theirs) not in str(told)
    assert not Endpoint.objects.exists()
    body = {"name": "Ours", "url": URL, "watches": [str(OURS), str(OURS)]}
    made = client.post("/api/v1/webhooks/", body, format="json").json()
    assert made["watches"] == [str(OURS)]
    address = f"/api/v1/webhooks/{made['id']}/"
    assert client.patch(address, {"watches": [str(theirs)]}, format="json").status_code == 422
    assert client.patch(address, {"watches": [str(SECOND)]}, format="json").json()["watches"] == [str(SECOND)]


def test_watch_that_ended_stays_chosen_until_it_is_taken_off(
    buyer: User, two_watches: None, client: Client
) -> None:
    gone = uuid4()
    row, _secret = services.add_endpoint(actor=buyer, name="Ours", url=URL, watches=[OURS])
    Endpoint.objects.filter(pk=row.pk).update(watches=[gone, OURS])
    client.force_login(buyer)
    assert b"A watch that has ended" in client.get(_page(row) + "change/").content
    client.post(_page(row) + "change/", {"name": "Ours", "watches": [str(gone), str(SECOND)]})
    assert set(Endpoint.objects.get().watches) == {gone, SECOND}
    client.post(_page(row) + "change/", {"name": "Ours"})
    assert Endpoint.objects.get().watches == []


def test_watches_stay_as_they_are_where_nobody_names_any(buyer: User, client: Client) -> None:
    row, _secret = services.add_endpoint(actor=buyer, name="Ours", url=URL)
    client.force_login(buyer)
    assert b'name="watches"' not in client.get(_page(row) + "change/").content
    client.post(_page(row) + "change/", {"name": "Renamed", "topics": ["certificate.*"]})
    row = Endpoint.objects.get()
    assert (row.name, row.topics, row.watches) == ("Renamed", ["certificate.*"], [])


def _developer() -> User:
    user = accounts.person()
    made = developers.sign_up(actor=user, name="Paper Boat Software", country="NP")
    user.forget_acting()
    user.acting = user.memberships.get(organisation=made)
    return user


def test_developer_adds_an_endpoint_on_the_page_and_must_name_an_event(client: Client) -> None:
    user = _developer()
    client.force_login(user)
    page = client.get("/organisation/webhooks/").content.decode()
    assert 'value="certificate.*"' in page
    assert 'value="watch.changed"' not in page
    refused = client.post("/organisation/webhooks/", {"name": "Staging", "url": URL})
    assert refused.status_code == 422
    assert b"Choose at least one event." in refused.content
    with pytest.raises(BadInput):
        services.add_endpoint(actor=user, name="Staging", url=URL)
    made = client.post(
        "/organisation/webhooks/", {"name": "Staging", "url": URL, "topics": ["certificate.suspended"]}
    )
    assert b"whsec_" in made.content
    with pytest.raises(BadInput):
        services.change_endpoint(
            endpoint_id=Endpoint.objects.get().pk, actor=user, name="Staging", topics=[], watches=[]
        )


def test_page_of_a_message_tells_every_try_and_is_its_owners_alone(buyer: User, client: Client) -> None:
    row, _secret = services.add_endpoint(actor=buyer, name="Ours", url=URL)
    message = services.ping(endpoint_id=row.pk, actor=buyer)
    outbox.run_all()
    path = f"{_page(row)}messages/{message.pk}/"
    client.force_login(buyer)
    text = client.get(path).content.decode()
    assert message.message_id in text
    assert "503" in text
    assert "7 ms" in text
    assert "webhook.ping" in text
    client.force_login(accounts.person("employer", "sourcing_manager"))
    assert client.get(path).status_code == 404
    other, _secret = services.add_endpoint(actor=buyer, name="Second", url=URL)
    client.force_login(buyer)
    assert client.get(f"{_page(other)}messages/{message.pk}/").status_code == 404
