"""The agency and the scheme never learn who watches, unless the watcher says so (R71); nor do other employers."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from certification.certificates.models import Certificate
from iris.accounts import services as account_services
from iris.accounts.models import User
from iris.core import outbox
from iris.notify.models import Notice
from supplychain.watches import selectors, services
from supplychain.watches.models import Entry, Watch
from supplychain.watches.offers import watches_to_choose
from supplychain.watches.states import WatchState
from tests.factories import accounts, agencies, certificates
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db
EMPLOYER = "Zilverberg Fabrieken"


@pytest.fixture
def buyer(certificate: Certificate) -> User:
    return accounts.person(
        role="sourcing_manager", organisation=accounts.organisation("employer", EMPLOYER, "NL")
    )


def settings(watch: Watch, buyer: User, **more: Any) -> services.Settings:
    given: dict[str, Any] = {
        "title": watch.title,
        "note": "",
        "relationship": "recruiter in use",
        "people": (buyer.pk,),
        "tempo": "now",
        "webhook": False,
        "disclosed": False,
    }
    return services.Settings(**{**given, **more})


def pages_of(user: User, certificate: Certificate, client: Any) -> str:
    """Everything that this person's pages say about the agency, put together."""
    client.force_login(user)
    agency = certificate.agency
    addresses = [
        "/today/",
        "/inbox/",
        f"/agencies/{agency.pk}/",
        f"/agencies/{agency.pk}/events/",
        reverse("register:agency", args=[agency.pk]),
        reverse("certificates:certificate", args=[certificate.pk]),
        "/register/",
        "/organisation/",
        "/search/?q=Himal",
        f"/api/v1/agencies/{agency.pk}/",
        "/statistics/",
    ]
    answers = [_get(client, address) for address in addresses]
    assert sum(answer.status_code == 200 for answer in answers) >= 5
    return "".join(answer.content.decode() for answer in answers if answer.status_code == 200)


def _get(client: Any, address: str) -> Any:
    with transaction.atomic():  # a refusal rolls the request back, and here that is the test
        return client.get(address)


@pytest.mark.parametrize("who", ["agency", "scheme", "auditor"])
def test_nobody_outside_reads_who_watches(
    who: str, watch: Watch, certificate: Certificate, client: Any
) -> None:
    people = {
        "agency": lambda: agencies.signatory(certificate.agency),
        "scheme": lambda: accounts.person("scheme", "scheme_manager"),
        "auditor": lambda: accounts.person("audit_firm", "lead_auditor"),
    }
    certificates.suspend(certificate)
    outbox.run_all()
    person = people[who]()
    said = pages_of(person, certificate, client)
    assert EMPLOYER not in said
    assert "/watches/" not in said
    assert "that they watch you" not in said
    for address in ("/watches/", f"/watches/{watch.pk}/", f"/watches/{watch.pk}/ledger.csv"):
        assert client.get(address).status_code == 404
    assert not selectors.watches_visible_to(person).exists()


def test_watching_writes_no_message_to_agency_or_scheme(
    watch: Watch, buyer: User, certificate: Certificate
) -> None:
    accounts.person("scheme", "scheme_manager")
    notices, letters = Notice.objects.exclude(user=buyer).count(), len(mail.outbox)
    services.change_watch(watch_id=watch.pk, actor=buyer, settings=settings(watch, buyer))
    services.pause_watch(watch_id=watch.pk, actor=buyer)
    services.end_watch(watch_id=watch.pk, actor=buyer)
    outbox.run_all()
    assert Notice.objects.exclude(user=buyer).count() == notices
    assert len(mail.outbox) == letters


def test_watches_of_others_count_for_nothing(watch: Watch, certificate: Certificate, client: Any) -> None:
    """What the agency reads is the same, byte for byte, with one more watch or without."""
    person = agencies.signatory(certificate.agency)
    client.force_login(person)
    before = client.get(f"/agencies/{certificate.agency_id}/").content
    other = accounts.person("employer", "sourcing_manager")
    services.watch(actor=other, subject_kind="agency", agency_id=certificate.agency_id)
    after = client.get(f"/agencies/{certificate.agency_id}/").content
    assert _without_tokens(before) == _without_tokens(after)


def _without_tokens(page: bytes) -> list[bytes]:
    return [line for line in page.splitlines() if b"csrf" not in line and b"nonce" not in line]


def test_disclosed_watch_shows_its_employer_to_that_agency_alone(
    watch: Watch, buyer: User, certificate: Certificate, client: Any
) -> None:
    services.change_watch(watch_id=watch.pk, actor=buyer, settings=settings(watch, buyer, disclosed=True))
    page = f"/agencies/{certificate.agency_id}/"
    client.force_login(agencies.signatory(certificate.agency))
    assert EMPLOYER in client.get(page).content.decode()
    client.force_login(accounts.person("scheme", "scheme_manager"))
    assert EMPLOYER not in client.get(page).content.decode()
    services.end_watch(watch_id=watch.pk, actor=buyer)
    client.force_login(agencies.signatory(certificate.agency))
    assert EMPLOYER not in client.get(page).content.decode()


def test_only_the_watch_of_one_agency_can_be_disclosed(buyer: User, client: Any) -> None:
    from iris.core.errors import BadInput

    row = services.watch(actor=buyer, subject_kind="corridor", origin="NP", destination="QA")
    with pytest.raises(BadInput) as refused:
        services.change_watch(watch_id=row.pk, actor=buyer, settings=settings(row, buyer, disclosed=True))
    assert list(refused.value.fields) == ["disclosed"]


def test_another_employer_meets_404_on_every_page(watch: Watch, client: Any) -> None:
    entry = Entry.objects.get(watch=watch)
    client.force_login(accounts.person("employer", "sourcing_manager"))
    for address in (
        reverse("watches:watch", args=[watch.pk]),
        reverse("watches:change", args=[watch.pk]),
        reverse("watches:ledger", args=[watch.pk]),
        reverse("watches:entry", args=[watch.pk, entry.pk]),
    ):
        assert client.get(address).status_code == 404
    for act in ("pause", "resume", "end"):
        assert client.post(reverse("watches:do", args=[watch.pk, act])).status_code == 404
    assert Watch.objects.get(pk=watch.pk).state == "active"
    assert watch.title not in client.get("/watches/").content.decode()


PEOPLE = {
    "manager": lambda watch: accounts.person(role="sourcing_manager", organisation=watch.organisation),
    "viewer": lambda watch: accounts.person(role="sourcing_viewer", organisation=watch.organisation),
    "stranger": lambda _watch: accounts.person("employer", "sourcing_manager"),
    "scheme": lambda _watch: accounts.person("scheme", "scheme_manager"),
    "agency": lambda watch: agencies.signatory(watch.agency),
}
ACTS = {
    "pause": lambda watch, who: services.pause_watch(watch_id=watch.pk, actor=who),
    "resume": lambda watch, who: services.resume_watch(watch_id=watch.pk, actor=who),
    "end": lambda watch, who: services.end_watch(watch_id=watch.pk, actor=who),
}
ALLOWED = {
    ("active", "pause", "manager"),
    ("active", "end", "manager"),
    ("paused", "resume", "manager"),
    ("paused", "end", "manager"),
}


def test_every_state_act_and_role(watch: Watch, buyer: User) -> None:
    def make(state: str) -> Watch:
        row = watch
        if state == "paused":
            row = services.pause_watch(watch_id=row.pk, actor=buyer)
        if state == "ended":
            row = services.end_watch(watch_id=row.pk, actor=buyer)
        return Watch.objects.get(pk=row.pk)

    count, wrong = wrong_rows(make, WatchState.values, ACTS, PEOPLE, ALLOWED)
    assert (count, wrong) == (3 * 3 * 5, [])


def test_database_lets_only_declared_moves_through(watch: Watch, buyer: User) -> None:
    assert moves_let_through(watch, WatchState.values) == {"paused"}  # `ended` needs its date as well
    services.end_watch(watch_id=watch.pk, actor=buyer)
    assert moves_let_through(Watch.objects.get(pk=watch.pk), WatchState.values) == set()


def _client(buyer: User, *scopes: str) -> Any:
    from rest_framework.test import APIClient

    assert buyer.organisation is not None
    _key, secret = account_services.issue_api_key(buyer.organisation, buyer, "tool", list(scopes))
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    return client


def test_api_begins_reads_and_follows(buyer: User, certificate: Certificate) -> None:
    client = _client(buyer, "read:watches", "write:watches")
    body = {"kind": "agency", "agency_id": str(certificate.agency_id)}
    made = client.post("/api/v1/watches/", body, format="json")
    assert made.status_code == 201
    assert client.post("/api/v1/watches/", body, format="json").json()["id"] == made.json()["id"]
    certificates.suspend(certificate)
    outbox.run_all()
    ledger = client.get(f"/api/v1/watches/{made.json()['id']}/ledger/").json()["results"]
    assert [row["outcome"] for row in ledger][:2] == ["started", "changed"]
    (change,) = client.get("/api/v1/watches/changes/").json()["results"]
    assert (change["kind"], change["after"]["standing"]) == ("standing", "suspended")


def test_api_keeps_tenants_and_scopes_apart(watch: Watch, buyer: User) -> None:
    other = _client(accounts.person("employer", "sourcing_manager"), "read:watches")
    assert other.get("/api/v1/watches/").json()["results"] == []
    assert other.get("/api/v1/watches/changes/").json()["results"] == []
    mine = _client(buyer, "read:lookups")
    assert _get(other, f"/api/v1/watches/{watch.pk}/ledger/").status_code == 404
    with transaction.atomic():
        assert other.post("/api/v1/watches/", {"kind": "chain"}, format="json").status_code == 403
    assert _get(mine, "/api/v1/watches/").status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "filter"}, 422),
        ({"kind": "filter", "status": "sleeping"}, 422),
        ({"kind": "filter", "country": "XX"}, 422),
        ({"kind": "corridor", "origin": "NP"}, 422),
        ({"kind": "corridor", "origin": "NP", "destination": "NP"}, 422),
        ({"kind": "agency"}, 404),
        ({"kind": "screening", "screening_id": "0b8d8c9e-3f4e-4d38-9c07-1f7a3a2b1c00"}, 404),
        ({"kind": "weather"}, 400),
    ],
)
def test_api_refuses_what_cannot_be_watched(buyer: User, body: dict[str, str], status: int) -> None:
    client = _client(buyer, "write:watches")
    with transaction.atomic():
        answer = client.post("/api/v1/watches/", body, format="json")
    assert answer.status_code == status
    assert not Watch.objects.exists()


def test_pages_read_a_bounded_number_of_rows(
    watch: Watch, buyer: User, client: Any, django_assert_max_num_queries: Any
) -> None:
    for destination in ("QA", "MY", "AE", "JP", "KR"):
        services.watch(actor=buyer, subject_kind="corridor", origin="NP", destination=destination)
    for _run in range(5):
        services.check_watch(watch_id=watch.pk, cause="round")
    client.force_login(buyer)
    with django_assert_max_num_queries(25):
        assert client.get("/watches/").status_code == 200
    with django_assert_max_num_queries(35):
        assert client.get(f"/watches/{watch.pk}/").status_code == 200


def test_one_press_on_the_register_page_watches(buyer: User, certificate: Certificate, client: Any) -> None:
    page = reverse("register:agency", args=[certificate.agency_id])
    assert "Watch this agency" not in client.get(page).content.decode()  # nobody signed in
    client.force_login(buyer)
    assert "Watch this agency" in client.get(page).content.decode()
    answer = client.post("/watches/begin/", {"kind": "agency", "agency": str(certificate.agency_id)})
    row = Watch.objects.get()
    assert answer["Location"] == f"/watches/{row.pk}/"
    assert "You watch this" in client.get(page).content.decode()
    client.post("/watches/begin/", {"kind": "agency", "agency": str(certificate.agency_id)})
    assert Watch.objects.count() == 1


def test_ledger_as_csv_holds_every_run_and_no_formula(
    watch: Watch, buyer: User, certificate: Certificate, client: Any
) -> None:
    certificates.suspend(certificate)
    outbox.run_all()
    client.force_login(buyer)
    text = client.get(f"/watches/{watch.pk}/ledger.csv").content.decode("utf-8-sig")
    lines = text.splitlines()
    assert lines[0].startswith("Checked at (UTC),Why,Outcome")
    assert any(
        "Himal Overseas Pvt. Ltd.,Certification,Certified,Suspended,2026-11-21" in line for line in lines
    )
    assert not any(cell[:1] in "=+@" for line in lines for cell in line.split(",") if cell)


def test_watches_named_for_webhooks_are_ones_own_and_say_which_are_silent(watch: Watch, buyer: User) -> None:
    assert watches_to_choose(accounts.person("employer", "sourcing_manager")) == []
    ((key, words),) = watches_to_choose(buyer)
    assert (key, words) == (
        watch.pk,
        f"{watch.title} (sends nothing yet: choose webhooks in its settings)",
    )
    Watch.objects.filter(pk=watch.pk).update(webhook=True)
    assert watches_to_choose(buyer) == [(watch.pk, watch.title)]
    services.end_watch(watch_id=watch.pk, actor=buyer)
    assert watches_to_choose(buyer) == []
