"""Linters that others wrote read the OpenAPI document and the HTML of the public pages: no errors."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from iris.developers import reference
from tests.architecture.test_policies import PUBLIC
from tests.factories import accounts, certificates
from tests.figures import Tell
from tests.iris.accounts.conftest import SignIn, sign_in

__all__ = ["sign_in"]
pytestmark = pytest.mark.conformance
HERE = Path(__file__).with_name("linters")
PEOPLE = {"employer": "sourcing_manager", "scheme": "scheme_manager", "audit_firm": "firm_manager"}
OWN = ["/", "/lookups/", "/screenings/", "/chain/", "/watches/", "/account/", "/organisation/"]
# Neither program may call anybody.
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "CI": "true"}


@pytest.fixture
def linters() -> Path:
    """Where `./dev conformance` installs them."""
    place = os.environ.get("IRIS_FOREIGN_LINTERS", "")
    if not place:
        pytest.skip("needs redocly and vnu: run ./dev conformance")
    return Path(place)


def run(argv: list[str], cwd: Path, seconds: int = 300) -> subprocess.CompletedProcess[str]:
    """Run one of them where it finds nothing but what it is given."""
    env = {**os.environ, **QUIET, "HOME": str(cwd)}
    return subprocess.run(
        argv, capture_output=True, text=True, timeout=seconds, check=False, cwd=cwd, env=env
    )


def redocly(linters: Path, document: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    """What it finds in a document."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(document, default=str), encoding="utf-8")
    node = os.environ.get("PLAYWRIGHT_NODEJS_PATH") or shutil.which("node")
    assert node, "node is part of ./dev up"
    program = linters / "node_modules/@redocly/cli/bin/cli.js"
    told = ["--config", str(HERE / "redocly.yaml"), "--format", "json", "--max-problems", "10000"]
    done = run([node, str(program), "lint", str(path), *told], folder)
    assert done.stdout.strip(), done.stderr[-3000:]
    return list(json.loads(done.stdout)["problems"])


def test_redocly_finds_no_error_in_the_document(linters: Path, tmp_path: Path, figures: Tell) -> None:
    document = json.loads(json.dumps(reference.document(), default=str))
    found = redocly(linters, document, tmp_path)
    errors = [
        f"{one['ruleId']}: {one['message']} {_place(one)}" for one in found if one["severity"] == "error"
    ]
    warnings = sorted({f"{one['ruleId']}: {one['message']}" for one in found if one["severity"] != "error"})
    operations = sum(len(methods) for methods in document["paths"].values())
    figures(
        "OpenAPI document read by redocly", operations=operations, errors=len(errors), warnings=len(warnings)
    )
    assert errors == []
    assert warnings == []
    document["paths"]["/api/v1/agencies/"]["get"]["parameters"] = "none"
    document["paths"]["/api/v1/verify/"]["post"]["requestBody"] = {"$ref": "#/components/nothing"}
    rules = {one["ruleId"] for one in redocly(linters, document, tmp_path) if one["severity"] == "error"}
    assert rules >= {"struct", "no-unresolved-refs"}


def _place(problem: dict[str, Any]) -> str:
    return " ".join(str(one.get("pointer", "")) for one in problem.get("location", [])[:1])


def addresses() -> list[str]:
    """Every public page that needs nothing to be named, and the door to the others."""
    found = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
    for name in sorted(PUBLIC):
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return found


def pages(folder: Path, client: Client, wanted: list[str]) -> list[Path]:
    """Those of the addresses that are HTML, each in a file named after it."""
    made = []
    for address in dict.fromkeys(wanted):
        answer = client.get(address, follow=True)
        body = b"".join(answer) if answer.streaming else answer.content  # read to its end, a file is closed
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            path = folder / f"{address.strip('/').replace('/', '_').replace('?', '_') or 'home'}.html"
            path.write_bytes(body)
            made.append(path)
    return made


def vnu(linters: Path, paths: list[Path], folder: Path) -> list[dict[str, Any]]:
    """What the Nu Html Checker finds wrong."""
    jar = next(linters.glob("node_modules/vnu-jar/build/dist/vnu.jar"))
    java = shutil.which("java")
    assert java
    argv = [java, "-Xss1m", "-Xmx512m", "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    done = run([*argv, *map(str, paths)], folder)
    messages: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return messages


@pytest.mark.django_db
@pytest.mark.skipif(not shutil.which("java"), reason="needs a Java: apt-get install openrefine brings one")
def test_vnu_finds_no_error_in_the_pages(
    linters: Path, tmp_path: Path, client: Client, sign_in: SignIn, figures: Tell
) -> None:
    cache.clear()
    certificate = certificates.certificate(name="Kalimaru <Overseas> & Sons")
    known = [
        reverse("register:agency", args=[certificate.agency_id]),
        reverse("register:verify_number", args=[certificate.number]),
        reverse("register:search") + "?q=Kalimaru",
        reverse("developers:error", args=["not_found"]),
        reverse("developers:group", args=["agencies"]),
    ]
    public = pages(tmp_path, client, [*addresses(), *known])
    own = []
    for kind, role in PEOPLE.items():
        place = tmp_path / kind
        place.mkdir()
        own += pages(place, sign_in(accounts.person(kind, role)), OWN)
    errors = [one for one in vnu(linters, [*public, *own], tmp_path) if one["type"] == "error"]
    figures("pages read by the Nu Html Checker", public=len(public), signed_in=len(own), errors=len(errors))
    assert [f"{Path(one['url']).name}:{one.get('lastLine')} {one['message']}" for one in errors] == []
    broken = tmp_path / "broken.html"
    broken.write_bytes(public[0].read_bytes().replace(b"</main>", b"<p id=main><li></main>"))
    assert [one for one in vnu(linters, [broken], tmp_path) if one["type"] == "error"]
