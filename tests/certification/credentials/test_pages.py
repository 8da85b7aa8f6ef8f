"""The scheme's key ring and log; the agency's credential on its certificate."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import jwt
import pytest
from django.test import Client

from certification.credentials import examples, selectors
from certification.credentials.models import SchemeKey
from certification.credentials.services.keys import ready_key
from iris.accounts.models import User
from tests.certification.credentials.test_issuing import issued, settle
from tests.factories import accounts, agencies, applications, certificates

pytestmark = pytest.mark.django_db
NODE = shutil.which("node")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_manager_sees_the_ring_and_changes_the_key() -> None:
    row, _credential = issued()
    client = signed_in(applications.staff("scheme_manager"))
    shown = client.get("/credentials/keys/").content.decode()
    assert row.number in shown
    assert "Signs now" in shown
    assert "no authority vouches for it" in shown
    path = "/credentials/keys/credential/change/"
    assert client.get(path).status_code == 200
    refused = client.post(path, {"reason": " "})
    assert refused.status_code == 422
    assert "Say why the key is changed" in refused.content.decode()
    assert client.post(path, {"reason": "Yearly change."}).status_code == 302
    assert SchemeKey.objects.filter(retired_at__isnull=False).count() == 1
    assert "Yearly change." in client.get("/credentials/keys/").content.decode()
    assert client.get("/credentials/keys/other/change/").status_code == 404


def test_nobody_else_sees_or_changes_the_ring() -> None:
    key = ready_key("credential")
    for who in (
        applications.staff("screener"),
        accounts.person(role="signatory"),
        accounts.person(role="auditor"),
    ):
        assert signed_in(who).post("/credentials/keys/credential/change/", {"reason": "x"}).status_code == 404
    assert signed_in(accounts.person(role="signatory")).get("/credentials/keys/").status_code == 404
    assert selectors.current_key() == key


def test_log_shows_each_their_own() -> None:
    row, credential = issued()
    other, _theirs = issued()
    mine = selectors.credentials_visible_to(agencies.signatory(row.agency))
    assert list(mine) == [credential]
    assert selectors.credentials_visible_to(applications.staff("screener")).count() == 2
    assert not selectors.credentials_visible_to(accounts.person(role="sourcing_manager")).exists()
    assert other.pk != row.pk


def test_agency_finds_its_credential_on_its_certificate() -> None:
    row, credential = issued()
    shown = signed_in(agencies.signatory(row.agency)).get(f"/certificates/{row.pk}/").content.decode()
    assert f"/credentials/{credential.pk}/" in shown
    assert credential.sha256 in shown


def test_program_of_the_guide_checks_a_credential_without_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What stands on the page, run with nothing but PyJWT; the addresses it fetches are answered by this server."""
    row, credential = issued()
    code = examples.text_of(examples.PYTHON, selectors.public_url(), selectors.scheme_did())
    paper = tmp_path / "paper.jwt"
    monkeypatch.setattr("sys.argv", ["check.py", str(paper)])

    def fetched(url: str) -> io.BytesIO:
        return io.BytesIO(Client().get(url.removeprefix(selectors.public_url())).content)

    monkeypatch.setattr("urllib.request.urlopen", fetched)

    def said(text: str) -> str:
        paper.write_text(text, encoding="utf-8")
        exec(code, {})
        return capsys.readouterr().out.strip()

    address = selectors.certificate_url(row.number)
    assert said(credential.jwt) == said(credential.jwt_w3c) == f"{address} holds"
    with pytest.raises(jwt.InvalidSignatureError):
        said(credential.jwt[:-8] + "AAAAAAAA")
    certificates.suspend(row)
    settle()
    assert said(credential.jwt_w3c) == f"{address} ['suspension']"


@pytest.mark.skipif(NODE is None, reason="needs node")
def test_javascript_of_the_guide_checks_a_credential_without_us(tmp_path: Path) -> None:
    """What stands on the page, run by node; what it fetches was answered by this server before."""
    row, credential = issued()
    base, did = selectors.public_url(), selectors.scheme_did()
    (tmp_path / "check.mjs").write_text(examples.text_of(examples.JAVASCRIPT, base, did), encoding="utf-8")
    (tmp_path / "fetch.mjs").write_text(
        'import { readFileSync } from "node:fs";'
        'const kept = JSON.parse(readFileSync(new URL("kept.json", import.meta.url)));'
        "globalThis.fetch = async (url) => ({ text: async () => kept[url] });"
    )
    claims = jwt.decode(credential.jwt_w3c, options={"verify_signature": False})
    lists = [one["statusListCredential"] for one in claims["credentialStatus"]]

    def said(text: str) -> str:
        kept = {url: Client().get(url.removeprefix(base)).content.decode() for url in lists}
        kept[f"{base}/.well-known/did.json"] = Client().get("/.well-known/did.json").content.decode()
        (tmp_path / "kept.json").write_text(json.dumps(kept), encoding="utf-8")
        (tmp_path / "paper.jwt").write_text(text, encoding="utf-8")
        command = [str(NODE), "--import", "./fetch.mjs", "check.mjs", "paper.jwt"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        return done.stdout.strip() or done.stderr

    address = selectors.certificate_url(row.number)
    assert said(credential.jwt_w3c) == f"{address} holds"
    assert "Error: altered" in said(credential.jwt[:-8] + "AAAAAAAA")
    certificates.suspend(row)
    settle()
    assert said(credential.jwt_w3c) == f"{address} suspension"


def test_guide_and_words_are_pages_for_people_and_data_for_machines(client: Client) -> None:
    ready_key("credential")
    assert selectors.scheme_did() in client.get("/developers/credentials/").content.decode()
    path = "/credentials/terms/v1"
    assert client.get(path)["Content-Type"] == "application/ld+json"
    shown = client.get(path, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    named = client.get(path).json()["@context"]
    assert [
        word for word in named if word != "@version" and f'id="{word}"' not in shown.content.decode()
    ] == []
