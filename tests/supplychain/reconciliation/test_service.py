"""The reconciliation service: its one address, its key, its answers."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from iris.accounts import services as accounts_services
from iris.accounts.models import User
from supplychain.names import services as remembering
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db
URL = "/reconcile/"


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


def key_for(person: User, *scopes: str) -> str:
    assert person.organisation is not None
    _client, key = accounts_services.issue_api_key(
        person.organisation, person, "tool", list(scopes or ("reconcile",))
    )
    return key


def send(address: str, **fields: Any) -> Any:
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}
    return APIClient().post(address, urlencode(texts), content_type="application/x-www-form-urlencoded")


def ask(key: str, queries: Any) -> Any:
    return send(f"{URL}?key={key}", queries=queries)


@pytest.mark.parametrize("odd", ["Himal\x00 Overseas", "\ud800", "%_\\"])
def test_odd_signs_are_no_fault_of_ours(buyer: User, odd: str) -> None:
    key = key_for(buyer)
    sent = {
        "q0": {"query": odd},
        "q1": {
            "query": "Himal",
            "properties": [{"pid": pid, "v": odd} for pid in ("licence_number", "lei", "contact")],
        },
        "q2": {"query": odd, "type": odd, "type_strict": "should"},
    }
    assert ask(key, sent).status_code == 200
    assert send(f"{URL}?key={key}", extend={"ids": [odd], "properties": [{"id": odd}]}).status_code == 200
    plain = odd.encode(errors="replace").decode()
    for path in ("suggest/entity/", "suggest/property/", "suggest/type/"):
        answer = APIClient().get(URL + path, {"key": key, "prefix": plain})
        assert answer.status_code == 200, path
    assert APIClient().get(URL + "preview/", {"id": plain}).status_code == 404


def test_manifest_is_open_and_names_its_versions_and_how_to_get_in() -> None:
    answer = APIClient().get(URL)
    body = answer.json()
    assert (answer.status_code, body["versions"], body["batchSize"]) == (200, ["0.2"], 100)
    assert (body["authentication"]["type"], body["authentication"]["in"]) == ("apiKey", "query")
    assert "key=" not in json.dumps(body["suggest"])
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_manifest_with_the_key_carries_it_to_the_suggest_service(buyer: User) -> None:
    key = key_for(buyer)
    body = APIClient().get(f"{URL}?key={key}").json()
    entity = body["suggest"]["entity"]
    assert entity["service_path"] == f"/reconcile/suggest/entity/?key={key}"


def test_questions_need_a_key() -> None:
    answer = send(URL, queries={})
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (401, "*")


def test_very_name_is_a_match_and_a_name_alike_is_not(buyer: User) -> None:
    agency = agencies.agency("Blue Lotus Recruitment Ltd")
    body = ask(
        key_for(buyer), {"a": {"query": "blue lotus recruitment"}, "b": {"query": "Blue Lotos Recruitmnt"}}
    )
    assert body.status_code == 200, body.content
    exact, alike = body.json()["a"]["result"][0], body.json()["b"]["result"][0]
    assert (exact["id"], exact["match"], exact["name"]) == (str(agency.pk), True, agency.legal_name)
    assert (alike["id"], alike["match"]) == (str(agency.pk), False)
    assert alike["score"] < exact["score"] < 90


def test_licence_number_is_a_match_and_scores_above_every_name(buyer: User) -> None:
    agency = agencies.agency("Blue Lotus Recruitment Ltd")
    number = agency.licences.get().number
    asked = {"q": {"query": "Blue Lotus", "properties": [{"pid": "licence_number", "v": number}]}}
    first = ask(key_for(buyer), asked).json()["q"]["result"][0]
    assert (first["id"], first["match"]) == (str(agency.pk), True)
    assert first["score"] >= 90
    assert {"id": "number", "value": True} in first["features"]


def test_remembered_choice_comes_first_and_matches_for_that_organisation_alone(buyer: User) -> None:
    agency = agencies.agency("Blue Lotus Recruitment Ltd")
    assert buyer.organisation is not None
    remembering.remember(
        organisation=buyer.organisation,
        actor=buyer,
        text="BLR Kathmandu",
        country="",
        verdict="same",
        agency_id=agency.pk,
    )
    question = {"q": {"query": "BLR Kathmandu"}}
    own = ask(key_for(buyer), question).json()["q"]["result"]
    assert (own[0]["id"], own[0]["match"]) == (str(agency.pk), True)
    other = accounts.person("employer", "sourcing_manager")
    assert ask(key_for(other), question).json()["q"]["result"] == []


def test_extend_gives_columns_with_the_day_and_nothing_for_an_unknown_id(buyer: User) -> None:
    agency = agencies.agency("Blue Lotus Recruitment Ltd")
    wish = {
        "ids": [str(agency.pk), "nobody"],
        "properties": [{"id": "status"}, {"id": "country"}, {"id": "shoes"}],
    }
    body = send(f"{URL}?key={key_for(buyer)}", extend=wish).json()
    assert [one["name"] for one in body["meta"]] == ["Status as of 21 November 2026", "Country"]
    assert body["rows"][str(agency.pk)]["country"] == [{"str": "NP"}]
    assert body["rows"]["nobody"] == {"status": [], "country": []}


def test_key_that_opens_more_is_refused_in_an_address(buyer: User) -> None:
    answer = ask(key_for(buyer, "reconcile", "read:lookups"), {"q": {"query": "x y"}})
    assert (answer.status_code, "header" in answer.json()["title"]) == (401, True)


def test_key_that_opens_more_may_stand_in_a_header(buyer: User) -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {key_for(buyer, 'reconcile', 'read:lookups')}")
    answer = client.post(
        URL,
        urlencode({"queries": '{"q": {"query": "x y"}}'}),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 200


def test_suggest_completes_a_name_and_takes_an_id(buyer: User) -> None:
    agency = agencies.agency("Blue Lotus Recruitment Ltd")
    key = key_for(buyer)
    for prefix in ("Blue Lo", str(agency.pk)):
        found = APIClient().get("/reconcile/suggest/entity/", {"prefix": prefix, "key": key}).json()["result"]
        assert [one["id"] for one in found] == [str(agency.pk)], prefix


def _by(buyer: User, **properties: str) -> list[dict[str, Any]]:
    rows = [{"pid": pid, "v": value} for pid, value in properties.items()]
    asked = {"q": {"query": "Blue Lotus Recruitment", "properties": rows}}
    found: list[dict[str, Any]] = ask(key_for(buyer), asked).json()["q"]["result"]
    return found


def test_licence_number_that_is_not_its_own_speaks_against_the_very_name(buyer: User) -> None:
    """Somebody may trade under a certified agency's name; a column of the buyer's own numbers says nothing."""
    agency = agencies.agency("Blue Lotus Recruitment Ltd")
    (told,) = _by(buyer, licence_number="999/123/456")
    assert (told["id"], told["match"]) == (str(agency.pk), False)
    assert {"id": "number", "value": False} in told["features"]
    (own,) = _by(buyer, identifier="OWN-17")
    assert (own["match"], own["score"] < 90) == (True, True)


def test_numbers_of_two_agencies_match_neither(buyer: User) -> None:
    first, other = agencies.agency("Blue Lotus Recruitment Ltd"), agencies.agency("Everest Staffing Ltd")
    found = _by(
        buyer, licence_number=first.licences.get().number, registration_number=other.registration_number
    )
    assert {one["id"] for one in found} == {str(first.pk), str(other.pk)}
    assert [one["match"] for one in found] == [False, False]


def test_registration_number_in_the_column_of_licences_matches_nobody_by_itself(buyer: User) -> None:
    other = agencies.agency("Everest Staffing Ltd")
    assert [one["match"] for one in _by(buyer, licence_number=other.registration_number)] == [False]


def test_country_asked_keeps_a_name_of_another_country_from_matching(buyer: User) -> None:
    agencies.agency("Blue Lotus Recruitment Ltd")
    (told,) = _by(buyer, country="Bangladesh")
    assert (told["match"], {"id": "country", "value": False} in told["features"]) == (False, True)


def test_the_number_of_database_queries_does_not_grow_with_the_batch(buyer: User) -> None:
    for n in range(8):
        agencies.agency(f"Lotus Number {n} Recruitment Ltd")
    key = key_for(buyer)

    def cost(n: int) -> int:
        with CaptureQueriesContext(connection) as found:
            answer = ask(key, {str(i): {"query": f"Lotus Number {i} Recruitmnt"} for i in range(n)})
        assert answer.status_code == 200
        return len(found)

    cost(1)
    assert cost(8) == cost(2)
