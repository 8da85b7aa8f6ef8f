"""A sandbox key sees fixed records in the shapes of the product, never the product, and changes nothing."""

import copy
import json
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest
from django.db import transaction
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


def _post(client: APIClient, path: str, body: dict[str, Any]) -> Any:
    answer = client.post(path, body, format="json")
    assert answer.status_code in (200, 201), answer.json()
    return answer


def test_a_feed_pages_ends_with_one_that_is_gone_and_then_stays(client: APIClient) -> None:
    seen: list[str] = []
    gone: list[str] = []
    cursor, calls = "", 0
    while True:
        answer = client.get("/api/v1/agencies/", {"changed_since": cursor, "page_size": 4})
        _fits("/api/v1/agencies/", "get", answer)
        told = answer.json()
        seen += [row["id"] for row in told["results"]]
        gone += told["gone"]
        cursor, calls = told["changed_since"], calls + 1
        if not told["more"]:
            break
    assert (seen, gone, calls) == ([case.id for case in sandbox.AGENCIES], [sandbox.GONE], 3)
    last = client.get("/api/v1/agencies/", {"changed_since": cursor}).json()
    assert (last["results"], last["gone"], last["more"], last["changed_since"]) == ([], [], False, cursor)
    other = client.get("/api/v1/certificates/", {"changed_since": cursor})
    assert (other.status_code, list(other.json()["errors"])) == (400, ["changed_since"])
    suspended = client.get("/api/v1/certificates/", {"changed_since": "", "status": "suspended"}).json()
    assert (len(suspended["results"]), len(suspended["gone"])) == (1, 6)


def test_a_list_pages_by_its_own_links(client: APIClient) -> None:
    names: list[str] = []
    url = "/api/v1/agencies/?page_size=3"
    sizes = []
    while url:
        told = client.get(url).json()
        sizes.append(len(told["results"]))
        names += [row["legal_name"] for row in told["results"]]
        url = told["next"]
    assert (sizes, names) == ([3, 3, 3, 1], [case.name for case in sandbox.AGENCIES])


def test_match_gives_every_outcome_of_a_check_at_once(client: APIClient) -> None:
    texts = {text: outcome for text, outcome, _shows in sandbox.LOOKUPS}
    body = {"queries": {text: {"name": text} for text in texts}}
    answer = _post(client, "/api/v1/match/", body)
    _fits("/api/v1/match/", "post", answer)
    told = answer.json()["responses"]
    assert {text: one["outcome"] for text, one in told.items()} == texts
    assert {text for text, one in told.items() if any(row["match"] for row in one["results"])} == {
        text for text, outcome in texts.items() if outcome == "found"
    }
    assert [len(told[text]["results"]) for text in ("Test Twin Overseas", "Test Certifed Manpwer", "??")] == [
        2,
        1,
        0,
    ]
    number = {"queries": {"a": {"identifier": "sandbox c 0004"}}, "threshold": 0.95}
    [row] = _post(client, "/api/v1/match/", number).json()["responses"]["a"]["results"]
    assert (row["caption"], row["standing"]["code"], row["score"]) == (
        "Test Suspended Services",
        "suspended",
        1.0,
    )
    assert client.post("/api/v1/match/", {"queries": {"a": {}}}, format="json").status_code == 400


@pytest.mark.parametrize("question", sandbox.QUESTIONS, ids=lambda one: f"{one.result} {one.body}")
def test_verify_gives_every_answer(question: Any, client: APIClient) -> None:
    answer = _post(client, "/api/v1/verify/", question.body)
    _fits("/api/v1/verify/", "post", answer)
    told = answer.json()
    assert (told["result"], told["valid"]) == (question.result, question.result == "valid")


def test_the_answers_of_verify_are_those_of_the_product(client: APIClient) -> None:
    shape = reference.document()["components"]["schemas"]["VerificationResultEnum"]
    assert {one.result for one in sandbox.QUESTIONS} == set(shape["enum"])
    # Without a key, or with a live one, no number of the sandbox is known: nobody is fooled by a fixed record.
    public = APIClient().post("/api/v1/verify/", {"number": "SANDBOX-C-0001"}, format="json").json()
    assert (public["result"], public["certificate"]) == ("not_found", None)
    person = accounts.person("employer", "sourcing_manager")
    _key, secret = services.issue_api_key(person.organisation, person, "live", ["read:register"])
    live = APIClient()
    live.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    assert (
        live.post("/api/v1/verify/", {"number": "SANDBOX-C-0001"}, format="json").json()
        | {"as_of": public["as_of"]}
        == public
    )


def test_the_register_of_the_sandbox_as_of_a_day(client: APIClient) -> None:
    answer = client.get("/api/v1/register/")
    _fits("/api/v1/register/", "get", answer)
    now = {row["legal_name"]: row["standing"] for row in answer.json()["results"]}
    assert now == {case.name: case.status for case in sandbox.AGENCIES if case.number}
    then = client.get("/api/v1/register/", {"on": "2026-04-09"}).json()["results"]
    assert {row["legal_name"]: row["standing"] for row in then}["Test Suspended Services"] == "certified"
    for case in sandbox.AGENCIES:
        answer = client.get(f"/api/v1/register/{case.id}/")
        assert answer.status_code == (200 if case.number else 404)
        if case.number:
            _fits("/api/v1/register/{agency_id}/", "get", answer)
            revisions = client.get(f"/api/v1/certificates/{case.number}/revisions/")
            _fits("/api/v1/certificates/{number}/revisions/", "get", revisions)
            assert len(revisions.json()["results"]) == case.revision
        licences = client.get(f"/api/v1/agencies/{case.id}/licences/")
        _fits("/api/v1/agencies/{agency_id}/licences/", "get", licences)
    assert client.get("/api/v1/register/", {"on": "2026-01-14"}).status_code == 400


def _reconciler() -> APIClient:
    person = accounts.person("employer", "sourcing_manager")
    _key, secret = services.issue_api_key(
        person.organisation, person, "refine", ["reconcile"], mode="sandbox"
    )
    made = APIClient()
    made.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    return made


def test_reconciling_answers_from_the_fixed_records_only() -> None:
    real = agencies.agency("Kalimaru Overseas Services Pvt. Ltd.")
    client = _reconciler()
    asked = {text: {"query": text} for text, _outcome, _shows in sandbox.LOOKUPS}
    asked["real"] = {"query": real.legal_name}
    told = client.post("/reconcile/", {"queries": json.dumps(asked)}, format="multipart")
    if told.status_code == 415:
        body = urlencode({"queries": json.dumps(asked)})
        told = client.generic("POST", "/reconcile/", body, content_type="application/x-www-form-urlencoded")
    answers = {key: one["result"] for key, one in told.json().items()}
    assert {key for key, rows in answers.items() if any(row["match"] for row in rows)} == {
        text for text, outcome, _shows in sandbox.LOOKUPS if outcome == "found"
    }
    assert (answers["real"], len(answers["Test Twin Overseas"])) == ([], 2)
    found = answers["Test Suspended Services"][0]["id"]
    wish = {
        "ids": [found, str(real.pk)],
        "properties": [{"id": one} for one in ("status", "in_force", "expires", "certificate_number")],
    }
    columns = client.get("/reconcile/", {"extend": json.dumps(wish)}).json()
    assert columns["rows"][found]["status"] == [{"str": "Suspended"}]
    assert columns["rows"][found]["expires"] == [{"date": "2099-01-14T00:00:00Z"}]
    assert set(map(str, columns["rows"][str(real.pk)].values())) == {"[]"}
    suggested = client.get("/reconcile/suggest/entity/", {"prefix": "test tw"}).json()["result"]
    assert [one["name"] for one in suggested] == ["Test Twin Overseas (East)", "Test Twin Overseas (West)"]
    assert client.get("/reconcile/suggest/entity/", {"prefix": "Kalimaru"}).json()["result"] == []


def test_a_sandbox_key_of_other_scopes_reconciles_nothing() -> None:
    person = accounts.person("employer", "sourcing_manager")
    _key, secret = services.issue_api_key(
        person.organisation, person, "tool", ["read:register"], mode="sandbox"
    )
    made = APIClient()
    made.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    assert made.get("/reconcile/", {"queries": '{"q0": {"query": "x"}}'}).status_code == 403


@pytest.mark.parametrize(
    ("query", "status"),
    [("status=nonsense", 400), ("cursor=x", 400), ("page_size=0", 400), ("x=1", 400), ("country=NP", 200)],
)
def test_the_sandbox_is_as_strict(query: str, status: int, client: APIClient) -> None:
    assert client.get(f"/api/v1/certificates/?{query}").status_code == status
