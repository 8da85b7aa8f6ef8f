"""A company that merged or closed: every public surface says it, and none of them touches its certificate."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from certification.agencies.models import Agency
from certification.agencies.services import end_agency
from certification.opendata.rules import records
from certification.opendata.rules.package import data_package
from certification.opendata.selectors import rows
from certification.register import selectors
from iris.core import clocks
from iris.core.models import FeedRow
from tests.factories import accounts, agencies
from tests.factories import certificates as factory
from tests.factories.machines import Machine, machine

pytestmark = pytest.mark.django_db
CLOSED = "This company has been closed since 3 May 2026."
MERGED = "Since 3 May 2026 this company is part of Ford Bridge Recruiters."


def end(agency: Agency, kind: str = "closed", heir: Agency | None = None) -> None:
    end_agency(
        agency_id=agency.pk,
        actor=accounts.person("scheme", "scheme_manager"),
        kind=kind,
        ended_on=clocks.today().replace(month=5, day=3),
        successor_id=heir.pk if heir else None,
        reason="Extract of the companies register.",
    )


@pytest.fixture
def closed() -> Agency:
    agency = factory.certificate(name="Old Mill Manpower").agency
    end(agency)
    return agency


@pytest.fixture
def heir() -> Agency:
    return agencies.agency("Ford Bridge Recruiters")


@pytest.fixture
def merged(heir: Agency) -> Agency:
    agency = factory.certificate(name="Stone Bridge Recruiters").agency
    end(agency, "merged", heir)
    return agency


@pytest.fixture
def reader() -> Machine:
    return machine(accounts.person("government", "reader"), "read:register")


def page(path: str, **data: str) -> str:
    response = Client().get(path, data)
    text = response.content.decode()
    assert response.status_code == 200
    assert "UNDEFINED VARIABLE" not in text
    return text


def told(agency: Agency) -> dict[str, str]:
    """What everybody reads about an agency, surface by surface."""
    number = agency.certificates.get().number
    return {
        "entry": page(f"/register/{agency.pk}/"),
        "search": page("/register/", q=agency.legal_name),
        "verify": page(f"/verify/{number}/"),
        "verify API": Client()
        .post("/api/v1/verify/", {"number": number}, content_type="application/json")
        .content.decode(),
        "verify JSON": Client()
        .get(f"/verify/{number}/", headers={"Accept": "application/json"})
        .content.decode(),
    }


def test_every_public_surface_says_that_it_closed_and_that_the_certificate_stands(closed: Agency) -> None:
    found = told(closed)
    for surface, text in found.items():
        wanted = "Closed since 3 May 2026" if surface == "search" else CLOSED
        assert wanted in text, surface
    assert "Yes, certified today" not in found["entry"]
    assert "The certificate below stands until the scheme has decided about it." in found["entry"]
    for surface in ("entry", "search", "verify"):
        assert "Certified" in found[surface], surface
    for surface in ("verify API", "verify JSON"):
        answer = json.loads(found[surface])
        assert (answer["result"], answer["valid"]) == ("valid", True)
        assert answer["certificate"]["agency_ended"]["kind"] == "closed"


def test_a_successor_is_linked_only_where_it_has_a_page(merged: Agency, heir: Agency) -> None:
    link = f'href="/register/{heir.pk}/"'
    for surface, text in told(merged).items():
        assert "Ford Bridge Recruiters" in text, surface
        assert str(heir.pk) not in text, surface
    factory.certificate(agency=heir)
    found = told(merged)
    assert MERGED in found["entry"]
    assert link in found["entry"]
    assert link in found["verify"]
    ended = json.loads(found["verify API"])["certificate"]["agency_ended"]
    assert ended == {
        "kind": "merged",
        "on": "2026-05-03",
        "successor": {"agency_id": str(heir.pk), "legal_name": "Ford Bridge Recruiters"},
        "sentence": MERGED,
    }


def test_an_ended_company_whose_certificate_fell_hears_both(merged: Agency) -> None:
    factory.withdraw(merged.certificates.get(), reason="Complaint 12.", public_note="Workers were charged.")
    text = page(f"/register/{merged.pk}/")
    assert MERGED in text
    assert "This company on the register: Withdrawn." in text
    assert "verdict-stop" in text


def test_machines_read_it_of_today_and_not_of_a_day_before_it_was_said(
    frozen_clock: Any, heir: Agency, reader: Machine
) -> None:
    with clocks.freeze(frozen_clock - timedelta(days=60)):
        agency = factory.certificate(name="Stone Bridge Recruiters").agency
    end(agency, "merged", heir)
    yesterday = {"on": (clocks.today() - timedelta(days=1)).isoformat()}
    entry, listed = f"/api/v1/register/{agency.pk}/", "/api/v1/register/"
    now = reader.get(entry).json()
    assert (now["ended"]["on"], now["ended"]["successor"]["agency_id"]) == ("2026-05-03", None)
    assert now["answer"].startswith("This company is now part of another.")
    assert (now["standing"], now["valid"]) == ("certified", True)
    assert [row["ended"]["kind"] for row in reader.get(listed).json()["results"]] == ["merged"]
    assert reader.get(entry, yesterday).json()["ended"] is None
    assert [row["ended"] for row in reader.get(listed, yesterday).json()["results"]] == [None]


def test_the_agencies_of_the_api_and_their_feed_tell_it(heir: Agency, reader: Machine) -> None:
    agency = agencies.agency("Stone Bridge Recruiters")
    noted = FeedRow.objects.filter(feed="agencies", subject_id=agency.pk)
    before = noted.count()
    end(agency, "merged", heir)
    assert noted.count() == before + 1
    for row in (
        reader.get(f"/api/v1/agencies/{agency.pk}/").json(),
        reader.get("/api/v1/agencies/", {"q": "Stone Bridge"}).json()["results"][0],
    ):
        assert row["ended"]["successor"] == {"agency_id": str(heir.pk), "legal_name": heir.legal_name}
    assert reader.get(f"/api/v1/agencies/{heir.pk}/").json()["ended"] is None


def test_lists_ask_the_same_number_of_queries_however_many_ended(
    closed: Agency, merged: Agency, heir: Agency, django_assert_num_queries: Any
) -> None:
    factory.certificate(agency=heir)
    for wanted in ([merged], [closed, merged, heir]):
        with django_assert_num_queries(5):
            assert len(selectors.rows_of(wanted)) == len(wanted)


def test_open_data_has_the_end_in_new_columns_and_for_graphs(
    closed: Agency, merged: Agency, heir: Agency
) -> None:
    columns = ("ended", "ended_on", "successor_id", "successor_name")
    names = tuple(name for name, _kind, _about in records.AGENCY_FIELDS)
    assert names[-4:] == columns
    assert names[:3] == ("id", "legal_name", "other_names")

    def ends() -> dict[str, tuple[Any, ...]]:
        return {one["id"]: tuple(one[name] for name in columns) for one in rows.agency_rows()}

    told_of = ends()
    assert told_of[str(closed.pk)] == ("closed", "2026-05-03", "", "")
    assert told_of[str(merged.pk)] == ("merged", "2026-05-03", "", "Ford Bridge Recruiters")
    factory.certificate(agency=heir)
    assert ends()[str(merged.pk)][2] == str(heir.pk)
    assert ends()[str(heir.pk)] == ("", None, "", "")
    entities = [
        one
        for row in rows.agency_rows()
        if row["id"] in {str(merged.pk), str(heir.pk)}
        for one in records.entities_of_agency(row)
    ]
    company = next(one for one in entities if one["id"].endswith(str(merged.pk)))
    assert company["properties"]["dissolutionDate"] == ["2026-05-03"]
    (link,) = [one for one in entities if one["schema"] == "Succession"]
    assert link["properties"]["predecessor"] == [company["id"]]
    assert link["properties"]["successor"] == [f"recruitment-register-{heir.pk}"]
    assert sum("dissolutionDate" in one["properties"] for one in entities) == 1
    package = data_package(name="x", title="x", as_of="x", base="x", rows={"agencies": 3, "certificates": 3})
    fields = {one["name"]: one for one in package["resources"][0]["schema"]["fields"]}
    assert fields["ended_on"]["type"] == "date"
    assert all(fields[one]["description"] for one in columns)
