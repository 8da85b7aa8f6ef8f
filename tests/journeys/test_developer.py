"""A developer comes in alone: an account, a key, first calls in three languages, live keys, a rotation, a leak."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.people import MANAGER
from tests.journeys.stack import Stack
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.real_time, pytest.mark.real_broker]
EMAIL, PASSWORD = "pia.sommerfeld@paper.example", "correct horse battery"
WITHIN = 60
PURPOSE = "Shows hotels a certificate, with the moment at which we asked."
CERTIFIED = """
from tests.factories import certificates
print(certificates.certificate("active", name="Paper Lantern Overseas").number)
"""
PROGRAMS = {"curl": "bash", "Python": sys.executable, "JavaScript": shutil.which("node") or ""}


def _call(url: str, key: str = "", body: dict[str, str] | None = None) -> tuple[int, dict[str, Any]]:
    head = {"Authorization": f"Api-Key {key}"} if key else {"Content-Type": "application/json"}
    request = urllib.request.Request(url, headers=head, data=json.dumps(body).encode() if body else None)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def _printed(who: Walker, title: str, folder: Path, *arguments: str, key: str = "") -> str:
    """What a program prints that stands on the page, copied from there."""
    sample = who.page.locator("figure.sample", has=who.page.get_by_text(title, exact=True)).first
    program = folder / f"program.{'mjs' if title == 'JavaScript' else 'txt'}"
    program.write_text(sample.locator("code").inner_text(), encoding="utf-8")
    done = subprocess.run(
        [PROGRAMS[title], str(program), *arguments],
        env={**os.environ, "KEY": key, "no_proxy": "*"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _comes_in(pia: Walker, stage: Stack) -> str:
    """From nothing to the first sandbox key, which is returned."""
    pia.go("/developers/").page.get_by_role("link", name="Get a sandbox key").click()
    pia.fill({"full_name": "Pia Sommerfeld", "email": EMAIL, "password1": PASSWORD}).press("Make my account")
    found = re.search(r"http://\S+/confirm-email/\S+", stage.mail_to(EMAIL))
    assert found
    pia.go(found[0].removeprefix(stage.url)).press("Yes, confirm it")
    pia.fill({"name": "Paper Boat Software", "country": "NP"}).press("Begin")
    pia.sees("Now issue your first sandbox key").sees("A live key comes later")
    pia.fill({"name": "Laptop"}).press("Issue the key").sees("Copy it now.")
    return pia.page.input_value("#key")


def test_from_nothing_to_a_live_key_that_leaks(stage: Stack, walk: Any, tmp_path: Path) -> None:
    number = stage.python(CERTIFIED).split()[-1]
    pia = walk()
    key = _comes_in(pia, stage)

    pia.go("/developers/")
    assert json.loads(_printed(pia, "curl", tmp_path, key=key))["status"] == "suspended"
    for title in ("Python", "JavaScript") if PROGRAMS["JavaScript"] else ("Python",):
        said = _printed(pia, title, tmp_path, key=key)
        assert said.split()[:4] == ["Test", "Suspended", "Services", "suspended"], title
    status, told = _call(f"{stage.url}/api/v1/watches/", key)
    assert (status, told["code"]) == (403, "not_in_sandbox")
    pia.go(told["type"].removeprefix(stage.url)).sees("A sandbox key sees fixed records only").sees(
        told["title"]
    )
    pia.go("/developers/webhooks/").sees("Try it on your own machine")

    pia.go("/today/").sees("Ask for live keys").go("/developers/live/").fill({"purpose": PURPOSE})
    pia.press("Ask for live keys").sees("The scheme is looking at your request")
    manager = walk(MANAGER)
    manager.go("/scheme/developers/").follow("Paper Boat Software").sees(PURPOSE).sees("1 key, last used")
    manager.fill({"outcome": "accept"}).press("Send the answer").sees("Accepted")
    assert "/developers/live/" in stage.mail_to(EMAIL)
    pia.go("/developers/live/").follow("Issue a live key").fill({"name": "Shop window"}).press(
        "Issue the key"
    )
    live = pia.page.input_value("#key")
    of_theirs = f"{stage.url}/api/v1/certificates/{number}/"
    assert _call(of_theirs, live)[1]["legal_name"] == "Paper Lantern Overseas"
    assert _call(of_theirs, key)[0] == 404

    pia.go("/developers/credentials/")
    paper = tmp_path / "certificate.jwt"
    with urllib.request.urlopen(
        urllib.request.Request(f"{stage.url}/verify/{number}/", headers={"Accept": "application/vc+jwt"})
    ) as answer:
        paper.write_bytes(answer.read())
    for title in ("Python", "JavaScript") if PROGRAMS["JavaScript"] else ("Python",):
        said = _printed(pia, title, tmp_path, str(paper))
        assert said.split() == [f"{stage.url}/verify/{number}/", "holds"], title

    pia.go("/organisation/").page.locator("tr", has_text="Shop window").get_by_text("Rotate").click()
    pia.fill({"hours": "24"}).press("Make the new key")
    newer = pia.page.input_value("#key")
    assert [_call(of_theirs, one)[0] for one in (live, newer)] == [200, 200]
    assert _call(f"{stage.url}/api/v1/keys/revoke/", body={"key": newer})[0] in (200, 202)
    assert _call(of_theirs, newer)[1]["code"] == "authentication_failed"
    began = time.monotonic()
    while "gave it up" not in pia.go("/inbox/").page.inner_text("main"):
        assert time.monotonic() - began < WITHIN, "nobody was told that the key was ended"
        time.sleep(0.3)
