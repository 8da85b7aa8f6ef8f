"""A check: what is found, how sure it may sound, and a receipt that cannot be changed."""

import hashlib
import json
import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from pypdf import PdfReader

from certification.agencies.models import Agency
from iris.core import clocks, files, outbox
from iris.core.errors import BadInput, NotPermitted
from supplychain.lookups import selectors, services
from supplychain.lookups.models import Lookup, ReceiptPdf
from tests.factories import accounts, agencies, certificates

pytestmark = pytest.mark.django_db


@pytest.fixture
def certified() -> Agency:
    made = agencies.agency(
        "Kalimaru Overseas Services Pvt. Ltd.", corridors=[("NP", "QA")], sectors=["construction"]
    )
    return certificates.certificate(agency=made).agency


@pytest.fixture
def buyer():  # type: ignore[no-untyped-def]
    return accounts.person("employer", "sourcing_manager")


def _shown(lookup: Lookup) -> dict[str, object]:
    return selectors.present(selectors.snapshot_of(lookup))


def _suspend(agency: Agency) -> None:
    certificates.suspend(agency.certificates.get())


def test_look_up_by_certificate_number_is_certain(certified, buyer) -> None:  # type: ignore[no-untyped-def]
    number = certified.certificates.get().number
    lookup = services.look_up(actor=buyer, text=number.lower().replace("-", " "))
    assert (lookup.outcome, lookup.how, lookup.agency_id) == ("found", "certificate", certified.pk)
    assert _shown(lookup)["code"] == "certified"


def test_look_up_by_licence_number_in_other_punctuation(certified, buyer) -> None:  # type: ignore[no-untyped-def]
    number = certified.licences.get().number
    lookup = services.look_up(actor=buyer, text=number.replace("/", " - "))
    assert (lookup.how, lookup.agency_id) == ("licence", certified.pk)


def test_look_up_by_a_name_alike_is_never_a_green_tick(certified, buyer) -> None:  # type: ignore[no-untyped-def]
    lookup = services.look_up(actor=buyer, text="Kalimaroo Oversea Service")
    shown = _shown(lookup)
    assert (lookup.outcome, lookup.how, shown["tone"], shown["code"]) == (
        "found",
        "near_name",
        "care",
        "name_alike",
    )
    assert any("alike" in reason for reason in shown["reasons"])  # type: ignore[attr-defined]


def test_look_up_for_another_corridor_says_so(certified, buyer) -> None:  # type: ignore[no-untyped-def]
    number = certified.certificates.get().number
    asked = {"origin": "NP", "destination": "MY"}
    shown = _shown(services.look_up(actor=buyer, text=number, **asked))
    assert shown["code"] == "other_scope"
    shown = _shown(
        services.look_up(actor=buyer, text=number, origin="NP", destination="QA", sector="construction")
    )
    assert shown["code"] == "certified"


def test_look_up_of_a_suspended_one_is_a_stop(certified, buyer) -> None:  # type: ignore[no-untyped-def]
    _suspend(certified)
    shown = _shown(services.look_up(actor=buyer, text=certified.legal_name))
    assert (shown["code"], shown["tone"]) == ("not_valid", "stop")


def test_a_licence_is_never_called_clean(certified, buyer) -> None:  # type: ignore[no-untyped-def]
    answer = _shown(services.look_up(actor=buyer, text=certified.legal_name))["answer"]
    assert [row["tone"] for row in answer["licences"]] == ["unsure"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("Zanzibar Ferries", "not_found"), ("???", "invalid"), ("ORIS-C-9999-2611", "not_found")],
)
def test_look_up_of_what_is_not_there(certified, buyer, text: str, outcome: str) -> None:  # type: ignore[no-untyped-def]
    assert services.look_up(actor=buyer, text=text).outcome == outcome


def test_look_up_between_twins_lets_the_person_choose(buyer) -> None:  # type: ignore[no-untyped-def]
    twins = [agencies.agency(f"Everest Staffing {form}") for form in ("Ltd", "Inc")]
    first = services.look_up(actor=buyer, text="Everest Staffing")
    assert (first.outcome, first.agency_id) == ("ambiguous", None)
    chosen = services.look_up(actor=buyer, text="Everest Staffing", chosen=twins[1].pk)
    assert (chosen.outcome, chosen.how, chosen.agency_id) == ("found", "chosen", twins[1].pk)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 5_000}, "text"),
        ({"text": "Kalimaru", "origin": "NP"}, "destination"),
        ({"text": "Kalimaru", "origin": "NP", "destination": "NP"}, "destination"),
    ],
)
def test_look_up_bad_questions_say_what_to_do(buyer, asked: dict[str, str], field: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadInput) as refused:
        services.look_up(actor=buyer, **asked)
    assert field in refused.value.fields


def test_look_up_is_not_for_agencies(certified) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotPermitted):
        services.look_up(actor=agencies.signatory(certified), text="Kalimaru")


def test_the_hash_is_of_the_stored_canonical_json(certified, buyer) -> None:  # type: ignore[no-untyped-def]
    lookup = services.look_up(actor=buyer, text=certified.legal_name)
    assert hashlib.sha256(lookup.snapshot.encode()).hexdigest() == lookup.sha256
    again = json.dumps(json.loads(lookup.snapshot), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert again == lookup.snapshot


@pytest.mark.parametrize(
    "statement",
    ["UPDATE supplychain_lookups_lookup SET outcome = 'not_found'", "DELETE FROM supplychain_lookups_lookup"],
)
def test_a_receipt_cannot_be_changed(certified, buyer, statement: str) -> None:  # type: ignore[no-untyped-def]
    services.look_up(actor=buyer, text=certified.legal_name)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_receipt_can_be_printed_again_after_the_register_changed(certified, buyer) -> None:  # type: ignore[no-untyped-def]
    lookup = services.look_up(actor=buyer, text=certified.certificates.get().number)
    outbox.run_all()
    stored = ReceiptPdf.objects.get(lookup=lookup)
    _suspend(certified)
    again = services.render_receipt_bytes(lookup)
    for data in (files.read(stored.file), again):
        import io

        words = PdfReader(io.BytesIO(data)).pages[0].extract_text()
        assert lookup.number in words
        assert "Certified" in words
        assert "Suspended" not in words


def test_lookups_of_another_organisation_are_404(client, certified, buyer) -> None:  # type: ignore[no-untyped-def]
    lookup = services.look_up(actor=buyer, text=certified.legal_name)
    client.force_login(accounts.person("employer", "sourcing_manager"))
    for name in ("lookup", "receipt_pdf", "receipt_json"):
        assert client.get(reverse(f"lookups:{name}", args=[lookup.pk])).status_code == 404
    assert client.post(reverse("lookups:choose", args=[lookup.pk, uuid4()])).status_code == 404


def test_pages_from_question_to_receipt(client, certified, buyer) -> None:  # type: ignore[no-untyped-def]
    client.force_login(buyer)
    asked = client.post(
        reverse("lookups:check"), {"text": "kalimaru oversees services", "origin": "", "destination": ""}
    )
    lookup = Lookup.objects.get()
    assert asked.url == reverse("lookups:lookup", args=[lookup.pk])
    page = client.get(asked.url).content.decode()
    assert lookup.number in page
    assert "UNDEFINED" not in page
    waiting = client.get(reverse("lookups:receipt_pdf", args=[lookup.pk]))
    assert waiting.status_code == 202
    outbox.run_all()
    assert client.get(reverse("lookups:receipt_pdf", args=[lookup.pk]))["Content-Type"] == "application/pdf"


def test_proof_page_shows_nothing_of_the_content(client, certified, buyer) -> None:  # type: ignore[no-untyped-def]
    lookup = services.look_up(actor=buyer, text=certified.legal_name)
    page = client.get(reverse("lookups:proof", args=[lookup.number]))
    assert lookup.sha256 in page.content.decode()
    assert "Kalimaru" not in page.content.decode()
    assert client.get(reverse("lookups:proof", args=["R-0000-AAAAA-AAAAA"])).status_code == 404


def test_proof_page_compares_a_file(client, certified, buyer) -> None:  # type: ignore[no-untyped-def]
    from django.core.files.uploadedfile import SimpleUploadedFile

    lookup = services.look_up(actor=buyer, text=certified.legal_name)
    url = reverse("lookups:proof", args=[lookup.number])
    good = client.post(url, {"receipt": SimpleUploadedFile("r.json", lookup.snapshot.encode())})
    bad = client.post(url, {"receipt": SimpleUploadedFile("r.json", lookup.snapshot.encode() + b" ")})
    assert "Unchanged" in good.content.decode()
    assert "Not the same" in bad.content.decode()


def test_list_of_checks_has_a_bounded_number_of_queries(
    client, certified, buyer, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for _n in range(12):
        services.look_up(actor=buyer, text=certified.legal_name)
    client.force_login(buyer)
    with django_assert_max_num_queries(13):
        client.get(reverse("lookups:check"))


def test_no_id_stands_twice_on_the_page_of_two_forms(client, buyer) -> None:  # type: ignore[no-untyped-def]
    """A label beside a list of filters would point at the field of the question."""
    client.force_login(buyer)
    ids = re.findall(r'\bid="([^"]+)"', client.get(reverse("lookups:check")).content.decode())
    assert sorted(ids) == sorted(set(ids))
    assert {"id_relationship", "filter_relationship"} <= set(ids)


def test_list_of_checks_is_narrowed_by_outcome_relationship_and_day(client, certified, buyer) -> None:  # type: ignore[no-untyped-def]
    """Three checks on three days; each filter is worked by hand, and the last day counts until its midnight."""
    days = (datetime(2026, 11, 1, 9), datetime(2026, 11, 2, 23, 59, 59), datetime(2026, 11, 3, 0, 0, 0))
    asked = (
        (certified.legal_name, "supplier"),
        (certified.legal_name, "candidate"),
        ("Zanzibar Ferry Crews", "supplier"),
    )
    numbers = []
    for day, (text, relationship) in zip(days, asked, strict=True):
        with clocks.freeze(day.replace(tzinfo=UTC)):
            numbers.append(services.look_up(actor=buyer, text=text, relationship=relationship).number)
    client.force_login(buyer)

    def shown(**given: str) -> list[int]:
        page = client.get(reverse("lookups:check"), given).content.decode()
        return [at for at, number in enumerate(numbers) if number in page]

    assert shown() == [0, 1, 2]
    assert shown(outcome="not_found") == [2]
    assert shown(relationship="supplier") == [0, 2]
    assert shown(since="2026-11-02") == [1, 2]
    assert shown(until="2026-11-02") == [0, 1]
    assert shown(since="2026-11-02", until="2026-11-02") == [1]
    assert shown(relationship="supplier", until="2026-11-01", outcome="found") == [0]
    assert (
        "Type the day as year, month, day"
        in client.get(reverse("lookups:check"), {"since": "soon"}).content.decode()
    )
