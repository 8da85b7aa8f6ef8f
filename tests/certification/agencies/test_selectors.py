"""Eligibility in words, who sees what, and what is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification.agencies import selectors, services
from certification.agencies.models import Agency
from certification.agencies.services import NameAnswers
from iris.core import clocks
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db


def item(agency: Agency, code: str):
    return next(each for each in selectors.eligibility(agency).items if each.code == code)


def test_eligibility_of_a_complete_agency_is_ready_and_names_its_licence():
    agency = agencies.agency()
    found = selectors.eligibility(agency)
    assert found.ready
    assert {each.state for each in found.items if each.code != "register"} == {"ok"}
    assert item(agency, "register").state == "unknown"  # no list of its country was brought in
    assert agency.licences.get().number in item(agency, "licence").text


def test_eligibility_of_a_new_agency_names_everything_missing():
    found = selectors.eligibility(agencies.agency(complete=False))
    assert not found.ready
    assert {each.code for each in found.missing} == {
        "contact",
        "licence",
        "corridors",
        "sectors",
        "owners",
        "sanctions",
        "confirmed",
    }


def test_eligibility_says_which_licence_ended_and_when():
    agency = agencies.agency()
    licence = agency.licences.get()
    with clocks.freeze(clocks.now() + timedelta(days=400)):
        found = item(agency, "licence")
    assert found.state == "missing"
    assert licence.number in found.text
    assert "ended on 21 November 2027" in found.text


def test_eligibility_warns_of_a_licence_that_ends_within_60_days():
    agency = agencies.agency()
    with clocks.freeze(clocks.now() + timedelta(days=305)):
        found = selectors.eligibility(agency)
    assert found.ready
    assert next(each.state for each in found.items if each.code == "licence") == "warning"


def test_eligibility_wants_a_licence_of_the_agencys_own_country():
    agency = agencies.agency(complete=False)
    agencies.licence(agency, country="PH")
    assert item(agency, "licence").state == "missing"
    assert "Nepal" in item(agency, "licence").text


def test_eligibility_tells_of_a_licence_that_starts_later():
    agency = agencies.agency(complete=False)
    agencies.licence(agency, valid_from=clocks.today() + timedelta(days=10))
    assert "only holds from 1 December 2026" in item(agency, "licence").text


def test_eligibility_refuses_a_public_body_in_words():
    organisation = accounts.organisation("agency")
    actor = accounts.person(role="signatory", organisation=organisation)
    agency = services.enrol_agency(actor=actor, details=agencies.legal_entity(kind="public"))
    assert item(agency, "kind").state == "missing"
    assert "not certified" in item(agency, "kind").text


def test_eligibility_lets_the_scheme_read_a_declared_sanction():
    agency = agencies.agency()
    services.declare_sanctions(
        agency_id=agency.pk, actor=agencies.signatory(agency), answer="some", text="A fine in 2024, paid."
    )
    found = selectors.eligibility(Agency.objects.get(pk=agency.pk))
    assert found.ready
    assert item(Agency.objects.get(pk=agency.pk), "sanctions").state == "warning"


def test_agencies_visible_to_members_scheme_and_the_auditing_firm():
    mine, other = agencies.agency(), agencies.agency()
    firm = accounts.organisation("audit_firm")
    auditor = accounts.person(role="lead_auditor", organisation=firm)
    services.let_read(agency_id=mine.pk, organisation=firm, actor=accounts.person("scheme", "scheme_manager"))

    assert list(selectors.agencies_visible_to(agencies.signatory(mine))) == [mine]
    assert list(selectors.agencies_visible_to(auditor)) == [mine]
    assert set(selectors.agencies_visible_to(accounts.person("scheme", "screener"))) == {mine, other}
    assert not selectors.agencies_visible_to(accounts.person("employer", "sourcing_manager")).exists()
    assert not selectors.agencies_visible_to(accounts.person("audit_firm", "auditor")).exists()
    assert not selectors.agencies_visible_to(accounts.person()).exists()


def test_found_by_local_name_misspelling_and_licence_number():
    agency = agencies.agency("Kalimaru Overseas Services")
    agencies.agency("Blue Harbour Crew")
    services.add_name(
        agency_id=agency.pk,
        actor=agencies.signatory(agency),
        answers=NameAnswers(kind="local", name="कालिमारु ओभरसिज", lang="ne"),
    )
    rows = Agency.objects.all()
    for text in ("kalimaru", "Kalimaro overseas", "कालिमारु", agency.licences.get().number.replace("/", "-")):
        assert list(selectors.found_by(rows, text)) == [agency], text
    assert list(selectors.found_by(rows, "??")) == []
    assert list(selectors.found_by(rows, "Zebra Staffing")) == []


def test_with_facts_reads_any_number_of_agencies_in_ten_queries():
    for _each in range(3):
        agencies.agency()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for agency in selectors.with_facts(Agency.objects.all()):
            selectors.eligibility(agency)
            selectors.names_of(agency)
    assert len(queries) == 10 + 3  # and each eligibility asks the register of the agency's country once


def test_todos_start_with_enrolling_then_finishing_then_the_licence():
    actor = accounts.person("agency", "signatory")
    assert [todo.title for todo in selectors.todos_for(actor)] == ["Enrol your agency"]
    unfinished = agencies.agency(complete=False)
    assert [todo.title for todo in selectors.todos_for(agencies.signatory(unfinished))] == [
        "Finish your enrolment"
    ]
    agency = agencies.agency()
    assert selectors.todos_for(agencies.signatory(agency)) == []
    with clocks.freeze(clocks.now() + timedelta(days=400)):
        assert len(selectors.todos_for(agencies.signatory(agency))) == 1
    assert selectors.todos_for(agencies.colleague(unfinished, "contributor")) == []
