"""GET /api/v1/agencies/: enrolled agencies, public facts only."""

from __future__ import annotations

import pytest
from django.test import Client

from certification.agencies import services
from certification.agencies.services import NameAnswers, SubAgentAnswers
from iris.accounts import services as accounts_services
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db
URL = "/api/v1/agencies/"


@pytest.fixture
def api() -> Client:
    """A client with a key that may read the register."""
    return _client(["read:register"])


def _client(scopes: list[str]) -> Client:
    person = accounts.person("employer", "sourcing_manager")
    _key, secret = accounts_services.issue_api_key(person.organisation, person, "Test", scopes)
    return Client(headers={"authorization": f"Api-Key {secret}"})


@pytest.mark.parametrize("address", [URL, f"{URL}00000000-0000-0000-0000-000000000001/"])
@pytest.mark.parametrize(("scopes", "status"), [(None, 401), (["read:lookups"], 403)])
def test_without_a_key_and_without_the_scope_nothing_is_read(address, scopes, status):
    client = _client(scopes) if scopes else Client()
    assert client.get(address).status_code == status


def test_list_holds_enrolled_agencies_only(api):
    agency = agencies.agency("Kalimaru Overseas")
    unfinished = agencies.agency(complete=False)

    rows = api.get(URL).json()["results"]

    assert [row["id"] for row in rows] == [str(agency.pk)]
    assert api.get(f"{URL}{unfinished.pk}/").status_code == 404


def test_an_agency_shows_public_facts_and_no_others(api):
    agency = agencies.agency("Kalimaru Overseas")
    services.add_sub_agent(
        agency_id=agency.pk,
        actor=agencies.signatory(agency),
        answers=SubAgentAnswers(name="Ram Bahadur", country="NP", city="Dang"),
    )
    answer = api.get(f"{URL}{agency.pk}/")
    row = answer.json()
    assert row["corridors"] == [{"origin": "NP", "destination": "MY"}]
    assert row["sectors"] == ["manufacturing"]
    assert row["licences"][0]["number"] == agency.licences.get().number
    assert row["sub_agents_declared"] == 1
    text = answer.content.decode()
    for private in ("Ram Bahadur", "office@example.org", "Sabina", "Temple Road", "5550123", "sanction"):
        assert private not in text


def test_filters_by_name_country_and_corridor(api):
    nepal = agencies.agency("Kalimaru Overseas", corridors=[("NP", "QA")])
    manila = agencies.agency("Blue Harbour Crew", country="PH")
    services.add_name(
        agency_id=nepal.pk,
        actor=agencies.signatory(nepal),
        answers=NameAnswers(kind="local", name="कालिमारु", lang="ne"),
    )

    def ids(query: str) -> list[str]:
        return [row["id"] for row in api.get(f"{URL}?{query}").json()["results"]]

    assert ids("q=Kalimaro") == [str(nepal.pk)]
    assert ids("q=कालिमारु") == [str(nepal.pk)]
    assert ids("country=PH") == [str(manila.pk)]
    assert ids("corridor=np-qa") == [str(nepal.pk)]
    assert ids("corridor=NP-MY") == []
    assert ids("country=PH&corridor=NP-QA") == []


@pytest.mark.parametrize("query", ["corridor=NP", "corridor=NP-XX", "country=Nepal"])
def test_a_filter_that_makes_no_sense_is_answered_as_a_problem(api, query):
    answer = api.get(f"{URL}?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    assert query.partition("=")[0] in answer.json()["errors"]


def test_list_costs_the_same_queries_for_one_and_for_many(api, django_assert_num_queries):
    agencies.agency()
    api.get(URL)
    with django_assert_num_queries(10):
        api.get(URL)
    for _each in range(3):
        agencies.agency()
    with django_assert_num_queries(10):
        assert len(api.get(URL).json()["results"]) == 4


def test_pages_follow_a_cursor(api):
    for _each in range(3):
        agencies.agency()
    first = api.get(f"{URL}?page_size=2").json()
    second = api.get(first["next"]).json()
    assert len(first["results"]) == 2
    assert len(second["results"]) == 1
    assert not {row["id"] for row in first["results"]} & {row["id"] for row in second["results"]}
