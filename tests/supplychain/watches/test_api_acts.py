"""Watches by machine: change, pause, resume, end, and the notices in words (R71)."""

from typing import Any

import pytest

from iris.accounts.models import User
from supplychain.watches import api, services
from supplychain.watches.models import Watch
from tests.factories import accounts
from tests.factories.machines import Machine, machine

pytestmark = pytest.mark.django_db
URL = "/api/v1/watches/"


@pytest.fixture
def client(buyer: User) -> Machine:
    return machine(buyer, "read:watches", "write:watches")


def test_a_watch_is_changed_field_by_field(client: Machine, watch: Watch) -> None:
    people = set(watch.people.all())
    answer = client.patch(
        f"{URL}{watch.pk}/", {"note": "Asked by the board.", "tempo": "daily"}, format="json"
    )
    assert answer.status_code == 200, answer.json()
    watch = Watch.objects.get(pk=watch.pk)
    assert (watch.note, watch.tempo, set(watch.people.all())) == ("Asked by the board.", "daily", people)
    refused = client.patch(f"{URL}{watch.pk}/", {"people": []}, format="json")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["people"])


def test_two_who_change_a_watch_at_once_keep_both_changes(
    client: Machine, watch: Watch, buyer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = api.get_or_404

    def slowly(rows: Any, **lookup: Any) -> Any:
        found = real(rows, **lookup)
        services.change_some(watch_id=watch.pk, actor=buyer, tempo="weekly")
        return found

    monkeypatch.setattr(api, "get_or_404", slowly)
    answer = client.patch(f"{URL}{watch.pk}/", {"note": "Asked by the board."}, format="json")
    assert answer.json()["tempo"] == "weekly"
    assert Watch.objects.get(pk=watch.pk).note == "Asked by the board."


def test_pause_resume_end_and_no_way_back(client: Machine, watch: Watch) -> None:
    def act(name: str) -> tuple[int, str]:
        answer = client.post(f"{URL}{watch.pk}/acts/", {"act": name}, format="json")
        return answer.status_code, answer.json().get("state", "")

    assert [act(name) for name in ("pause", "resume", "end")] == [
        (200, "paused"),
        (200, "active"),
        (200, "ended"),
    ]
    assert act("resume")[0] == 409
    assert client.get(URL, {"state": "ended"}).json()["results"][0]["id"] == str(watch.pk)
    assert client.get(URL, {"state": "active"}).json()["results"] == []


def test_another_organisation_finds_no_watch(watch: Watch) -> None:
    other = machine(accounts.person("employer", "sourcing_manager"), "read:watches", "write:watches")
    assert other.get(f"{URL}{watch.pk}/").status_code == 404
    assert other.post(f"{URL}{watch.pk}/acts/", {"act": "end"}, format="json").status_code == 404
    watch = Watch.objects.get(pk=watch.pk)
    assert watch.state == "active"
