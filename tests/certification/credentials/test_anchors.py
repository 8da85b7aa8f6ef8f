"""The scheme vouches for an audit firm while it recognises it, and no longer."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from audits.bodies import services as bodies
from audits.bodies import tasks
from audits.bodies.models import AuditFirm
from certification.credentials.models import Credential
from certification.credentials.rules import bits
from iris.core import clocks, outbox
from tests.certification.credentials.test_issuing import claims, published
from tests.factories import accounts, applications

pytestmark = pytest.mark.django_db


def firm() -> AuditFirm:
    return bodies.approve_firm(
        organisation_id=accounts.organisation("audit_firm", name="Meridian Assurance").pk,
        actor=applications.staff("scheme_manager"),
        approved_from=clocks.today() - timedelta(days=30),
    )


def test_approval_makes_an_anchor(client: Client) -> None:
    made = firm()
    key = made.organisation_id
    answer = client.get(f"/did/firms/{key}/anchor/")
    assert answer["Content-Type"] == "application/vc+jwt"
    said = claims(answer.content.decode())
    assert said["credentialSubject"]["registeredName"] == "Meridian Assurance"
    assert said["credentialStatus"]["statusPurpose"] == "revocation"
    document = json.loads(client.get(f"/did/firms/{key}/did.json").content)
    assert document["id"] == said["credentialSubject"]["id"]
    assert document["controller"] == said["issuer"]["id"]
    assert document["id"].replace(":", "/").replace("%3A", ":").endswith(f"did/firms/{key}")
    tasks.anchors()
    assert Credential.objects.filter(firm_id=key).count() == 1


def test_end_of_the_approval_withdraws_the_anchor(client: Client) -> None:
    made = firm()
    bodies.end_firm_approval(
        firm_id=made.pk,
        actor=applications.staff("scheme_manager"),
        until=clocks.today() - timedelta(days=1),
        reason="It audited agencies it had advised.",
    )
    outbox.run_all()
    row = Credential.objects.get(firm_id=made.organisation_id)
    assert row.revoked_because == "recognition_ended"
    assert bits.bit(published("revocation"), row.revocation_index)


def test_an_end_to_come_is_written_into_a_new_anchor_and_then_withdrawn() -> None:
    made = firm()
    bodies.end_firm_approval(
        firm_id=made.pk,
        actor=applications.staff("scheme_manager"),
        until=clocks.today() + timedelta(days=10),
        reason="It leaves the scheme.",
    )
    old, new = Credential.objects.filter(firm_id=made.organisation_id).order_by("created_at")
    assert old.revoked_because == "reissued"
    assert claims(new.jwt)["validUntil"].startswith(str(clocks.today() + timedelta(days=10)))
    with clocks.freeze(clocks.now() + timedelta(days=12)):
        tasks.anchors()
    new.refresh_from_db()
    assert new.revoked_because == "recognition_ended"


def test_nobody_unknown_has_one(client: Client) -> None:
    other = accounts.organisation("audit_firm")
    assert client.get(f"/did/firms/{other.pk}/anchor/").status_code == 404
    assert client.get(f"/did/firms/{other.pk}/did.json").status_code == 404
