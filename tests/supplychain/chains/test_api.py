"""The chain by machine: pages, findings with their ways, links all or none, and nobody else's."""

from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from iris.accounts import services as accounts_services
from iris.accounts.models import User
from supplychain.chains.models import Link
from tests.factories import chains

pytestmark = pytest.mark.django_db


def _client(buyer: User, *scopes: str) -> APIClient:
    assert buyer.organisation is not None
    _key, secret = accounts_services.issue_api_key(buyer.organisation, buyer, "tool", list(scopes))
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    return client


@pytest.fixture
def buyer() -> User:
    made = chains.buyer()
    site = chains.party(made, "site", "Plant One", "PL")
    for name in ("Red Kite", "Blue Jay", "Old Owl"):
        chains.link(made, site, chains.party(made, "recruiter_origin", name, "NP"))
    return made


def _get(client: APIClient, what: str = "", **asked: Any) -> Any:
    return client.get(f"/api/v1/chain/{what}", asked)


def test_summary_counts_parties_links_and_findings(buyer: User) -> None:
    body = _get(_client(buyer, "read:chains")).json()
    assert (body["parties"], body["links"]) == (4, 3)
    assert (body["kinds"]["recruiter_origin"], body["findings"]["uncertified"]) == (3, 3)


def test_findings_come_in_pages_with_the_way_down(buyer: User) -> None:
    client = _client(buyer, "read:chains")
    first = _get(client, "findings/", size=2).json()
    assert (first["count"], first["next"], len(first["results"])) == (3, 2, 2)
    assert [party["name"] for party in first["results"][0]["path"]] == ["Plant One", "Blue Jay"]
    rest = _get(client, "findings/", size=2, start=2, code="uncertified").json()
    assert ([one["party"]["name"] for one in rest["results"]], rest["next"]) == (["Red Kite"], None)
    assert _get(client, "findings/", code="cycle").json()["count"] == 0


def test_parties_and_links_as_of_a_day(buyer: User) -> None:
    client = _client(buyer, "read:chains")
    assert [row["name"] for row in _get(client, "parties/").json()["results"]] == [
        "Plant One",
        "Blue Jay",
        "Old Owl",
        "Red Kite",
    ]
    links = _get(client, "links/", size=2).json()
    assert (links["count"], links["next"]) == (3, 2)
    early = _get(client, "links/", on="2020-01-01").json()
    assert (early["count"], early["results"], early["on"]) == (0, [], "2020-01-01")
    assert _get(client, "parties/", on="1.1.2020").status_code in {400, 422}


ROW = {
    "upper": "Plant One",
    "upper_kind": "site",
    "upper_country": "PL",
    "lower": "New",
    "lower_kind": "agent",
}
IMPORTS = "/api/v1/chain/imports/"


def test_links_sent_in_can_be_tried_and_taken_in(buyer: User) -> None:
    client = _client(buyer, "write:chains")
    tried = client.post(IMPORTS, {"rows": [ROW], "dry_run": True}, format="json")
    assert (tried.status_code, tried.json()["counts"]["links"], Link.objects.count()) == (200, 1, 3)
    done = client.post(IMPORTS, {"rows": [ROW]}, format="json")
    assert (done.status_code, Link.objects.count()) == (201, 4)
    assert Link.objects.get(lower__name="New").since >= date(2026, 1, 1)


def test_one_wrong_row_refuses_all_with_its_sentence(buyer: User) -> None:
    client = _client(buyer, "write:chains")
    refused = client.post(IMPORTS, {"rows": [ROW, {**ROW, "workers": "lots"}]}, format="json")
    assert refused.status_code == 422
    assert "Row 2, workers: expected a whole number of workers" in refused.json()["errors"]["rows"][0]


def test_a_key_without_the_scope_reads_nothing(buyer: User) -> None:
    assert _get(_client(buyer, "read:lookups"), "findings/").status_code == 403


def test_a_key_that_reads_cannot_write(buyer: User) -> None:
    assert _client(buyer, "read:chains").post(IMPORTS, {"rows": []}, format="json").status_code == 403


def test_another_employer_sees_nothing_of_the_chain(buyer: User) -> None:
    other = _get(_client(chains.buyer(), "read:chains"), "parties/").json()
    assert (other["count"], other["results"]) == (0, [])
