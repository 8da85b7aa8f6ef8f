"""Equal rows once, the same file once, what changed since last time, proofs, the API, and who may do what when."""

import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from rest_framework.test import APIClient

from iris.accounts import services as accounts_services
from iris.accounts.models import User
from iris.core import outbox
from supplychain.screenings import selectors, services
from supplychain.screenings.models import Screening
from supplychain.screenings.services import taking
from supplychain.screenings.states import ScreeningState
from tests.factories import accounts, agencies
from tests.factories import screenings as made
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


@pytest.fixture
def register() -> None:
    for name in ("Blue Lotus Recruitment Ltd", "Everest Staffing Ltd", "Everest Staffing Inc"):
        agencies.agency(name)


def test_equal_rows_are_checked_once_and_follow_the_first(register, buyer) -> None:  # type: ignore[no-untyped-def]
    head = "Supplier,Ctry\nEverest Staffing,NP\nBLUE LOTUS RECRUITMENT,NP\n"
    text = f"{head}Everest  staffing,Nepal\nEverest Staffing,IN\n"
    screening = made.done(buyer, text)
    assert dict(screening.rows.values_list("number", "same_as")) == {2: None, 3: None, 4: 2, 5: None}
    assert screening.counts["same"] == 1
    results = dict(screening.outcomes.values_list("number", "result"))
    assert results[4] == results[2] == "to_resolve"
    services.resolve_row(screening_id=screening.pk, number=4, actor=buyer, agency_id=None)
    after = dict(screening.outcomes.values_list("number", "result"))
    assert (after[2], after[4], after[5]) == ("not_found", "not_found", "to_resolve")
    assert selectors.counts_by_result(screening)["not_found"] == 2
    services.undo_resolution(screening_id=screening.pk, number=2, actor=buyer)
    assert selectors.counts_by_result(screening)["to_resolve"] == 3


def test_the_same_file_offers_the_screening_there_is_or_a_recheck(register, buyer, client) -> None:  # type: ignore[no-untyped-def]
    first = made.done(buyer)
    with pytest.raises(services.AlreadyScreened) as known:
        made.upload(buyer, name="renamed.csv")
    assert known.value.screening == first
    client.force_login(buyer)
    answer = client.post(
        reverse("screenings:list"), {"file": SimpleUploadedFile("s.csv", made.LIST.encode("cp1252"))}
    )
    assert answer.url == reverse("screenings:again", args=[first.pk])
    assert "Screen it again" in client.get(answer.url).content.decode()
    again = services.recheck(screening_id=first.pk, actor=buyer)
    assert (again.recheck_of, again.file_id, again.mapping) == (first, first.file_id, first.mapping)
    other = accounts.person("employer", "sourcing_manager")
    assert made.upload(other).pk, "another employer's file is another matter"


PAIRS = [
    ("2", "Granite Hands"), ("2", "Orchard Hands"), ("3", "Marlin Hands"), ("3", "Falcon Hands"),
    ("4", "Quill Hands"), ("4", "Mesa Hands"),
]  # fmt: skip


def _two_lists(buyer: User) -> tuple[Screening, Screening]:
    """Each row of one list is new and the same row of the other is gone: every number stands for two differences."""
    was = made.done(buyer, "Supplier\nGranite Hands\nMarlin Hands\nQuill Hands\n", "q3.csv")
    return made.done(buyer, "Supplier\nOrchard Hands\nFalcon Hands\nMesa Hands\n", "q4.csv"), was


def test_an_export_of_changes_loses_no_row_between_its_portions(register, buyer, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Row 2 of one list is new and row 2 of the other is gone: the pair may fall into two portions."""
    now, was = _two_lists(buyer)
    monkeypatch.setattr("supplychain.screenings.selectors.exports.CHANGES", 1)
    lines = b"".join(selectors.difference_as_csv(now, was)).decode("utf-8-sig").splitlines()[1:]
    assert [tuple(line.split(",")[:2]) for line in lines] == PAIRS


@pytest.mark.parametrize("size", [1, 3, 4])
def test_pages_of_changes_lose_and_double_nothing(register, buyer, client, monkeypatch, size) -> None:  # type: ignore[no-untyped-def]
    """The compare page, by its own links: wherever a page ends, also between two differences of one row."""
    monkeypatch.setattr("supplychain.screenings.selectors.DIFFERENCES", size)
    now, was = _two_lists(buyer)
    client.force_login(buyer)
    found: list[tuple[str, str]] = []
    url = address = reverse("screenings:compare", args=[now.pk, was.pk])
    turns = 0
    while url and turns < 7:
        page = client.get(url).content.decode()
        rows = re.findall(r'class="num">(\d+)</td>.*?<bdi>(.*?)</bdi>', page, re.DOTALL)
        assert len(rows) <= size
        found, turns = found + rows, turns + 1
        more = re.search(r'rel="next" href="([^"]+)"', page)
        url = address + more[1].replace("&amp;", "&") if more else ""
    assert found == PAIRS
    assert turns == -(-len(PAIRS) // size)


@pytest.mark.parametrize("size", [1, 3, 4])
def test_pages_of_changes_by_machine_lose_and_double_nothing(register, buyer, size) -> None:  # type: ignore[no-untyped-def]
    now, was = _two_lists(buyer)
    client = _api(buyer)
    found: list[tuple[str, str]] = []
    asked: dict[str, object] = {"earlier": was.pk, "limit": size}
    for _turn in range(7):
        page = client.get(f"/api/v1/screenings/{now.pk}/differences/", asked).json()
        found += [(str(row["row"]), row["name"]) for row in page["results"]]
        if page["next"] is None:
            assert page["next_change"] is None
            break
        asked |= {"after": page["next"], "after_change": page["next_change"]}
    assert found == PAIRS
    odd = client.get(f"/api/v1/screenings/{now.pk}/differences/", {**asked, "after_change": "sideways"})
    assert odd.status_code in (400, 422)


def test_what_changed_since_last_time(register, buyer, client) -> None:  # type: ignore[no-untyped-def]
    """Before: lotus known, everest to resolve, zanzibar not found. Now: everest resolved, zanzibar gone, tundra new."""
    head = "Supplier,Ctry\n"
    was = made.done(
        buyer, head + "Blue Lotus Recruitment,NP\nEverest Staffing,NP\nZanzibar Ferry Crews,NP\n", "q3.csv"
    )
    now = made.done(
        buyer, head + "Tundra Hands,NP\nEverest Staffing,NP\nblue lotus RECRUITMENT,Nepal\n", "q4.csv"
    )
    assert selectors.earlier_of(now) == was
    assert selectors.changes_between(now, was) == {"new": 1, "changed": 0, "unchanged": 2, "gone": 1}
    services.resolve_row(screening_id=now.pk, number=3, actor=buyer, agency_id=None)
    assert selectors.changes_between(now, was) == {"new": 1, "changed": 1, "unchanged": 1, "gone": 1}
    found = [(one.change, one.name) for one in selectors.differences(now, was)]
    assert found == [
        ("new", "Tundra Hands"),
        ("changed", "Everest Staffing"),
        ("gone", "Zanzibar Ferry Crews"),
    ]
    client.force_login(buyer)
    page = client.get(reverse("screenings:compare", args=[now.pk, was.pk])).content.decode()
    assert "Zanzibar Ferry Crews" in page
    assert "UNDEFINED" not in page
    csv_url, xlsx_url = (
        reverse("screenings:compare_export", args=[now.pk, was.pk, kind]) for kind in ("csv", "xlsx")
    )
    assert f'href="{csv_url}?"' in page
    answer = client.get(csv_url)
    assert "q4-changes.csv" in answer["Content-Disposition"]
    head, *lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert head.startswith("Row,Name,Country,Change,Result before,")
    assert lines == [
        "2,Tundra Hands,Nepal,New in this list,,,,Not found,,",
        "3,Everest Staffing,Nepal,Result changed,To resolve,,,Not found,,",
        "4,Zanzibar Ferry Crews,Nepal,No longer in the list,Not found,,,,,",
    ]
    only = b"".join(client.get(csv_url, {"change": "gone"}).streaming_content).decode("utf-8-sig")
    assert only.splitlines()[1:] == lines[2:]
    sheet = load_workbook(io.BytesIO(b"".join(client.get(xlsx_url).streaming_content))).active
    assert [cell.value for cell in sheet[4]][:4] == [
        "4",
        "Zanzibar Ferry Crews",
        "Nepal",
        "No longer in the list",
    ]
    client.force_login(accounts.person("employer", "sourcing_manager"))
    assert client.get(csv_url).status_code == 404


def test_each_row_is_proven_and_a_changed_one_is_not(register, buyer, client) -> None:  # type: ignore[no-untyped-def]
    screening = made.done(buyer)
    url = reverse("screenings:prove", args=[screening.pk])
    client.force_login(buyer)
    files = {
        number: client.get(reverse("screenings:row_proof", args=[screening.pk, number])).content
        for number in (2, 4, 6, 7)
    }
    client.logout()
    for data in files.values():
        page = client.post(url, {"proof": SimpleUploadedFile("p.json", data)}).content.decode()
        assert "Unchanged." in page
        assert "Blue Lotus" not in page
    given = json.loads(files[2])
    for change in (
        {"record": given["record"].replace("Blue Lotus", "Red Lotus")},
        {"record": given["record"].replace("not_certified", "certified")},
        {"facts": given["facts"].replace("Blue", "Red")},
        {"path": given["path"][1:]},
        {"row": 3},
    ):
        proof = selectors.check_proof(screening, json.dumps({**given, **change}).encode())
        assert not proof.holds, change
    for junk in (b"", b"[]", b"{}", b"\xff\xfe", b'{"record": "1", "path": [], "facts": ""}'):
        assert selectors.check_proof(screening, junk).reason in {"unreadable", "other"}
    services.resolve_row(screening_id=screening.pk, number=4, actor=buyer, agency_id=None)
    kept = selectors.proof_of(screening, 4)
    assert kept is not None
    assert selectors.check_proof(screening, json.dumps(kept).encode()).holds, "a later word changes no proof"


def test_a_long_list_is_read_by_a_job_with_progress(register, buyer, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(taking, "AT_ONCE", 2)
    monkeypatch.setattr(taking, "PORTION", 2)
    screening = made.ready(buyer)
    assert screening.state == "reading"
    services.read_list(screening_id=screening.pk, seconds=0)
    assert (made.fresh(screening).state, selectors.progress_of(made.fresh(screening)).done) == ("reading", 2)
    outbox.run_all()
    assert (made.fresh(screening).state, screening.rows.count()) == ("ready", 6)


def _api(buyer: User) -> APIClient:
    assert buyer.organisation is not None
    _key, secret = accounts_services.issue_api_key(buyer.organisation, buyer, "tool", ["read:lookups"])
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    return client


def test_rows_by_machine_come_back_with_their_own_ids(register, buyer) -> None:  # type: ignore[no-untyped-def]
    client = _api(buyer)
    rows = [
        {"id": "a-1", "name": "Blue Lotus Recruitment", "country": "NP"},
        {"id": "a-2", "name": "Everest Staffing"},
    ]
    answer = client.post("/api/v1/screenings/", {"rows": rows}, format="json")
    assert answer.status_code == 201, answer.content
    assert (answer.json()["state"], answer.json()["preview"]["check"]) == ("running", 2)
    outbox.run_all()
    url = f"/api/v1/screenings/{answer.json()['id']}/"
    assert client.get(url).json()["state"] == "done"
    page = client.get(f"{url}rows/", {"limit": 1}).json()
    assert [(row["id"], row["result"]) for row in page["results"]] == [("a-1", "not_certified")]
    assert page["results"][0]["facts"]["legal_name"] == "Blue Lotus Recruitment Ltd"
    rest = client.get(f"{url}rows/", {"after": page["next"]}).json()
    assert ([row["id"] for row in rest["results"]], rest["next"]) == (["a-2"], None)
    assert client.post("/api/v1/screenings/", {"rows": rows}, format="json").status_code == 200
    assert client.post("/api/v1/screenings/", {"rows": rows, "again": True}, format="json").status_code == 201
    assert _api(accounts.person("employer", "sourcing_manager")).get(url).status_code == 404


def test_a_call_without_rows_or_file_says_what_to_send(buyer) -> None:  # type: ignore[no-untyped-def]
    answer = _api(buyer).post("/api/v1/screenings/", {}, format="json")
    assert answer.status_code in (400, 422)
    assert "Send either" in answer.content.decode()


STATES = ("uploaded", "reading", "mapped", "ready", "running", "paused", "done", "cancelled")
ALLOWED_STATES = {
    "map": {"uploaded", "mapped", "ready"},
    "start": {"ready"},
    "pause": {"running"},
    "resume": {"paused"},
    "cancel": {"uploaded", "reading", "mapped", "ready", "running", "paused"},
}
LEGAL = {
    "uploaded": {"reading", "cancelled"},
    "reading": {"uploaded", "mapped", "ready", "cancelled"},
    "mapped": {"reading", "cancelled"},
    "ready": {"reading", "running", "cancelled"},
    "running": {"paused", "done", "cancelled"},
    "paused": {"running", "cancelled"},
    "done": set(),
    "cancelled": set(),
}


def _in_state(buyer: User, state: str, monkeypatch: pytest.MonkeyPatch) -> Screening:
    text = f"Supplier,Ctry\n{'' if state == 'mapped' else 'Firm ' + state},NP\n"
    if state == "uploaded":
        return made.upload(buyer, text)
    if state == "reading":
        monkeypatch.setattr(taking, "AT_ONCE", 0)
        one = made.ready(buyer, text)
        monkeypatch.setattr(taking, "AT_ONCE", 5_000)
        return one
    one = made.ready(buyer, text)
    own = {"screening_id": one.pk, "actor": buyer}
    if state in {"running", "paused", "done"}:
        services.start_screening(**own)
    if state == "paused":
        services.pause_screening(**own)
    if state == "done":
        services.work(screening_id=one.pk)
    if state == "cancelled":
        services.cancel_screening(**own)
    return made.fresh(one)


def test_every_state_act_and_role(register, buyer, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    assert set(STATES) == set(ScreeningState.values)
    colleague = accounts.person(role="sourcing_manager", organisation=buyer.organisation)
    viewer = accounts.person(role="sourcing_viewer", organisation=buyer.organisation)
    other = accounts.person("employer", "sourcing_manager")
    agency = agencies.signatory(agencies.agency())
    acts = {
        "map": lambda one, who: services.map_columns(screening_id=one.pk, actor=who, mapping={"name": 0}),
        "start": lambda one, who: services.start_screening(screening_id=one.pk, actor=who),
        "pause": lambda one, who: services.pause_screening(screening_id=one.pk, actor=who),
        "resume": lambda one, who: services.resume_screening(screening_id=one.pk, actor=who),
        "cancel": lambda one, who: services.cancel_screening(screening_id=one.pk, actor=who),
    }
    people = {"owner": buyer, "colleague": colleague, "viewer": viewer, "other": other, "agency": agency}
    allowed = {
        (state, act, role)
        for act, states in ALLOWED_STATES.items()
        for state in states
        for role in ("owner", "colleague")
    }
    things = {state: _in_state(buyer, state, monkeypatch) for state in STATES}
    tried, wrong = wrong_rows(
        things.__getitem__,
        STATES,
        acts,
        {role: (lambda _one, who=who: who) for role, who in people.items()},
        allowed,
    )
    assert (tried, wrong) == (len(STATES) * len(acts) * len(people), [])
    for state, thing in things.items():
        assert moves_let_through(thing, STATES) <= LEGAL[state], state


@pytest.mark.parametrize("kind", ["json", "multipart"])
def test_a_list_that_is_not_started_waits_and_tells_its_counts(buyer, kind) -> None:  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile("s.csv", b"Name\nEverest Staffing\n")
    body, waits = {
        "json": ({"rows": [{"id": "a", "name": "Everest Staffing"}], "start": False}, "ready"),
        "multipart": ({"file": file, "start": "false"}, "uploaded"),
    }[kind]
    answer = _api(buyer).post("/api/v1/screenings/", body, format=kind)
    told = answer.json()
    assert (answer.status_code, told["state"]) == (201, waits), told
    assert set(told["results"].values()) == {0}
