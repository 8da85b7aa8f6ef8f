"""The pages of a repayment, for each who may open them."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from certification.repayments.models import RepaymentCase, WorkerAccess
from certification.repayments.states import CaseState
from certification.repayments.web.acts import ACTS
from certification.repayments.web.workers import ACTS as WORKER_ACTS
from iris.accounts.models import User
from tests.factories import accounts, agencies, repayments

pytestmark = pytest.mark.django_db


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(client: Client, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(f"repayments:{name}", args=args))
    assert answer.status_code == status, answer.content.decode()[:500]
    content = answer.content.decode()
    assert "UNDEFINED VARIABLE" not in content
    return content


def test_every_page_in_every_state_shows_codes_and_no_name() -> None:
    case = repayments.case("open")
    people = [agencies.signatory(case.agency), repayments.manager(), repayments.auditor(case)]
    worker = case.workers.first()
    assert worker is not None
    for state in CaseState:
        repayments.walk(case, state)
        for person in people:
            client = browser(person)
            pages = [text(client, "list"), text(client, "case", case.pk), text(client, "workers", case.pk)]
            pages.append(text(client, "worker", case.pk, worker.pk))
            assert "W-0001" in pages[2]
            for page in pages:
                assert "Sealed Person" not in page
                assert "BANK-" not in page
        actor = browser(people[0])
        shown = text(actor, "worker", case.pk, worker.pk)
        assert ("Add a cost" in shown) == (state == CaseState.OPEN)
        assert ("Enter a payment" in shown) == (state == CaseState.PAYING)
        for one in ACTS:
            assert actor.get(reverse("repayments:act", args=[case.pk, one.name])).status_code in (200, 302)
        for other in WORKER_ACTS:
            url = reverse("repayments:worker_act", args=[case.pk, worker.pk, other.name])
            assert actor.get(url).status_code in (200, 302)
    assert RepaymentCase.objects.get(pk=case.pk).state == CaseState.CLOSED


def test_nobody_else_sees_a_case() -> None:
    case = repayments.case("open")
    others = [
        accounts.person("employer", "sourcing_manager"),
        accounts.person("government", "reader"),
        agencies.signatory(agencies.agency()),
        accounts.person("audit_firm", "lead_auditor"),
        accounts.person("caseworker", "caseworker"),
    ]
    for person in others:
        text(browser(person), "case", case.pk, status=404)
        text(browser(person), "workers", case.pk, status=404)
    assert Client().get(reverse("repayments:case", args=[case.pk])).status_code == 302


def test_a_name_is_opened_with_a_purpose_and_on_record() -> None:
    case = repayments.case("open")
    worker = case.workers.first()
    assert worker is not None
    url = reverse("repayments:name", args=[case.pk, worker.pk])
    client = browser(agencies.signatory(case.agency))
    refused = client.post(url, {"purpose": ""})
    assert "Sealed Person" not in refused.content.decode()
    opened = client.post(url, {"purpose": "Call about the bank account"})
    assert "Sealed Person" in opened.content.decode()
    assert "no-store" in opened["Cache-Control"]
    assert WorkerAccess.objects.get().purpose == "Call about the bank account"
    assert "Sealed Person" not in text(client, "worker", case.pk, worker.pk)
    assert browser(repayments.manager()).post(url, {"purpose": "curious"}).status_code == 404
    colleague = agencies.colleague(case.agency, "contributor")
    assert browser(colleague).post(url, {"purpose": "curious"}).status_code == 403
    assert WorkerAccess.objects.count() == 1


def test_the_calculation_comes_as_workbook_and_tagged_pdf_without_names() -> None:
    case = repayments.case("agreed")
    client = browser(repayments.manager())
    made = client.get(reverse("repayments:calculation", args=[case.pk, "pdf"]))
    assert made.status_code == 200
    reader = PdfReader(io.BytesIO(made.content))
    words = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert "/StructTreeRoot" in reader.trailer["/Root"]  # type: ignore[operator] # a dictionary
    assert "W-0004" in words
    assert "3500" in words
    assert "rounded up" in words
    assert "Sealed Person" not in words
    book = client.get(reverse("repayments:calculation", args=[case.pk, "xlsx"]))
    assert book.status_code == 200
    assert b"Sealed" not in book.content


def test_an_agency_opens_a_case_and_writes_it_down_by_hand() -> None:
    agency = agencies.agency()
    client = browser(agencies.signatory(agency))
    opened = client.post(reverse("repayments:add"), {"title": "Fees of 2024", "source_label": "agency"})
    case = RepaymentCase.objects.get()
    assert opened["Location"] == reverse("repayments:case", args=[case.pk])

    def post(name: str, data: dict[str, object]) -> None:
        answer = client.post(reverse("repayments:act", args=[case.pk, name]), data)
        assert answer.status_code == 302, answer.content.decode()[-3000:]

    post("terms", {"rule": "higher_of", "currency": "USD"})
    days = {"joined_from": "2024-01-01", "joined_to": "2024-12-31"}
    post(
        "cohort", {"name": "A", "origin": "NP", "destination": "MY", "employer_name": "Bright Gloves", **days}
    )
    post("rate", {"currency": "NPR", "value": "0.0075", "on": "2026-11-01", "source": "Nepal Rastra Bank"})
    post(
        "shares",
        {
            "kind_1": "agency",
            "name_1": "We",
            "percent_1": "60",
            "kind_2": "employer",
            "name_2": "B",
            "percent_2": "40",
        },
    )
    made = client.post(
        reverse("repayments:worker_add", args=[case.pk]),
        {"cohort": "A", "name": "Sealed Person", "complete": "on"},
    )
    assert made.status_code == 302
    worker = case.workers.get()
    cost = {"category": "F2", "label": "Fee", "amount": "100,000", "currency": "NPR", "grade": "receipt"}
    url = reverse("repayments:worker_act", args=[case.pk, worker.pk, "cost"])
    assert client.post(url, cost).status_code == 302
    page = text(client, "worker", case.pk, worker.pk)
    assert "USD 750.00" in page
    assert "USD 450.00" in text(client, "case", case.pk)
    post("quantify", {})
