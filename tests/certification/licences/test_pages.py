"""Doors of the licence registers: who gets in, and bringing a list in over two pages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from certification.licences import selectors, services
from certification.licences.models import Entry, Snapshot
from iris.core import clocks
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db
LISTS = Path(__file__).parent / "lists"
DESK = "/licences/registers/"
ONE = "/licences/registers/BD-BMET/"


def client_of(kind: str, role: str) -> Client:
    client = Client()
    user = accounts.person(kind, role)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def bangladesh() -> Snapshot:
    return services.import_snapshot(
        code="BD-BMET", data=(LISTS / "bd.csv").read_bytes(), name="bd.csv", source="BMET", actor=None
    )


def test_everyone_reads_which_registers_there_are_and_how_old_each_copy_is(bangladesh):
    services.record_failure(code="CZ-UP", source="x", why="down")
    page = Client().get("/licences/").content.decode()
    assert "Bangladesh" in page
    assert "21 November 2026" in page
    assert "could not be read on 21 November 2026" in page
    assert page.count("Never read") == 9
    assert "A licence is not a certificate." in page


def test_lists_and_entries_are_for_the_scheme_and_audit_firms(bangladesh):
    entry = bangladesh.entries.first()
    urls = [DESK, ONE, f"/licences/lists/{bangladesh.pk}/", f"/licences/entries/{entry.pk}/"]
    readers = [
        client_of("scheme", "screener"),
        client_of("scheme", "decider"),
        client_of("audit_firm", "auditor"),
    ]
    others = [client_of("agency", "signatory"), client_of("employer", "sourcing_manager")]
    for url in urls:
        assert [reader.get(url).status_code for reader in readers] == [200, 200, 200], url
        assert [other.get(url).status_code for other in others] == [404, 404], url
        assert Client().get(url).status_code == 302
    file = f"/licences/lists/{bangladesh.pk}/file/"
    assert [reader.get(file).status_code for reader in readers] == [200, 200, 404]
    assert "attachment" in readers[0].get(file)["Content-Disposition"]


@pytest.mark.parametrize(
    ("kind", "role", "status"),
    [
        ("scheme", "scheme_manager", 200),
        ("scheme", "screener", 200),
        ("scheme", "decider", 404),
        ("audit_firm", "auditor", 404),
    ],
)
def test_lists_are_brought_in_by_manager_and_screener(kind, role, status):
    assert client_of(kind, role).get(f"{ONE}upload/").status_code == status


def test_search_finds_a_number_in_any_script_and_a_part_of_a_name(bangladesh):
    client = client_of("scheme", "screener")
    for text, found in (("RL 0354", 1), ("১০২৪", 1), ("ব্রিজ", 1), ("nobody", 0)):
        assert client.get(ONE, {"q": text}).context["page"].paginator.count == found, text
    assert client.get(ONE, {"status": "revoked"}).context["page"].paginator.count == 1
    assert client.get(ONE, {"page": "99"}).status_code == 200
    assert client.get("/licences/registers/XX-NONE/").status_code == 404


def test_an_entry_shows_what_each_list_said(bangladesh):
    row = Entry.objects.get(key="354")
    page = client_of("scheme", "screener").get(f"/licences/entries/{row.pk}/").content.decode()
    assert "বৈধ" in page
    assert "What each list said" in page


def upload(client: Client, data: bytes, **more: str):
    form = {
        "file": SimpleUploadedFile("bd.csv", data),
        "retrieved_on": "2026-11-20",
        "source": "e-mail of BMET",
        "complete": "on",
    }
    return client.post(f"{ONE}upload/", {**form, **more})


def test_a_list_is_shown_before_it_is_brought_in():
    client = client_of("scheme", "scheme_manager")
    answer = upload(client, (LISTS / "bd.csv").read_bytes())
    assert answer.status_code == 200
    assert "What this list changes" in answer.content.decode()
    assert not Snapshot.objects.exists()

    done = client.post(f"{ONE}confirm/", {"ticket": answer.context["form"]["ticket"].value()})
    assert done.url == ONE
    row = Snapshot.objects.get()
    assert (row.held, row.source, row.complete, str(row.retrieved_at.date())) == (
        4,
        "e-mail of BMET",
        True,
        "2026-11-20",
    )
    assert row.imported_by is not None
    assert selectors.standing_of("BD", "RL 1024").status == "revoked"


@pytest.mark.parametrize(
    ("data", "more", "sentence"),
    [
        (b"a,b\n1,2\n", {}, "No column is headed as the licence number"),
        (b"", {}, "This file is empty"),
        (b"RL No,Status\n1,Valid\n", {"retrieved_on": "2026-11-22"}, "cannot have been had in the future"),
        (b"RL No,Status\n1,Valid\n", {"retrieved_on": "soon"}, "no date of the calendar"),
        (b"RL No,Status\n1,Valid\n", {"source": ""}, "Say where you had the list"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(data, more, sentence):
    answer = upload(client_of("scheme", "screener"), data, **more)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Snapshot.objects.exists()


def test_a_list_that_shrank_asks_once_more():
    client = client_of("scheme", "screener")
    services.import_snapshot(
        code="BD-BMET",
        data=(LISTS / "bd.csv").read_bytes(),
        name="bd.csv",
        source="BMET",
        actor=None,
        retrieved_at=clocks.now() - timedelta(days=1),
    )
    answer = upload(client, b"RL No,Status\n354,Valid\n", retrieved_on="2026-11-21")
    ticket = answer.context["form"]["ticket"].value()
    assert "The register really shrank this much" in answer.content.decode()
    refused = client.post(f"{ONE}confirm/", {"ticket": ticket})
    assert refused.status_code == 422
    assert "It looks cut off" in refused.content.decode()
    assert client.post(f"{ONE}confirm/", {"ticket": ticket, "accept_shrunk": "on"}).status_code == 302
    assert selectors.latest_read("BD-BMET").held == 1


def test_a_preview_of_another_person_or_a_forged_one_is_refused():
    answer = upload(client_of("scheme", "screener"), (LISTS / "bd.csv").read_bytes())
    ticket = answer.context["form"]["ticket"].value()
    other = client_of("scheme", "scheme_manager")
    assert other.post(f"{ONE}confirm/", {"ticket": ticket}).status_code == 403
    assert other.post(f"{ONE}confirm/", {"ticket": "forged"}).url == f"{ONE}upload/"
    assert other.get(f"{ONE}confirm/").url == f"{ONE}upload/"
    assert not Snapshot.objects.exists()


def test_the_agency_and_its_case_show_the_register_beside_what_the_agency_told(bangladesh):
    agency = agencies.agency("Meghnatir International", country="BD")
    agencies.licence(agency, number="RL-1024")
    for client in (client_of("scheme", "screener"), _member(agency)):
        page = client.get(f"/agencies/{agency.pk}/").content.decode()
        assert "The register says" in page
        assert "বাতিল" in page
        assert "Revoked" in page
    rows = _member(agency).get(f"/agencies/{agency.pk}/enrolment/licences/").content.decode()
    assert "Revoked (“বাতিল”, Bangla) as of 21 November 2026." in rows


def _member(agency) -> Client:
    client = Client()
    client.force_login(
        agencies.signatory(agency), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client
