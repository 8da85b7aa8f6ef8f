"""A sheet of branches, sub-agents, corridors, licences: tried, taken in whole, twice without harm, nothing lost."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certification.agencies import services
from certification.agencies.models import Agency, AgencyImport
from certification.agencies.rules.sheet import guess_mapping, mapping_problems
from certification.agencies.states import ImportState, ListPage
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.models import Event
from tests.factories import agencies
from tests.factories.machines import machine

BRANCHES = "Office,Country code,Town,Manager,Telephone,Approval number\n"
AGENTS = "Agent,Under,Country,District,Village,Citizenship number,Commission\n"


@pytest.fixture
def agency(db: None) -> Agency:
    return agencies.agency(complete=False)


@pytest.fixture
def signatory(agency: Agency) -> User:
    return agencies.signatory(agency)


def _sheet(signatory: User, agency: Agency, page: str, text: str, name: str = "list.csv") -> AgencyImport:
    upload = SimpleUploadedFile(name, text.encode())
    return services.upload_sheet(agency_id=agency.pk, actor=signatory, page=page, upload=upload)


def _wrong(made: AgencyImport) -> list[tuple[int, str, str, str]]:
    plan, _table = services.read_import(made)
    return [(one.row, one.column, one.found, one.expected) for row in plan.rows for one in row.wrong]


def test_columns_are_guessed_by_common_names_in_any_order() -> None:
    guessed = guess_mapping(ListPage.BRANCHES, ["Town", "Remarks", "Country code", "Branch name"])
    assert guessed == {"city": 0, "country": 2, "name": 3}
    assert mapping_problems(ListPage.BRANCHES, {"name": 0, "city": 0}, ["a"]) == {
        "country": ["Choose the column that holds it."],
        "city": ["Each column can be used once. Choose another, or none."],
    }


def test_branches_are_taken_in_and_the_same_sheet_again_does_nothing(agency: Agency, signatory: User) -> None:
    text = BRANCHES + (
        "Pokhara branch,Nepal,Pokhara,Bina Rai,+977 61 555010,BR-12\n"
        "Biratnagar branch,NP,Biratnagar,,,\n"
        "Doha desk,QAT,Doha,,,\n"
    )
    made = _sheet(signatory, agency, "branches", text)
    plan, _table = services.read_import(made)
    assert plan.counts == {"add": 3, "change": 0, "same": 0, "reject": 0}
    assert agency.branches.count() == 0  # a preview takes nothing in
    services.commit_import(import_id=made.pk, actor=signatory)
    kept = list(
        agency.branches.order_by("name").values_list("name", "country", "city", "authority_reference")
    )
    assert kept == [
        ("Biratnagar branch", "NP", "Biratnagar", ""),
        ("Doha desk", "QA", "Doha", ""),
        ("Pokhara branch", "NP", "Pokhara", "BR-12"),
    ]
    assert Event.objects.filter(act="branch_added").count() == 3
    again = _sheet(signatory, agency, "branches", text)
    with pytest.raises(Conflict, match="no row tells anything new"):
        services.commit_import(import_id=again.pk, actor=signatory)
    assert agency.branches.count() == 3


def test_a_number_finds_a_branch_that_moved_and_an_empty_cell_changes_nothing(
    agency: Agency, signatory: User
) -> None:
    first = BRANCHES + "Pokhara branch,NP,Pokhara,Bina Rai,+977 61 555010,BR 12\n"
    services.commit_import(import_id=_sheet(signatory, agency, "branches", first).pk, actor=signatory)
    made = _sheet(signatory, agency, "branches", BRANCHES + "Pokhara branch,NP,Lekhnath,,,br-12\n")
    services.commit_import(import_id=made.pk, actor=signatory)
    branch = agency.branches.get()
    assert (branch.city, branch.responsible, branch.phone) == ("Lekhnath", "Bina Rai", "+977 61 555010")


def test_the_same_name_with_another_number_is_another_branch(agency: Agency, signatory: User) -> None:
    text = BRANCHES + "Town office,NP,Butwal,,,BR-1\nTown office,NP,Butwal,,,BR-2\n"
    services.commit_import(import_id=_sheet(signatory, agency, "branches", text).pk, actor=signatory)
    assert agency.branches.count() == 2


def test_each_wrong_cell_is_told_with_row_column_found_and_what_to_do(
    agency: Agency, signatory: User
) -> None:
    text = BRANCHES + (
        "Pokhara branch,Nepl,Pokhara,,,\n"
        ",NP,,,,\n"
        "Butwal branch,NP,Butwal,,call me,\n"
        "Dang branch,NP,Dang,,,\n"
        "Dang branch,NP,Dang,Asha,,\n"
    )
    made = _sheet(signatory, agency, "branches", text)
    assert _wrong(made) == [
        (2, "Country code", "Nepl", "Expected a country such as NP or Nepal, found “Nepl”, fix the word."),
        (3, "Office", "", "Enter the name of the branch."),
        (3, "Town", "", "Enter the town or city."),
        (
            4,
            "Telephone",
            "call me",
            "Enter the phone number in digits, with the country code, like +977 1 5550123.",
        ),
        (6, "Office", "Dang branch", "Row 5 says something else about the same. Keep one of them."),
    ]
    with pytest.raises(Conflict, match="4 rows have to be corrected first"):
        services.commit_import(import_id=made.pk, actor=signatory)
    assert agency.branches.count() == 0
    done = services.commit_import(import_id=made.pk, actor=signatory, leave_out=True)
    assert done.result == {"add": 1, "change": 0, "same": 0, "reject": 4}
    assert [number for number, _sentences, _cells in done.rejects] == [2, 3, 4, 6]
    assert done.rejects[0][2][:3] == ["Pokhara branch", "Nepl", "Pokhara"]  # nothing of the row is lost
    with pytest.raises(Conflict, match="taken in or thrown away already"):
        services.commit_import(import_id=made.pk, actor=signatory)


def test_sub_agents_keep_their_tree_whatever_the_order_of_the_rows(agency: Agency, signatory: User) -> None:
    text = AGENTS + (
        "Hari Thapa,27-01-70-01234,NP,Kaski,Sarangkot,,500 a head\n"
        "Maya Gurung,,NP,Kaski,Pokhara,27-01-70-01234,\n"
        "Suk Bahadur,Hari Thapa,NP,Kaski,Lwang,,\n"
    )
    services.commit_import(import_id=_sheet(signatory, agency, "sub_agents", text).pk, actor=signatory)
    tree = {row.name: row.parent.name if row.parent else None for row in agency.sub_agents.all()}
    assert tree == {"Maya Gurung": None, "Hari Thapa": "Maya Gurung", "Suk Bahadur": "Hari Thapa"}
    assert "Hari" not in str(list(Event.objects.filter(act="sub_agent_added").values_list("data", flat=True)))
    again = _sheet(signatory, agency, "sub_agents", text)
    assert services.read_import(again)[0].counts == {"add": 0, "change": 0, "same": 3, "reject": 0}


def test_sub_agents_who_work_for_nobody_known_for_themselves_or_for_a_wrong_row_are_told(
    agency: Agency, signatory: User
) -> None:
    text = AGENTS + (
        "Aita,Nobody Here,NP,,Dhading,,\n"
        "Bala,Chini,NP,,Dhading,,\n"
        "Chini,Bala,NP,,Dhading,,\n"
        "Dil,Aita,NP,,Dhading,,\n"
        "Twin,,NP,,Gorkha,,\nTwin,,NP,,Lamjung,,\nEk,Twin,NP,,Dhading,,\n"
    )
    told = {row: expected for row, _c, _f, expected in _wrong(_sheet(signatory, agency, "sub_agents", text))}
    assert told == {
        2: "Enter the name or number of a sub-agent on your list or in this sheet; empty: your agency.",
        3: "Somebody cannot work for themselves, nor for anyone who works for them.",
        4: "Somebody cannot work for themselves, nor for anyone who works for them.",
        5: "Correct row 2 first: there is whom they work for.",
        8: "Several are called this. Write their identity or licence number instead.",
    }


def test_corridors_and_licences_come_in_by_country_and_number(agency: Agency, signatory: User) -> None:
    text = "From,To\nNepal,Qatar\nNP,MY\nNP,Qatar\nNP,Nepal\n"
    made = _sheet(signatory, agency, "corridors", text)
    assert services.read_import(made)[0].counts == {"add": 2, "change": 0, "same": 1, "reject": 1}
    services.commit_import(import_id=made.pk, actor=signatory, leave_out=True)
    assert {row.text for row in agency.corridors.all()} == {"Nepal to Qatar", "Nepal to Malaysia"}
    ends = clocks.today() + timedelta(days=400)
    head = "Country,Issuing authority,Licence number,Issue date,Expiry date\n"
    row = "NP,Department of Foreign Employment,{},2026-01-05,{}\n"
    made = _sheet(signatory, agency, "licences", head + row.format("123/064", ends))
    services.commit_import(import_id=made.pk, actor=signatory)
    later = ends + timedelta(days=365)
    made = _sheet(
        signatory, agency, "licences", head + row.format("123-064", later) + row.format("9", "05/03/27")
    )
    assert _wrong(made)[0][:3] == (3, "Expiry date", "05/03/27")
    services.commit_import(import_id=made.pk, actor=signatory, leave_out=True)
    assert agency.licences.get().valid_to == later


def test_the_list_goes_out_and_comes_back_as_the_same(
    agency: Agency, signatory: User, client: Client
) -> None:
    text = AGENTS + "Maya Gurung,,NP,Kaski,Pokhara,27-01,-1 a day\nHari,27-01,NP,Kaski,Pokhara,,=2+2\n"
    services.commit_import(import_id=_sheet(signatory, agency, "sub_agents", text).pk, actor=signatory)
    client.force_login(signatory)
    response = client.get(reverse("agencies:list_csv", args=[agency.pk, "sub_agents"]))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert "'=2+2" in rows[1] + rows[2]
    again = _sheet(signatory, agency, "sub_agents", response.content.decode())
    assert services.read_import(again)[0].counts == {"add": 0, "change": 0, "same": 2, "reject": 0}


def test_a_sheet_that_is_too_long_empty_or_somebody_elses_is_refused(agency: Agency, signatory: User) -> None:
    with pytest.raises(BadInput) as refusal:
        _sheet(signatory, agency, "branches", BRANCHES)
    assert "no rows" in str(refusal.value.fields)
    rows = "".join(f"Branch {n},NP,Town,,,\n" for n in range(1_001))
    with pytest.raises(BadInput) as refusal:
        _sheet(signatory, agency, "branches", BRANCHES + rows)
    assert "1,001 rows; at most 1,000" in str(refusal.value.fields)
    with pytest.raises(NotPermitted):
        _sheet(agencies.colleague(agency, "contributor"), agency, "branches", BRANCHES + "A,NP,B,,,\n")
    with pytest.raises(NotPermitted):
        _sheet(
            agencies.signatory(agencies.agency(complete=False)), agency, "branches", BRANCHES + "A,NP,B,,,\n"
        )


def test_the_pages_lead_from_the_list_to_the_sheet_and_back(
    agency: Agency, signatory: User, client: Client
) -> None:
    client.force_login(signatory)
    page = reverse("agencies:import", args=[agency.pk, "branches"])
    assert page in client.get(reverse("agencies:branches", args=[agency.pk])).content.decode()
    assert "import" not in client.get(reverse("agencies:owners", args=[agency.pk])).content.decode()
    assert client.get(reverse("agencies:import", args=[agency.pk, "owners"])).status_code == 404
    upload = SimpleUploadedFile("my.csv", b"Office,Land,Town\nPokhara,NP,Pokhara\nButwal,XX,Butwal\n")
    columns = client.post(page, {"file": upload}).url
    assert client.get(columns).status_code == 200
    refused = client.post(columns, {"name": "0", "city": "2", "country": ""})
    assert (refused.status_code, "Choose the column" in refused.content.decode()) == (422, True)
    preview = client.post(columns, {"name": "0", "city": "2", "country": "1"}).url
    shown = client.get(preview).content.decode()
    assert "Expected a country such as NP" in shown
    assert "leave 1 row out" in shown
    made = AgencyImport.objects.get()
    left = client.get(reverse("agencies:import_rejects", args=[made.pk])).content.decode("utf-8-sig")
    assert left.splitlines()[1].startswith("Butwal,XX,Butwal,3,")
    assert (
        client.post(reverse("agencies:import_act", args=[made.pk, "commit"]), {"leave_out": "1"}).url
        == preview
    )
    made = AgencyImport.objects.get()
    assert (made.state, agency.branches.count()) == (ImportState.DONE, 1)
    assert "Butwal" in client.get(reverse("agencies:import_rejects", args=[made.pk])).content.decode()
    client.force_login(agencies.signatory(agencies.agency(complete=False)))
    assert client.get(preview).status_code == 404


def test_a_sheet_is_read_another_way_or_thrown_away(agency: Agency, signatory: User, client: Client) -> None:
    client.force_login(signatory)
    made = _sheet(signatory, agency, "branches", "Old list\nName,Country,City\nPokhara,NP,Pokhara\n")
    assert made.layout["header_row"] == 2
    columns = reverse("agencies:import_columns", args=[made.pk])
    body = {"again": "1", "header_row": "1", "encoding": "utf-8-sig", "delimiter": ","}
    assert client.post(columns, body).url == columns
    made = AgencyImport.objects.get()
    assert (made.layout["header_row"], made.mapping) == (1, {})
    assert client.get(reverse("agencies:import_preview", args=[made.pk])).url == columns
    client.post(reverse("agencies:import_act", args=[made.pk, "drop"]))
    assert AgencyImport.objects.get().state == ImportState.DROPPED
    assert (
        "nothing of it was taken in"
        in client.get(reverse("agencies:import_preview", args=[made.pk])).content.decode()
    )


def test_a_machine_brings_rows_in_by_the_same_rules(agency: Agency, signatory: User) -> None:
    key, url = machine(signatory, "write:certification"), "/api/v1/own/lists/imports/"
    rows = [
        {"name": "Pokhara branch", "country": "Nepal", "city": "Pokhara"},
        {"name": "Butwal branch", "country": "??", "city": "Butwal"},
    ]
    tried = key.post(url, {"list": "branches", "rows": rows, "dry_run": True}, format="json")
    assert (tried.status_code, tried.json()["counts"]["reject"]) == (200, 1)
    assert tried.json()["rows"][1]["wrong"][0]["found"] == "??"
    refused = key.post(url, {"list": "branches", "rows": rows}, format="json")
    assert refused.status_code == 422
    assert "Row 2, country" in str(refused.json())
    assert agency.branches.count() == 0
    taken = key.post(url, {"list": "branches", "rows": rows, "leave_out": True}, format="json")
    assert (taken.status_code, agency.branches.count()) == (201, 1)
    again = key.post(url, {"list": "branches", "rows": rows[:1]}, format="json")
    assert (again.status_code, again.json()["counts"]["same"]) == (201, 1)
    odd = key.post(url, {"list": "corridors", "rows": [{"nam": "x"}]}, format="json")
    assert odd.status_code == 422
    assert "origin, destination" in str(odd.json())
