"""schemathesis over the whole OpenAPI document, as every role: no 5xx, no answer outside the document, no ignored key.

`./dev test` runs a bounded, derandomised share; `./dev conformance` at least 20,000 cases (T11).
"""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from iris.accounts import services
from iris.accounts.models import ApiClient
from iris.accounts.states import ApiScope
from iris.core import clocks
from supplychain.lookups import services as lookups
from supplychain.lookups.states import Via
from tests.factories import accounts, certificates

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
CAMPAIGN = int(os.environ.get("IRIS_SCHEMATHESIS_CASES", "20000"))
EVERY = [str(one) for one in ApiScope]
# Answers that a closed door may give: no key, no scope, or nothing there for a broken path or query.
CLOSED = {400, 401, 403, 404, 405, 406, 413, 414, 415}


def _key(person: Any, scopes: list[str], mode: str = "live") -> dict[str, str]:
    _client, secret = services.issue_api_key(person.organisation, person, "tool", scopes, mode=mode)
    return {"Authorization": f"Api-Key {secret}"}


@pytest.fixture
def roles() -> dict[str, dict[str, str]]:
    """Heads of every role, in a world with a certificate, and a check by the one with every scope."""
    certificates.certificate()
    owner, other = (accounts.person("employer", "sourcing_manager") for _ in range(2))
    lookups.look_up(actor=owner, via=Via.API, text="Kalimaru")
    found = {
        "nobody": {},
        "wrong": {"Authorization": "Api-Key aaaa.bbbb"},
        "owner": _key(owner, EVERY),
        "other": _key(other, EVERY),
        "agency": _key(accounts.person("agency", "signatory"), EVERY),
        "auditor": _key(accounts.person("audit_firm", "firm_manager"), EVERY),
        "sandbox": _key(owner, EVERY, "sandbox"),
        "expired": _key(owner, EVERY),
    }
    late = ApiClient.objects.order_by("-created_at", "-id")
    prefix = found["expired"]["Authorization"].split()[1].split(".")[0]
    late.filter(prefix=prefix).update(expires_at=clocks.now() - timedelta(days=1))
    for scope in EVERY:
        found[scope] = _key(owner, [scope])
    return found


@pytest.fixture
def schema(roles: Any) -> Iterator[Any]:
    """The document, as the server gives it; requests stay on the connection of the test."""
    ends = (signals.request_started, signals.request_finished)
    for one in ends:
        one.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for one in ends:
        one.connect(close_old_connections)


def _operations(schema: Any) -> Iterator[Any]:
    for found in schema.get_all_operations():
        yield found.ok()


def _open(role: str, operation: Any) -> bool:
    """Whether this role's key fits the operation at all."""
    told = operation.definition.raw
    scope = told.get("x-scope", "")
    if not told.get("security"):
        return True
    if role in ("nobody", "wrong", "expired"):
        return False
    if role == "sandbox":
        return bool(told.get("x-sandbox"))
    return not scope or role == scope or role in ("owner", "other", "agency", "auditor")


def _try(
    operation: Any, mode: Any, role: str, head: dict[str, str], count: int, seen: Counter[int], start: int = 0
) -> None:
    """Send `count` cases; each is undone, so that none depends on another."""

    @seed(start)
    @settings(
        max_examples=count,
        derandomize=not start,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        case.headers = {
            name: value for name, value in (case.headers or {}).items() if name.lower() != "authorization"
        }
        with transaction.atomic():
            answer = case.call(headers=head)
            transaction.set_rollback(True)
        seen[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)
        if not _open(role, operation):
            assert answer.status_code in CLOSED, f"{role} got {answer.status_code} at {operation.label}"

    try:
        run()
    except Exception as error:
        if type(error).__name__ in ("Unsatisfiable", "FailedHealthCheck"):
            return  # nothing invalid can be made for an operation that takes anything
        error.add_note(f"as {role}, {mode}, at {operation.label}")
        raise


def test_a_share_as_every_role(schema: Any, roles: dict[str, dict[str, str]]) -> None:
    """Every operation, valid and invalid, each by the one whose key fits and by another role in turn."""
    seen: Counter[int] = Counter()
    names = [name for name in roles if name != "owner"]
    for number, operation in enumerate(_operations(schema)):
        other = names[number % len(names)]
        for role, mode in (("owner", MODES[0]), ("owner", MODES[1]), (other, MODES[0])):
            _try(operation, mode, role, roles[role], 2, seen)
    assert sum(seen.values()) > 150
    assert seen[200] > 10
    assert seen[400] > 10
    assert not [status for status in seen if status >= 500]


@pytest.mark.conformance
def test_the_campaign(schema: Any, roles: dict[str, dict[str, str]]) -> None:
    """T11: at least 20,000 cases."""
    seen: Counter[int] = Counter()
    operations = list(_operations(schema))
    share = max(2, CAMPAIGN // (len(operations) * (len(roles) + 6)))
    turn = 0
    while sum(seen.values()) < CAMPAIGN:
        turn += 1
        for operation in operations:
            for role, head in roles.items():
                for mode in MODES if role in ("owner", "agency", "auditor", "sandbox") else MODES[:1]:
                    _try(operation, mode, role, head, share * (2 if role == "owner" else 1), seen, turn)
    print(f"\nschemathesis: {sum(seen.values()):,} cases, by status {dict(sorted(seen.items()))}")
    assert not [status for status in seen if status >= 500]
