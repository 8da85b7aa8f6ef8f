"""Every refusal is problem+json with a code that is registered, whatever went wrong and wherever."""

import ast
import json
from typing import Any

import pytest
from django.test import Client
from rest_framework import exceptions
from rest_framework.test import APIClient

from iris.accounts import services
from iris.core import problems
from tests.architecture import house
from tests.factories import accounts

AGENCIES, LOOKUPS = "/api/v1/agencies/", "/api/v1/lookups/"


def _raised_codes() -> dict[str, str]:
    """Code -> where, of every `SomeError(..., code="x")`, `Refusal(status, "x", ...)` and `code = "x"` of an error."""
    found: dict[str, str] = {}
    errors = {"DomainError", "BadInput", "NotPermitted", "TransitionRefused", "Conflict", "ReasonRequired"}
    words = [path for path in house.sources() if "code" in path.read_text(encoding="utf-8")]
    nodes = [(path, node) for path in words for node in ast.walk(house.parsed(path))]
    classes = [(path, node) for path, node in nodes if isinstance(node, ast.ClassDef)]
    for _path, node in classes:
        if {getattr(base, "id", "") for base in node.bases} & errors:
            errors.add(node.name)
    for path, node in nodes:
        called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if called in errors:
            for word in node.keywords:  # type: ignore[attr-defined]
                if word.arg == "code" and isinstance(word.value, ast.Constant):
                    found[str(word.value.value)] = house.where(path, node)
        elif called == "Refusal" and path.parent.name == "drf":
            found[str(node.args[1].value)] = house.where(path, node)  # type: ignore[attr-defined]
    for path, node in classes:
        if node.name in errors:
            for line in node.body:
                if isinstance(line, ast.Assign) and getattr(line.targets[0], "id", "") == "code":
                    found[str(line.value.value)] = house.where(path, line)  # type: ignore[attr-defined]
    return found


def test_every_code_that_is_raised_is_registered() -> None:
    raised = _raised_codes()
    assert len(raised) > 30
    unknown = {code: where for code, where in raised.items() if problems.facts_of(code) is None}
    assert not unknown, "Name these in problems.name(...) of the room's apps.ready()"


def test_every_error_of_the_framework_is_registered() -> None:
    classes = [one for one in vars(exceptions).values() if isinstance(one, type)]
    codes = {
        one.default_code
        for one in classes
        if issubclass(one, exceptions.APIException) and one is not exceptions.APIException
    }
    assert {code for code in codes if problems.facts_of(code) is None} == set()


def test_every_code_says_cause_and_fix_in_sentences() -> None:
    for one in problems.every():
        assert 400 <= one.status < 600
        for text in (one.cause, one.fix):
            assert str(text).endswith((".", "?")), one.code
            assert len(str(text)) > 12, one.code


def _checked(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    told: dict[str, Any] = json.loads(answer.content)
    assert (told["status"], told["code"]) == (status, code)
    assert told["type"] == problems.address_of(code)
    assert told["title"]
    return told


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "head", "status", "code"),
    [
        ("get", "/api/v2/agencies/", {}, 404, "not_found"),
        ("post", "/api/v1/agencies", {}, 404, "not_found"),
        ("get", "/api/v1/agencies", {}, 404, "not_found"),
        ("get", AGENCIES, {}, 401, "not_authenticated"),
        ("get", AGENCIES, {"Authorization": "Api-Key nonsense"}, 401, "authentication_failed"),
        ("get", AGENCIES, {"Authorization": "Api-Key a.\x00b"}, 401, "authentication_failed"),
        ("get", "/api/v1/agencies/not-a-uuid/", {}, 404, "not_found"),
    ],
)
def test_refusals_before_any_view(
    method: str, path: str, head: dict[str, str], status: int, code: str
) -> None:
    _checked(getattr(Client(), method)(path, headers=head), status, code)


@pytest.mark.django_db
def test_refusals_of_the_framework(client_with: Any) -> None:
    client: APIClient = client_with("read:register", "read:lookups")
    _checked(client.delete(AGENCIES), 405, "method_not_allowed")
    _checked(client.get(AGENCIES, headers={"Accept": "application/xml"}), 406, "not_acceptable")
    _checked(client.post(LOOKUPS, "<a/>", content_type="application/xml"), 415, "unsupported_media_type")
    _checked(client.get("/api/v1/chain/"), 403, "permission_denied")
    _checked(client.get("/api/v1/agencies/00000000-0000-0000-0000-000000000000/"), 404, "not_found")
    told = _checked(client.get(AGENCIES + "?countri=NP"), 400, "invalid")
    assert list(told["errors"]) == ["countri"]


@pytest.mark.django_db
def test_a_fault_of_ours_tells_nothing(client_with: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client: APIClient = client_with("read:register")
    client.raise_request_exception = False

    def fail(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr("certification.agencies.selectors.enrolled_agencies", fail)
    answer = client.get(AGENCIES)
    _checked(answer, 500, "error")
    assert b"hunter2" not in answer.content
    assert b"RuntimeError" not in answer.content


@pytest.mark.django_db
def test_a_refused_key_is_told_which_scope_or_that_none_would_help(client_with: Any) -> None:
    told = _checked(client_with("read:register").get("/api/v1/watches/"), 403, "permission_denied")
    assert told["title"] == "The API key lacks the scope that this endpoint needs: read:watches."
    person = accounts.person("employer", "sourcing_manager")
    _key, secret = services.issue_api_key(
        person.organisation, person, "tool", ["read:register"], mode="sandbox"
    )
    client = APIClient(headers={"Authorization": f"Api-Key {secret}"})
    _checked(client.get("/api/v1/watches/"), 403, "not_in_sandbox")
