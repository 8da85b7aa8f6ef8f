"""Workbooks and tables that are small to send and huge to open are refused before they are opened."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest

from iris.core import sheets, tables, unpacking
from iris.core.errors import BadInput

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def book(body: str, *, sheet: str = "worksheets/sheet1.xml") -> bytes:
    """A workbook with one sheet of this body, as ECMA-376 lays it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{NS}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
            "</workbook>",
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="{sheet}"/>'
            "</Relationships>",
        )
        packed.writestr(f"xl/{sheet}", f'<worksheet xmlns="{NS}">{body}</worksheet>')
    return out.getvalue()


def cell(place: str, text: str = "name") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows(*lines: str) -> str:
    return f"<sheetData>{''.join(lines)}</sheetData>"


NEAR = rows(
    f'<row r="1">{cell("A1", "Name")}{cell("B1", "Country")}</row>',
    f'<row r="2">{cell("A2", "Sunrise")}{cell("B2", "NP")}</row>',
)
FAR = {
    "corners": rows(f'<row r="1">{cell("A1")}</row>', f'<row r="1048576">{cell("XFD1048576")}</row>'),
    "other quotes": rows(
        f'<row r="1">{cell("A1")}</row>', "<row r='9'><c\tr = 'XFD1048576'><v>1</v></c></row>"
    ),
    "small letters": rows(cell("a1"), cell("xfd900000")),
    "placed by its row": rows(f"<row>{cell('ZZ1')}</row>", '<row r="1000000"><c><v>1</v></c></row>'),
    "with a prefix": rows(cell("A1"), '<row r="1"><x:c xmlns:x="y" r="ZZZ900000"><v>1</v></x:c></row>'),
    "outside of every sheet": rows(cell("A1"), cell("A99999999999")),
}


@pytest.mark.parametrize("body", FAR.values(), ids=FAR)
def test_a_small_workbook_that_opens_into_gigabytes_is_refused_unopened(body: str, tmp_path: Path) -> None:
    data = book(body)
    assert len(data) < 2_000
    with pytest.raises(BadInput):
        sheets.read(data)
    path = tmp_path / "list.xlsx"
    path.write_bytes(data)
    with pytest.raises(BadInput):
        tables.look(path)


def test_a_sheet_under_another_name_is_measured_too() -> None:
    with pytest.raises(BadInput, match="reaches to row"):
        sheets.read(book(FAR["corners"], sheet="drawings/picture.bin"))


def test_a_plain_workbook_is_read(tmp_path: Path) -> None:
    table = sheets.read(book(NEAR))
    assert (table.columns, table.rows) == (("Name", "Country"), [(2, ["Sunrise", "NP"])])
    path = tmp_path / "list.xlsx"
    path.write_bytes(book(NEAR))
    assert tables.look(path).n_rows == 1


def test_cells_across_chunks_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "CHUNK", 97)
    monkeypatch.setattr(unpacking, "FREE_CELLS", 0)
    monkeypatch.setattr(unpacking, "EMPTY_PER_CELL", 1)
    unpacking.check_workbook(io.BytesIO(book(NEAR)), 1_000_000)  # 2 x 2 cells, all of them there
    with pytest.raises(BadInput, match="holds 4 cells"):
        unpacking.check_workbook(io.BytesIO(book(NEAR.replace("B2", "C2"))), 1_000_000)


def test_a_file_that_understates_what_it_unpacks_to_is_refused() -> None:
    """The sizes stand in the file itself and can lie; 9 MB of blanks pack to 9 kB."""
    data = bytearray(book(NEAR + " " * 9_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as honest:
        true = max(info.file_size for info in honest.infolist())
    told = bytes(data).replace(struct.pack("<L", true), struct.pack("<L", 100))
    with zipfile.ZipFile(io.BytesIO(told)) as liar:
        assert max(info.file_size for info in liar.infolist()) < 1_000
    with pytest.raises(BadInput, match="unpacks to"):
        unpacking.check_workbook(io.BytesIO(told), 5_000_000)


def test_merged_areas_over_each_other_cost_nothing() -> None:
    body = rows(*(f'<row r="{n}">{cell(f"A{n}")}{cell(f"Z{n}")}</row>' for n in range(1, 400)))
    merged = "".join('<mergeCell ref="A1:Z399"/>' for _n in range(3_000))
    started = time.process_time()
    with pytest.raises(BadInput, match="over each other"):
        sheets.read(book(f'{body}<mergeCells count="3000">{merged}</mergeCells>'))
    assert time.process_time() - started < 5  # 31 million cells were filled before


def test_one_wide_row_does_not_make_every_row_wide() -> None:
    with pytest.raises(BadInput, match="Row 1 has 5,001 columns"):
        sheets.read(b"name" + b"," * 5_000 + b"\n" + b"a\n" * 3_000)
