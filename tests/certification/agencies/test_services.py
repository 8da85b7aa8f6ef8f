"""Enrolling and changing an agency."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from certification.agencies import selectors, services
from certification.agencies.models import Agency, AgencyCorridor, Licence
from certification.agencies.services import BranchAnswers, LicenceAnswers, NameAnswers, SubAgentAnswers
from iris.core import clocks, events, outbox
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from iris.notify.models import Notice
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db


def last_act(agency: Agency) -> str:
    return events.events_of(agency, limit=1)[0].act


def test_enrol_writes_entity_legal_name_and_event():
    organisation = accounts.organisation("agency")
    actor = accounts.person(role="signatory", organisation=organisation)

    agency = services.enrol_agency(
        actor=actor, details=agencies.legal_entity("  कालिमारु   ओभरसिज सर्भिसेज ", legal_name_lang="ne")
    )

    assert agency.legal_name == "कालिमारु ओभरसिज सर्भिसेज"
    name = agency.names.get()
    assert (name.kind, name.lang) == ("legal", "ne")
    assert name.normal.isascii()
    assert name.normal
    assert last_act(agency) == "enrolled"
    assert agency.enrolled_at is None


def test_enrol_refuses_a_number_that_is_taken_without_telling_by_whom():
    first = agencies.agency("Kalimaru Overseas", complete=False)
    actor = accounts.person("agency", "signatory")
    spelt_otherwise = first.registration_number.replace("-", " / ").lower()

    with pytest.raises(BadInput) as refused:
        services.enrol_agency(actor=actor, details=agencies.legal_entity(registration_number=spelt_otherwise))

    sentence = str(refused.value.fields["registration_number"][0])
    assert "already enrolled in this country" in sentence
    assert "Kalimaru" not in sentence
    assert selectors.agency_of(actor) is None


def test_enrol_takes_the_same_number_in_another_country():
    first = agencies.agency(complete=False)

    second = services.enrol_agency(
        actor=accounts.person("agency", "signatory"),
        details=agencies.legal_entity(registration_number=first.registration_number, country="PH"),
    )

    assert second.pk != first.pk


def test_enrol_twice_is_a_conflict():
    agency = agencies.agency(complete=False)
    with pytest.raises(Conflict):
        services.enrol_agency(actor=agencies.signatory(agency), details=agencies.legal_entity())
    assert Agency.objects.count() == 1


@pytest.mark.parametrize(("kind", "role"), [("employer", "sourcing_manager"), ("agency", "contributor")])
def test_enrol_is_for_an_agencys_signatory_or_manager(kind, role):
    with pytest.raises(NotPermitted):
        services.enrol_agency(actor=accounts.person(kind, role), details=agencies.legal_entity())


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("legal_name", "न" * 5000, "5,000 characters"),
        ("legal_name", " ", "as it stands in the company register"),
        ("legal_name", "...", "no letters"),
        ("registration_number", "--", "neither digits nor letters"),
        ("country", "XX", "Choose one from the list"),
        ("country", "", "Choose the country"),
        ("founded_on", date(2026, 11, 22), "still to come"),
        ("founded_on", date(2083, 1, 1), "common calendar"),
        ("kind", "secret", "private or a public body"),
    ],
)
def test_enrol_says_what_is_wrong_with_a_field(field, value, words):
    actor = accounts.person("agency", "signatory")
    with pytest.raises(BadInput) as refused:
        services.enrol_agency(actor=actor, details=agencies.legal_entity(**{field: value}))
    assert words in str(refused.value.fields[field][0])


def test_change_details_keeps_a_former_name_once_enrolled():
    agency = agencies.agency("Kalimaru Overseas")
    entity = agencies.legal_entity("Himal Fair Work", registration_number=agency.registration_number)

    services.change_details(agency_id=agency.pk, actor=agencies.signatory(agency), details=entity)

    names = {(row.kind, row.name) for row in agency.names.all()}
    assert names == {("legal", "Himal Fair Work"), ("former", "Kalimaru Overseas")}
    assert list(selectors.found_by(Agency.objects.all(), "kalimaru")) == [Agency.objects.get()]


def test_change_details_without_a_change_writes_no_event():
    agency = agencies.agency("Kalimaru Overseas")
    before = len(events.events_of(agency))
    entity = agencies.legal_entity("Kalimaru Overseas", registration_number=agency.registration_number)
    services.change_details(agency_id=agency.pk, actor=agencies.signatory(agency), details=entity)
    assert len(events.events_of(agency)) == before


@pytest.mark.parametrize("who", ["contributor", "other_agency", "scheme"])
def test_change_is_refused_for_everyone_but_signatory_and_manager(who):
    agency = agencies.agency()
    actor = {
        "contributor": lambda: agencies.colleague(agency, "contributor"),
        "other_agency": lambda: accounts.person("agency", "signatory"),
        "scheme": lambda: accounts.person("scheme", "scheme_manager"),
    }[who]()
    with pytest.raises(NotPermitted):
        services.add_corridor(agency_id=agency.pk, actor=actor, origin="NP", destination="QA")
    assert agency.corridors.count() == 1


def test_a_manager_may_change():
    agency = agencies.agency()
    actor = agencies.colleague(agency, "manager")
    services.add_corridor(agency_id=agency.pk, actor=actor, origin="NP", destination="QA")
    assert agency.corridors.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "office", "name@example.org"),
        ("website", "not a site", "not a web address"),
        ("phone", "ask for Ram", "in digits"),
        ("address", " ", "street address"),
        ("contact_name", "", "a person we can ask"),
    ],
)
def test_contact_says_what_is_wrong(field, value, words):
    agency = agencies.agency()
    from dataclasses import replace

    with pytest.raises(BadInput) as refused:
        services.change_contact(
            agency_id=agency.pk,
            actor=agencies.signatory(agency),
            contact=replace(agencies.contact(), **{field: value}),
        )
    assert words in str(refused.value.fields[field][0])


def test_contact_website_gets_its_scheme():
    from dataclasses import replace

    agency = agencies.agency()
    services.change_contact(
        agency_id=agency.pk,
        actor=agencies.signatory(agency),
        contact=replace(agencies.contact(), website="www.example.org"),
    )
    assert Agency.objects.get(pk=agency.pk).website == "https://www.example.org"


# --- licences --------------------------------------------------------------------------------------------------------


def test_licence_dates_in_the_wrong_order_name_both():
    agency = agencies.agency(complete=False)
    with pytest.raises(BadInput) as refused:
        services.add_licence(
            agency_id=agency.pk,
            actor=agencies.signatory(agency),
            answers=agencies.licence_answers(valid_from=date(2027, 5, 3), valid_to=date(2026, 12, 1)),
        )
    assert "ends on 1 December 2026, before it starts on 3 May 2027" in str(
        refused.value.fields["valid_to"][0]
    )


def test_licence_that_has_ended_is_refused_with_its_day():
    agency = agencies.agency(complete=False)
    with pytest.raises(BadInput) as refused:
        agencies.licence(agency, valid_from=date(2024, 1, 1), valid_to=date(2025, 5, 3))
    assert "ended on 3 May 2025" in str(refused.value.fields["valid_to"][0])


def test_licence_year_of_another_calendar_is_explained():
    with pytest.raises(BadInput) as refused:
        agencies.licence_answers(valid_from=date(2083, 4, 1), valid_to=date(2084, 4, 1)).checked(
            clocks.today()
        )
    assert "2083" in str(refused.value.fields["valid_from"][0])


def test_licence_twice_is_refused_however_it_is_spelt():
    agency = agencies.agency(complete=False)
    agencies.licence(agency, number="1234/064/065")
    with pytest.raises(BadInput) as refused:
        agencies.licence(agency, number="1234-064-065")
    assert "already on your list" in str(refused.value.fields["number"][0])
    assert agency.licences.count() == 1


def test_licence_copy_is_stored_and_its_hash_is_in_the_event():
    agency = agencies.agency(complete=False)
    licence = services.add_licence(
        agency_id=agency.pk,
        actor=agencies.signatory(agency),
        answers=agencies.licence_answers(),
        copy=SimpleUploadedFile("licence.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40),
    )
    assert licence.copy is not None
    assert licence.copy.organisation_id == agency.organisation_id
    assert events.events_of(agency, limit=1)[0].data["copy_sha256"] == licence.copy.sha256


def test_licence_copy_of_the_wrong_type_is_refused_on_its_field_and_nothing_is_kept():
    agency = agencies.agency(complete=False)
    with pytest.raises(BadInput) as refused:
        services.add_licence(
            agency_id=agency.pk,
            actor=agencies.signatory(agency),
            answers=agencies.licence_answers(),
            copy=SimpleUploadedFile("licence.pdf", b"MZ\x90\x00 not a document"),
        )
    assert list(refused.value.fields) == ["copy"]
    assert agency.licences.count() == 0


def test_change_licence_may_keep_an_end_that_has_passed():
    agency = agencies.agency()
    licence = agency.licences.get()
    with clocks.freeze(clocks.now() + timedelta(days=400)):
        services.change_licence(
            agency_id=agency.pk,
            licence_id=licence.pk,
            actor=agencies.signatory(agency),
            answers=LicenceAnswers(
                country=licence.country,
                authority="Renamed authority",
                number=licence.number,
                valid_from=licence.valid_from,
                valid_to=licence.valid_to,
            ),
        )
    assert Licence.objects.get(pk=licence.pk).authority == "Renamed authority"


def test_remove_licence_twice_writes_one_event():
    agency = agencies.agency()
    licence = agency.licences.get()
    for _twice in range(2):
        services.remove_licence(agency_id=agency.pk, licence_id=licence.pk, actor=agencies.signatory(agency))
    assert [event.act for event in events.events_of(agency)].count("licence_removed") == 1


def test_ending_licences_are_told_at_60_30_7_days_and_when_they_end():
    agency = agencies.agency()
    end = agency.licences.get().valid_to
    start = clocks.now()
    told = []
    for day in range(290, 380):
        with clocks.freeze(start + timedelta(days=day)):
            if services.tell_of_ending_licences():
                told.append((end - clocks.today()).days)
            assert services.tell_of_ending_licences() == 0
    assert told == [60, 30, 7, -1]
    subjects = list(Notice.objects.filter(user=agencies.signatory(agency)).values_list("subject", flat=True))
    assert any("has ended" in subject for subject in subjects)
    outbox.run_all()


def test_database_refuses_a_licence_that_ends_before_it_starts():
    licence = agencies.agency().licences.get()
    with pytest.raises(IntegrityError, match="licence_dates_in_order"), transaction.atomic():
        Licence.objects.filter(pk=licence.pk).update(valid_to=licence.valid_from - timedelta(days=1))


# --- scope -----------------------------------------------------------------------------------------------------------


def test_corridor_to_the_same_country_is_refused():
    agency = agencies.agency()
    with pytest.raises(BadInput) as refused:
        services.add_corridor(
            agency_id=agency.pk, actor=agencies.signatory(agency), origin="NP", destination="NP"
        )
    assert "both are Nepal" in str(refused.value.fields["destination"][0])


def test_database_refuses_a_corridor_to_the_same_country():
    agency = agencies.agency()
    with pytest.raises(IntegrityError, match="agency_corridor_crosses_a_border"), transaction.atomic():
        AgencyCorridor.objects.create(agency=agency, origin="NP", destination="NP")


def test_corridor_twice_is_refused():
    agency = agencies.agency()
    with pytest.raises(BadInput) as refused:
        services.add_corridor(
            agency_id=agency.pk, actor=agencies.signatory(agency), origin="NP", destination="MY"
        )
    assert "already on your list" in str(refused.value.fields["destination"][0])


def test_set_corridors_adds_and_removes_in_one_event():
    agency = agencies.agency()
    kept = agency.corridors.get()
    actor = agencies.signatory(agency)
    services.set_corridors(agency_id=agency.pk, actor=actor, corridors=[("NP", "MY"), ("NP", "QA")])
    assert {row.text for row in agency.corridors.all()} == {"Nepal to Malaysia", "Nepal to Qatar"}
    assert agency.corridors.get(destination="MY").pk == kept.pk
    services.set_corridors(agency_id=agency.pk, actor=actor, corridors=[("NP", "QA")])
    assert [row.text for row in agency.corridors.all()] == ["Nepal to Qatar"]
    assert [event.act for event in events.events_of(agency)][:2] == ["corridors_set", "corridors_set"]


@pytest.mark.parametrize("sectors", [[], ["piracy"]])
def test_set_sectors_refuses_none_and_unknown(sectors):
    agency = agencies.agency()
    with pytest.raises(BadInput) as refused:
        services.set_sectors(agency_id=agency.pk, actor=agencies.signatory(agency), sectors=sectors)
    assert "sectors" in refused.value.fields
    assert [row.sector for row in agency.sectors.all()] == ["manufacturing"]


# --- names, branches, sub-agents -------------------------------------------------------------------------------------


def test_names_are_added_changed_and_removed():
    agency = agencies.agency()
    actor = agencies.signatory(agency)
    row = services.add_name(
        agency_id=agency.pk, actor=actor, answers=NameAnswers(kind="local", name="कालिमारु", lang="ne")
    )
    services.change_name(
        agency_id=agency.pk,
        name_id=row.pk,
        actor=actor,
        answers=NameAnswers(kind="trading", name="Kalimaru Jobs"),
    )
    assert [(each.kind, each.name) for each in selectors.names_of(agency)] == [("trading", "Kalimaru Jobs")]
    assert list(selectors.found_by(Agency.objects.all(), "KALIMARU  jobs")) == [agency]
    services.remove_name(agency_id=agency.pk, name_id=row.pk, actor=actor)
    assert selectors.names_of(agency) == []


def test_name_twice_and_a_second_legal_name_are_refused():
    agency = agencies.agency()
    actor = agencies.signatory(agency)
    answers = NameAnswers(kind="trading", name="Kalimaru Jobs")
    services.add_name(agency_id=agency.pk, actor=actor, answers=answers)
    with pytest.raises(BadInput, match=r".*") as twice:
        services.add_name(agency_id=agency.pk, actor=actor, answers=answers)
    assert "already on your list" in str(twice.value.fields["name"][0])
    with pytest.raises(BadInput) as legal:
        services.add_name(agency_id=agency.pk, actor=actor, answers=NameAnswers(kind="legal", name="Other"))
    assert "kind" in legal.value.fields


def test_the_legal_name_cannot_be_removed():
    agency = agencies.agency()
    legal = agency.names.get(kind="legal")
    services.remove_name(agency_id=agency.pk, name_id=legal.pk, actor=agencies.signatory(agency))
    assert agency.names.filter(pk=legal.pk).exists()


def test_branches_and_sub_agents_keep_events_without_names_of_persons():
    agency = agencies.agency()
    actor = agencies.signatory(agency)
    services.add_branch(
        agency_id=agency.pk,
        actor=actor,
        answers=BranchAnswers(name="East office", country="NP", city="Biratnagar"),
    )
    services.add_sub_agent(
        agency_id=agency.pk,
        actor=actor,
        answers=SubAgentAnswers(name="Ram Bahadur", country="NP", city="Dang"),
    )
    assert agency.branches.get().name == "East office"
    assert agency.sub_agents.get().name == "Ram Bahadur"
    assert "Ram" not in str([event.data for event in events.events_of(agency)])


def test_a_row_of_another_agency_is_not_found():
    mine, other = agencies.agency(), agencies.agency()
    row = services.add_branch(
        agency_id=other.pk,
        actor=agencies.signatory(other),
        answers=BranchAnswers(name="East office", country="NP", city="Biratnagar"),
    )
    services.remove_branch(agency_id=mine.pk, branch_id=row.pk, actor=agencies.signatory(mine))
    assert other.branches.count() == 1


# --- declaration and confirmation ------------------------------------------------------------------------------------


def test_only_the_signatory_declares_about_sanctions():
    agency = agencies.agency()
    with pytest.raises(NotPermitted):
        services.declare_sanctions(
            agency_id=agency.pk, actor=agencies.colleague(agency, "manager"), answer="none"
        )


def test_a_sanction_has_to_be_told():
    agency = agencies.agency()
    with pytest.raises(BadInput) as refused:
        services.declare_sanctions(
            agency_id=agency.pk, actor=agencies.signatory(agency), answer="some", text=" "
        )
    assert "Say what happened" in str(refused.value.fields["text"][0])


def test_confirm_lists_what_is_missing_and_the_agency_stays_unlisted():
    agency = agencies.agency(complete=False)
    with pytest.raises(TransitionRefused) as refused:
        services.confirm_enrolment(agency_id=agency.pk, actor=agencies.signatory(agency))
    assert refused.value.code == "enrolment_incomplete"
    assert len(refused.value.missing) == 6
    assert not selectors.enrolled_agencies().exists()


def test_confirm_twice_is_harmless():
    agency = agencies.agency()
    again = services.confirm_enrolment(agency_id=agency.pk, actor=agencies.signatory(agency))
    assert again.enrolled_at == agency.enrolled_at
    assert [event.act for event in events.events_of(agency)].count("confirmed") == 1
    assert list(selectors.enrolled_agencies()) == [agency]
