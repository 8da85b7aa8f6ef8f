"""Reading lists as they are: encodings, delimiters, headers, merged cells, formulas; files by other libraries."""

import io

import pytest
from openpyxl import Workbook

from iris.core import sheets
from iris.core.errors import BadInput


def _xlsx(fill) -> bytes:  # type: ignore[no-untyped-def]
    book = Workbook()
    fill(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "encoding", "delimiter"),
    [
        ("Name;Country\nÉclair;FR\nB;DE\n".encode("utf-8-sig"), "utf-8-sig", ";"),
        ("Name,Country\nCafé Ltd,GB\nB,DE\n".encode("cp1252"), "cp1252", ","),
        ("Name\tCountry\nA\tNP\nB\tIN\n".encode("utf-16"), "utf-16", "\t"),
        ("Name|Country\nनेपाल|NP\n".encode(), "utf-8-sig", "|"),
    ],
)
def test_read_guesses_encoding_and_delimiter(data: bytes, encoding: str, delimiter: str) -> None:
    table = sheets.read(data)
    assert (table.layout.encoding, table.layout.delimiter, table.layout.header_row) == (
        encoding,
        delimiter,
        1,
    )
    assert table.columns == ("Name", "Country")
    assert table.rows[0][0] == 2


def test_read_without_a_header_names_the_columns_by_letter() -> None:
    table = sheets.read(b"Blue Lotus Ltd,Dhaka\nRed Falcon,Lagos\n")
    assert table.layout.header_row == 0
    assert table.columns == ("Column A", "Column B")
    assert [number for number, _cells in table.rows] == [1, 2]


def test_read_finds_a_header_below_a_title() -> None:
    table = sheets.read(b"Suppliers of 2026,\n,\nSupplier name,Country\nA,NP\n")
    assert table.layout.header_row == 3
    assert table.rows == [(4, ["A", "NP"])]


def test_read_xlsx_with_merged_cells_fills_them_and_says_so() -> None:
    def fill(sheet) -> None:  # type: ignore[no-untyped-def]
        for row in (["Company", "Country"], ["A", "Nepal"], ["B", None], ["C", "India"]):
            sheet.append(row)
        sheet.merge_cells("B2:B3")

    table = sheets.read(_xlsx(fill))
    assert [cells for _number, cells in table.rows] == [["A", "Nepal"], ["B", "Nepal"], ["C", "India"]]
    assert any("merged" in note for note in table.layout.notes)


def test_read_xlsx_with_formulas_computes_nothing_and_says_so() -> None:
    def fill(sheet) -> None:  # type: ignore[no-untyped-def]
        sheet.append(["Company", "Country"])
        sheet.append(['=CONCATENATE("A","B")', "Nepal"])

    table = sheets.read(_xlsx(fill))
    assert table.rows[0][1][0] == ""
    assert any("1 cells hold formulas" in note for note in table.layout.notes)


@pytest.mark.parametrize("data", [b"\n\n", b",,\n,,\n", b" "])
def test_read_of_an_empty_list_says_so(data: bytes) -> None:
    with pytest.raises(BadInput, match="no rows"):
        sheets.read(data)


def test_read_of_a_broken_workbook_says_what_to_do() -> None:
    with pytest.raises(BadInput, match="cannot be opened"):
        sheets.read(b"PK\x03\x04 not a workbook")


def test_read_with_the_wrong_encoding_names_the_field() -> None:
    layout = sheets.Layout("csv", "utf-8-sig", ",")
    with pytest.raises(BadInput) as refused:
        sheets.read("Café".encode("cp1252"), layout)
    assert "encoding" in refused.value.fields


@pytest.mark.parametrize(
    ("given", "safe"),
    [("=1+1", "'=1+1"), ("+49", "'+49"), ("-x", "'-x"), ("@a", "'@a"), ("\tx", "'\tx"), ("Ltd", "Ltd")],
)
def test_harmless_takes_the_formula_out(given: str, safe: str) -> None:
    assert sheets.harmless(given) == safe


def test_letter_counts_like_a_spreadsheet() -> None:
    assert [sheets.letter(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
