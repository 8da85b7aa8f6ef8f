"""The ledger as a sheet: told row by row, saved whole or not at all, never a formula; and the pages of the tables."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from certification.agencies.models import Agency
from certification.assessments import selectors, services
from certification.assessments.models import Assessment, CostLine
from iris.accounts.models import User
from iris.core.errors import BadInput, Conflict
from tests.factories import accounts, agencies, assessments

pytestmark = pytest.mark.django_db
Clients = Callable[[User], Client]
HEADER = (
    "Job order,From,To,Employer,Workers,Kind,Cost,Amount,Currency,Paid by,Share of the employer,"
    "Share of the worker"
)


@pytest.fixture
def draft(agency: Agency) -> Assessment:
    return assessments.draft_assessment(agency)


def sheet(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def test_import_makes_orders_and_lines(draft: Assessment, signatory: User) -> None:
    data = sheet(
        'JO-1,NP,Malaysia,Tellmark,84,C1,Medical test,"6,500",NPR,employer,,',
        "JO-1,NP,MY,Tellmark,84,C6: Travel,Air ticket,54300,npr,,50000,4300",
    ).replace(b"C6: Travel", b"C6")
    done = services.import_sheet(assessment_id=draft.pk, actor=signatory, data=data)
    order = draft.job_orders.get()
    assert (len(done.new), order.destination, order.workers) == (2, "MY", 84)
    shared = CostLine.objects.get(label="Air ticket")
    assert (shared.paid_by, shared.share_worker_minor) == ("shared", 430_000)
    assert services.preview_sheet(draft, data).there == 2
    with pytest.raises(Conflict):
        services.import_sheet(assessment_id=draft.pk, actor=signatory, data=data)


def test_import_says_what_is_wrong_and_saves_nothing(draft: Assessment, signatory: User) -> None:
    data = sheet(
        "JO-1,NP,MY,Tellmark,84,C1,Medical test,6500,NPR,employer,,",
        "JO-1,NP,MY,Tellmark,84,C1,Insurance,900,Rupee,employer,,",
        "JO-1,NP,MY,Tellmark,84,C12,Ticket,6.5.0,NPR,boss,,",
        "JO-2,NP,Atlantis,,84,C1,Medical,10,NPR,employer,,",
    )
    found = services.preview_sheet(draft, data)
    told = "\n".join(found.problems)
    assert "Row 3, Currency: expected a three-letter code such as NPR, found “RUPEE”." in told
    assert "Row 4, Kind: expected F1, F2" in told
    assert "found “C12”. Write one of these." in told
    assert "Row 4, Amount: expected a number" in told
    assert "Row 4, Paid by: expected employer, agency" in told
    assert "Row 5, To: expected a country such as NP or Nepal, found “Atlantis”." in told
    assert "Row 5, Employer: Give the employer’s name." in told
    with pytest.raises(Conflict):
        services.import_sheet(assessment_id=draft.pk, actor=signatory, data=data)
    assert not draft.job_orders.exists()


def test_import_without_its_columns_names_them(draft: Assessment) -> None:
    with pytest.raises(BadInput) as refusal:
        services.preview_sheet(draft, b"Job order,Cost\nJO-1,Medical\n")
    assert "Amount" in str(refusal.value.message)


def test_export_comes_back_and_holds_no_formula(draft: Assessment) -> None:
    order = assessments.job_order(draft)
    assessments.cost_line(order, label="=HYPERLINK(0)")
    assessments.cost_line(order, paid_by="shared", shares={"employer": "6000", "worker": "500"})
    for data in (selectors.as_csv(draft), selectors.as_xlsx(draft)):
        found = services.preview_sheet(draft, data)
        assert (found.there, found.problems, found.new) == (2, [], [])
    assert b"'=HYPERLINK" in selectors.as_csv(draft)
    book = CalamineWorkbook.from_filelike(io.BytesIO(selectors.as_xlsx(draft)))
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert "=HYPERLINK(0)" in cells
    assert all(isinstance(cell, str) for cell in cells)


def test_import_pages_preview_then_confirm(draft: Assessment, signatory: User, client_of: Clients) -> None:
    client = client_of(signatory)
    upload = SimpleUploadedFile(
        "costs.csv", sheet("JO-1,NP,MY,Tellmark,84,C1,Medical test,6500,NPR,employer,,")
    )
    url = reverse("assessments:ledger_upload", args=[draft.pk])
    assert client.post(url, {}).status_code == 422
    preview = client.post(url, {"upload": upload})["Location"]
    page = client.get(preview).content.decode()
    assert "Medical test" in page
    assert "UNDEFINED VARIABLE" not in page
    assert not CostLine.objects.exists()
    assert client_of(agencies.signatory(agencies.agency())).get(preview).status_code == 404
    assert client.post(preview).status_code == 302
    assert CostLine.objects.get().label == "Medical test"


def test_pages_of_the_tables_open_for_whom_they_should(draft: Assessment, client_of: Clients) -> None:
    services.load_tables()
    order = assessments.job_order(draft)
    line = assessments.cost_line(order, paid_by="worker")
    manager, own = accounts.person("scheme", "scheme_manager"), agencies.signatory(draft.agency)
    one = [draft.pk, order.pk]
    pages = {
        own: [
            reverse("assessments:calculator") + "?origin=NP&destination=MY&workers=5&sector=",
            reverse("assessments:calculator") + "?origin=NP&destination=FR&workers=5&sector=&currency=EUR",
            reverse("assessments:ask_employer", args=one),
            reverse("assessments:price_answer", args=one),
            reverse("assessments:ledger", args=[draft.pk]),
            reverse("assessments:line_edit", args=[draft.pk, line.pk]),
        ],
        manager: [
            reverse("assessments:words") + "?label=dharauti&lang=ne",
            reverse("assessments:word_add"),
            reverse("assessments:costs") + "?corridor=NP-MY",
            reverse("assessments:cost_add"),
            reverse("assessments:rate_add"),
        ],
    }
    for person, urls in pages.items():
        for url in urls:
            response = client_of(person).get(url)
            assert response.status_code == 200, url
            assert "UNDEFINED VARIABLE" not in response.content.decode(), url
    for url in pages[manager]:
        assert client_of(own).get(url).status_code == 404
    public = Client().get(reverse("assessments:beware_in", args=["ne"])).content.decode()
    assert "धरौटी" in public
    assert Client().get(reverse("assessments:beware_in", args=["xx"])).status_code == 404
    calculated = client_of(own).get(pages[own][1]).content.decode()
    assert "Cannot say." in calculated
