"""Re-births are seen, honest namesakes stay weak, and nothing follows from a signal by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from certification.agencies import selectors, services
from certification.agencies.models import Agency, LikenessSignal
from certification.agencies.rules.likeness import Context, Shared, address_key, domain_of, phone_key, weigh
from certification.agencies.services import Contact
from iris.core import clocks, events
from iris.core.errors import NotPermitted, ReasonRequired
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db


def enrolled(name: str, *officers: dict[str, object], **contact: str) -> Agency:
    agency = agencies.agency(name)
    words = {
        "address": "",
        "city": "Dhaka",
        "contact_name": "A Person",
        "email": f"office@{agency.pk.hex}.example",
        "phone": "",
    }
    words["address"] = f"{agency.pk.hex[:6]} Own Lane"
    services.change_contact(
        agency_id=agency.pk, actor=agencies.signatory(agency), contact=Contact(**{**words, **contact})
    )
    for officer in officers:
        services.add_officer(
            agency_id=agency.pk,
            actor=agencies.signatory(agency),
            answers=agencies.officer_answers(**officer),  # type: ignore[arg-type]
        )
    return agency


def look(agency: Agency) -> list[LikenessSignal]:
    for row in Agency.objects.filter(enrolled_at__isnull=False):
        services.look_for_likeness(agency_id=row.pk)
    return selectors.likenesses_of(agency)


def codes(signal: LikenessSignal) -> set[str]:
    return {str(each["code"]) for each in signal.reasons}


def test_a_rebirth_is_seen_with_its_reasons(stand):
    old = enrolled(
        "Meghnatir International", {"name": "Rafiq Talukder", "birth_year": 1971}, phone="+880 2 5550199"
    )
    with clocks.freeze(clocks.now() + timedelta(hours=1)):
        new = enrolled(
            "Padma Star Overseas", {"name": "TALUKDER Rafiq", "birth_year": 1971}, phone="00880-2-555 0199"
        )
    stand(old, "Withdrawn", weighs=True)
    (signal,) = look(new)
    assert (signal.agency, signal.other) == (new, old)
    assert codes(signal) == {"born", "phone", "standing"}
    assert (signal.points, signal.strength) == (45 + 30 + 15, "strong")
    assert "likeness" not in {event.act for event in events.events_of(new)}


def test_honest_namesakes_in_one_city_stay_weak(stand):
    old = enrolled("Himal Manpower Services", {"name": "Ram Thapa", "birth_year": 1960})
    new = enrolled("Himal Manpower Service", {"name": "Ram Thapa", "birth_year": 1988})
    stand(old, "Withdrawn", weighs=True)
    (signal,) = look(new)
    assert signal.strength == "weak"
    assert codes(signal) == {"name", "standing"}


def test_namesakes_of_agencies_in_good_standing_are_no_signal(stand):
    enrolled("Himal Manpower Services", {"name": "Ram Thapa"})
    assert look(enrolled("Himal Manpower Service", {"name": "Ram Thapa"})) == []


def test_free_mail_and_a_bare_quarter_are_nothing_to_share(stand):
    old = enrolled("Sagar Jobs", email="sagar@gmail.com", address="Thamel")
    new = enrolled("Peak Careers", email="peak@gmail.com", address="Thamel")
    stand(old, "Withdrawn", weighs=True)
    assert look(new) == []


def test_an_office_building_of_many_says_little():
    shared = Shared("address", "Tower 4, Dhaka", held_by=7)
    weighed = weigh([shared], Context(weighs=True, standing_words="X: Withdrawn"))
    assert weighed.points == 8 + 15  # 33 percent of 25 points, and the other's standing
    assert weighed.strength == "weak"
    assert weigh([Shared("address", "Tower 4, Dhaka")], Context(weighs=True)).strength == "medium"


def test_soft_facts_are_capped_and_one_person_counts_once():
    soft = [Shared("name", "A", about="1", score=0.99), *(Shared("officer", n, about=n) for n in "abc")]
    assert weigh(soft, Context(weighs=True)).points == 30
    person = [
        Shared("officer", "R", about="r"),
        Shared("born", "R, 1971", about="r"),
        Shared("identity", "R", about="r"),
    ]
    assert weigh(person, Context()).points == 60


def test_a_declared_sister_company_weighs_less():
    facts = [Shared("identity", "R", about="r")]
    assert weigh(facts, Context(declared="sister company")).points == 40


def test_looking_twice_makes_one_row_and_one_event(stand):
    old = enrolled("Sagar Jobs", phone="+880 2 5550199")
    new = enrolled("Peak Careers", phone="+880 2 5550199")
    stand(old, "Withdrawn", weighs=True)
    (first,) = look(new)
    (again,) = look(old)
    assert first.pk == again.pk
    assert [event.act for event in events.events_of(again)] == ["found"]


def test_erasing_what_was_shared_does_not_erase_the_signal(stand):
    old = enrolled("Sagar Jobs", phone="+880 2 5550199")
    new = enrolled("Peak Careers", phone="+880 2 5550199", address="7 Own Lane")
    stand(old, "Withdrawn", weighs=True)
    look(new)
    services.change_contact(
        agency_id=new.pk,
        actor=agencies.signatory(new),
        contact=Contact(address="7 Own Lane", city="Dhaka", contact_name="A", email="a@b.example"),
    )
    (signal,) = look(new)
    assert signal.state == "open"
    assert "phone" in codes(signal)


def test_a_settled_likeness_opens_again_when_something_new_is_found(stand):
    old = enrolled("Sagar Jobs", {"name": "Rafiq Talukder", "birth_year": 1971}, phone="+880 2 5550199")
    new = enrolled("Peak Careers", phone="+880 2 5550199")
    stand(old, "Withdrawn", weighs=True)
    (signal,) = look(new)
    screener = accounts.person("scheme", "screener")
    services.settle_likeness(
        signal_id=signal.pk, actor=screener, outcome="dismissed", reason="The number moved with the office."
    )
    (signal,) = look(new)
    assert signal.state == "dismissed"
    services.add_officer(
        agency_id=new.pk,
        actor=agencies.signatory(new),
        answers=agencies.officer_answers("Rafiq Talukder", birth_year=1971),
    )
    (signal,) = look(new)
    assert (signal.state, signal.settled_reason) == ("open", "")


def test_settling_needs_a_reason_and_a_person_of_the_scheme(stand):
    old, new = (
        enrolled("Sagar Jobs", phone="+880 2 5550199"),
        enrolled("Peak Careers", phone="+880 2 5550199"),
    )
    stand(old, "Withdrawn", weighs=True)
    (signal,) = look(new)
    with pytest.raises(ReasonRequired):
        services.settle_likeness(
            signal_id=signal.pk, actor=accounts.person("scheme", "screener"), outcome="upheld", reason=" "
        )
    for person in (accounts.person("scheme", "decider"), agencies.signatory(new)):
        with pytest.raises(NotPermitted):
            services.settle_likeness(signal_id=signal.pk, actor=person, outcome="upheld", reason="So it is.")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE certification_agencies_likenesssignal SET state = 'upheld' WHERE id = %s", [signal.pk]
        )


def test_only_the_scheme_reads_likenesses_and_eligibility_warns_it_alone(stand):
    old, new = (
        enrolled("Sagar Jobs", phone="+880 2 5550199"),
        enrolled("Peak Careers", phone="+880 2 5550199"),
    )
    stand(old, "Withdrawn", weighs=True)
    (signal,) = look(new)
    screener, signatory = accounts.person("scheme", "screener"), agencies.signatory(new)
    pages = [
        reverse("agencies:likenesses"),
        reverse("agencies:likeness", args=[signal.pk]),
        reverse("agencies:likenesses_of", args=[new.pk]),
    ]
    page = reverse("agencies:agency", args=[new.pk])
    for person, status in ((screener, 200), (signatory, 404)):
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert [client.get(address).status_code for address in pages] == [status] * 3
        assert ("Sagar Jobs" in client.get(page).content.decode()) == (status == 200)
    assert "likeness" in {item.code for item in selectors.eligibility_for(new, screener).items}
    assert "likeness" not in {item.code for item in selectors.eligibility_for(new, signatory).items}
    assert selectors.eligibility_for(new, screener).ready


def test_what_is_compared_is_the_same_however_it_is_written():
    assert phone_key("+977 1 5550123") == phone_key("00977-1-5550123") == phone_key("+९७७ १ ५५५०१२३")
    assert phone_key("12345") == ""
    assert address_key("No. 14, Temple Rd", "Kathmandu", "NP") == address_key(
        "14 Temple Road", "kathmandu", "NP"
    )
    assert address_key("Temple Road", "Kathmandu", "NP") == ""
    assert domain_of("https://www.kalimaru.example/jobs") == domain_of("Office@KALIMARU.example")
    assert domain_of("a@gmail.com") == "" == domain_of("https://facebook.com/kalimaru")
