"""Lists of registers sent by the authority that keeps them: the same reader, by key and by page (R86, R89)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from certification.licences import selectors
from certification.licences.models import Entry, Snapshot
from certification.licences.rules.reading import read_list
from certification.licences.rules.registers import registers
from certification.licences.rules.sent import as_list
from iris.accounts.models import User
from tests.factories import accounts
from tests.factories.machines import Machine, machine

pytestmark = pytest.mark.django_db
LISTS = Path(__file__).parent / "lists"
URL = "/api/v1/licence-registers/"
ROWS = [
    {"number": "RL-1001", "name": "Sunrise Overseas", "status": "Valid", "valid_to": "2028-07-15"},
    {"number": "RL-1002", "name": "Himal Manpower", "status": "Suspended"},
    {"number": "", "name": "Nameless"},
    {"number": "RL-1003", "name": "Third", "status": "Dancing"},
]


def reader(country: str = "BD") -> User:
    made = accounts.organisation("government", country=country)
    return accounts.person("government", "reader", organisation=made)


@pytest.fixture
def keeper() -> Machine:
    return machine(reader(), "read:register", "write:licences")


def send(client: Machine, body: dict[str, Any], code: str = "BD-BMET") -> Any:
    return client.post(f"{URL}{code}/lists/", body, format="json")


def test_rows_are_read_by_the_one_reader_and_each_problem_names_its_row(keeper: Machine) -> None:
    answer = send(keeper, {"rows": ROWS})
    told = answer.json()
    assert answer.status_code == 201, told
    assert (told["rows"], told["held"], told["counts"]) == (
        4,
        3,
        {"active": 1, "suspended": 1, "unknown": 1},
    )
    first, second = told["problems"]
    assert first == (
        "Row 3, number: expected a licence number, found nothing. The row was left out. "
        "Write the number of the licence, or take the row away."
    )
    assert [(one["row"], one["column"], one["found"], one["fix"][:12]) for one in told["noted"]] == [
        (3, "number", "", "Write the nu"),
        (4, "status", "Dancing", "Write a word"),
    ]
    assert second.startswith("Row 4, status: expected one of: valid")
    assert "found “Dancing”" in second
    row = Snapshot.objects.get()
    assert row.source.endswith(", by the API")
    assert row.imported_by is not None
    assert selectors.standing_of("BD", "RL-1002").status == "suspended"


def test_the_same_list_again_renews_its_date_and_changes_nothing(keeper: Machine) -> None:
    send(keeper, {"rows": ROWS})
    again = send(keeper, {"rows": [dict(reversed(list(row.items()))) for row in ROWS]}).json()
    assert (again["same_as_before"], again["changes"]) == (True, {"new": 0, "gone": 0, "changed": 0})
    assert Entry.objects.count() == 3
    changed = [*ROWS[:1], {**ROWS[1], "status": "Valid"}, *ROWS[2:]]
    dry = send(keeper, {"rows": changed, "dry_run": True})
    assert (dry.status_code, dry.json()["id"], dry.json()["changes"]["changed"]) == (200, None, 1)
    assert [(one["number"], one["before"], one["after"]) for one in dry.json()["changed"]] == [
        ("RL-1002", "Suspended", "Licensed")
    ]
    assert Snapshot.objects.count() == 2


def test_csv_and_files_give_the_same(keeper: Machine) -> None:
    data = (LISTS / "bd.csv").read_bytes()
    text = send(keeper, {"csv": data.decode(), "dry_run": True}).json()
    file = SimpleUploadedFile("bd.csv", data, content_type="text/csv")
    sent = keeper.post(f"{URL}BD-BMET/lists/", {"file": file, "dry_run": "true"}, format="multipart").json()
    assert text["held"] > 0
    assert sent == {**text, "retrieved_at": sent["retrieved_at"]}


def test_another_countrys_register_is_refused_and_so_is_everybody_else(keeper: Machine) -> None:
    refused = send(keeper, {"rows": ROWS}, "PH-DMW")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_your_register")
    employer = machine(accounts.person("employer", "sourcing_manager"), "write:licences")
    assert send(employer, {"rows": ROWS}).json()["code"] == "not_your_register"
    assert send(keeper, {"rows": ROWS}, "XX-NONE").status_code == 404
    assert not Snapshot.objects.exists()
    yours = [one["code"] for one in keeper.get(URL).json() if one["yours"]]
    assert yours == ["BD-BMET"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([{"number": "1", "colour": "red"}], "Row 1, colour: expected one of number, name"),
        ([{"number": "1"}, "2"], "Row 2: expected an object"),
        ([{"number": "1"}, {"number": ["2"]}], "Row 2, number: expected a text"),
        ([], "Expected a list of rows."),
    ],
)
def test_rows_that_are_none_are_refused_with_their_number(
    rows: list[Any], sentence: str, keeper: Machine
) -> None:
    answer = send(keeper, {"rows": rows})
    assert answer.status_code == 400
    assert str(answer.json()["errors"]["rows"][0]).startswith(sentence)


def test_a_list_without_numbers_or_cut_off_is_refused_where_it_was_sent(keeper: Machine) -> None:
    assert list(send(keeper, {"csv": "a;b\n1;2\n"}).json()["errors"]) == ["csv"]
    many = [{"number": f"RL-{n}", "status": "Valid"} for n in range(20)]
    send(keeper, {"rows": many})
    cut = send(keeper, {"rows": many[:2]})
    assert (cut.status_code, list(cut.json()["errors"])) == (422, ["rows"])
    assert send(keeper, {"rows": many[:2], "accept_shrunk": True}).status_code == 201
    assert send(keeper, {"rows": many, "csv": "x"}).status_code == 400


def test_every_register_reads_rows_under_our_names() -> None:
    """Whatever its own list calls the columns."""
    for spec in registers():
        word = spec.words[0].word if spec.words else None
        given = {"valid_to": "2026-01-02", "number": "A-12345", "name": "Sunrise", "status": word}
        read = read_list(spec, as_list([given]))
        assert [one.name for one in read.entries] == ["Sunrise"], (spec.code, read.why_failed)
        assert read.entries[0].valid_to == date(2026, 1, 2), spec.code
        assert word is None or str(read.entries[0].status) == spec.words[0].means, spec.code


def test_the_authority_brings_a_list_in_by_page_too() -> None:
    client = Client()
    client.force_login(reader(), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/licences/registers/").content.decode()
    assert page.count("Bring in a list") == 1
    assert client.get("/licences/registers/BD-BMET/upload/").status_code == 200
    assert client.get("/licences/registers/PH-DMW/upload/").status_code == 404
    assert client.post("/licences/registers/PH-DMW/confirm/").status_code == 404
