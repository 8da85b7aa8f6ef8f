"""The pages for developers, and that what stands on them is true: every example is run against a live server."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from iris.accounts import services
from iris.core import problems
from iris.developers import examples, reference
from tests.factories import accounts

GUIDE = Path(django_settings.BASE_DIR) / "docs" / "guides" / "api.md"
NODE = shutil.which("node")


def _commands() -> list[str]:
    """The indented commands of the guide."""
    blocks = re.findall(r"(?:^    .+\n)+", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return ["\n".join(line[4:] for line in block.splitlines()) for block in blocks]


def _run(language: str, code: str, key: str) -> str:
    programs = {"sh": ["bash", "-c", code], "python": [sys.executable, "-c", code]}
    programs["js"] = [str(NODE), "--input-type=module", "-e", code]
    told = {**os.environ, "KEY": key, "no_proxy": "*"}
    done = subprocess.run(
        programs[language], env=told, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.django_db(transaction=True)
def test_every_example_does_what_it_says(live_server: Any, settings: Any) -> None:
    settings.IRIS_PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    cache.clear()
    person = accounts.person("employer", "sourcing_manager")
    _key, secret = services.issue_api_key(
        person.organisation, person, "tool", ["read:register", "read:lookups"], mode="sandbox"
    )
    ran = 0
    for example in examples.EVERY:
        if example.language == "js" and NODE is None:
            continue  # the two others of the same call are run
        assert example.prints in _run(example.language, example.text, secret)
        ran += 1
    for command in _commands():
        text = _run("sh", command.replace("http://localhost:8000", live_server.url), secret)
        assert text.startswith("{"), command
        assert '"code"' not in text, command
        ran += 1
    assert ran >= 9


@pytest.mark.django_db
def test_every_page_opens_to_anybody() -> None:
    browser = Client()
    names = ("landing", "errors", "sandbox", "reference", "changelog")
    paths = [reverse(f"developers:{name}") for name in names]
    paths += [problems.path_of(one.code) for one in problems.every()]
    paths += [reverse("developers:group", args=[name]) for name, _operations in reference.groups()]
    for path in paths:
        page = browser.get(path)
        assert page.status_code == 200, path
        text = page.content.decode()
        assert "<script" not in text.replace("/static/", "") or "src=" in text
        assert "UNDEFINED" not in text, path
    assert browser.get("/developers/errors/no_such_code/").status_code == 404
    assert browser.get("/developers/reference/nothing/").status_code == 404


@pytest.mark.django_db
def test_the_page_of_a_code_says_cause_fix_and_example() -> None:
    text = Client().get(problems.path_of("idempotency_key_reused")).content.decode()
    for words in ("same key was used with another", "Use the key again only", "&quot;status&quot;: 422"):
        assert words in text


def test_the_reference_tells_every_operation_of_the_document() -> None:
    told = {(one.method.lower(), one.path) for _name, group in reference.groups() for one in group}
    document = reference.document()
    assert told == {(method, path) for path, methods in document["paths"].items() for method in methods}
    lists = dict(reference.groups())["agencies"]
    first = next(one for one in lists if one.id == "agencies_list")
    names = {row.name for row in first.asks}
    assert {"q", "country", "corridor", "cursor", "page_size", "changed_since", "If-None-Match"} <= names
    assert {"id", "legal_name"} <= {row.name for row in first.gives}


def test_every_call_of_the_reference_can_be_typed_and_nothing_is_left_open() -> None:
    """A shell splits each command as it stands."""
    for _name, group in reference.groups():
        for one in group:
            words = shlex.split(one.call)
            assert words[:2] == ["curl", "-s"], one.call
            address = words[-1]
            assert address.startswith(django_settings.IRIS_PUBLIC_URL), one.call
            assert "{" not in address, one.call
            assert ("-d" in words) == (one.sends == "application/json"), one.call
            if "-d" in words:
                assert isinstance(json.loads(words[words.index("-d") + 1]), dict), one.call


def _sandbox_key(person: Any) -> str:
    scopes = ["read:register", "read:lookups"]
    _key, secret = services.issue_api_key(person.organisation, person, "tool", scopes, mode="sandbox")
    return f"Api-Key {secret}"


@pytest.mark.django_db
def test_calls_of_the_sandbox_answer() -> None:
    person = accounts.person("employer", "sourcing_manager")
    ran = []
    for one in (one for _name, group in reference.groups() for one in group if one.sandbox):
        browser = Client(headers={"authorization": _sandbox_key(person)})  # one of them ends its key
        words = shlex.split(one.call)
        path = words[-1].removeprefix(django_settings.IRIS_PUBLIC_URL.rstrip("/"))
        body = words[words.index("-d") + 1] if "-d" in words else ""
        answer = browser.generic(one.method, path, body, content_type="application/json")
        assert answer.status_code in (200, 201, 204), (one.call, answer.content)
        ran.append(one.id)
    assert len(ran) >= 5


@pytest.mark.django_db
def test_answer_on_the_first_page_is_what_comes_back() -> None:
    browser = Client(headers={"authorization": _sandbox_key(accounts.person("employer", "sourcing_manager"))})
    told = browser.get(f"/api/v1/certificates/{examples.SHOWN}/").json()
    assert json.loads(Client().get(reverse("developers:landing")).context["answer"]) == told
