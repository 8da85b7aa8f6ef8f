"""R67: nobody is told “certified” by a likeness. A number, the very name, or a person's word settles a row, no more."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.urls import reverse

from certification.agencies import services as enrolling
from certification.agencies.models import Agency
from iris.accounts.models import User
from supplychain.lookups import services as checks
from supplychain.screenings import selectors, services
from supplychain.screenings.models import Screening
from tests.factories import accounts, agencies, certificates
from tests.factories import screenings as made

pytestmark = pytest.mark.django_db
NAME = "Kalimaru Overseas Services Pvt. Ltd."
# Worked by hand from R67: what was written in the list, and whether it may settle the row by itself.
ROWS = (
    ("Kalimaru Overseas Services", "NP", "", "certified"),  # the very name but for its legal form
    ("SERVICES kalimaru  overseas", "", "", "certified"),  # its canonical key is the same
    ("Kalimaroo Oversea Services", "NP", "", "to_resolve"),  # three letters off
    ("Kalimaru Overseas Servces", "NP", "", "to_resolve"),  # one letter off
    ("Kalimaru Overseas Services", "QA", "", "to_resolve"),  # the name, but of another country
    ("Birch Gate Manpower", "NP", "", "to_resolve"),  # a name it gave up; another company may use it now
    ("Whoever", "NP", "{licence}", "certified"),
    ("Whoever else", "QA", "{certificate}", "certified"),
    ("Somebody", "NP", "+977 16660987", "to_resolve"),  # offices share phones
    ("Zanzibar Ferry Crews", "NP", "", "not_found"),
)


@pytest.fixture
def agency() -> Agency:
    one = agencies.agency("Birch Gate Manpower Pvt. Ltd.")
    actor = agencies.signatory(one)
    entity = agencies.legal_entity(NAME, registration_number=one.registration_number)
    enrolling.change_details(agency_id=one.pk, actor=actor, details=entity)
    contact = replace(agencies.contact(), phone="+977 1 6660987")
    enrolling.change_contact(agency_id=one.pk, actor=actor, contact=contact)
    certificates.certificate("active", one)
    agencies.agency("Sagarpani Manpower")
    return one


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


def _list(agency: Agency) -> str:
    numbers = {
        "licence": agency.licences.get().number,
        "certificate": agency.certificates.get().number,
    }
    lines = [",".join((name, country, number.format(**numbers))) for name, country, number, _result in ROWS]
    return "Supplier,Ctry,Licence no\n" + "\n".join(lines) + "\n"


@pytest.fixture
def screening(agency: Agency, buyer: User) -> Screening:
    return made.done(buyer, _list(agency))


def test_only_what_is_certain_settles_by_itself(screening: Screening) -> None:
    results = list(screening.outcomes.order_by("number").values_list("result", flat=True))
    assert results == [result for *_asked, result in ROWS]


def test_a_likeness_waits_with_its_proposal_first(screening: Screening, agency: Agency) -> None:
    one = screening.outcomes.get(number=4)
    assert (one.outcome, one.how, one.fact_id, one.agency_id) == ("found", "near_name", None, None)
    assert UUID(one.similar[0]["agency_id"]) == agency.pk
    assert one.similar[0]["score"] > 0.5
    assert one.similar[0]["why"], "the score is explained"
    line = selectors.question_of(screening, 4)
    assert line is not None
    assert selectors.proposals_for(line)[0].agency_id == agency.pk


def test_nothing_that_leaves_the_house_calls_a_likeness_certified(
    screening: Screening, buyer: User, client
) -> None:  # type: ignore[no-untyped-def]
    waiting = [number for number, row in enumerate(ROWS, start=2) if row[3] == "to_resolve"]
    counts = selectors.counts_by_result(screening)
    assert (counts["certified"], counts["to_resolve"]) == (4, len(waiting))
    assert len(set(selectors.agencies_found(screening.pk))) == 1
    lines = b"".join(selectors.as_csv(screening)).decode("utf-8-sig").splitlines()
    for number in waiting:
        assert "To resolve" in lines[number - 1]
        assert "Certified" not in lines[number - 1]
    client.force_login(buyer)
    page = client.get(f"/screenings/{screening.pk}/", {"result": "to_resolve"}).content.decode()
    table = page[page.index('id="rows"') :]
    assert "Kalimaroo" in table
    assert "state-tag-good" not in table
    proof = selectors.proof_of(screening, 4)
    assert proof is not None
    assert '"result":"to_resolve"' in proof["record"]


def test_accepting_settles_it_for_every_later_list(screening: Screening, agency: Agency, buyer: User) -> None:
    said = services.resolve_row(screening_id=screening.pk, number=4, actor=buyer, agency_id=agency.pk)
    assert said.result == "certified"
    later = made.done(buyer, "Supplier,Ctry\nKALIMAROO OVERSEA SERVICES,NP\n")
    one = later.outcomes.get(number=2)
    assert (one.result, one.how) == ("certified", "remembered")


def test_the_resolve_page_names_what_speaks_for_an_agency(screening: Screening, buyer: User, client) -> None:  # type: ignore[no-untyped-def]
    client.force_login(buyer)
    url = reverse("screenings:resolve", args=[screening.pk])
    assert "Another country than in your file" in client.get(url, {"row": 6}).content.decode()
    by_phone = client.get(url, {"row": 10}).content.decode()
    assert "the phone number or web address" in by_phone
    assert "% alike" not in by_phone


@pytest.mark.parametrize(
    ("text", "country", "green"),
    [
        ("Kalimaru Overseas Services", "NP", True),
        ("Kalimaroo Oversea Services", "NP", False),
        ("Kalimaru Overseas Services", "QA", False),
        ("Birch Gate Manpower", "", False),
        ("+977 16660987", "", False),
    ],
)
def test_the_page_of_a_check_is_green_for_the_same_answers_only(  # type: ignore[no-untyped-def]
    agency: Agency, buyer: User, client, text: str, country: str, green: bool
) -> None:
    done = checks.look_up(actor=buyer, text=text, country=country)
    client.force_login(buyer)
    page = client.get(f"/lookups/{done.pk}/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert NAME in main
    assert (main.count("state-tag-good") + main.count("verdict-good") > 0) is green
