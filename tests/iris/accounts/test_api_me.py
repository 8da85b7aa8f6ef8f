"""GET /api/v1/me/: whose key it is, what it opens, and nothing that would let somebody use it."""

import pytest

from tests.factories import accounts
from tests.factories.machines import Machine, machine

pytestmark = pytest.mark.django_db


def test_me_says_organisation_person_and_scopes() -> None:
    buyer = accounts.person("employer", "sourcing_manager", name="Anneke Visser")
    body = machine(buyer, "read:register", "read:chains").get("/api/v1/me/").json()
    assert buyer.organisation is not None
    assert body["organisation"]["name"] == buyer.organisation.name
    assert body["organisation"]["kind"] == "employer"
    assert body["acting_for"] == {"name": "Anneke Visser", "role": "sourcing_manager"}
    assert body["key"]["scopes"] == ["read:register", "read:chains"]
    assert "secret" not in str(body)


def test_me_needs_a_key() -> None:
    assert Machine().get("/api/v1/me/").status_code == 401
    client = Machine()
    client.credentials(HTTP_AUTHORIZATION="Api-Key nobody.nothing")
    assert client.get("/api/v1/me/").status_code == 401
