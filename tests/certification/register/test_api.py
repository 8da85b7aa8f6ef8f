"""/api/v1/register/: the register of today and of a day that is past, by hand-made days (R83, R86, R87)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from certification.agencies.models import Agency
from iris.core import clocks
from tests import stock
from tests.conftest import NOON, _empty_as_owner
from tests.factories import accounts, agencies, certificates
from tests.factories.machines import Machine, machine

URL = "/api/v1/register/"


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Any]:
    """Enrolled and certified 60 days ago, suspended on 21 November, the day of the tests."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), clocks.freeze(NOON):
        patch.setattr("iris.core.outbox.wake", lambda row_id, queue: None)
        patch.setattr("django.conf.settings.IRIS_FILES_ROOT", tmp_path_factory.mktemp("world"))
        with clocks.freeze(NOON - timedelta(days=60)):
            agency = agencies.agency("Kalimaru Overseas Services Pvt. Ltd.")
            held = certificates.certificate(agency=agency)
        certificates.suspend(held)
        agencies.agency("Only Enrolled Ltd.")
        with stock.world():
            yield {"agency": agency.pk, "number": held.number}
        _empty_as_owner()


@pytest.fixture
def reader(made: Any, db: None) -> Machine:
    return machine(accounts.person("government", "reader"), "read:register")


def _on(client: Machine, day: str, what: str = "") -> Any:
    return client.get(f"{URL}{what}", {"on": day})


def test_today_says_suspended_and_lists_no_agency_that_only_enrolled(reader: Machine, made: Any) -> None:
    rows = reader.get(URL).json()["results"]
    assert [(row["agency_id"], row["standing"], row["valid"]) for row in rows] == [
        (str(made["agency"]), "suspended", False)
    ]
    assert (rows[0]["on"], rows[0]["since"]) == ("2026-11-21", "2026-11-21")


@pytest.mark.parametrize(
    ("day", "standing"),
    [("2026-11-20", "certified"), ("2026-09-22", "certified"), ("2026-11-21", "suspended")],
)
def test_the_standing_at_the_end_of_a_day(reader: Machine, made: Any, day: str, standing: str) -> None:
    listed = _on(reader, day).json()["results"]
    assert [(row["on"], row["standing"]) for row in listed] == [(day, standing)]
    entry = _on(reader, day, f"{made['agency']}/").json()
    assert (entry["standing"], entry["certificate"]["number"]) == (standing, made["number"])
    assert all(line["on"] <= day for line in entry["history"])
    assert ("suspended" in {line["state"] for line in entry["history"]}) == (day == "2026-11-21")


def test_a_day_before_the_register_began_gets_its_sentence(reader: Machine) -> None:
    answer = _on(reader, "2026-09-21")
    assert answer.status_code == 400
    assert "begins on 22 September 2026" in answer.json()["errors"]["on"][0]
    assert "still to come" in _on(reader, "2026-11-22").json()["errors"]["on"][0]


def test_filters_of_today_are_refused_with_a_past_day_and_unknown_ones_always(reader: Machine) -> None:
    answer = reader.get(URL, {"on": "2026-11-20", "status": "suspended"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["status"])
    assert reader.get(URL, {"staus": "suspended"}).status_code == 400
    assert len(reader.get(URL, {"status": "suspended"}).json()["results"]) == 1
    assert reader.get(URL, {"status": "certified"}).json()["results"] == []


def test_licences_stand_beside_the_word_of_the_register_with_its_source(reader: Machine, made: Any) -> None:
    body = reader.get(f"/api/v1/agencies/{made['agency']}/licences/").json()
    licence = Agency.objects.get(pk=made["agency"]).licences.get()
    row = body["results"][0]
    assert (row["number"], row["declared_in_force"]) == (licence.number, True)
    assert (row["register_says"]["status"], row["register_says"]["retrieved_at"]) == ("unknown", None)
    assert row["register_says"]["sentence"].startswith("Unknown:")


def test_every_revision_with_what_became_of_it(reader: Machine, made: Any) -> None:
    body = reader.get(f"/api/v1/certificates/{made['number'].lower()}/revisions/").json()
    assert [(row["revision"], row["status"]) for row in body["results"]] == [(1, "suspended")]
    assert [line["state"] for line in body["results"][0]["changes"]] == ["active", "suspended"]


def test_statistics_count_without_names(reader: Machine) -> None:
    body = reader.get("/api/v1/statistics/").json()
    tables = {table["key"]: {row["key"]: row["count"] for row in table["rows"]} for table in body["tables"]}
    assert (tables["standing"], tables["country"]) == ({"suspended": 1}, {})
    assert "Kalimaru" not in str(body)


def test_the_lists_cost_the_same_however_long(reader: Machine, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(14):
        assert reader.get(URL).status_code == 200
    with django_assert_max_num_queries(14):
        assert _on(reader, "2026-11-20").status_code == 200
