"""The share of every run: a few certificates of every state, read by four foreign libraries."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from jsonschema import Draft7Validator

from certification.credentials import services
from certification.credentials.models import Credential
from certification.credentials.selectors import verify_token
from certification.credentials.services import follow_all
from tests.certification.credentials import test_anchors
from tests.conformance.alterations import Altered, Forger
from tests.conformance.credentials import Stranger, schema
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db


def test_valid_ones_are_valid_to_everybody(shared: Path, settings: object) -> None:
    rows = [factory.certificate(name=name) for name in ("Kalimaru Overseas Pvt. Ltd.", "कालिमारु ओभरसिज")]
    follow_all()
    settings.IRIS_CREDENTIAL_ALGORITHM = "ES256"  # type: ignore[attr-defined]
    services.rotate_by_command(use="credential", reason="Half of them by the other algorithm.")
    rows.append(factory.certificate("conditional", name="Ash & Co. <Recruiters>"))
    stranger = Stranger.now(shared)
    issued = list(Credential.objects.filter(certificate__in=rows))
    assert len(issued) == 3
    assert {row.key.algorithm for row in issued} == {"EdDSA", "ES256"}
    for row in issued:
        assert stranger.refuses(row.jwt) == ""
        assert stranger.status(stranger.signed(row.jwt_w3c)) == [("revocation", False), ("suspension", False)]
    assert (
        stranger.node([row.jwt for row in issued])
        == [{"signature": True, "schema": True, "status": [["suspension", False]], "why": ""}] * 3
    )
    twins = stranger.node([row.jwt_w3c for row in issued])
    assert all(
        one["signature"] and one["status"] == [["revocation", False], ["suspension", False]] for one in twins
    )
    # The W3C's form is not UNTP's: its schema knows one entry, with a number. That is why there are two.
    assert not any(one["schema"] for one in twins)


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (factory.suspend, {"revocation": False, "suspension": True}),
        (factory.withdraw, {"revocation": True, "suspension": True}),
        (factory.revise, {"revocation": True, "suspension": True}),
    ],
)
def test_ended_ones_are_refused_by_both_readers(shared: Path, act: object, expected: dict[str, bool]) -> None:
    row = factory.certificate()
    follow_all()
    credential = Credential.objects.get(certificate=row)
    assert callable(act)
    act(row)
    stranger = Stranger.now(shared)
    assert stranger.refuses(credential.jwt) == "status"
    one, twin = stranger.node([credential.jwt, credential.jwt_w3c])
    assert one["status"] == [["suspension", True]]
    assert dict(twin["status"]) == expected


def passed(stranger: Stranger, altered: list[Altered]) -> list[str]:
    """What anybody took for good: PyJWT and jsonschema, jose and ajv, and the scheme's own page."""
    foreign = stranger.node([one.token for one in altered])
    return [
        f"{one.what}, to {who}"
        for one, theirs in zip(altered, foreign, strict=True)
        for who, good in (
            ("PyJWT", stranger.refuses(one.token) == ""),
            ("jose", theirs["signature"]),
            ("the verify page", verify_token(one.token).valid),
        )
        if good
    ]


def retired_and_other() -> None:
    """A key that has retired and one of the other algorithm, so that a forger has ids to borrow."""
    services.rotate_by_command(use="credential", reason="A first change.")


def test_no_alteration_passes(shared: Path) -> None:
    rows = [factory.certificate(), factory.certificate()]
    services.follow_all()
    retired_and_other()
    stranger = Stranger.now(shared)
    tokens = list(Credential.objects.filter(certificate__in=rows).values_list("jwt", flat=True))
    forger = Forger(stranger.did, tokens, seed=2611)
    altered = [one for token in tokens for one in forger.alter(token, 78)]
    assert len({one.what for one in altered}) > 12
    assert passed(stranger, altered) == []
    assert passed(stranger, [Altered("nothing", tokens[0])]) == [
        f"nothing, to {who}" for who in ("PyJWT", "jose", "the verify page")
    ]


def test_swapped_roles_are_refused_and_told_apart(shared: Path) -> None:
    """The fault of UNTP 0.6: agency and auditor meant the same to a signature over linked data."""
    row = factory.certificate()
    services.follow_all()
    stranger = Stranger.now(shared)
    credential = Credential.objects.get(certificate=row)
    said = stranger.signed(credential.jwt)
    subject = said["credentialSubject"]
    assert subject["issuedToParty"]["id"] != subject["auditor"]["id"] != said["issuer"]["id"]
    swapped = list(Forger(stranger.did, [credential.jwt, "a.b.c"], 1).alter(credential.jwt, 60))
    swapped = [one for one in swapped if one.what == "roles swapped"]
    assert len(swapped) == 5
    assert passed(stranger, swapped) == []


def test_anchor_and_linkset_fit_their_schemas(shared: Path, client: Client) -> None:
    firm = test_anchors.firm()
    row = factory.certificate()
    stranger = Stranger.now(shared, "dia")
    anchor = client.get(f"/did/firms/{firm.organisation_id}/anchor/").content.decode()
    assert stranger.wrong(stranger.signed(anchor)) == []
    assert stranger.node([anchor]) == [
        {"signature": True, "schema": True, "status": [["revocation", False]], "why": ""}
    ]
    links = client.get(f"/verify/{row.number}/", headers={"accept": "application/linkset+json"}).json()
    assert list(Draft7Validator(schema(shared, "linkset")).iter_errors(links)) == []
    assert not Draft7Validator(schema(shared, "linkset")).is_valid({"linkset": [{"anchor": "no address"}]})
