"""Diligence, dossiers, coverage and weights by machine: the services' own answers, and no second pair of eyes (R73)."""

from typing import Any

import pytest

from iris.accounts.models import User
from iris.core import outbox
from supplychain.diligence import services
from supplychain.diligence.models import Decision
from tests.factories import accounts, agencies, chains
from tests.factories.machines import Machine, machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer() -> User:
    return chains.buyer()


@pytest.fixture
def client(buyer: User) -> Machine:
    return machine(buyer, every=True)


def _post(client: Machine, url: str, **body: Any) -> Any:
    return client.post(f"/api/v1/{url}", body, format="json")


def test_a_stop_is_in_force_at_once_and_a_go_waits_for_a_second_person(client: Machine) -> None:
    agency = agencies.agency("Blue Lotus Recruitment Ltd")
    stop = _post(client, "decisions/", agency_id=str(agency.pk), outcome="stop", reason="Fees were charged.")
    assert (stop.status_code, stop.json()["state"]) == (201, "in_force")
    go = _post(
        client, "decisions/", agency_id=str(agency.pk), outcome="proceed", reason="Nobody else is there."
    )
    body = go.json()
    assert (body["state"], body["why_approval"]) == ("proposed", ["not_certified"])
    assert body["basis"]["standing"]["valid"] is False
    assert Decision.objects.get(pk=body["id"]).decided_by is None
    rows = client.get("/api/v1/decisions/", {"state": "proposed"}).json()["results"]
    assert [row["number"] for row in rows] == [body["number"]]


@pytest.mark.parametrize("act", ["approve", "approval", "decline", "waive"])
def test_no_route_approves_declines_or_waives(client: Machine, act: str) -> None:
    made = _post(client, "decisions/", name="Nobody Ltd", country="NP", outcome="proceed", reason="Why not.")
    assert made.json()["state"] == "proposed"
    assert _post(client, f"decisions/{made.json()['id']}/{act}/").status_code == 404
    assert Decision.objects.get().state == "proposed"


def test_conditions_are_listed_and_met(client: Machine, buyer: User) -> None:
    made = _post(
        client,
        "decisions/",
        name="Old Owl",
        country="NP",
        outcome="conditions",
        reason="They answer.",
        conditions=[{"text": "Tell the fees.", "due_on": "2027-01-31", "responsible": "Agency"}],
    )
    colleague = accounts.person("employer", "sourcing_manager", organisation=buyer.organisation)
    services.approve_decision(decision_id=made.json()["id"], actor=colleague)
    row = client.get("/api/v1/conditions/", {"state": "open"}).json()["results"][0]
    assert (row["text"], row["overdue"]) == ("Tell the fees.", False)
    met = _post(client, f"conditions/{row['id']}/met/", note="They wrote on 20 November.")
    assert (met.status_code, met.json()["state"]) == (200, "met")
    assert _post(client, f"conditions/{row['id']}/met/", note="Again.").status_code == 409


def test_a_reason_is_asked_for_and_unknown_fields_are_named(client: Machine) -> None:
    answer = _post(client, "decisions/", name="Nobody Ltd", outcome="stop", reason="", approver="me")
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"approver"})
    assert set(_post(client, "decisions/", name="Nobody", outcome="stop").json()["errors"]) == {"reason"}


def test_nominations_are_made_and_taken_back(client: Machine) -> None:
    made = _post(client, "nominations/", name="Old Owl", country="NP", why="We use them.").json()
    assert (made["state"], made["named"]) == ("nominated", False)
    assert client.delete(f"/api/v1/nominations/{made['id']}/").status_code == 204
    assert client.get("/api/v1/nominations/").json()["results"] == []


def test_a_dossier_is_drafted_made_and_fetched(client: Machine) -> None:
    law = "csddd" if "csddd" in _laws() else _laws()[0]
    body = {"law": law, "title": "Statement", "period_from": "2026-01-01", "period_to": "2026-12-31"}
    made = _post(client, "dossiers/", **body)
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    url = f"dossiers/{made.json()['id']}/"
    assert _post(client, f"{url}making/", profiles=["public"]).json()["state"] == "making"
    outbox.run_all()
    told = client.get(f"/api/v1/{url}").json()
    assert (told["state"], [copy["profile"] for copy in told["copies"]]) == ("made", ["public"])
    assert {ask["state"] for ask in told["asks"]} <= {"held", "part", "missing"}
    copy = f"/api/v1/{url}copies/{told['copies'][0]['id']}/dossier"
    assert client.get(f"{copy}.pdf").content.startswith(b"%PDF-")
    assert client.get(f"{copy}.zip").content.startswith(b"PK")


def _laws() -> list[str]:
    from supplychain.dossiers.rules.laws import laws

    return list(laws())


def test_coverage_counts_unknown_and_scores_say_what_would_change_them(client: Machine, buyer: User) -> None:
    site = chains.party(buyer, "site", "Plant One", "PL")
    owl = chains.party(buyer, "recruiter_origin", "Old Owl", "NP")
    chains.link(buyer, site, owl, workers=40)
    body = client.get("/api/v1/coverage/").json()
    parts = {part["part"]: part["workers"] for part in body["share"]["parts"]}
    assert (body["share"]["workers"], parts["unknown"], parts["certified"]) == (40, 40, 0)
    assert [gap["name"] for gap in body["gaps"]] == ["Old Owl"]
    row = client.get("/api/v1/risk/recruiters/").json()["results"][0]
    assert (row["party_id"], row["name"]) == (str(owl.pk), "Old Owl")
    one = client.get(f"/api/v1/risk/recruiters/{owl.pk}/").json()["score"]
    assert one == row["score"]
    assert len(one["inputs"]) > 5
    assert client.get("/api/v1/coverage/", {"on": "2027-01-01"}).status_code == 400
    place = client.get(f"/api/v1/chain/parties/{owl.pk}/").json()
    assert ([tie["party"]["name"] for tie in place["above"]], place["below"]) == (["Plant One"], [])
    levels = client.get("/api/v1/chain/levels/").json()["results"]
    assert [(row["level"], row["parties"]) for row in levels] == [(0, 1), (1, 1)]


def test_weights_are_kept_as_versions_and_the_second_writer_is_told(client: Machine) -> None:
    now = client.get("/api/v1/risk/weights/").json()
    assert (now["number"], now["own"]) == (0, False)
    values = {**now["values"], "certificate": 50}
    kept = client.put(
        "/api/v1/risk/weights/", {"values": values, "reason": "Ours.", "seen": 0}, format="json"
    )
    assert (kept.status_code, kept.json()["number"], kept.json()["own"]) == (200, 1, True)
    late = client.put(
        "/api/v1/risk/weights/", {"values": {**values, "fees": 1}, "reason": "R.", "seen": 0}, format="json"
    )
    assert late.status_code == 409
    back = _post(client, "risk/weights/reset/", reason="As before.", seen=1)
    assert (back.json()["own"], back.json()["values"]) == (False, now["values"])
