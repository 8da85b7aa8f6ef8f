"""T15: whatever a file is, it is a list with its guesses, or a refusal that helps; never a crash, nothing half kept."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from iris.accounts.models import User
from iris.core import tables
from iris.core.errors import BadInput
from iris.core.models import StoredFile
from supplychain.screenings import services
from supplychain.screenings.models import Screening, ScreeningRow
from tests.factories import accounts
from tests.factories import screenings as made
from tests.supplychain.screenings.broken import KINDS, broken

pytestmark = pytest.mark.django_db
REJECT = re.compile(r"Row [\d,]+, .+: expected .+, found .+\. .+\.$", re.DOTALL)
IN_EVERY_RUN = 36
IN_THE_CAMPAIGN = 300


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


def _try(buyer: User, seed: int) -> bool:
    """Take the file of a seed; whether it was taken. Anything but a list or a sentence fails."""
    name, data = broken(seed)
    kept, made_before = StoredFile.objects.count(), Screening.objects.count()
    try:
        one = services.upload_list(actor=buyer, upload=SimpleUploadedFile(name, data))
    except services.AlreadyScreened:
        return False
    except BadInput as refused:
        sentences = [str(text) for text in refused.fields["file"]]
        assert sentences, name
        assert all(sentence.endswith(".") and len(sentence) > 30 for sentence in sentences), sentences
        assert (StoredFile.objects.count(), Screening.objects.count()) == (kept, made_before), name
        return False
    one = services.map_columns(screening_id=one.pk, actor=buyer, mapping=one.mapping)
    rows = list(ScreeningRow.objects.filter(screening=one))
    for row in rows:
        for sentence in filter(None, (row.problem, row.warning)):
            assert REJECT.match(sentence), f"{name}: {sentence}"
            assert sentence.startswith(f"Row {row.number}, "), sentence
    counted = one.counts
    assert len(rows) == counted["check"] + counted["same"] + counted["reject"], name
    assert len(rows) + counted["skip"] == one.n_lines, name
    return True


def test_broken_files_are_lists_or_sentences(buyer) -> None:  # type: ignore[no-untyped-def]
    taken = [_try(buyer, seed) for seed in range(IN_EVERY_RUN)]
    assert 0 < sum(taken) < IN_EVERY_RUN
    assert 3 * len(KINDS) <= IN_EVERY_RUN


@pytest.mark.campaign
def test_hundreds_of_broken_files_are_lists_or_sentences(buyer, figures) -> None:  # type: ignore[no-untyped-def]
    taken = [_try(buyer, seed) for seed in range(IN_EVERY_RUN, IN_THE_CAMPAIGN)]
    figures("broken files", tried=len(taken), taken_as_a_list=sum(taken), crashes=0)


def _refusal(buyer: User, data: bytes, name: str = "list.csv") -> str:
    with pytest.raises(BadInput) as refused:
        services.upload_list(actor=buyer, upload=SimpleUploadedFile(name, data))
    assert not Screening.objects.exists()
    assert not StoredFile.objects.exists()
    return " ".join(str(text) for text in refused.value.fields["file"])


def test_a_quotation_mark_that_is_not_closed_names_its_row(buyer) -> None:  # type: ignore[no-untyped-def]
    said = _refusal(buyer, b'Supplier,Country\nA,NP\n"B,NP\nC,NP\nD,NP\n')
    assert said.startswith("Row 3, column A: expected a closing quotation mark, found none for 2 lines.")


def test_too_many_rows_names_the_row_and_the_limit(buyer, settings) -> None:  # type: ignore[no-untyped-def]
    settings.IRIS_LIST_MOST_ROWS = 10
    said = _refusal(buyer, b"Supplier\n" + b"A\n" * 12)
    assert said == "Row 12: expected at most 10 rows in a list, found more. Split it into shorter ones."


def test_a_workbook_is_refused_by_what_it_unpacks_to(buyer, settings) -> None:  # type: ignore[no-untyped-def]
    settings.IRIS_LIST_MOST_UNPACKED_MB = 1
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
        book.writestr("xl/worksheets/sheet1.xml", "0" * 2_000_000)
    assert "unpacks to 2 MB; at most 1 MB are read" in _refusal(buyer, out.getvalue(), "list.xlsx")


def test_a_file_that_lies_about_its_encoding_is_read_as_it_is_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbf" + "Supplier,Country\nCafé Söhne,DE\n".encode("cp1252"))
    head = tables.look(path)
    assert head.layout.encoding == "cp1252"
    assert "says that it is UTF-8, and is not" in head.layout.notes[0]
    assert head.sample[0][1] == ["Café Söhne", "DE"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_utf_16_and_marks_are_understood(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Supplier,Country\nनेपाल,NP\n".encode(encoding))
    assert tables.look(path).sample == ((2, ["नेपाल", "NP"]),)


def test_columns_of_the_same_name_are_told_apart_and_a_header_among_the_rows_is_skipped(buyer) -> None:  # type: ignore[no-untyped-def]
    one = made.upload(buyer, "Supplier,Country,Supplier\nA Ltd,NP,x\nSupplier,Country,Supplier\nB Ltd,NP,y\n")
    assert one.columns == ["Supplier (A)", "Country", "Supplier (C)"]
    assert "2 columns are called “Supplier” (A, C)" in one.layout["notes"][0]
    one = services.map_columns(screening_id=one.pk, actor=buyer, mapping={"name": 0, "country": 1})
    assert {key: one.counts[key] for key in ("check", "skip", "skipped")} == {
        "check": 2,
        "skip": 1,
        "skipped": [3],
    }


def test_dates_counted_from_1904_are_the_same_days(tmp_path: Path) -> None:
    from datetime import date

    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(["Supplier", "Since", "Country"])
    sheet.append(["A Ltd", date(2026, 5, 3), "NP"])
    book.save(tmp_path / "a.xlsx")
    assert tables.look(tmp_path / "a.xlsx").sample[0][1] == ["A Ltd", "2026-05-03", "NP"]


def test_merged_cells_and_formulas_are_filled_and_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Supplier", "Country"], ["A Ltd", "Nepal"], ["B Ltd", None], ["=1+1", "India"]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    book.save(tmp_path / "a.xlsx")
    head = tables.look(tmp_path / "a.xlsx")
    assert [cells for _n, cells in head.sample] == [["A Ltd", "Nepal"], ["B Ltd", "Nepal"], ["", "India"]]
    assert [note.split(" ")[1] for note in head.layout.notes] == ["cells", "merged"]


def test_a_row_names_row_column_expected_found_and_fix(buyer) -> None:  # type: ignore[no-untyped-def]
    one = made.ready(buyer, "Supplier,Country\n,NP\n???,NP\n" + "x" * 401 + ",NP\nGood Ltd,Narnia\n")
    rows = {row.number: row.problem or row.warning for row in one.rows.all()}
    assert rows[2] == "Row 2, Supplier: expected a name, found an empty cell. Fill it in or remove the row."
    assert rows[3] == (
        "Row 3, Supplier: expected a name with letters or digits, found “???”. Write the name."
    )
    assert rows[4] == "Row 4, Supplier: expected at most 400 characters, found 401. Keep the name only."
    assert rows[5].startswith("Row 5, Country: expected a country's name or two-letter code, found “Narnia”.")
