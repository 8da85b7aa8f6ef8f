"""Dashboards, the search box, the landing page and the API's guide, for each kind of person."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import accounts, agencies, certificates

pytestmark = pytest.mark.django_db
PEOPLE = [
    ("agency", "signatory"),
    ("audit_firm", "lead_auditor"),
    ("employer", "sourcing_manager"),
    ("government", "reader"),
    ("scheme", "scheme_manager"),
    ("scheme", "screener"),
    ("scheme", "decider"),
    ("caseworker", "caseworker"),
]


@pytest.mark.parametrize(("kind", "role"), PEOPLE)
def test_today_answers_what_now_for_everyone(client: Client, kind: str, role: str) -> None:
    client.force_login(accounts.person(kind, role))
    page = client.get("/today/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "What now" in text
    assert "UNDEFINED" not in text


def test_today_without_an_organisation_leads_to_the_start(client: Client) -> None:
    client.force_login(accounts.person())
    assert client.get("/today/").url == reverse("accounts:start")  # type: ignore[attr-defined]


def test_today_leads_the_decider_to_the_case_that_waits(client: Client) -> None:
    case = certificates.recommended(agencies.agency("Kalimaru Overseas"))
    client.force_login(certificates.decider())
    assert reverse("certificates:decide", args=[case.pk]) in client.get("/today/").content.decode()


def test_search_finds_an_agency_by_a_part_of_its_name(client: Client) -> None:
    agency = agencies.agency("Kalimaru Overseas")
    client.force_login(accounts.person("scheme", "screener"))
    assert client.get("/search/", {"q": "kalim"}).url == reverse("agencies:agency", args=[agency.pk])  # type: ignore[attr-defined]


def test_search_never_leads_outsiders_to_what_is_not_public(client: Client) -> None:
    agencies.agency("Kalimaru Overseas")
    client.force_login(accounts.person("employer", "sourcing_manager"))
    page = client.get("/search/", {"q": "kalimaru"})
    assert "Kalimaru" not in page.content.decode()
    assert "Nothing found" in page.content.decode()


def test_search_finds_a_certificate_by_its_number(client: Client) -> None:
    made = certificates.certificate()
    client.force_login(accounts.person("employer", "sourcing_manager"))
    found = client.get("/search/", {"q": made.number.lower()})
    assert found.url == reverse("register:verify_number", args=[made.number])  # type: ignore[attr-defined]


def test_landing_page_is_open_to_anyone_and_the_old_guide_leads_to_the_developers(client: Client) -> None:
    assert client.get("/").status_code == 200
    moved = client.get("/api/")
    assert (moved.status_code, moved["Location"]) == (301, "/developers/")
    assert client.get("/api/v1/").json()["guide"] == "/developers/"


def test_landing_page_sends_the_signed_in_to_their_day(client: Client) -> None:
    client.force_login(accounts.person("employer", "sourcing_manager"))
    assert client.get("/").url == "/today/"  # type: ignore[attr-defined]
