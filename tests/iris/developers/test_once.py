"""Idempotency-Key: one effect, the same bytes, and a refusal for another request under the same key."""

import base64
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from rest_framework.test import APIClient

from iris.core import clocks
from iris.core.drf import once
from iris.core.models import KeptAnswer
from supplychain.lookups.models import Lookup
from tests.factories import accounts
from tests.iris.developers.conftest import client_for

LOOKUPS = "/api/v1/lookups/"
KEY = {"Idempotency-Key": "9f3c-1"}


def _post(client: APIClient, text: str = "Kalimaru", key: dict[str, str] = KEY) -> Any:
    return client.post(LOOKUPS, {"text": text}, format="json", headers=key)


@pytest.mark.django_db
def test_the_same_request_again_gives_the_same_bytes_and_one_effect(client_with: Any) -> None:
    client = client_with("read:lookups")
    first, second = _post(client), _post(client)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert first["Content-Type"] == second["Content-Type"]
    assert (first.headers.get("Idempotency-Replayed"), second["Idempotency-Replayed"]) == (None, "true")
    assert Lookup.objects.count() == 1


@pytest.mark.django_db
def test_an_answer_is_kept_sealed(client_with: Any, settings: Any) -> None:
    """Answers hold secrets that are shown once, and a dump of the database is no place for them."""
    client = client_with("read:lookups")
    first = _post(client)
    kept = bytes(KeptAnswer.objects.get().body)
    assert first.json()["id"].encode() not in kept
    assert base64.b64encode(first.content)[:40] not in kept
    settings.IRIS_VAULT_KEYS = ["another key of this server, long enough"]
    again = _post(client)
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    assert Lookup.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("limit", ["MOST_KEPT", "MOST_PACKED"])
def test_an_answer_too_long_to_keep_is_told_and_never_given_again(
    limit: str, client_with: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_with("read:lookups")
    monkeypatch.setattr(once, limit, 200)
    first, again = _post(client), _post(client)
    assert (first.status_code, again.status_code) == (201, 409)
    assert len(first.content) > 200
    assert again["Content-Type"] == "application/problem+json"
    assert "too long to keep" in again.json()["title"] + again.json().get("detail", "")
    assert bytes(KeptAnswer.objects.get().body) == b""
    assert Lookup.objects.count() == 1
    other = _post(client, "Another name")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.django_db
def test_an_answer_is_kept_packed_and_one_of_before_is_still_read(client_with: Any) -> None:
    client = client_with("read:lookups")
    first = _post(client)
    row = KeptAnswer.objects.get()
    assert len(bytes(row.body)) < 0.8 * len(once._vault.seal(base64.b64encode(first.content).decode()))
    row.body = once._vault.seal(base64.b64encode(b'{"as":"before"}').decode())
    row.save()
    assert _post(client).json() == {"as": "before"}


@pytest.mark.django_db
def test_without_a_key_each_request_has_its_effect(client_with: Any) -> None:
    client = client_with("read:lookups")
    assert _post(client, key={}).content != _post(client, key={}).content
    assert Lookup.objects.count() == 2
    assert not KeptAnswer.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["body", "space", "query"])
def test_another_request_with_the_key_is_refused(change: str, client_with: Any) -> None:
    client = client_with("read:lookups")
    _post(client)
    path = LOOKUPS + ("?x=1" if change == "query" else "")
    body = {"body": b'{"text":"Other"}', "space": b'{"text": "Kalimaru"}'}.get(change, b'{"text":"Kalimaru"}')
    answer = client.post(path, body, content_type="application/json", headers=KEY)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert Lookup.objects.count() == 1


@pytest.mark.django_db
def test_the_key_of_one_client_is_not_that_of_another(client_with: Any) -> None:
    _post(client_with("read:lookups"))
    assert _post(client_with("read:lookups"), "Another").status_code == 201
    assert Lookup.objects.count() == 2


@pytest.mark.django_db
def test_a_refusal_is_kept_too_and_leaves_nothing_behind(client_with: Any) -> None:
    client = client_with("read:lookups")
    first = client.post(LOOKUPS, {"text": "Kalimaru", "destination": "QA"}, format="json", headers=KEY)
    again = client.post(LOOKUPS, {"text": "Kalimaru", "destination": "QA"}, format="json", headers=KEY)
    assert (first.status_code, first.content) == (422, again.content)
    assert again["Idempotency-Replayed"] == "true"
    assert not Lookup.objects.exists()


@pytest.mark.django_db
def test_a_fault_of_ours_is_not_kept(client_with: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_with("read:lookups")
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("supplychain.lookups.selectors.snapshot_of", lambda _row: 1 / 0)
        assert _post(client).status_code == 500
    assert not Lookup.objects.exists()  # it was written before the fault, and went with it
    assert _post(client).status_code == 201
    assert Lookup.objects.count() == 1


@pytest.mark.django_db
def test_after_a_day_the_key_is_free(client_with: Any) -> None:
    client = client_with("read:lookups")
    start = clocks.now()
    _post(client)
    with clocks.freeze(start + timedelta(hours=23, minutes=59)):
        assert _post(client)["Idempotency-Replayed"] == "true"
        assert once.forget() == 0
    with clocks.freeze(start + timedelta(hours=24)):
        assert _post(client, "Other").status_code == 201
    with clocks.freeze(start + timedelta(hours=48)):
        assert once.forget() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x" * 256, "two words", "naïve"])
def test_what_is_no_key_is_refused(key: str, client_with: Any) -> None:
    answer = client_with("read:lookups").post(LOOKUPS, {"text": "a"}, format="json", HTTP_IDEMPOTENCY_KEY=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_invalid")


@pytest.mark.django_db
def test_of_a_form_the_boundary_does_not_count(client_with: Any) -> None:
    client = client_with("read:lookups")
    answers = []
    for boundary in ("one", "two"):
        lines = (f"--{boundary}", 'Content-Disposition: form-data; name="file"; filename="a.csv"', "")
        body = "\r\n".join((*lines, "name\nKalimaru\n", f"--{boundary}--", ""))
        kind = f"multipart/form-data; boundary={boundary}"
        answers.append(client.generic("POST", "/api/v1/screenings/", body, content_type=kind, headers=KEY))
    assert (answers[0].status_code, answers[0].content) == (201, answers[1].content)
    assert answers[1]["Idempotency-Replayed"] == "true"


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_have_one_effect_and_one_answer() -> None:
    """T12. Threads and connections of their own: the index of PostgreSQL decides who is first."""
    first = client_for(accounts.person("employer", "sourcing_manager"), "read:lookups")
    head = dict(first._credentials)
    gate = threading.Barrier(20)

    def one(_number: int) -> tuple[int, bytes, str]:
        client = APIClient()
        client.credentials(**head)
        gate.wait()
        try:
            answer = _post(client)
            return answer.status_code, answer.content, answer.headers.get("Idempotency-Replayed", "")
        finally:
            connection.close()

    with clocks.freeze(clocks.now()), ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(one, range(100)))
    assert {(status, body) for status, body, _again in answers} == {(201, answers[0][1])}
    assert Counter(again for _status, _body, again in answers) == {"true": 99, "": 1}
    assert Lookup.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_request_whose_first_is_not_done_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_for(accounts.person("employer", "sourcing_manager"), "read:lookups")
    monkeypatch.setattr(once, "WAIT_SECONDS", 0.05)
    claimed, done = threading.Event(), threading.Event()

    def first() -> None:
        with transaction.atomic():
            once._claim(client.key.pk, KEY["Idempotency-Key"], "0" * 64)  # type: ignore[attr-defined]
            claimed.set()
            done.wait(20)
            transaction.set_rollback(True)
        connection.close()

    other = threading.Thread(target=first)
    other.start()
    assert claimed.wait(20)
    try:
        answer = _post(client)
    finally:
        done.set()
        other.join()
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_in_flight")
    assert int(answer["Retry-After"]) >= 1
    assert _post(client).status_code == 201  # the first failed: the key is free
