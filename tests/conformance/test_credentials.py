"""The share of every run: a few certificates of every state, read by four foreign libraries."""

from __future__ import annotations

from pathlib import Path

import pytest

from certification.credentials.models import Credential
from certification.credentials.services import follow_all
from tests.conformance.credentials import Stranger
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db


def test_valid_ones_are_valid_to_everybody(shared: Path, settings: object) -> None:
    rows = [factory.certificate(name=name) for name in ("Kalimaru Overseas Pvt. Ltd.", "कालिमारु ओभरसिज")]
    follow_all()
    settings.IRIS_CREDENTIAL_ALGORITHM = "ES256"  # type: ignore[attr-defined]
    from certification.credentials import services

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
