"""The example of each code is what the product says: compared with the sentences of the sources, and with answers."""

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from iris.accounts import services
from iris.core import frozen, problems
from iris.developers import told
from tests.architecture import house
from tests.factories import accounts

FEWEST = 12  # letters: a sentence that is all holes would pass for any other
HOLE = re.compile(r"%\(\w+\)[sd]|%[sd]")
HOLED = re.compile(r"%\\\((\w+)\\\)[sd]|%[sd]")  # as re.escape leaves them
TEXT = re.compile(r'(?:"(?:[^"\\\n]|\\.)+"\s*)+')  # strings that follow each other are one


def _room(path: Path) -> str:
    return "/".join(path.relative_to(house.ROOT).parts[:2])


@cache
def _spoken() -> dict[str, list[tuple[str, str]]]:
    """The sentences of each room, each with the longest part of it that has no hole."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in house.sources():
        if path.name != "told.py":
            for strings in TEXT.findall(path.read_text(encoding="utf-8")):
                text = "" if "\\" in strings or " " not in strings else ast.literal_eval(f"({strings})")
                core = max(HOLE.split(text), key=len)
                if len(core) >= FEWEST:
                    found[_room(path)].append((core.replace("%%", "%"), text))
    return found


def _is_said(text: str, sentences: list[tuple[str, str]]) -> bool:
    """One sentence of these, or several that follow each other."""
    near = [whole for core, whole in sentences if core in text]
    patterns = [re.compile(HOLED.sub(lambda _hole: ".+?", re.escape(one).replace("%%", "%"))) for one in near]
    return _covered(text, patterns)


def _covered(text: str, patterns: list[re.Pattern[str]]) -> bool:
    if not text or any(one.fullmatch(text) for one in patterns):
        return True
    begins = (one.match(text) for one in patterns)
    return any(found and found.end() and _covered(text[found.end() :].lstrip(), patterns) for found in begins)


def _inside(more: Any) -> Iterator[str]:
    for value in more.values() if isinstance(more, dict) else more:
        yield from [value] if isinstance(value, str) else _inside(value)


def test_every_code_has_an_example_of_its_own() -> None:
    assert set(told.EVERY) == {one.code for one in problems.every()}
    for one in problems.every():
        title, more = told.EVERY[one.code]
        assert one.example == {
            "type": problems.address_of(one.code),
            "title": title,
            "status": one.status,
            "code": one.code,
            **more,
        }


def test_what_rooms_say_in_an_example_they_say_in_their_sources() -> None:
    spoken = _spoken()
    everywhere = [one for every in spoken.values() for one in every]
    unsaid = []
    for code, (title, more) in {**told.SHARED, **told.ROOMS}.items():
        rooms = {_room(path) for path in house.sources() if f'"{code}"' in path.read_text(encoding="utf-8")}
        rooms -= {"iris/developers", "iris/core"}
        patterns = [one for room in rooms for one in spoken[room]] + spoken["iris/core"]
        if not _is_said(title, patterns if rooms else everywhere):
            unsaid.append((code, title))
        texts = [text for part in ("errors", "missing") for text in _inside(more.get(part, {}))]
        unsaid += [(code, text) for text in texts if not _is_said(text, everywhere)]
    assert unsaid == []


def _client(mode: str, scope: str = "read:register") -> Client:
    person = accounts.person("employer", "sourcing_manager")
    scopes = [scope, "read:lookups"]
    _key, secret = services.issue_api_key(person.organisation, person, "tool", scopes, mode=mode)
    return Client(headers={"authorization": f"Api-Key {secret}"})


AGENCIES, LOOKUPS, JSON = "/api/v1/agencies/", "/api/v1/lookups/", "application/json"
HALF = {"text": told.AGENCY, "origin": "NP"}
NOBODY = f"{AGENCIES}00000000-0000-0000-0000-000000000000/"
# code -> method, address, more of the call
CALLS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "invalid": ("get", f"{AGENCIES}?countri=NP", {}),
    "parse_error": ("post", LOOKUPS, {"data": '{"text": ', "content_type": JSON}),
    "idempotency_key_invalid": (
        "post",
        LOOKUPS,
        {"data": HALF, "content_type": JSON, "headers": {"idempotency-key": "x" * 256}},
    ),
    "not_in_sandbox": ("get", "/api/v1/watches/", {}),
    "not_found": ("get", NOBODY, {}),
    "method_not_allowed": ("delete", AGENCIES, {}),
    "not_acceptable": ("get", AGENCIES, {"headers": {"accept": "application/xml"}}),
    "unsupported_media_type": ("post", LOOKUPS, {"data": "<a/>", "content_type": "application/xml"}),
    "too_large": ("post", LOOKUPS, {"data": " " * 6_000_000, "content_type": JSON}),
    "address_too_long": ("get", f"{AGENCIES}?q={'x' * 8_100}", {}),
    "bad_input": ("post", LOOKUPS, {"data": HALF, "content_type": JSON}),
    "authentication_failed": ("get", AGENCIES, {"headers": {"authorization": "Api-Key x"}}),
}


@pytest.mark.django_db
def test_edge_answers_as_its_examples_say() -> None:
    client = _client("sandbox")
    for code, (method, address, call) in CALLS.items():
        answer = getattr(client, method)(address, **call)
        assert json.loads(answer.content) == problems.facts_of(code).example, code  # type: ignore[union-attr]
    assert Client().get(AGENCIES).json() == problems.facts_of("not_authenticated").example  # type: ignore[union-attr]
    answer = _client("live").get("/api/v1/watches/")
    assert answer.json() == problems.facts_of("permission_denied").example  # type: ignore[union-attr]
    again = {"content_type": JSON, "headers": {"idempotency-key": "told-1"}}
    client.post(LOOKUPS, {"text": told.AGENCY}, **again)
    answer = client.post(LOOKUPS, {"text": "Other"}, **again)
    assert answer.json() == problems.facts_of("idempotency_key_reused").example  # type: ignore[union-attr]


def test_what_stands_still_is_said_as_in_the_examples(rf: Any) -> None:
    for code, writing in (("frozen", True), ("status_unknown", False)):
        example = problems.facts_of(code).example  # type: ignore[union-attr]
        moment = datetime.fromisoformat(example["as_of"])
        assert json.loads(frozen.refused(rf.get(AGENCIES), moment, writing=writing).content) == example


@pytest.mark.django_db
def test_page_of_a_code_shows_its_example() -> None:
    text = Client().get(reverse("developers:error", args=["last_in_role"])).content.decode()
    assert "Give someone else this role first" in text
