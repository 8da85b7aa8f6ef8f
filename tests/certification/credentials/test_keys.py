"""The key ring: one key signs, retired ones stay published and can sign no more."""

from __future__ import annotations

import json
from typing import Any

import jwt
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, transaction
from django.test import Client

from certification.credentials import selectors, services
from certification.credentials.models import SchemeKey
from certification.credentials.rules import did, jose
from certification.credentials.services.keys import ready_key
from iris.core.errors import NotPermitted, ReasonRequired
from iris.core.models import Event
from tests.factories import applications

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org", "did:web:example.org"),
        ("https://example.org/", "did:web:example.org"),
        ("http://localhost:8000", "did:web:localhost%3A8000"),
        ("https://Example.org:8443/iris/a b", "did:web:example.org%3A8443:iris:a%20b"),
    ],
)
def test_did_percent_encodes_the_port(address: str, expected: str) -> None:
    assert did.did_of(address) == expected


def _published(client: Client) -> dict[str, Any]:
    answer = client.get("/.well-known/did.json")
    assert answer["Content-Type"] == "application/did+json"
    return dict(json.loads(answer.content))


def _verify(client: Client, token: str) -> dict[str, Any]:
    """As a stranger does: the key by its id from did.json, the signature by a library of others."""
    header = jwt.get_unverified_header(token)
    document = _published(client)
    method = next(one for one in document["verificationMethod"] if one["id"] == header["kid"])
    assert method["controller"] == document["id"]
    assert method["id"] in document["assertionMethod"]
    found = jwt.decode(token, jwt.PyJWK(method["publicKeyJwk"]).key, algorithms=[header["alg"]])
    return dict(found)


@pytest.mark.parametrize("algorithm", ["EdDSA", "ES256"])
def test_sign_is_verified_by_a_stranger(client: Client, settings: Any, algorithm: str) -> None:
    settings.IRIS_CREDENTIAL_ALGORITHM = algorithm
    token = services.sign({"said": "नमस्ते"}, typ="vc+jwt", cty="vc")
    assert _verify(client, token) == {"said": "नमस्ते"}
    header = jwt.get_unverified_header(token)
    assert (header["alg"], header["typ"], header["cty"]) == (algorithm, "vc+jwt", "vc")


def test_rotate_keeps_the_old_key_published_and_destroys_its_private_half(client: Client) -> None:
    before = services.sign({"n": 1}, typ="JWT")
    old = ready_key("credential")
    new = services.rotate(
        use="credential", actor=applications.staff("scheme_manager"), reason="Yearly change."
    )
    after = services.sign({"n": 2}, typ="JWT")
    assert [_verify(client, one)["n"] for one in (before, after)] == [1, 2]
    assert jwt.get_unverified_header(before)["kid"] != jwt.get_unverified_header(after)["kid"]
    assert [row.pk for row in selectors.key_ring()] == [new.pk, old.pk]
    kept = SchemeKey.objects.get(pk=old.pk)
    assert kept.private_sealed is None
    assert kept.retired_at is not None
    assert Event.objects.filter(subject_id=old.pk, act="retired").exists()


def test_rotate_needs_a_manager_and_a_reason() -> None:
    with pytest.raises(NotPermitted):
        services.rotate(use="credential", actor=applications.staff("screener"), reason="For fun.")
    with pytest.raises(ReasonRequired):
        services.rotate(use="credential", actor=applications.staff("scheme_manager"), reason="  ")
    assert not SchemeKey.objects.exists()


def test_command_rotates_and_refuses_without_a_reason() -> None:
    first = ready_key("credential")
    call_command("rotate_credential_key", reason="A disk was lost.", verbosity=0)
    assert selectors.current_key() != first
    with pytest.raises(CommandError, match="reason"):
        call_command("rotate_credential_key", reason=" ")


def test_private_half_is_sealed_and_never_published(client: Client) -> None:
    key = ready_key("credential")
    assert key.private_sealed is not None
    assert b'"d"' not in bytes(key.private_sealed)
    assert '"d":' not in json.dumps(_published(client))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM certification_credentials_schemekey",
        "UPDATE certification_credentials_schemekey SET public_jwk = '{}'",
        "UPDATE certification_credentials_schemekey SET name = 'other'",
        "UPDATE certification_credentials_schemekey SET retired_at = NULL, private_sealed = 'x'",
    ],
)
def test_database_refuses_to_change_a_key(statement: str) -> None:
    from django.db import connection

    ready_key("credential")
    services.rotate_by_command(use="credential", reason="Yearly change.")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.b",
        "a.b.c.d",
        "..",
        "e30.e30.=",
        "e30.W10.AA",
        "e30.eyJhIjoxLCJhIjoyfQ.AA",
        "é.e30.AA",
        "e31.e30.AA",
    ],
)
def test_read_refuses_what_others_may_read_otherwise(text: str) -> None:
    with pytest.raises(jose.Unreadable):
        jose.read(text)


def test_verifies_with_the_algorithm_of_the_key_alone() -> None:
    token = jose.read(services.sign({"a": 1}, typ="JWT"))
    key = ready_key("credential")
    assert jose.verifies(token, key.public_jwk, alg="EdDSA")
    assert not jose.verifies(token, key.public_jwk, alg="ES256")
    public, private = jose.new_key("EdDSA")
    other = jose.sign({"a": 1}, private, alg="EdDSA", kid=selectors.key_id(key), typ="JWT")
    assert not jose.verifies(jose.read(other), key.public_jwk, alg="EdDSA")
    assert jose.verifies(jose.read(other), public, alg="EdDSA")
