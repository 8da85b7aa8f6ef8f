"""Sends what schemathesis makes of the OpenAPI document, as every role, and keeps every answer that is wrong."""

from __future__ import annotations

import unittest
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import cycle, islice
from typing import Any

import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import FailedHealthCheck, Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
VALID, BROKEN = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
FULL = ("owner", "other", "agency", "auditor", "sandbox")
MEANT = {
    "certification": ("agency",),
    "audits": ("agency", "auditor"),
}  # whom a scope is for; else the employer
KEYLESS = ("nobody", "wrong", "expired")
# Answers that a closed door may give: no key, no scope, or nothing there for a broken path or query.
CLOSED = {400, 401, 403, 404, 405, 406, 413, 414, 415}
LONGEST = 1_500

Heads = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Known:
    """A thing that is there, at an address of the document, and for whom it is not."""

    parts: dict[str, str]
    closed_to: tuple[str, ...] = ()


@dataclass
class Tried:
    """What was sent and what came back; of all that is wrong the first example each."""

    statuses: Counter[int] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def sent(self) -> int:
        """How many requests."""
        return sum(self.statuses.values())

    def blame(self, what: str, example: str) -> None:
        """Keep one example of what is wrong."""
        self.wrong.setdefault(what, example[:LONGEST])


@cache
def document() -> Any:
    """The document as the server gives it; asked for once, inside a test that has the database."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


def operations() -> list[Any]:
    """Every operation of the document."""
    return [found.ok() for found in document().get_all_operations()]


@contextmanager
def one_connection() -> Iterator[None]:
    """Requests stay on the connection of the test, so that each can be undone."""
    ends = (signals.request_started, signals.request_finished)
    for one in ends:
        one.disconnect(close_old_connections)
    try:
        yield
    finally:
        for one in ends:
            one.connect(close_old_connections)


def cases_of(operation: Any, mode: Any, count: int, start: int) -> list[Any]:
    """So many requests to one operation, fewer where there are no more; none where nothing can be broken."""
    made: list[Any] = []

    @seed(start)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def make(case: Any) -> None:
        made.append(case)

    try:
        make()
    except (Unsatisfiable, FailedHealthCheck, unittest.SkipTest):
        return made  # nothing invalid can be made for an operation that takes anything
    return made[:count]


def opens(role: str, operation: Any) -> bool:
    """Whether this role's key fits the operation at all."""
    told = operation.definition.raw
    scope = told.get("x-scope", "")
    if not told.get("security"):
        return True
    if role == "nobody" and {} in told["security"]:
        return True  # a key may be shown there and need not be; a wrong one is refused
    if role in KEYLESS:
        return False
    if role == "sandbox":
        return bool(told.get("x-sandbox"))
    return not scope or role == scope or role in FULL


def turns(roles: Iterable[str], operation: Any) -> Iterator[str]:
    """Roles in turn without end: half the time one whom the operation is for, so that much gets inside."""
    scope = operation.definition.raw.get("x-scope", "")
    meant = MEANT.get(scope.partition(":")[2], ("owner",))
    rest = [role for role in roles if role not in FULL]
    for one, full, other in zip(cycle(meant), cycle(FULL), cycle(rest), strict=False):
        yield from (one, full, one, other)


class Sender:
    """Sends cases to operations as roles in turn; each is undone, so that none depends on another."""

    def __init__(self, heads: Heads, known: dict[str, Known]) -> None:
        self.heads, self.known, self.tried = heads, known, Tried()

    def send(self, operation: Any, count: int, start: int) -> None:
        """So many requests: three of five valid, the rest broken where it can be; all roles in turn."""
        valid = cases_of(operation, VALID, -(-count * 3 // 5), start)
        broken = cases_of(operation, BROKEN, count - len(valid), start)
        known = self.known.get(operation.path)
        mixed = list(islice(cycle([*valid, *broken]), count)) if valid or broken else []
        for number, (case, role) in enumerate(zip(mixed, turns(self.heads, operation), strict=False)):
            there = known if known and number % 4 != 3 else None
            if there:
                case.path_parameters = {**case.path_parameters, **there.parts}
            self.one(operation, case, role, there)

    def one(self, operation: Any, case: Any, role: str, there: Known | None) -> None:
        """Send one as one role and look at the answer."""
        heads = dict(case.headers or {})
        case.headers = {name: value for name, value in heads.items() if name.lower() != "authorization"}
        with transaction.atomic():
            try:
                answer = case.call(headers=self.heads[role])
            finally:
                transaction.set_rollback(True)
        self.tried.statuses[answer.status_code] += 1
        self.tried.roles[role] += 1
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            for failure in group.exceptions:
                self.tried.blame(f"{operation.label}: {failure.title}, as {role}"[:200], str(group))
        if not opens(role, operation) and answer.status_code not in CLOSED:
            self.tried.blame(f"{operation.label}: {role} got {answer.status_code}", case.as_curl_command())
        if there and answer.status_code < 300 and role in there.closed_to:
            self.tried.blame(f"{operation.label}: {role} got into what is another's", case.as_curl_command())
