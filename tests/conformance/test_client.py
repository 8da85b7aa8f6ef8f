"""A client that openapi-python-client makes from the OpenAPI document makes the calls of the guide."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from iris.accounts import services
from iris.developers import reference
from tests.factories import accounts
from tests.figures import Tell

# The generator knows bytes by one name only, and has this setting for the others.
BYTES = "application/octet-stream"
FILES = (
    "application/pdf",
    "application/zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text/csv",
)
CALLS = """
import sys
sys.path.insert(0, sys.argv[1])
from made import AuthenticatedClient
from made.api.agencies import agencies_list
from made.api.certificates import certificates_list, certificates_retrieve
from made.api.lookups import lookups_create
from made.models import LookupInputRequest
client = AuthenticatedClient(base_url=sys.argv[2], token=sys.argv[3], prefix="Api-Key")
print(len(agencies_list.sync(client=client).results))
print(len(certificates_list.sync(client=client).results))
one = certificates_retrieve.sync("SANDBOX-C-0004", client=client)
print(one.legal_name, one.status.value, one.valid_today)
asked = LookupInputRequest(text="Test Narrow Overseas", origin="NP", destination="AE")
made = [lookups_create.sync(client=client, body=asked, idempotency_key="guide-1") for _ in range(2)]
print(made[0].outcome.value, made[0].verdict, made[0].id == made[1].id)
refused = certificates_retrieve.sync_detailed("NOTHING", client=client)
print(refused.status_code.value, refused.parsed.code)
"""


@pytest.mark.conformance
@pytest.mark.django_db(transaction=True)
def test_a_generated_client_makes_the_calls_of_the_guide(
    live_server: Any, tmp_path: Path, figures: Tell
) -> None:
    python = os.environ.get("IRIS_FOREIGN_CLIENT", "")
    if not python:
        pytest.skip("IRIS_FOREIGN_CLIENT names no interpreter with openapi-python-client")
    cache.clear()
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(reference.document(), default=str), encoding="utf-8")
    tool = Path(python).with_name("openapi-python-client")
    settings = tmp_path / "settings.json"
    settings.write_text(json.dumps({"content_type_overrides": dict.fromkeys(FILES, BYTES)}), encoding="utf-8")
    made = [str(tool), "generate", "--path", str(document), "--config", str(settings), "--meta", "none"]
    told = [*made, "--output-path", str(tmp_path / "made")]
    env = {**os.environ, "PATH": f"{tool.parent}:{os.environ['PATH']}"}  # it formats what it writes
    done = subprocess.run(told, capture_output=True, text=True, timeout=300, check=False, env=env)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "warning" not in said.lower(), said  # nothing was left out
    operations = sum(len(methods) for methods in reference.document()["paths"].values())
    made_calls = len(list((tmp_path / "made" / "api").rglob("[!_]*.py")))
    assert made_calls == operations
    person = accounts.person("employer", "sourcing_manager")
    scopes = ["read:register", "read:lookups"]
    _key, secret = services.issue_api_key(person.organisation, person, "tool", scopes, mode="sandbox")
    calls = [python, "-c", CALLS, str(tmp_path), live_server.url, secret]
    answer = subprocess.run(calls, capture_output=True, text=True, timeout=120, check=False)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines() == [
        "10",
        "6",
        "Test Suspended Services suspended False",
        "found other_scope True",
        "404 not_found",
    ]
    figures("client by openapi-python-client", operations=operations, left_out=0, calls_of_the_guide=6)
