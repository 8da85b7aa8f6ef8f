"""A sandbox key sees fixed records in the shapes of the product, never the product, and changes nothing."""

import copy
from typing import Any

import jsonschema
import pytest
from django.db import transaction
from django.urls import reverse
from rest_framework.test import APIClient

from iris.accounts import services
from iris.accounts.states import ApiScope
from iris.core.drf import sandbox as gate
from iris.developers import reference, sandbox
from supplychain.lookups.models import Lookup
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> APIClient:
    person = accounts.person("employer", "sourcing_manager")
    _key, secret = services.issue_api_key(
        person.organisation, person, "tool", [str(one) for one in ApiScope], mode="sandbox"
    )
    made = APIClient()
    made.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    return made


def _fits(path: str, method: str, answer: Any) -> None:
    """The answer against the document's own schema, by a validator of others."""
    document = reference.document()
    told = document["paths"][path][method]["responses"][str(answer.status_code)]
    shape = copy.deepcopy(told["content"]["application/json"]["schema"])
    jsonschema.Draft202012Validator({**shape, "components": document["components"]}).validate(answer.json())


def test_real_agencies_are_never_seen(client: APIClient) -> None:
    real = agencies.agency()
    rows = client.get("/api/v1/agencies/").json()["results"]
    assert {row["legal_name"] for row in rows} == {case.name for case in sandbox.AGENCIES}
    assert client.get(f"/api/v1/agencies/{real.pk}/").status_code == 404
    assert client.get("/api/v1/agencies/", {"q": real.legal_name}).json()["results"] == []


def test_every_status_is_there_in_the_shape_of_the_product(client: APIClient) -> None:
    lists = {"/api/v1/agencies/": 10, "/api/v1/certificates/": 6}
    for path, count in lists.items():
        answer = client.get(path)
        assert len(answer.json()["results"]) == count
        _fits(path, "get", answer)
    for case in sandbox.AGENCIES:
        answer = client.get(f"/api/v1/agencies/{case.id}/")
        _fits("/api/v1/agencies/{agency_id}/", "get", answer)
        if case.number:
            answer = client.get(f"/api/v1/certificates/{case.number.lower()}/")
            _fits("/api/v1/certificates/{number}/", "get", answer)
            assert answer.json()["status"] == case.status
    statuses = {case.status for case in sandbox.AGENCIES} - {""}
    assert statuses == {
        *("certified", "certified_with_conditions", "reduced_scope", "suspended", "withdrawn", "expired")
    }


@pytest.mark.parametrize(("text", "outcome"), [(text, outcome) for text, outcome, _ in sandbox.LOOKUPS])
def test_every_outcome_of_a_check(text: str, outcome: str, client: APIClient) -> None:
    body = {"text": text, "origin": "NP", "destination": "AE"}
    answer = client.post("/api/v1/lookups/", body, format="json")
    _fits("/api/v1/lookups/", "post", answer)
    told = answer.json()
    assert told["outcome"] == outcome
    verdicts = {"Certified": "certified", "Suspended": "not_valid", "Narrow": "other_scope"}
    wanted = next((one for word, one in verdicts.items() if word in text), None)
    assert wanted in (None, told["verdict"])
    assert client.post("/api/v1/lookups/", body, format="json").json() == told
    assert not Lookup.objects.exists()


def test_what_is_not_offered_is_closed(client: APIClient) -> None:
    """Every endpoint of the API but those offered, with a key that has every scope."""
    unknown = "00000000-0000-0000-0000-000000000000"
    offered = 0
    for _group, operations in reference.groups():
        for one in operations:
            path = one.path.replace("{number}", "1")
            while "{" in path:
                path = path[: path.index("{")] + unknown + path[path.index("}") + 1 :]
            with transaction.atomic():  # a key that gives itself up is wanted again
                answer = client.generic(one.method, path, "{}", content_type="application/json")
                transaction.set_rollback(True)
            code = answer.json().get("code") if "json" in answer.get("Content-Type", "") else "not json"
            if one.sandbox:
                offered += 1
                assert code != "not_in_sandbox", one.path
            elif one.scope:
                assert (answer.status_code, code) == (403, "not_in_sandbox"), one.path
    assert offered == len(gate.offered())


def test_nothing_beside_the_api_opens_to_a_sandbox_key(client: APIClient) -> None:
    for name in ("reconciliation:service",):
        answer = client.get(reverse(name)) if name != "reconciliation:service" else client.get("/reconcile/")
        assert b"Sandbox" not in answer.content or answer.status_code == 401
    answer = client.post("/reconcile/", {"queries": '{"q0": {"query": "x"}}'}, format=None)
    assert answer.status_code in (401, 403, 415)


@pytest.mark.parametrize(
    ("query", "status"),
    [("status=nonsense", 400), ("cursor=x", 400), ("page_size=0", 400), ("x=1", 400), ("country=NP", 200)],
)
def test_the_sandbox_is_as_strict(query: str, status: int, client: APIClient) -> None:
    assert client.get(f"/api/v1/certificates/?{query}").status_code == status
