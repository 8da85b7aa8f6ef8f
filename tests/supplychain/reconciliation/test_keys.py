"""A key that travels in addresses: what it opens, when it stops, and that nothing writes it down."""

import ast
import logging
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as product
from gunicorn.config import Config
from gunicorn.glogging import Logger

from iris.accounts import services as accounts_services
from iris.accounts.models import User
from iris.accounts.states import ApiMode
from iris.core import clocks
from supplychain.reconciliation import services
from tests.factories import accounts, agencies
from tests.factories.machines import Machine

pytestmark = pytest.mark.django_db
URL = "/reconcile/"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


def ask(key: str, text: str = "Blue Lotus Recruitment") -> Any:
    body = urlencode({"queries": f'{{"q": {{"query": "{text}"}}}}'})
    return Machine().post(f"{URL}?{urlencode({'key': key})}", body, content_type=FORM)


def test_address_opens_the_service_and_nothing_else(buyer: User) -> None:
    client, key = services.make_address(actor=buyer, name="OpenRefine")
    assert client.scopes == ["reconcile"]
    assert ask(key).status_code == 200
    for path in ("/api/v1/agencies/", "/api/v1/certificates/"):
        assert Machine().get(path, headers={"Authorization": f"Api-Key {key}"}).status_code == 403
        assert Machine().get(path, {"key": key}).status_code == 401


@pytest.mark.parametrize("key", ["x", "", "x.y", "a" * 5_000, "\x00", "é.ü"])
def test_wrong_key_is_401_even_where_none_is_needed(key: str) -> None:
    """An empty one is as good as none."""
    assert ask(key).status_code == 401
    expected = 401 if key else 200
    assert Machine().get(URL, {"key": key}).status_code == expected


def test_expired_and_revoked_keys_are_401_and_say_so(buyer: User) -> None:
    client, key = services.make_address(actor=buyer, name="OpenRefine")
    with clocks.freeze(client.expires_at + timedelta(seconds=1)):
        assert "expired" in ask(key).json()["title"]
    accounts_services.revoke_api_key(client_id=client.pk, actor=buyer)
    assert (ask(key).status_code, "revoked" in ask(key).json()["title"]) == (401, True)


def test_sandbox_key_opens_no_real_answers(buyer: User) -> None:
    assert buyer.organisation is not None
    agencies.agency("Blue Lotus Recruitment")
    _client, key = accounts_services.issue_api_key(
        buyer.organisation, buyer, "tool", ["reconcile"], mode=ApiMode.SANDBOX
    )
    assert ask(key).json() == {"q": {"result": []}}
    assert [one["match"] for one in ask(key, "Test Certified Manpower").json()["q"]["result"]] == [True]


def test_key_of_an_organisation_that_does_not_rely_on_agencies_opens_no_questions() -> None:
    agency = accounts.person("agency", "signatory")
    assert agency.organisation is not None
    _client, key = accounts_services.issue_api_key(agency.organisation, agency, "tool", ["reconcile"])
    assert ask(key).status_code == 403


def test_errors_open_to_other_origins_leak_neither_key_nor_path(buyer: User) -> None:
    _client, key = services.make_address(actor=buyer, name="OpenRefine")
    answer = Machine().post(f"{URL}?key={key}", "queries=[", content_type=FORM)
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (400, "*")
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert key not in answer.content.decode()


def test_browser_of_another_origin_may_ask_first() -> None:
    answer = Machine().options(URL, headers={"Origin": "https://tool.example"})
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (204, "*")
    assert "Authorization" in answer["Access-Control-Allow-Headers"]


def test_jsonp_is_refused_in_a_sentence() -> None:
    answer = Machine().get(URL, {"callback": "jQuery123"})
    assert (answer.status_code, "JSONP" in answer.json()["title"]) == (400, True)


def test_no_log_line_of_the_product_holds_the_key(
    buyer: User, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not of a refusal, not of an answer, not of an error of ours."""
    agencies.agency("Blue Lotus Recruitment Ltd")
    _client, key = services.make_address(actor=buyer, name="OpenRefine")
    with caplog.at_level(logging.DEBUG):
        assert ask(key).status_code == 200
        assert ask(key, text="x" * 500).status_code == 400
        assert Machine().get(f"{URL}nowhere/", {"key": key}).status_code == 404
        client = Machine(raise_request_exception=False)
        monkeypatch.setattr(
            "supplychain.reconciliation.selectors.answer",
            lambda *given: (_ for _ in ()).throw(OSError("disk")),
        )
        body = urlencode({"queries": '{"q": {"query": "x y"}}'})
        assert client.post(f"{URL}?key={key}", body, content_type=FORM).status_code == 500
    told = "\n".join(f"{one.getMessage()} {one.exc_text or ''}" for one in caplog.records)
    assert "OSError" in told
    assert key.partition(".")[2] not in told


def test_access_log_of_the_web_process_has_the_path_without_the_query() -> None:
    """The very format with which ./dev starts the web process, filled in by its own logger."""
    tree = ast.parse((Path(product.BASE_DIR) / "launcher/constants.py").read_text(encoding="utf-8"))
    (layout,) = [
        ast.literal_eval(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ACCESS_LOG"
    ]
    query = "key=abc.secret"
    environ = {
        "REQUEST_METHOD": "POST",
        "RAW_URI": f"/reconcile/?{query}",
        "PATH_INFO": "/reconcile/",
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"http://elsewhere/?{query}",
    }
    answer = SimpleNamespace(status="200 OK", sent=10, headers=[])
    request = SimpleNamespace(headers=[])
    logger = Logger(Config())
    atoms = logger.atoms_wrapper_class(logger.atoms(answer, request, environ, timedelta(seconds=1)))
    line = layout % atoms
    assert "POST /reconcile/ HTTP/1.1" in line
    assert "secret" not in line
