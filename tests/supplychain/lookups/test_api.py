"""POST /api/v1/lookups/: closed without a key, one receipt per call, refusals as problem+json."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from iris.accounts import services as accounts_services
from iris.accounts.models import User
from supplychain.lookups.models import Lookup
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db
URL = "/api/v1/lookups/"


def _client(buyer: User, scopes: list[str]) -> APIClient:
    assert buyer.organisation is not None
    manager = buyer
    _key, secret = accounts_services.issue_api_key(buyer.organisation, manager, "tool", scopes)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    return client


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


def _post(client: APIClient, **body: str) -> Any:
    return client.post(URL, body, format="json")


def test_without_a_key_the_door_is_closed() -> None:
    answer = _post(APIClient(), text="Blue Lotus")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["code"] == "not_authenticated"


def test_a_key_without_the_scope_is_refused(buyer: User) -> None:
    answer = _post(_client(buyer, ["read:register"]), text="Blue Lotus")
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")


def test_a_check_answers_with_its_receipt_and_can_be_read_again(buyer: User) -> None:
    agency = agencies.agency("Blue Lotus Recruitment Ltd")
    client = _client(buyer, ["read:lookups"])
    answer = _post(client, text="Blue Lotus Recruitment")
    assert answer.status_code == 201
    body = answer.json()
    lookup = Lookup.objects.get(pk=body["id"])
    assert (body["outcome"], lookup.via, lookup.agency_id) == ("found", "api", agency.pk)
    assert body["snapshot"]["answer"]["standing"]["valid"] is False
    assert client.get(f"{URL}{lookup.pk}/").json() == body


def test_bad_input_names_the_field_and_stores_nothing(buyer: User) -> None:
    answer = _post(_client(buyer, ["read:lookups"]), text="Blue Lotus", origin="NP", destination="NP")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert "destination" in answer.json()["errors"]


def test_a_check_of_another_organisation_does_not_exist(buyer: User) -> None:
    agencies.agency("Blue Lotus Recruitment Ltd")
    made = _post(_client(buyer, ["read:lookups"]), text="Blue Lotus Recruitment").json()
    other = _client(accounts.person("employer", "sourcing_manager"), ["read:lookups"])
    assert other.get(f"{URL}{made['id']}/").status_code == 404


def test_the_openapi_document_is_public_and_valid() -> None:
    from openapi_spec_validator import validate

    answer = APIClient().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")
    validate(answer.json())
