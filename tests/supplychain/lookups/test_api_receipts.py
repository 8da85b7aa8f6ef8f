"""Receipts by machine: the list with its filters, the canonical bytes, the PDF, and the public proof (R70)."""

import hashlib
from datetime import timedelta

import pytest

from iris.accounts.models import User
from iris.core import clocks, outbox
from iris.core.models import OutboxRow
from supplychain.lookups import services
from tests.factories import accounts, agencies
from tests.factories.machines import Machine, machine

pytestmark = pytest.mark.django_db
URL = "/api/v1/lookups/"


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


def test_the_list_holds_own_checks_only_and_its_filters_add_up(buyer: User) -> None:
    agency = agencies.agency("Blue Lotus Recruitment Ltd")
    with clocks.freeze(clocks.now() - timedelta(days=3)):
        services.look_up(actor=buyer, text="Nobody Of This Name", relationship="supplier")
    services.look_up(actor=buyer, text="Blue Lotus Recruitment", relationship="candidate")
    services.look_up(actor=accounts.person("employer", "sourcing_manager"), text="Blue Lotus Recruitment")
    client = machine(buyer, "read:lookups")

    def texts(**asked: str) -> list[str]:
        return [row["text"] for row in client.get(URL, asked).json()["results"]]

    assert texts() == ["Nobody Of This Name", "Blue Lotus Recruitment"]
    assert texts(until="2026-11-18") == texts(relationship="supplier") == ["Nobody Of This Name"]
    assert texts(since="2026-11-19") == texts(outcome="found") == ["Blue Lotus Recruitment"]
    assert texts(agency_id=str(agency.pk), relationship="supplier") == []
    backwards = client.get(URL, {"since": "2026-11-20", "until": "2026-11-19"})
    assert (backwards.status_code, list(backwards.json()["errors"])) == (400, ["until"])


def test_receipt_bytes_hash_to_the_number_that_the_public_proof_says(buyer: User) -> None:
    row = services.look_up(actor=buyer, text="Blue Lotus Recruitment")
    data = machine(buyer, "read:lookups").get(f"{URL}{row.pk}/receipt.json").content
    sha256 = hashlib.sha256(data).hexdigest()
    public = Machine()
    proof = public.get(f"/api/v1/receipts/{row.number.lower()}/").json()
    assert proof == {
        "number": row.number,
        "issued_at": "2026-11-21T12:00:00Z",
        "sha256": sha256,
        "unchanged": None,
    }
    assert public.get(f"/api/v1/receipts/{row.number}/", {"sha256": sha256}).json()["unchanged"] is True
    other = hashlib.sha256(data + b" ").hexdigest()
    assert public.get(f"/api/v1/receipts/{row.number}/", {"sha256": other}).json()["unchanged"] is False
    assert public.get("/api/v1/receipts/R-2611-NNNNN-NNNNN/").status_code == 404


def test_the_pdf_is_asked_for_then_there(buyer: User) -> None:
    row = services.look_up(actor=buyer, text="Blue Lotus Recruitment")
    client = machine(buyer, "read:lookups")
    waits = client.get(f"{URL}{row.pk}/receipt.pdf")
    assert (waits.status_code, waits["Retry-After"], waits.json()["state"]) == (202, "5", "being_made")
    assert client.get(f"{URL}{row.pk}/receipt.pdf").status_code == 202
    assert OutboxRow.objects.filter(kwargs__lookup_id=str(row.pk)).count() == 1
    outbox.run_all()
    answer = client.get(f"{URL}{row.pk}/receipt.pdf")
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    assert (
        machine(accounts.person("employer"), "read:lookups").get(f"{URL}{row.pk}/receipt.pdf").status_code
        == 404
    )
