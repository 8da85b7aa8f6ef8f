"""Doors of the agencies' pages: who gets in, what a page does, nothing typed is lost."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certification.agencies import services
from certification.agencies.models import Agency
from certification.agencies.web.rows import LISTS
from iris.accounts.models import User
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db

READING = ["agency", "events"]
ENROLLING = ["enrolment", "entity", "contact", "sectors", "sanctions", "check", "done", *LISTS]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def url(name: str, agency: Agency, *more: object) -> str:
    return reverse(f"agencies:{name}", args=[agency.pk, *more])


@pytest.mark.parametrize("page", READING + ENROLLING)
def test_pages_of_an_agency_open_for_its_members_and_are_404_for_other_agencies(page):
    agency = agencies.agency()
    for role in ("signatory", "contributor"):
        person = agencies.signatory(agency) if role == "signatory" else agencies.colleague(agency, role)
        assert client_of(person).get(url(page, agency)).status_code == 200
    assert client_of(accounts.person("agency", "signatory")).get(url(page, agency)).status_code == 404
    assert (
        client_of(accounts.person("employer", "sourcing_manager")).get(url(page, agency)).status_code == 404
    )
    assert Client().get(url(page, agency)).status_code == 302


@pytest.mark.parametrize("page", READING)
def test_pages_of_an_agency_are_read_by_the_scheme_and_the_auditing_firm(page):
    agency = agencies.agency()
    firm = accounts.organisation("audit_firm")
    auditor = accounts.person(role="auditor", organisation=firm)
    assert client_of(auditor).get(url(page, agency)).status_code == 404
    services.let_read(
        agency_id=agency.pk, organisation=firm, actor=accounts.person("scheme", "scheme_manager")
    )
    assert client_of(auditor).get(url(page, agency)).status_code == 200
    scheme = client_of(accounts.person("scheme", "screener"))
    assert scheme.get(url(page, agency)).status_code == 200
    assert scheme.get(url("enrolment", agency)).status_code == 404


def test_enrolling_from_the_first_page_to_the_confirmation():
    organisation = accounts.organisation("agency", "Kalimaru Overseas")
    client = client_of(accounts.person(role="signatory", organisation=organisation))
    assert client.get("/agencies/mine/").url == "/agencies/enrol/"

    answer = client.post(
        "/agencies/enrol/",
        {
            "legal_name": "कालिमारु ओभरसिज",
            "legal_name_lang": "ne",
            "country": "NP",
            "registration_number": "123/064",
            "kind": "private",
            "founded_on": "",
        },
    )
    agency = Agency.objects.get()
    assert answer.url == url("enrolment", agency)
    steps = [
        (url("contact", agency), vars(agencies.contact())),
        (
            url("row_add", agency, "licences"),
            {
                "country": "NP",
                "authority": "Department of Foreign Employment",
                "number": "942/064/065",
                "valid_from": "2026-01-01",
                "valid_to": "2027-07-14",
                "copy": SimpleUploadedFile("licence.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40),
            },
        ),
        (url("row_add", agency, "corridors"), {"origin": "NP", "destination": "MY"}),
        (url("sectors", agency), {"sectors": ["construction", "care"]}),
        (
            url("row_add", agency, "owners"),
            {
                "kind": "person",
                "name": "Sabina Tharu",
                "role": "owner_director",
                "country": "NP",
                "share": "100",
            },
        ),
        (
            url("row_add", agency, "related"),
            {"kind": "sister", "name": "Kalimaru Training Ltd.", "country": "NP"},
        ),
        (
            url("row_add", agency, "identifiers"),
            {"scheme": "tax", "country": "NP", "value": "601 234 567"},
        ),
        (url("row_add", agency, "branches"), {"name": "East", "country": "NP", "city": "Biratnagar"}),
        (url("row_add", agency, "sub_agents"), {"name": "Ram", "country": "NP", "city": "Dang"}),
        (url("row_add", agency, "names"), {"kind": "trading", "name": "Kalimaru Jobs", "lang": "en"}),
        (url("sanctions", agency), {"answer": "none", "text": ""}),
    ]
    for address, data in steps:
        answer = client.post(address, data)
        assert answer.status_code == 302, (address, answer.context and answer.context["form"].errors)
    assert client.post(url("check", agency)).url == url("done", agency)
    assert Agency.objects.get().enrolled_at is not None
    assert client.get("/agencies/mine/").url == url("agency", agency)
    copy = client.get(url("licence_copy", agency, agency.licences.get().pk))
    assert copy["Content-Disposition"].startswith("attachment")


def test_a_refused_answer_keeps_what_was_typed_and_says_why():
    agency = agencies.agency()
    client = client_of(agencies.signatory(agency))
    answer = client.post(url("row_add", agency, "corridors"), {"origin": "QA", "destination": "QA"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "both are Qatar" in html
    assert '<option value="QA" selected>' in html


def test_a_name_of_five_thousand_characters_is_answered_and_kept():
    organisation = accounts.organisation("agency")
    client = client_of(accounts.person(role="signatory", organisation=organisation))
    name = "न" * 5000
    answer = client.post(
        "/agencies/enrol/",
        {
            "legal_name": name,
            "legal_name_lang": "ne",
            "country": "NP",
            "registration_number": "1",
            "kind": "private",
        },
    )
    assert answer.status_code == 422
    assert "5,000 characters" in answer.content.decode()
    assert name in answer.content.decode()


@pytest.mark.parametrize("page", ["names", "licences", "corridors", "branches", "sub_agents"])
def test_a_row_can_be_changed_and_removed_on_its_own_page(page):
    agency = agencies.agency()
    actor = agencies.signatory(agency)
    client = client_of(actor)
    data = {
        "names": {"kind": "trading", "name": "Kalimaru Jobs", "lang": "en"},
        "licences": {
            "country": "PH",
            "authority": "DMW",
            "number": "7",
            "valid_from": "2026-01-01",
            "valid_to": "2027-01-01",
        },
        "corridors": {"origin": "NP", "destination": "JP"},
        "branches": {"name": "East", "country": "NP", "city": "Biratnagar"},
        "sub_agents": {"name": "Ram", "country": "NP", "city": "Dang"},
    }[page]
    assert client.post(url("row_add", agency, page), data).status_code == 302
    row = LISTS[page].rows(agency).latest("created_at")
    changed = {**data, "country": "JP"} if "country" in data else {**data, "destination": "KR", "name": "New"}
    assert client.get(url("row_change", agency, page, row.pk)).status_code == 200
    assert client.post(url("row_change", agency, page, row.pk), changed).status_code == 302
    assert client.get(url("row_remove", agency, page, row.pk)).status_code == 200
    assert client.post(url("row_remove", agency, page, row.pk)).status_code == 302
    assert not LISTS[page].rows(agency).filter(pk=row.pk).exists()
    assert client.post(url("row_remove", agency, page, row.pk)).status_code == 302


def test_a_contributor_reads_but_cannot_change():
    agency = agencies.agency()
    client = client_of(agencies.colleague(agency, "contributor"))
    assert "Add a corridor" not in client.get(url("corridors", agency)).content.decode()
    answer = client.post(url("row_add", agency, "corridors"), {"origin": "NP", "destination": "JP"})
    assert "signatory or compliance manager" in answer.content.decode()
    assert agency.corridors.count() == 1


def test_a_licence_copy_of_another_agency_is_404():
    agency = agencies.agency()
    licence = services.add_licence(
        agency_id=agency.pk,
        actor=agencies.signatory(agency),
        answers=agencies.licence_answers("PH"),
        copy=SimpleUploadedFile("licence.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40),
    )
    other = client_of(accounts.person("agency", "signatory"))
    assert other.get(url("licence_copy", agency, licence.pk)).status_code == 404


def test_the_list_filters_and_costs_the_same_queries_for_many(django_assert_max_num_queries):
    first = agencies.agency("Kalimaru Overseas")
    for _each in range(3):
        agencies.agency(country="PH")
    client = client_of(accounts.person("scheme", "screener"))
    with django_assert_max_num_queries(15):
        html = client.get("/agencies/").content.decode()
    assert html.count("<tr><td>") == 4
    html = client.get("/agencies/?q=kalimaro&country=NP&enrolled=yes").content.decode()
    assert html.count("<tr><td>") == 1
    assert str(first.pk) in html
    assert "No agency fits these filters" in client.get("/agencies/?q=zebra").content.decode()
