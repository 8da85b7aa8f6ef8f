"""Webhooks: signatures that others can check, retries, a secret replaced without a gap, a log with replay."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from iris.accounts.models import User
from iris.core import clocks, health, outbox, outgoing
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.models import OutboxRow
from iris.webhooks import api, rules, selectors, services
from iris.webhooks.models import Attempt, Delivery, Endpoint, Tally
from iris.webhooks.states import EndpointState
from tests.conftest import NOON
from tests.factories import accounts
from tests.factories.machines import machine
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db
URL = "https://hooks.example.org/in"


class Sink:
    """Stands for the other side: answers with the codes it is given, the last one for ever."""

    def __init__(self) -> None:
        self.codes: list[int] = [200]
        self.got: list[tuple[str, dict[str, str], str]] = []

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> outgoing.Answer:
        self.got.append((url, dict(headers), body.decode()))
        code = self.codes.pop(0) if len(self.codes) > 1 else self.codes[0]
        if code == 0:
            raise outgoing.Unreachable("No whole answer within 15 seconds.")
        return outgoing.Answer(code, b"", 7)


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Sink:
    made = Sink()
    settings.IRIS_OUTGOING_RESOLVER = lambda host: (
        ["93.184.215.14"] if host.endswith(".org") else ["10.0.0.1"]
    )
    monkeypatch.setattr(outgoing, "post", made.post)
    return made


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


@pytest.fixture
def made(buyer: User, sink: Sink) -> tuple[Endpoint, str]:
    return services.add_endpoint(actor=buyer, name="Sourcing system", url=URL)


def publish(buyer: User, key: str = "k1") -> Delivery:
    assert buyer.organisation is not None
    services.publish(organisation=buyer.organisation, topic="watch.changed", data={"n": 1}, key=key)
    return Delivery.objects.get(key=key)


def holds(secret: str, headers: dict[str, str], body: str) -> bool:
    """A receiver's check, written from the text of the standard and sharing no code with the sender."""
    key = base64.b64decode(secret.split("_", 1)[1])
    signed = headers["webhook-id"] + "." + headers["webhook-timestamp"] + "." + body
    want = base64.b64encode(hmac.new(key, signed.encode(), hashlib.sha256).digest()).decode()
    given = [one.split(",", 1) for one in headers["webhook-signature"].split(" ")]
    return any(version == "v1" and hmac.compare_digest(one, want) for version, one in given)


def test_signature_of_the_standards_own_example() -> None:
    """The example of the Standard Webhooks reference libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = '{"test": 2432232314}'
    found = rules.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_message_arrives_signed_and_once(made: Any, buyer: User, sink: Sink) -> None:
    endpoint, secret = made
    row = publish(buyer)
    assert services.publish(organisation=endpoint.organisation, topic="watch.changed", data={}, key="k1") == 0
    outbox.run_all()
    ((url, headers, body),) = sink.got
    assert url == URL
    assert holds(secret, headers, body)
    assert not holds(rules.new_secret(), headers, body)
    assert not holds(secret, headers, body.replace("1", "2"))
    assert headers["webhook-timestamp"] == str(int(NOON.timestamp()))
    assert json.loads(body) == {
        "type": "watch.changed",
        "timestamp": "2026-11-21T12:00:00+00:00",
        "data": {"n": 1},
    }
    row = Delivery.objects.get(pk=row.pk)
    assert (row.status, row.delivered_at) == ("delivered", NOON)
    assert [one.code for one in row.attempts.all()] == [200]


def test_secret_is_sealed_where_it_is_kept(made: Any) -> None:
    endpoint, secret = made
    kept = bytes(Endpoint.objects.values_list("secret", flat=True).get(pk=endpoint.pk))
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret[6:])) == 32
    assert secret.encode() not in kept
    assert secret[6:].encode() not in kept


def test_replaced_secret_and_the_old_one_both_sign_for_a_day(made: Any, buyer: User, sink: Sink) -> None:
    endpoint, old = made
    _row, new = services.replace_secret(endpoint_id=endpoint.pk, actor=buyer)
    publish(buyer)
    outbox.run_all()
    _url, headers, body = sink.got[0]
    assert holds(old, headers, body)
    assert holds(new, headers, body)
    with clocks.freeze(NOON + timedelta(hours=24)):
        publish(buyer, "k2")
        outbox.run_all()
    _url, headers, body = sink.got[1]
    assert holds(new, headers, body)
    assert not holds(old, headers, body)


def test_secret_replaced_twice_leaves_the_one_in_use_signing(made: Any, buyer: User, sink: Sink) -> None:
    """A page pressed or loaded twice: the receiver still checks with the first secret."""
    endpoint, first = made
    _row, second = services.replace_secret(endpoint_id=endpoint.pk, actor=buyer)
    _row, third = services.replace_secret(endpoint_id=endpoint.pk, actor=buyer)
    publish(buyer)
    outbox.run_all()
    _url, headers, body = sink.got[0]
    assert [holds(one, headers, body) for one in (first, second, third)] == [True, True, True]
    _row, fourth = services.replace_secret(endpoint_id=endpoint.pk, actor=buyer)
    publish(buyer, "k2")
    outbox.run_all()
    _url, headers, body = sink.got[1]
    assert [holds(one, headers, body) for one in (first, second, third, fourth)] == [False, True, True, True]


def test_message_that_lost_its_job_is_sent_all_the_same(made: Any, buyer: User, sink: Sink) -> None:
    row = publish(buyer)
    OutboxRow.objects.update(status="failed")  # given up after eight tries, or deleted by hand
    with clocks.freeze(NOON + timedelta(minutes=4)):
        assert services.send_stranded() == 0
    with clocks.freeze(NOON + timedelta(minutes=6)):
        assert services.send_stranded() == 1
        assert services.send_stranded() == 0  # it is on its way
        outbox.run_all()
    row.refresh_from_db()
    assert (row.status, len(sink.got)) == ("delivered", 1)


def test_fault_of_ours_is_a_failed_try_and_not_the_end(
    made: Any, buyer: User, sink: Sink, settings: Any
) -> None:
    row = publish(buyer)
    keys = settings.IRIS_VAULT_KEYS
    settings.IRIS_VAULT_KEYS = ["another key of this server, long enough"]
    outbox.run_all()
    row.refresh_from_db()
    assert (row.status, row.failures) == ("waiting", 1)
    assert "fault on our side (VaultClosed)" in Attempt.objects.get().error
    settings.IRIS_VAULT_KEYS = keys
    with clocks.freeze(NOON + timedelta(seconds=6)):
        outbox.run_all()
    row.refresh_from_db()
    assert row.status == "delivered"


def test_messages_wait_in_a_queue_of_their_own_and_ready_says_when_nobody_takes_them(
    made: Any, buyer: User, sink: Sink
) -> None:
    """A receiver that lets calls hang would hold every worker: a suspension has to be out within a minute."""
    sink.codes = [500]
    publish(buyer)
    outbox.run_all()
    assert set(OutboxRow.objects.filter(job="webhooks.send").values_list("queue", flat=True)) == {"webhooks"}
    assert selectors.part_of_ready() == ""
    with clocks.freeze(NOON + timedelta(minutes=16)):
        assert selectors.part_of_ready() == "webhooks.send"
    assert selectors.part_of_ready in health._checks


def test_one_test_message_at_a_time(made: Any, buyer: User, sink: Sink) -> None:
    """Each waits up to 15 s for the other side: a thousand of them would keep everybody's messages waiting."""
    endpoint, _secret = made
    services.ping(endpoint_id=endpoint.pk, actor=buyer)
    with pytest.raises(Conflict, match="on its way"):
        services.ping(endpoint_id=endpoint.pk, actor=buyer)
    outbox.run_all()
    services.ping(endpoint_id=endpoint.pk, actor=buyer)


def test_two_who_change_an_endpoint_at_once_keep_both_changes(
    made: Any, buyer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint, _secret = made
    real = api.OneEndpoint.mine

    def slowly(view: Any, endpoint_id: Any) -> Endpoint:
        row = real(view, endpoint_id)
        services.change_endpoint(endpoint_id=row.pk, actor=buyer, topics=["certificate.suspended"])
        return row

    monkeypatch.setattr(api.OneEndpoint, "mine", slowly)
    answer = machine(buyer, "write:webhooks").patch(
        f"/api/v1/webhooks/{endpoint.pk}/", {"name": "Renamed"}, format="json"
    )
    assert (answer.json()["name"], answer.json()["topics"]) == ("Renamed", ["certificate.suspended"])


def test_failures_are_tried_again_by_the_schedule_under_the_same_id(
    made: Any, buyer: User, sink: Sink
) -> None:
    sink.codes = [500, 0, 301, 204]
    row = publish(buyer)
    now = NOON
    for pause in (0, 5, 300, 1800):
        now += timedelta(seconds=pause)
        if pause:
            with clocks.freeze(now - timedelta(seconds=1)):
                outbox.run_all()  # not its turn yet
        with clocks.freeze(now):
            outbox.run_all()
    row = Delivery.objects.get(pk=row.pk)
    assert (row.status, row.failures) == ("delivered", 3)
    assert [one.code for one in row.attempts.all()] == [500, None, 301, 204]
    assert len({headers["webhook-id"] for _url, headers, _body in sink.got}) == 1
    assert len({headers["webhook-timestamp"] for _url, headers, _body in sink.got}) == 4
    assert Endpoint.objects.get().failing_since is None


def test_worker_killed_after_sending_sends_again_and_loses_nothing(
    made: Any, buyer: User, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = publish(buyer)
    job = OutboxRow.objects.get(job="webhooks.send")

    def die(*_args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(services, "_note", die)
        with pytest.raises(KeyboardInterrupt):
            outbox.run(job.pk)
    assert Delivery.objects.get(pk=row.pk).status == "waiting"
    with clocks.freeze(NOON + timedelta(minutes=7)):  # the lease of the dead worker is over
        assert outbox.run(job.pk)
        assert not outbox.run(job.pk)
    assert Delivery.objects.get(pk=row.pk).status == "delivered"
    assert len(sink.got) == 2
    assert len({headers["webhook-id"] for _url, headers, _body in sink.got}) == 1


def test_job_that_runs_twice_sends_once(made: Any, buyer: User, sink: Sink) -> None:
    row = publish(buyer)
    outbox.run_all()
    assert services.send(delivery_id=row.pk, failures=0) is False
    assert len(sink.got) == 1


def test_message_is_given_up_and_the_endpoint_switched_off_with_an_email(
    made: Any, buyer: User, sink: Sink
) -> None:
    sink.codes = [503]
    row = publish(buyer)
    now = NOON
    for pause in (timedelta(0), *rules.PAUSES):
        now += pause
        with clocks.freeze(now):
            outbox.run_all()
    row = Delivery.objects.get(pk=row.pk)
    assert (row.status, row.failures) == ("given_up", 10)
    assert Endpoint.objects.get().state == "active"  # three days and a bit
    with clocks.freeze(NOON + timedelta(days=5, minutes=1)):
        publish(buyer, "k2")
        outbox.run_all()
    assert Endpoint.objects.get().state == "broken"
    assert [one.to for one in mail.outbox if "is switched off" in one.subject] == [[buyer.email]]
    assert services.publish(organisation=made[0].organisation, topic="t", data={}, key="k3") == 0


def test_replay_sends_again_under_its_id(made: Any, buyer: User, sink: Sink) -> None:
    row = publish(buyer)
    outbox.run_all()
    services.replay(delivery_id=row.pk, actor=buyer)
    outbox.run_all()
    assert [headers["webhook-id"] for _url, headers, _body in sink.got] == [row.message_id] * 2


def test_address_into_a_private_network_is_refused_when_added(buyer: User, sink: Sink) -> None:
    with pytest.raises(BadInput) as refused:
        services.add_endpoint(actor=buyer, name="x", url="https://hooks.internal.example/in")
    assert "private network" in str(refused.value.fields["url"][0])
    assert not Endpoint.objects.exists()


def test_address_that_moved_into_a_private_network_is_not_called(
    made: Any, buyer: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    settings.IRIS_OUTGOING_RESOLVER = lambda _host: ["169.254.169.254"]
    row = publish(buyer)
    outbox.run_all()
    (attempt,) = Attempt.objects.filter(delivery=row)
    assert "private network" in attempt.error


def test_pages_add_show_the_secret_once_ping_and_log(buyer: User, sink: Sink, client: Any) -> None:
    client.force_login(buyer)
    answer = client.post("/organisation/webhooks/", {"name": "Ours", "url": URL})
    assert b"whsec_" in answer.content
    assert "no-store" in answer["Cache-Control"]
    endpoint = Endpoint.objects.get()
    page = f"/organisation/webhooks/{endpoint.pk}/"
    client.post(page + "ping/")
    outbox.run_all()
    said = client.get(page).content.decode()
    assert "webhook.ping" in said
    assert "200" in said
    assert "whsec_" not in said
    delivery = Delivery.objects.get()
    client.post(f"{page}messages/{delivery.pk}/replay/")
    outbox.run_all()
    assert delivery.attempts.count() == 2
    refused = client.post("/organisation/webhooks/", {"name": "Bad", "url": "http://hooks.example.org/"})
    assert refused.status_code == 422
    assert b"Only https is called" in refused.content


def test_others_meet_404(made: Any, client: Any) -> None:
    page = f"/organisation/webhooks/{made[0].pk}/"
    for person in (
        accounts.person("employer", "sourcing_manager"),
        accounts.person("scheme", "scheme_manager"),
        accounts.person("agency", "signatory"),
    ):
        client.force_login(person)
        assert client.get(page).status_code == 404
        for act in ("ping", "secret", "pause", "remove"):
            assert client.post(f"{page}{act}/").status_code == 404
        assert not selectors.endpoints_visible_to(person).exists()


PEOPLE = {
    "manager": lambda row: accounts.person(role="sourcing_manager", organisation=row.organisation),
    "viewer": lambda row: accounts.person(role="sourcing_viewer", organisation=row.organisation),
    "stranger": lambda _row: accounts.person("employer", "sourcing_manager"),
    "scheme": lambda _row: accounts.person("scheme", "scheme_manager"),
}
ACTS = {
    name: lambda row, who, name=name: services.switch(endpoint_id=row.pk, actor=who, act_name=name)
    for name in ("pause", "resume", "remove")
}
ALLOWED = {
    (state, act, "manager")
    for state, acts in {
        "active": ("pause", "remove"),
        "paused": ("resume", "remove"),
        "broken": ("resume", "remove"),
    }.items()
    for act in acts
}


def test_every_state_act_and_role(buyer: User, sink: Sink) -> None:
    from django.db import transaction

    from iris.core.events import SYSTEM
    from iris.core.fsm import act

    def make(state: str) -> Endpoint:
        row, _secret = services.add_endpoint(actor=buyer, name=state, url=URL)
        if state == "broken":
            with transaction.atomic():
                act(row.give_up, actor=SYSTEM)
        elif state != "active":
            words = {"paused": "pause", "removed": "remove"}
            services.switch(endpoint_id=row.pk, actor=buyer, act_name=words[state])
        return Endpoint.objects.get(pk=row.pk)

    count, wrong = wrong_rows(make, EndpointState.values, ACTS, PEOPLE, ALLOWED)
    assert (count, wrong) == (4 * 3 * 4, [])


def test_database_lets_only_declared_moves_through(made: Any) -> None:
    assert moves_let_through(made[0], EndpointState.values) == {"paused", "broken"}


def test_viewer_adds_nothing(made: Any, sink: Sink) -> None:
    viewer = accounts.person(role="sourcing_viewer", organisation=made[0].organisation)
    with pytest.raises(NotPermitted):
        services.add_endpoint(actor=viewer, name="x", url=URL)


def old_message(buyer: User, key: str, days: int, sink: Sink) -> Delivery:
    """Written, tried and done so many days ago."""
    with clocks.freeze(NOON - timedelta(days=days)):
        row = publish(buyer, key)
        outbox.run_all()
    return row


def test_messages_are_forgotten_after_their_days_and_their_counts_stay(
    made: Any, buyer: User, sink: Sink
) -> None:
    endpoint, _secret = made
    Endpoint.objects.filter(pk=endpoint.pk).update(created_at=NOON - timedelta(days=400))
    oldest = old_message(buyer, "oldest", 200, sink)
    older = old_message(buyer, "older", 91, sink)
    kept = old_message(buyer, "kept", 89, sink)
    sink.codes = [503]
    waiting = old_message(buyer, "waiting", 300, sink)
    assert Delivery.objects.get(pk=waiting.pk).status == "waiting"
    assert services.forget_old(most=1) == 1, "in portions, the oldest first"
    assert not Delivery.objects.filter(pk=oldest.pk).exists()
    assert (services.forget_old(), services.forget_old()) == (1, 0)
    assert set(Delivery.objects.values_list("pk", flat=True)) == {kept.pk, waiting.pk}
    assert set(Attempt.objects.values_list("delivery", flat=True)) == {kept.pk, waiting.pk}
    (tally,) = Tally.objects.all()
    assert (tally.topic, tally.status, tally.messages, tally.tries) == ("watch.changed", "delivered", 2, 2)
    assert tally.last_at == Delivery(created_at=NOON - timedelta(days=91)).created_at
    assert older.endpoint_id == tally.endpoint_id


def test_tries_cannot_be_dropped_before_their_day_or_otherwise(made: Any, buyer: User, sink: Sink) -> None:
    young, old = old_message(buyer, "young", 1, sink), old_message(buyer, "old", 91, sink)
    for statement, keys in (
        ("SELECT iris_webhooks_forget_tries(%s)", [young.pk]),
        ("DELETE FROM iris_webhooks_attempt WHERE delivery_id = ANY(%s)", [old.pk]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as sql:
            sql.execute(statement, [keys])
    with connection.cursor() as sql:
        sql.execute("SELECT iris_webhooks_forget_tries(%s)", [[old.pk]])
        assert sql.fetchone() == (1,)
    with pytest.raises(DatabaseError), transaction.atomic():
        Attempt.objects.filter(delivery=young).delete()
