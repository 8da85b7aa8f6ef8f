"""What may be asked, by which way it is found, what is remembered, and what bad input is told."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from certification.agencies import services as enrolling
from certification.agencies.models import Agency
from certification.agencies.services import Contact
from iris.accounts.models import User
from supplychain.lookups import selectors, services
from supplychain.lookups.models import Lookup
from supplychain.names.models import MatchDecision
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db
LEI = "5493001KJTIIGC8Y1R12"


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


@pytest.fixture
def agency() -> Agency:
    made = agencies.agency("Kalimaru Overseas Services Pvt. Ltd.")
    actor = agencies.signatory(made)
    contact = Contact(
        address="14 Temple Road", city="Kathmandu", contact_name="Sabina Tharu", email="desk@kalimaru.example",
        phone="+977 1 6660987", website="https://www.kalimaru-overseas.example/",
    )  # fmt: skip
    enrolling.change_contact(agency_id=made.pk, actor=actor, contact=contact)
    for scheme, country, value in (("lei", "", LEI), ("tax", "NP", "PAN 301-998-877")):
        made.identifiers.create(
            scheme=scheme, country=country, value=value, key="".join(filter(str.isalnum, value)).upper()
        )
    return made


@pytest.mark.parametrize(
    ("text", "how"),
    [
        (LEI.lower(), "lei"),
        ("LEI: 5493 001K JTII GC8Y 1R12", "lei"),
        ("pan 301998877", "number"),
        ("01-6660987", "contact"),
        ("+977 16660987", "contact"),
        ("www.kalimaru-overseas.example/jobs", "contact"),
        ("desk@kalimaru.example", "contact"),
        ("info@kalimaru.example", "contact"),
        ("Kalimaru Overseas Services", "same_name"),
        ("Services, Kalimaru Overseas", "same_name"),
        ("Kalimaroo Oversea Service", "near_name"),
    ],
)
def test_found_by(agency: Agency, text: str, how: str) -> None:
    agencies.agency("Sagarpani Manpower")
    found = selectors.find(text)
    assert (found.agency_id, str(found.how)) == (agency.pk, how)


def test_registration_and_licence_numbers_are_found_in_any_punctuation(agency: Agency) -> None:
    registered = agency.registration_number.replace("-", " ").lower()
    licence = agency.licences.get()
    assert str(selectors.find(registered).how) == "registration"
    found = selectors.find(licence.number.replace("/", "."))
    assert str(found.how) == "licence"
    assert licence.authority in found.similar[0].why


def test_one_number_of_two_agencies_is_decided_by_the_country(agency: Agency) -> None:
    other = agencies.agency("Talabright Human Resources", "PH")
    number = agency.licences.get().number
    agencies.licence(other, number=number)
    assert selectors.find(number).outcome == "ambiguous"
    assert selectors.find(number, "PH").agency_id == other.pk


def test_a_mail_address_anybody_can_have_finds_nobody(agency: Agency, buyer: User) -> None:
    Agency.objects.filter(pk=agency.pk).update(email="kalimaru@gmail.com")
    lookup = services.look_up(actor=buyer, text="somebody@gmail.com")
    notes = selectors.snapshot_of(lookup)["notes"]
    assert lookup.outcome == "not_found"
    assert {"code": "public_mail", "domain": "gmail.com"} in notes
    assert selectors.find("kalimaru@gmail.com").agency_id == agency.pk


@pytest.mark.parametrize(
    ("text", "problem", "words"),
    [
        ("???", "nothing", "no letter or digit"),
        ("🙂🙂🙂", "nothing", "no letter or digit"),
        ("K", "one_letter", "fits too many"),
        ("Pvt. Ltd.", "legal_form", "legal form"),
        ("5493001KJTIIGC8Y1R21", "lei", "check digits"),
    ],
)
def test_what_names_nobody_gets_its_sentence(buyer: User, text: str, problem: str, words: str) -> None:
    lookup = services.look_up(actor=buyer, text=text)
    snapshot = selectors.snapshot_of(lookup)
    assert (lookup.outcome, snapshot["problem"], snapshot["query"]["text"]) == ("invalid", problem, text)
    assert words in str(selectors.present(snapshot)["text"])


def test_signs_that_cannot_be_seen_are_left_out_and_told(agency: Agency, buyer: User) -> None:
    lookup = services.look_up(actor=buyer, text="Kalimaru\x07 Overseas\x00 Services")
    shown = selectors.present(selectors.snapshot_of(lookup))
    assert lookup.agency_id == agency.pk
    assert "U+0007, U+0000" in shown["notes"][0]


def test_letters_of_two_scripts_in_a_word_are_told(agency: Agency, buyer: User) -> None:
    lookup = services.look_up(actor=buyer, text="Kаlimaru Overseas Services")
    assert any("mixes letters" in note for note in selectors.present(selectors.snapshot_of(lookup))["notes"])


def test_a_page_that_refuses_keeps_what_was_typed(client: Any, agency: Agency, buyer: User) -> None:
    client.force_login(buyer)
    typed = {"text": "x" * 5_000, "origin": "NP", "branch": "Pokhara", "on": "2999-01-01"}
    page = client.post(reverse("lookups:check"), typed)
    assert page.status_code == 422
    text = page.content.decode()
    assert typed["text"] in text
    assert 'value="Pokhara"' in text
    assert "found 5,000" in text
    assert "needs both countries" in text
    assert "still to come" in text
    assert not Lookup.objects.exists()


def test_not_this_one_is_remembered_and_asked_no_more(client: Any, agency: Agency, buyer: User) -> None:
    client.force_login(buyer)
    first = services.look_up(actor=buyer, text="Kalimaroo Oversea Service")
    client.post(reverse("lookups:refuse", args=[first.pk, agency.pk]))
    again = services.look_up(actor=buyer, text="kalimaroo OVERSEA service")
    assert first.agency_id == agency.pk
    assert again.agency_id is None
    assert str(agency.pk) not in again.snapshot
    stranger = accounts.person("employer", "sourcing_manager")
    assert services.look_up(actor=stranger, text="Kalimaroo Oversea Service").agency_id == agency.pk


def test_a_choice_is_remembered_shown_and_taken_back(client: Any, buyer: User) -> None:
    client.force_login(buyer)
    twins = [agencies.agency(f"Everest Staffing {form}") for form in ("Ltd", "Inc")]
    first = services.look_up(actor=buyer, text="Everest Staffing")
    client.post(reverse("lookups:choose", args=[first.pk, twins[1].pk]))
    again = services.look_up(actor=buyer, text="Staffing Everest")
    assert (first.outcome, again.how, again.agency_id) == ("ambiguous", "remembered", twins[1].pk)
    assert buyer.label in selectors.present(selectors.snapshot_of(again))["reasons"][0]
    page = client.get(reverse("names:choices")).content.decode()
    assert "Everest Staffing Inc" in page
    found = selectors.find_many([("", "Everest Staffing", "")], organisation=buyer.organisation)
    assert found[0].agency_id == twins[1].pk
    decision = MatchDecision.objects.get()
    client.post(reverse("names:take_back", args=[decision.pk]))
    assert selectors.find("Everest Staffing", organisation=buyer.organisation).outcome == "ambiguous"
    client.force_login(accounts.person("employer", "sourcing_manager"))
    assert client.post(reverse("names:take_back", args=[decision.pk])).status_code == 404


def test_the_relationship_is_kept_and_offered_again(client: Any, agency: Agency, buyer: User) -> None:
    client.force_login(buyer)
    asked = {"text": "Kalimaru Overseas Services", "relationship": "of_supplier"}
    client.post(reverse("lookups:check"), asked)
    lookup = Lookup.objects.get()
    assert lookup.relationship == "of_supplier"
    assert selectors.snapshot_of(lookup)["relationship"] == "of_supplier"
    assert '<option value="of_supplier" selected>' in client.get(reverse("lookups:check")).content.decode()
    listed = client.get(reverse("lookups:check"), {"relationship": "supplier"}).content.decode()
    assert lookup.number not in listed


@pytest.mark.parametrize(
    ("table", "column", "index"),
    [
        ("agencies_agencyname", "key", "agencyname_key"),
        ("agencies_licence", "number_key", "number_key"),
        ("agencies_agencyidentifier", "key", "agencyidentifier_key"),
        ("certificates_certificate", "number_plain", "number_plain"),
        ("agencies_agency", "agency_phone_tail(phone)", "agency_by_phone_tail"),
        ("agencies_agency", "agency_web_domain(website)", "agency_by_web_domain"),
        ("agencies_agency", "agency_mail_domain(email)", "agency_by_mail_domain"),
    ],
)
def test_a_number_or_the_same_name_is_found_by_an_index(table: str, column: str, index: str) -> None:
    sql = f"SELECT 1 FROM certification_{table} WHERE {column} = ANY(ARRAY['5550123'])"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + sql)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert index in plan
    assert "Seq Scan" not in plan


def test_find_many_asks_a_fixed_number_of_queries(agency: Agency, django_assert_max_num_queries: Any) -> None:
    agencies.agency("Sagarpani Manpower")
    rows = [(f"L-{n}", f"Kalimaroo {n}", "NP") for n in range(40)] + [("", "Sagarpani Manpower", "")]
    with django_assert_max_num_queries(6):
        found = selectors.find_many(rows)
    assert str(found[-1].how) == "same_name"
