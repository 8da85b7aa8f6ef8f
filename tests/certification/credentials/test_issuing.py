"""Every revision has a credential, and its status follows the certificate."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import jwt
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certification.certificates import services as certificates
from certification.certificates.models import Certificate
from certification.credentials import services, tasks
from certification.credentials.models import Credential, StatusList
from certification.credentials.rules import bits
from certification.credentials.services import issuing, status
from iris.core import clocks, outbox
from tests.factories import agencies
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db


def settle() -> None:
    """What the job of an act and the sweep do."""
    services.follow_all()
    services.publish_due()


def claims(token: str) -> dict[str, Any]:
    return dict(jwt.decode(token, options={"verify_signature": False}))


def published(purpose: str) -> bytes:
    """The bits as anyone reads them."""
    answer = Client().get(f"/credentials/status/{purpose}/1/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/vc+jwt"
    return bits.unpack(claims(answer.content.decode())["credentialSubject"]["encodedList"])


def told(credential: Credential) -> tuple[bool, bool]:
    """Revoked, suspended: what the published lists say."""
    settle()
    return (
        bits.bit(published("revocation"), credential.revocation_index),
        bits.bit(published("suspension"), credential.suspension_index),
    )


def issued(state: str = "active", name: str | None = None) -> tuple[Certificate, Credential]:
    row = factory.certificate(state, name=name)
    settle()
    return row, Credential.objects.get(certificate=row)


def test_issue_says_what_the_certificate_says() -> None:
    row, credential = issued()
    said = claims(credential.jwt)
    subject = said["credentialSubject"]
    assert said["issuer"]["id"].startswith("did:web:")
    assert said["validFrom"] == f"{row.effective_on}T00:00:00Z"
    assert said["validUntil"] == f"{row.expires_on}T23:59:59Z"
    assert subject["issuedToParty"]["name"] == row.legal_name
    assert subject["issuedToParty"]["registeredId"] == row.registration_number
    assert subject["auditor"]["name"] == row.firm_name
    assert str(row.firm_id) in subject["auditor"]["id"]
    corridors = {(one["origin"], one["destination"]) for one in subject["scope"]["corridors"]}
    assert corridors == {(one.origin, one.destination) for one in row.corridors.all()}
    assert said["id"].endswith(f"/credentials/{credential.pk}/")
    assert jwt.get_unverified_header(credential.jwt)["typ"] == "vc+jwt"


def test_issue_names_criteria_that_resolve(client: Client) -> None:
    _row, credential = issued()
    (assessment,) = claims(credential.jwt)["credentialSubject"]["conformityAssessment"]
    assert len(assessment["assessmentCriteria"]) > 10
    path = assessment["assessmentCriteria"][0]["id"].split("://")[1].partition("/")[2]
    assert client.get(f"/{path}").status_code == 200
    data = client.get(f"/{path}", headers={"accept": "application/json"})
    assert data["Content-Type"] == "application/json"
    assert json.loads(data.content)["code"] in assessment["assessmentCriteria"][0]["name"]


def test_issue_twice_gives_one() -> None:
    row, credential = issued()
    again = services.issue(certificate_id=row.pk)
    assert again == credential
    services.follow(certificate_id=row.pk)
    assert Credential.objects.filter(certificate=row).count() == 1


def test_w3c_twin_has_both_entries_with_the_index_as_text() -> None:
    _row, credential = issued()
    one, twin = claims(credential.jwt), claims(credential.jwt_w3c)
    assert one["credentialStatus"]["statusPurpose"] == "suspension"
    assert one["credentialStatus"]["statusListIndex"] == credential.suspension_index
    assert [(row["statusPurpose"], row["statusListIndex"]) for row in twin["credentialStatus"]] == [
        ("revocation", str(credential.revocation_index)),
        ("suspension", str(credential.suspension_index)),
    ]
    assert {k: v for k, v in one.items() if k != "credentialStatus"} == {
        k: v for k, v in twin.items() if k != "credentialStatus"
    }


def test_status_follows_suspension_and_reinstatement() -> None:
    row, credential = issued()
    assert told(credential) == (False, False)
    factory.suspend(row)
    assert told(credential) == (False, True)
    factory.reinstate(row)
    assert told(credential) == (False, False)


@pytest.mark.parametrize(
    ("state", "because"),
    [("withdrawn", "withdrawn"), ("relinquished", "given_up"), ("superseded", "superseded")],
)
def test_status_follows_an_end(state: str, because: str) -> None:
    row, credential = issued()
    if state == "withdrawn":
        factory.withdraw(row)
    elif state == "relinquished":
        certificates.relinquish_certificate(
            certificate_id=row.pk, actor=agencies.signatory(row.agency), reason="We close."
        )
    else:
        factory.revise(row)
    # Who reads only the entry that UNTP has room for must not take it for a good one.
    assert told(credential) == (True, True)
    credential.refresh_from_db()
    assert credential.revoked_because == because
    if state == "superseded":
        later = Credential.objects.get(certificate__replaces=row)
        assert told(later) == (False, False)
        assert later.suspension_index != credential.suspension_index


def test_status_follows_expiry() -> None:
    row, credential = issued()
    with clocks.freeze(clocks.now() + timedelta(days=3 * 366)):
        certificates.expire_due()
        assert told(credential) == (True, True)
    credential.refresh_from_db()
    assert credential.revoked_because == "expired"
    assert row.pk == credential.certificate_id


def test_job_of_an_act_moves_the_bit() -> None:
    row, credential = issued()
    outbox.run_all()
    factory.suspend(row)
    outbox.run_all()
    assert bits.bit(published("suspension"), credential.suspension_index)


def test_sweep_does_what_a_lost_job_did_not() -> None:
    from certification.credentials import tasks
    from iris.core.models import OutboxRow

    row, credential = issued()
    factory.suspend(row)
    OutboxRow.objects.filter(job="credentials.certificate_acted").update(status="done")
    tasks.status()
    assert bits.bit(published("suspension"), credential.suspension_index)


def test_sweep_publishes_although_one_certificate_cannot_be_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists that nobody signs end within the hour: one bad row must not take the word of all others away."""
    (bad, _its), (good, credential) = issued(name="Bad Agency"), issued(name="Good Agency")
    for row in (bad, good):
        factory.suspend(row)
    real = issuing.issue

    def broken(*, certificate_id: Any) -> Any:
        if certificate_id == bad.pk:
            raise KeyError("city")
        return real(certificate_id=certificate_id)

    monkeypatch.setattr(issuing, "issue", broken)
    with pytest.raises(issuing.NotFollowed, match="1 of 2 certificates"):
        tasks.status()
    assert bits.bit(published("suspension"), credential.suspension_index)


@pytest.mark.parametrize("first", ["revocation", "suspension"])
def test_lists_are_always_taken_in_one_order(first: str) -> None:
    """Whoever issues takes the list of revocations, then that of suspensions; so must whoever moves a bit."""
    low, high = UUID(int=1), UUID(int=2)
    second = "suspension" if first == "revocation" else "revocation"
    lists = {
        purpose: StatusList.objects.create(pk=key, purpose=purpose, number=9)
        for purpose, key in ((first, low), (second, high))
    }
    credential = Credential(revocation_list=lists["revocation"], suspension_list=lists["suspension"])
    with CaptureQueriesContext(connection) as told:
        status.note_change(credential)
    taken = [one["sql"] for one in told if "FOR UPDATE" in one["sql"] or one["sql"].startswith("UPDATE")]
    where = [lists[purpose].pk.hex for purpose in ("revocation", "suspension")]
    assert [next(key for key in where if key in sql.replace("-", "")) for sql in taken] == where


def test_list_dated_ahead_is_signed_again_when_the_clock_was_set_back() -> None:
    _row, _credential = issued()
    with clocks.freeze(clocks.now() + timedelta(days=1)):
        services.publish_due()
    assert services.publish_due() == 2
    assert StatusList.objects.filter(built_at__gt=clocks.now()).count() == 0


def test_sweep_keeps_within_a_minute() -> None:
    assert outbox.sweeps["credentials.status"][1] <= 30


def test_list_is_large_random_signed_and_short_lived(client: Client) -> None:
    _row, credential = issued()
    answer = client.get("/credentials/status/suspension/1/")
    said = claims(answer.content.decode())
    assert said["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert said["credentialSubject"]["ttl"] <= 300_000
    assert len(bits.unpack(said["credentialSubject"]["encodedList"])) * 8 >= 131_072
    assert said["issuer"] == claims(credential.jwt)["issuer"]["id"]
    assert "max-age=30" in answer["Cache-Control"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert (
        client.get("/credentials/status/suspension/1/", headers={"if-none-match": answer["ETag"]}).status_code
        == 304
    )
    assert client.get("/credentials/status/suspension/9/").status_code == 404
    assert client.get("/credentials/status/refresh/1/").status_code == 404


def test_list_in_which_nothing_moved_is_signed_again_before_it_ends() -> None:
    issued()
    first = StatusList.objects.get(purpose="revocation").jwt
    assert services.publish_due() == 0
    with clocks.freeze(clocks.now() + timedelta(minutes=6)):
        assert services.publish_due() == 2
    row = StatusList.objects.get(purpose="revocation")
    assert row.jwt != first
    assert claims(row.jwt)["validUntil"] > claims(first)["validUntil"]


def test_places_are_drawn_at_random() -> None:
    rows = [services.issue(certificate_id=factory.certificate().pk) for _turn in range(3)]
    places = [row.suspension_index for row in rows if row]
    assert places != list(range(3))
    assert len(set(places)) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM certification_credentials_credential",
        "UPDATE certification_credentials_credential SET jwt = 'x'",
        "UPDATE certification_credentials_credential SET suspension_index = 3",
        "UPDATE certification_credentials_credential SET revoked_at = NULL, revoked_because = ''",
        "DELETE FROM certification_credentials_statuslist",
        "UPDATE certification_credentials_statuslist SET changes = 0, built_changes = 0",
    ],
)
def test_database_keeps_what_was_issued(statement: str) -> None:
    row, _credential = issued()
    factory.withdraw(row)
    settle()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
