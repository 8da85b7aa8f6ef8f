"""The pages and the API of disputes and notices, and what the public entry says of a dispute."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from certification.agencies.models import Agency
from certification.corrections import services
from certification.corrections.models import AuthorityNotice, Dispute
from iris.accounts.models import User
from tests.factories import accounts, agencies, corrections
from tests.factories.machines import machine

pytestmark = pytest.mark.django_db
BODY = {"about": "licence", "wrong": "The licence was renewed."}
FILED = {
    "measure": "suspension",
    "measure_on": "2026-11-03",
    "licence_number": "999/001",
    "text": "Fees were taken.",
    "file_number": "DOFE/118",
}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    text = answer.content.decode()
    assert "UNDEFINED VARIABLE" not in text
    return text


def test_anybody_disputes_an_entry_and_comes_back_with_the_code(agency: Agency) -> None:
    client = Client()
    entry = page(client, f"/register/{agency.pk}/")
    [link] = re.findall(r'href="(/register/[^"]+/dispute/)"', entry)
    assert 'name="email"' in page(client, link)
    assert 'name="reply"' not in page(client, link)
    wrong = client.post(link, {**BODY, "wrong": ""})
    assert wrong.status_code == 422
    assert "Say what is wrong." in wrong.content.decode()
    answer = client.post(link, {**BODY, "name": "Sita Canary", "email": "sita@example.org"})
    row = Dispute.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/register/dispute/{row.code}/")
    mine = page(client, answer["Location"])
    assert row.reference in mine
    assert row.code in mine
    assert "Received by the scheme" in mine
    assert "Canary" not in page(client, f"/register/{agency.pk}/")
    assert page(client, "/register/dispute/AAAA-BBBB-CCCC/", 404)
    client.post(answer["Location"])
    assert "Withdrawn by the sender" in page(client, answer["Location"])
    assert client.post(answer["Location"]).status_code == 409


def test_a_machine_that_fills_every_field_leaves_nothing(agency: Agency) -> None:
    Client().post(f"/register/{agency.pk}/dispute/", {**BODY, "homepage": "https://spam.example"})
    assert not Dispute.objects.exists()


def test_the_agency_disputes_and_the_scheme_shows_its_words(agency: Agency) -> None:
    speaker, screener = agencies.signatory(agency), corrections.answering()
    form = f"/register/{agency.pk}/dispute/"
    client = signed_in(speaker)
    assert 'name="reply"' in page(client, form)
    assert 'name="email"' not in page(client, form)
    client.post(form, {**BODY, "reply": "Canary licence in force."})
    row = Dispute.objects.get()
    public = page(Client(), f"/register/{agency.pk}/")
    assert "Disputed since 21 November 2026." in public
    assert "Canary licence" not in public
    desk = signed_in(screener)
    assert row.reference in page(desk, "/disputes/")
    one = f"/disputes/{row.pk}/"
    for act in ("look_at", "show_reply"):
        assert desk.post(one, {"act": act}).status_code == 302
    assert "Canary licence in force." in page(Client(), f"/register/{agency.pk}/")
    assert desk.post(one, {"act": "keep", "answer": ""}).status_code == 422
    desk.post(one, {"act": "keep", "answer": "The register of the state says otherwise."})
    assert "says otherwise" in page(client, one)
    assert "Disputed since" not in page(Client(), f"/register/{agency.pk}/")
    contributor = signed_in(agencies.colleague(agency, "contributor"))
    assert "signatory or a manager" in page(contributor, form)


def test_pages_of_a_dispute_are_for_the_scheme_and_its_sender(agency: Agency) -> None:
    row = corrections.dispute(agency=agency, sender=accounts.person("employer", "sourcing_manager"))
    for person in (agencies.signatory(agency), accounts.person("audit_firm", "firm_manager")):
        assert signed_in(person).get(f"/disputes/{row.pk}/").status_code == 404
    page(Client(), f"/register/dispute/{row.code}/", 404)  # a code is for those without an account
    text = page(signed_in(corrections.answering()), f"/disputes/{row.pk}/")
    assert row.organisation is not None
    assert row.organisation.name in text


def test_disputes_by_key(agency: Agency) -> None:
    client = machine(accounts.person("employer", "sourcing_manager"), "read:corrections", "write:corrections")
    url = "/api/v1/disputes/"
    made = client.post(url, {**BODY, "agency_id": str(agency.pk)}, format="json")
    assert (made.status_code, made.json()["state"], made.json()["due_on"]) == (201, "received", "2026-12-05")
    again = client.post(url, {**BODY, "agency_id": str(agency.pk)}, format="json")
    assert again.json()["id"] == made.json()["id"]
    assert [row["channel"] for row in client.get(url).json()["results"]] == ["api"]
    assert client.get(url, {"state": "kept"}).json()["results"] == []
    nobody = {**BODY, "agency_id": "00000000-0000-0000-0000-000000000000"}
    assert client.post(url, nobody, format="json").status_code == 404
    refused = client.post(url, {**BODY, "agency_id": str(agency.pk), "reply": "x"}, format="json")
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["reply"])
    one = f"{url}{made.json()['id']}/"
    stranger = machine(
        accounts.person("employer", "sourcing_manager"), "read:corrections", "write:corrections"
    )
    assert [stranger.get(one).status_code, stranger.post(f"{one}withdrawal/").status_code] == [404, 404]
    assert client.post(f"{one}withdrawal/").json()["state"] == "withdrawn"
    assert client.post(f"{one}withdrawal/").json()["code"] == "conflict"


def test_the_entry_by_machine_says_since_when_it_is_disputed(agency: Agency) -> None:
    reader = machine(accounts.person("government", "reader"), "read:register")
    url = f"/api/v1/register/{agency.pk}/"
    told = reader.get(url).json()
    assert (told["disputed_since"], told["agency_reply"]) == (None, "")
    given = corrections.entry(reply="Ours.")
    row = services.dispute_as(agency_id=agency.pk, entry=given, actor=agencies.signatory(agency))
    services.show_reply(dispute_id=row.pk, actor=corrections.answering(), shown=True)
    told = reader.get(url).json()
    assert (told["disputed_since"], told["agency_reply"]) == ("2026-11-21", "Ours.")


def test_notices_by_page() -> None:
    client = signed_in(corrections.authority())
    assert "File a notice" in page(client, "/notices/")
    assert client.post("/notices/new/", {**FILED, "country": "PH"}).status_code == 422
    client.post("/notices/new/", {**FILED, "country": "NP"})
    row = AuthorityNotice.objects.get()
    one = f"/notices/{row.pk}/"
    desk = signed_in(corrections.answering())
    assert row.reference in page(desk, "/notices/")
    desk.post(one, {"act": "look_at"})
    desk.post(one, {"act": "note", "answer": "It holds no certificate."})
    assert "It holds no certificate." in page(client, one)
    assert signed_in(accounts.person("employer", "sourcing_manager")).get(one).status_code == 404


def test_notices_by_key() -> None:
    client = machine(corrections.authority(), "read:corrections", "write:corrections")
    url = "/api/v1/authorities/notices/"
    made = client.post(url, FILED, format="json")
    assert (made.status_code, made.json()["country"], made.json()["due_on"]) == (201, "NP", "2026-11-28")
    assert client.post(url, FILED, format="json").json()["id"] == made.json()["id"]
    other = client.post(url, {**FILED, "text": "Other."}, format="json").json()
    assert other["code"] == "file_number_used"
    assert len(client.get(url, {"measure": "suspension"}).json()["results"]) == 1
    employer = machine(
        accounts.person("employer", "sourcing_manager"), "read:corrections", "write:corrections"
    )
    assert employer.post(url, FILED, format="json").json()["code"] == "not_permitted"
    assert employer.get(url).json()["results"] == []
    one = f"{url}{made.json()['id']}/"
    assert employer.get(one).status_code == 404
    assert client.post(f"{one}withdrawal/").json()["state"] == "withdrawn"


def test_the_page_of_an_agency_shows_the_scheme_what_is_open(agency: Agency) -> None:
    dispute, told = (
        corrections.dispute(agency=agency),
        corrections.notice(licence_number=agency.licences.get().number),
    )
    path = f"/agencies/{agency.pk}/"
    text = page(signed_in(corrections.answering()), path)
    assert dispute.reference in text
    assert told.reference in text
    own = page(signed_in(agencies.signatory(agency)), path)
    assert dispute.reference not in own
    assert told.reference not in own
    assert f"/register/{agency.pk}/dispute/" in own


def test_each_page_costs_the_same_for_one_and_for_many(
    agency: Agency, django_assert_max_num_queries: Any
) -> None:
    for _n in range(3):
        corrections.dispute(agency=agency)
        corrections.notice()
    desk = signed_in(corrections.answering())
    for path in ("/disputes/", "/notices/"):
        with django_assert_max_num_queries(18):
            page(desk, path)
