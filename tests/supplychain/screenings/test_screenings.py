"""Screenings: every row once, whatever dies; problems named by row; people resolve; nothing of others is seen."""

import csv
import io
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from iris.accounts.models import User
from iris.core import clocks, outbox
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from supplychain.lookups.selectors import find_many
from supplychain.names.selectors import decisions_for, key_of
from supplychain.screenings import selectors, services
from supplychain.screenings.models import RowOutcome, Screening, ScreeningBatch
from supplychain.screenings.rules import merkle
from supplychain.screenings.services import checking
from tests.factories import accounts, agencies
from tests.factories import screenings as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


@pytest.fixture
def register() -> None:
    for name in ("Blue Lotus Recruitment Ltd", "Everest Staffing Ltd", "Everest Staffing Inc"):
        agencies.agency(name)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("supplychain.screenings.services.taking.SMALLEST_BATCH", 2)


def _results(screening: Screening) -> dict[int, str]:
    return dict(screening.outcomes.values_list("number", "result"))


def _resolve(screening: Screening, actor: User, agency_id, number: int = 4) -> RowOutcome:  # type: ignore[no-untyped-def]
    return services.resolve_row(screening_id=screening.pk, number=number, actor=actor, agency_id=agency_id)


def test_upload_guesses_the_columns(buyer) -> None:  # type: ignore[no-untyped-def]
    assert made.upload(buyer).mapping == {"name": 0, "country": 1, "number": 2}


def test_map_columns_names_each_problem_by_row_and_column(buyer) -> None:  # type: ignore[no-untyped-def]
    screening = made.ready(buyer)
    rows = {row.number: row for row in screening.rows.all()}
    assert rows[6].problem == (
        "Row 6, Supplier: expected a name, found an empty cell. Fill it in or remove the row."
    )
    assert rows[5].warning.startswith("Row 5, Ctry: expected a country")
    assert "Atlantis" in rows[5].warning
    assert {name: screening.counts[name] for name in ("check", "same", "skip", "reject")} == {
        "check": 5, "same": 0, "skip": 0, "reject": 1
    }  # fmt: skip


def test_run_checks_every_row_once(register, buyer) -> None:  # type: ignore[no-untyped-def]
    screening = made.done(buyer)
    assert screening.state == "done"
    assert _results(screening) == {
        2: "not_certified", 3: "to_resolve", 4: "to_resolve", 5: "not_found", 6: "problem", 7: "not_found"
    }  # fmt: skip
    assert screening.rows_root == merkle.Nodes.unpacked(bytes(screening.nodes)).root
    assert selectors.counts_by_result(screening) == {
        "certified": 0, "not_certified": 1, "to_resolve": 2, "not_found": 2, "problem": 1
    }  # fmt: skip


def test_the_mapping_is_remembered_for_the_same_columns(buyer) -> None:  # type: ignore[no-untyped-def]
    first = made.upload(buyer)
    services.map_columns(screening_id=first.pk, actor=buyer, mapping={"name": 0})
    assert made.upload(buyer, made.LIST + "One more,,\n").mapping == {"name": 0}


def test_a_worker_that_died_is_taken_over_after_its_lease(register, buyer) -> None:  # type: ignore[no-untyped-def]
    screening = made.ready(buyer)
    services.start_screening(screening_id=screening.pk, actor=buyer)
    dead = checking.claim_batch(screening.pk)
    assert dead is not None
    assert checking.claim_batch(screening.pk) is None
    with clocks.freeze(clocks.now() + checking.LEASE + timedelta(seconds=1)):
        assert services.work(screening_id=screening.pk) == 5
        assert checking.check_batch(screening, dead) == 0, "the dead worker's batch is somebody else's now"
        services.wake_stalled()
    assert made.fresh(screening).state == "done"
    assert screening.outcomes.count() == 6


def test_a_batch_is_written_whole_or_not_at_all(register, buyer, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    screening = made.ready(buyer)
    services.start_screening(screening_id=screening.pk, actor=buyer)
    claim = checking.claim_batch(screening.pk)
    assert claim is not None
    monkeypatch.setattr(ScreeningBatch, "save", lambda *given, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        checking.check_batch(screening, claim)
    assert screening.outcomes.count() == 1, "only the row that was rejected when the list was read"


@pytest.mark.usefixtures("small_batches")
def test_cancel_keeps_what_was_checked(register, buyer) -> None:  # type: ignore[no-untyped-def]
    screening = made.ready(buyer)
    services.start_screening(screening_id=screening.pk, actor=buyer)
    services.work(screening_id=screening.pk, batches=1)
    services.cancel_screening(screening_id=screening.pk, actor=buyer)
    outbox.run_all()
    assert made.fresh(screening).state == "cancelled"
    assert selectors.progress_of(made.fresh(screening)).done == 2


@pytest.mark.usefixtures("small_batches")
def test_pause_and_resume_go_on_where_it_stopped(register, buyer) -> None:  # type: ignore[no-untyped-def]
    screening = made.ready(buyer)
    services.start_screening(screening_id=screening.pk, actor=buyer)
    services.work(screening_id=screening.pk, batches=1)
    services.pause_screening(screening_id=screening.pk, actor=buyer)
    outbox.run_all()
    assert selectors.progress_of(made.fresh(screening)).done == 2
    services.resume_screening(screening_id=screening.pk, actor=buyer)
    outbox.run_all()
    assert made.fresh(screening).state == "done"


def test_start_twice_tells_who_was_first(register, buyer) -> None:  # type: ignore[no-untyped-def]
    screening = made.ready(buyer)
    services.start_screening(screening_id=screening.pk, actor=buyer)
    with pytest.raises(Conflict, match=buyer.full_name):
        services.start_screening(screening_id=screening.pk, actor=buyer)


def test_a_list_without_a_usable_row_cannot_start(buyer) -> None:  # type: ignore[no-untyped-def]
    screening = made.ready(buyer, "Supplier,Ctry\n,Nepal\n")
    assert screening.state == "mapped"
    with pytest.raises((TransitionRefused, Conflict)):
        services.start_screening(screening_id=screening.pk, actor=buyer)


def test_resolve_is_remembered_and_undo_takes_it_back(register, buyer) -> None:  # type: ignore[no-untyped-def]
    screening = made.done(buyer)
    row = screening.outcomes.get(number=4)
    chosen = row.similar[1]["agency_id"]
    asked = key_of("Everest Staffing", "NP")
    resolved = _resolve(screening, buyer, UUID(chosen))
    assert (resolved.result, str(resolved.chosen.agency_id), resolved.checked) == (
        "not_certified", chosen, "to_resolve"
    )  # fmt: skip
    assert selectors.counts_by_result(screening)["to_resolve"] == 1
    remembered = decisions_for(buyer.organisation, [("Everest Staffing", "NP")])
    assert str(remembered[asked].same) == chosen
    with pytest.raises(Conflict, match=buyer.full_name):
        _resolve(screening, buyer, None)
    services.undo_resolution(screening_id=screening.pk, number=4, actor=buyer)
    assert screening.outcomes.get(number=4).result == "to_resolve"
    assert selectors.counts_by_result(screening)["to_resolve"] == 2
    assert decisions_for(buyer.organisation, [("Everest Staffing", "NP")]) == {}


def test_reject_is_remembered_and_the_same_names_are_not_proposed_again(register, buyer) -> None:  # type: ignore[no-untyped-def]
    screening = made.done(buyer)
    assert _resolve(screening, buyer, None).result == "not_found"
    later = made.done(buyer, made.LIST + "Another,,\n")
    assert _results(later)[4] == "not_found"
    with transaction.atomic():
        other = accounts.person("employer", "sourcing_manager")
        assert _results(made.done(other))[4] == "to_resolve", "what one employer said is not another's"


def test_resolve_takes_only_an_agency_of_the_register(register, buyer) -> None:  # type: ignore[no-untyped-def]
    screening = made.done(buyer)
    with pytest.raises(BadInput, match="not on the register"):
        _resolve(screening, buyer, uuid4())
    lotus = screening.outcomes.get(number=2).agency_id
    assert _resolve(screening, buyer, lotus).chosen.agency_id == lotus


def test_later_puts_a_row_behind_the_others(register, buyer) -> None:  # type: ignore[no-untyped-def]
    screening = made.done(buyer, "Supplier\nEverest Staffing\nEverest Staffing Co\n")
    first = selectors.question_of(screening)
    assert first is not None
    services.put_off(screening_id=screening.pk, number=first.number, actor=buyer)
    second = selectors.question_of(screening)
    assert second is None or second.number != first.number or selectors.open_rows(screening) == 1


def test_others_can_neither_see_nor_touch(register, buyer, client) -> None:  # type: ignore[no-untyped-def]
    screening = made.done(buyer)
    other = accounts.person("employer", "sourcing_manager")
    with pytest.raises(NotPermitted):
        _resolve(screening, other, None)
    client.force_login(other)
    base = f"/screenings/{screening.pk}/"
    for url in ("", "columns/", "again/", "resolve/", "result.csv", "result.xlsx", "rows/4/proof.json"):
        assert client.get(base + url).status_code == 404, url
    assert client.get(f"{base}since/{screening.pk}/").status_code == 404
    for url in ("cancel/", "recheck/", "resolve/4/"):
        assert client.post(base + url, {"say": "reject"}).status_code == 404, url


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
    assert not Screening.objects.exists()


def test_export_has_the_original_columns_first_and_no_formula(register, buyer) -> None:  # type: ignore[no-untyped-def]
    screening = made.done(buyer)
    text = b"".join(selectors.as_csv(screening)).decode("utf-8-sig")
    assert text.startswith("Supplier,Ctry,Licence no,Row,Result,")
    assert "'=HYPERLINK" in text
    said = [row["Your resolution"] for row in csv.DictReader(io.StringIO(text))]
    assert set(said) == {""}, "nobody has said anything yet"
    sheet = load_workbook(io.BytesIO(b"".join(selectors.as_xlsx(screening)))).active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "inlineStr"}
    assert [cell.value for cell in sheet[1]][:5] == ["Supplier", "Ctry", "Licence no", "Row", "Result"]
    assert sheet["A7"].value == '=HYPERLINK("x")'


def test_an_outcome_is_written_once(register, buyer) -> None:  # type: ignore[no-untyped-def]
    one = made.done(buyer).outcomes.get(number=2)
    one.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


def test_pages_from_upload_to_result(register, buyer, client) -> None:  # type: ignore[no-untyped-def]
    client.force_login(buyer)
    client.post(reverse("screenings:list"), {"file": SimpleUploadedFile("s.csv", made.LIST.encode())})
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
    page = client.get(reverse("screenings:screening", args=[screening.pk])).content.decode()
    assert "What a start would do" in page
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


def test_resolve_page_without_script(register, buyer, client) -> None:  # type: ignore[no-untyped-def]
    screening = made.done(buyer)
    client.force_login(buyer)
    url = reverse("screenings:resolve", args=[screening.pk])
    page = client.get(url, {"q": "Blue Lotus"}).content.decode()
    assert "Row 3: which agency is meant?" in page
    assert "Same as this one" in page
    assert "UNDEFINED" not in page
    lotus = screening.outcomes.get(number=2).agency_id
    assert client.post(reverse("screenings:say", args=[screening.pk, 3]), {"say": str(lotus)}).url == url
    assert "Row 4: which agency is meant?" in client.get(url).content.decode()
    say = reverse("screenings:say", args=[screening.pk, 4])
    assert client.post(say, {"say": "nonsense"}).status_code == 422
    assert client.post(say, {"say": "reject"}).url == url
    after = client.get(url).content.decode()
    assert "Everything is resolved" in after
    assert "Undo" in after
    assert client.post(say, {"say": "undo"}).url == f"{url}?row=4"
    assert "UNDEFINED" not in client.get(f"{url}?row=4").content.decode()


def test_mapping_can_be_read_again_with_another_delimiter(buyer, client) -> None:  # type: ignore[no-untyped-def]
    screening = made.upload(buyer)
    client.force_login(buyer)
    answer = {"name": "0", "header_row": "1", "encoding": "cp1252", "delimiter": ";", "again": "1"}
    page = client.post(reverse("screenings:mapping", args=[screening.pk]), answer).content.decode()
    assert "Supplier,Ctry,Licence no" in page
    assert "Windows-1252 (Western Europe), columns divided by semicolon, column names in row 1" in page


def test_columns_of_a_corrected_delimiter_can_be_chosen(buyer, client) -> None:  # type: ignore[no-untyped-def]
    """The tab splits most evenly and is wrong: what was one column has become two, and the second holds the names."""
    screening = made.upload(buyer, "Ref|Supplier\tNote\n1|Tern Crews\ta\n2|Amber Crews\tb\n")
    url = reverse("screenings:mapping", args=[screening.pk])
    client.force_login(buyer)
    made.services.map_columns(
        screening_id=screening.pk,
        actor=buyer,
        mapping={"name": 0},
        layout={"delimiter": ",", "header_row": 1},
    )
    assert made.fresh(screening).columns == ["Ref|Supplier\tNote"]
    answer = {"name": "1", "header_row": "1", "encoding": "utf-8-sig", "delimiter": "|"}
    assert "B: Supplier" in client.post(url, {**answer, "again": "1"}).content.decode()
    assert client.post(url, answer).status_code == 302
    names = screening.rows.order_by("number").values_list("name", flat=True)
    assert list(names) == ["Tern Crews\ta", "Amber Crews\tb"]
    wrong = client.post(url, {**answer, "encoding": "utf-16"})
    assert wrong.status_code == 422
    assert 'details class="more-settings" open' in wrong.content.decode()


def test_result_page_has_a_bounded_number_of_queries(  # type: ignore[no-untyped-def]
    register, buyer, client, django_assert_max_num_queries
) -> None:
    screening = made.done(buyer, "Supplier\n" + "".join(f"Everest Staffing {n}\n" for n in range(120)))
    client.force_login(buyer)
    with django_assert_max_num_queries(21):
        page = client.get(reverse("screenings:screening", args=[screening.pk])).content.decode()
    assert "after=51" in page


def test_answers_are_those_of_single_lookups(register, buyer) -> None:  # type: ignore[no-untyped-def]
    screening = made.done(buyer)
    asked = list(screening.rows.filter(problem="").values_list("number", "identifier", "name", "country"))
    for number, *question in asked:
        (alone,) = find_many([tuple(question)], organisation=buyer.organisation)
        one = screening.outcomes.get(number=number)
        assert (one.outcome, one.how) == (str(alone.outcome), str(alone.how or ""))
        assert one.agency_id == (alone.agency_id if one.how == "same_name" else None)
