"""Screenings: every row once, whatever dies; problems named by row; people resolve; nothing of others is seen."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from iris.accounts.models import User
from iris.core import clocks, outbox
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from supplychain.screenings import selectors, services
from supplychain.screenings.models import Screening, ScreeningRow
from supplychain.screenings.services import running
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db
LIST = """Supplier,Ctry,Licence no
Blue Lotus Recruitment Ltd,Nepal,
blue lotus recrutment,NP,
Everest Staffing,Nepal,
Zanzibar Ferry Crews,Atlantis,
,Nepal,
"=HYPERLINK(""x"")",,
"""


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


@pytest.fixture
def register() -> None:
    for name in ("Blue Lotus Recruitment Ltd", "Everest Staffing Ltd", "Everest Staffing Inc"):
        agencies.agency(name)


def _upload(buyer: User, text: str = LIST, name: str = "suppliers.csv") -> Screening:
    return services.upload_list(actor=buyer, upload=SimpleUploadedFile(name, text.encode("cp1252")))


def _ready(buyer: User, text: str = LIST) -> Screening:
    made = _upload(buyer, text)
    return services.map_columns(screening_id=made.pk, actor=buyer, mapping=made.mapping)


def _again(screening: Screening) -> Screening:
    return Screening.objects.get(pk=screening.pk)


def _run(screening: Screening, buyer: User) -> Screening:
    services.start_screening(screening_id=screening.pk, actor=buyer)
    outbox.run_all()
    return _again(screening)


def test_upload_guesses_the_columns(buyer) -> None:  # type: ignore[no-untyped-def]
    assert _upload(buyer).mapping == {"name": 0, "country": 1, "number": 2}


def test_map_columns_names_each_problem_by_row_and_column(buyer) -> None:  # type: ignore[no-untyped-def]
    rows = {row.number: row for row in _ready(buyer).rows.all()}
    assert rows[6].problem.startswith("Row 6, Supplier: expected a name, found an empty cell.")
    assert rows[5].warning.startswith("Row 5, Ctry: expected a country")
    assert "Atlantis" in rows[5].warning


def test_run_checks_every_row_once(register, buyer) -> None:  # type: ignore[no-untyped-def]
    done = _run(_ready(buyer), buyer)
    results = {row.number: row.result for row in done.rows.all()}
    assert done.state == "done"
    assert results == {
        2: "not_certified", 3: "not_certified", 4: "to_resolve", 5: "not_found", 6: "problem", 7: "not_found"
    }  # fmt: skip
    assert done.rows_root == running.merkle_root(done)


def test_the_mapping_is_remembered_for_the_same_columns(buyer) -> None:  # type: ignore[no-untyped-def]
    first = _upload(buyer)
    services.map_columns(screening_id=first.pk, actor=buyer, mapping={"name": 0})
    assert _upload(buyer).mapping == {"name": 0}


def test_a_worker_that_died_is_taken_over_after_its_lease(register, buyer) -> None:  # type: ignore[no-untyped-def]
    screening = _ready(buyer)
    services.start_screening(screening_id=screening.pk, actor=buyer)
    dead = running._claim(screening.pk)
    assert dead is not None
    assert running._claim(screening.pk) is None
    with clocks.freeze(clocks.now() + running.LEASE + timedelta(seconds=1)):
        assert services.work(screening_id=screening.pk) == 5
        lease, rows = dead
        running._store(lease, rows, running.find_many([running._question(row) for row in rows]))
        services.wake_stalled()
    assert _again(screening).state == "done"
    assert _again(screening).rows.filter(status="done").count() == 5


def test_cancel_keeps_what_was_checked(register, buyer, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(running, "CHUNK", 2)
    screening = _ready(buyer)
    services.start_screening(screening_id=screening.pk, actor=buyer)
    services.work(screening_id=screening.pk, chunks=1)
    services.cancel_screening(screening_id=screening.pk, actor=buyer)
    outbox.run_all()
    assert _again(screening).state == "cancelled"
    assert _again(screening).rows.filter(status="done").count() == 2


def test_pause_and_resume_go_on_where_it_stopped(register, buyer, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(running, "CHUNK", 2)
    screening = _ready(buyer)
    services.start_screening(screening_id=screening.pk, actor=buyer)
    services.work(screening_id=screening.pk, chunks=1)
    services.pause_screening(screening_id=screening.pk, actor=buyer)
    outbox.run_all()
    assert selectors.progress_of(_again(screening)).done == 2
    services.resume_screening(screening_id=screening.pk, actor=buyer)
    outbox.run_all()
    assert _again(screening).state == "done"


def test_start_twice_tells_who_was_first(register, buyer) -> None:  # type: ignore[no-untyped-def]
    screening = _ready(buyer)
    services.start_screening(screening_id=screening.pk, actor=buyer)
    with pytest.raises(Conflict, match=buyer.full_name):
        services.start_screening(screening_id=screening.pk, actor=buyer)


def test_a_list_without_a_usable_row_cannot_start(buyer) -> None:  # type: ignore[no-untyped-def]
    screening = _ready(buyer, "Supplier,Ctry\n,Nepal\n")
    assert screening.state == "mapped"
    with pytest.raises((TransitionRefused, Conflict)):
        services.start_screening(screening_id=screening.pk, actor=buyer)


def test_resolve_and_undo(register, buyer) -> None:  # type: ignore[no-untyped-def]
    row = _run(_ready(buyer), buyer).rows.get(number=4)
    chosen = row.similar[1]["agency_id"]
    services.resolve_row(row_id=row.pk, actor=buyer, agency_id=chosen)
    resolved = ScreeningRow.objects.get(pk=row.pk)
    assert (resolved.result, str(resolved.agency_id), resolved.how) == ("not_certified", chosen, "chosen")
    with pytest.raises(Conflict, match=buyer.full_name):
        services.resolve_row(row_id=row.pk, actor=buyer, agency_id=None)
    services.undo_resolution(row_id=row.pk, actor=buyer)
    assert ScreeningRow.objects.get(pk=row.pk).result == "to_resolve"


def test_resolve_takes_only_a_name_alike(register, buyer) -> None:  # type: ignore[no-untyped-def]
    row = _run(_ready(buyer), buyer).rows.get(number=4)
    with pytest.raises(BadInput, match="not among the names"):
        services.resolve_row(row_id=row.pk, actor=buyer, agency_id=uuid4())


def test_others_can_neither_see_nor_touch(register, buyer, client) -> None:  # type: ignore[no-untyped-def]
    screening = _run(_ready(buyer), buyer)
    row = screening.rows.get(number=4)
    other = accounts.person("employer", "sourcing_manager")
    with pytest.raises(NotPermitted):
        services.resolve_row(row_id=row.pk, actor=other, agency_id=None)
    client.force_login(other)
    for url in (
        reverse("screenings:screening", args=[screening.pk]),
        reverse("screenings:mapping", args=[screening.pk]),
        f"/screenings/{screening.pk}/result.csv",
    ):
        assert client.get(url).status_code == 404
    assert client.post(f"/screenings/{screening.pk}/cancel/").status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"", "empty"),
        ("a.pdf", b"%PDF-1.7 x", "not a file we can take"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xxxx", "password"),
        ("a.csv", b"Name,Country\n", "no rows"),
    ],
)
def test_upload_of_what_is_no_list_says_what_to_do(buyer, name: str, data: bytes, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadInput) as refused:
        services.upload_list(actor=buyer, upload=SimpleUploadedFile(name, data))
    assert words in " ".join(str(text) for text in refused.value.fields["file"])


def test_export_has_the_original_columns_first_and_no_formula(register, buyer) -> None:  # type: ignore[no-untyped-def]
    screening = _run(_ready(buyer), buyer)
    text = selectors.as_csv(screening).decode("utf-8-sig")
    assert text.startswith("Supplier,Ctry,Licence no,Result,")
    assert "'=HYPERLINK" in text
    sheet = load_workbook(io.BytesIO(selectors.as_xlsx(screening))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_a_done_row_needs_a_result(buyer) -> None:  # type: ignore[no-untyped-def]
    row = _ready(buyer).rows.get(number=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScreeningRow.objects.filter(pk=row.pk).update(status="done")


def test_pages_from_upload_to_result(register, buyer, client) -> None:  # type: ignore[no-untyped-def]
    client.force_login(buyer)
    client.post(reverse("screenings:list"), {"file": SimpleUploadedFile("s.csv", LIST.encode())})
    screening = Screening.objects.get()
    page = client.get(reverse("screenings:mapping", args=[screening.pk])).content.decode()
    assert "Zanzibar Ferry Crews" in page
    answer = {
        "name": "0",
        "country": "1",
        "number": "2",
        "header_row": "1",
        "encoding": "utf-8-sig",
        "delimiter": ",",
    }
    assert client.post(reverse("screenings:mapping", args=[screening.pk]), answer).status_code == 302
    client.post(f"/screenings/{screening.pk}/start/")
    running_page = client.get(reverse("screenings:screening", args=[screening.pk])).content.decode()
    assert 'http-equiv="refresh"' in running_page
    outbox.run_all()
    done = client.get(
        reverse("screenings:screening", args=[screening.pk]), {"result": "to_resolve"}
    ).content.decode()
    assert "Everest Staffing" in done
    assert 'http-equiv="refresh"' not in done
    assert "UNDEFINED" not in done


def test_mapping_can_be_read_again_with_another_delimiter(buyer, client) -> None:  # type: ignore[no-untyped-def]
    screening = _upload(buyer)
    client.force_login(buyer)
    answer = {"name": "0", "header_row": "1", "encoding": "cp1252", "delimiter": ";", "again": "1"}
    page = client.post(reverse("screenings:mapping", args=[screening.pk]), answer).content.decode()
    assert "Supplier,Ctry,Licence no" in page


def test_result_page_has_a_bounded_number_of_queries(  # type: ignore[no-untyped-def]
    register, buyer, client, django_assert_max_num_queries
) -> None:
    screening = _run(
        _ready(buyer, "Supplier\n" + "".join(f"Everest Staffing {n}\n" for n in range(60))), buyer
    )
    client.force_login(buyer)
    with django_assert_max_num_queries(17):
        client.get(reverse("screenings:screening", args=[screening.pk]))
