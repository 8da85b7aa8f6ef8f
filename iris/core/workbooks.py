"""Workbooks that go out to people and come back: opened within limits, signed, read cell by cell.

Nothing in a workbook is run or computed: a formula is told to its owner, never evaluated. What a cell cannot hold is
said with its sheet and address.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from iris.core import files
from iris.core.errors import BadInput

MOST_ERRORS = 60
MOST_SHEETS = 60
LONGEST_CELL = 30_000  # a spreadsheet's cell ends at 32,767
WRITER_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class CellError:
    """One cell that cannot be taken, with what was expected, what was found, and what to do."""

    sheet: str
    cell: str
    text: str

    def __str__(self) -> str:
        where = _("Sheet “%(sheet)s”, cell %(cell)s") if self.cell else _("Sheet “%(sheet)s”")
        return f"{where % {'sheet': self.sheet, 'cell': self.cell}}: {self.text}"


class Unreadable(ValueError):
    """A cell holds something else than it takes; the message says what was expected and found."""


class WorkbookRefused(BadInput):
    """The workbook cannot be taken; `cells` says where and why."""

    code = "workbook_refused"

    def __init__(self, message: str, cells: list[CellError]) -> None:
        super().__init__(message)
        self.cells = cells[:MOST_ERRORS]
        self.more = max(0, len(cells) - MOST_ERRORS)


def refused(sentence: str) -> BadInput:
    """The refusal of a file as a whole, on the field that took it."""
    return BadInput(sentence, fields={"file": [sentence]})


# -- cells ----------------------------------------------------------------------------------------------


def as_text(found: object) -> str:
    """A cell as text, without the blanks around it; whole numbers without a point."""
    if found is None:
        return ""
    if isinstance(found, bool):
        return "TRUE" if found else "FALSE"
    if isinstance(found, float) and found.is_integer():
        return str(int(found))
    return str(found).replace("\r\n", "\n").replace("_x000D_", "").strip()


def short(text: str) -> str:
    """As much of a cell as a sentence can quote."""
    return text if len(text) <= 40 else text[:39] + "…"


def plain(cell: Any) -> Any:
    """The value of a cell that is no formula and no error. Raises Unreadable."""
    if cell.data_type == "f":
        found = short(str(getattr(cell.value, "text", cell.value)))
        raise Unreadable(
            _("expected a value; found the formula “%(found)s”. Paste values only, or type the answer.")
            % {"found": found}
        )
    if cell.data_type == "e":
        raise Unreadable(
            _("expected a value; found the error “%(found)s”. Type the answer.") % {"found": cell.value}
        )
    return cell.value


# -- the file -------------------------------------------------------------------------------------------


def bytes_of(upload: UploadedFile[Any] | None, *, max_bytes: int, choose: str, what: str) -> bytes:
    """The bytes of an upload that is an Excel workbook of reasonable size. Raises BadInput on `file`.

    `choose` is said when nothing was uploaded; `what` names the workbook in the other sentences.
    """
    if upload is None:
        raise BadInput(fields={"file": [choose]})
    name = files.clean_name(upload.name or "")
    if upload.size is not None and upload.size > max_bytes:
        raise refused(
            _("“%(name)s” is %(found)s MB; %(what)s stays below %(most)s MB. ")
            % {
                "name": name,
                "found": f"{upload.size / 1048576:.0f}",
                "most": max_bytes // 1048576,
                "what": what,
            }
            + _("Download it again and write text only; documents are added on the website.")
        )
    data: bytes = upload.read()
    if data and files.kind_of(data) is files.TEXT:
        raise refused(
            _(
                "“%(name)s” is a text file (for example CSV), not an Excel workbook, whatever its ending says. "
            )
            % {"name": name}
            + _("Open the workbook you downloaded, fill it in and save it as .xlsx.")
        )
    files.check(data, name, kinds=(files.XLSX,))
    return data


def opened(data: bytes, *, streamed: bool = False, max_unzipped: int = files.MAX_UNZIPPED) -> Any:
    """The workbook of these bytes, formulas as they stand. Raises BadInput on `file`.

    `streamed` reads row by row, so that a sheet of a million rows costs no memory; `max_unzipped` caps what it
    unpacks to.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unzipped = sum(info.file_size for info in archive.infolist())
        if unzipped > max_unzipped:
            raise refused(
                _("The workbook unpacks to %(found)s MB; at most %(most)s MB are read. ")
                % {"found": f"{unzipped / 1048576:.0f}", "most": max_unzipped // 1048576}
                + _("Copy what you wrote into a workbook that was downloaded here.")
            )
        book = load_workbook(io.BytesIO(data), data_only=False, keep_links=False, read_only=streamed)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        SyntaxError,
        LookupError,
        TypeError,
        ValueError,
        OSError,
    ) as error:
        raise refused(
            _("The workbook cannot be opened. Save it again as .xlsx without a password.")
        ) from error
    if len(book.sheetnames) > MOST_SHEETS:
        raise refused(
            _("The workbook has %(found)s sheets; at most %(most)s are read. Delete those that are not ours.")
            % {"found": len(book.sheetnames), "most": MOST_SHEETS}
        )
    return book


# -- the signed sheet -----------------------------------------------------------------------------------


def write_seal(book: Any, name: str, body: str, signer: Signer) -> None:
    """Write what a workbook belongs to, signed, on a sheet that no menu shows. `book` is xlsxwriter's."""
    sheet = book.add_worksheet(name)
    sheet.very_hidden()
    sheet.write_string(0, 0, signer.signature(body))
    for n, start in enumerate(range(0, len(body), LONGEST_CELL), start=1):
        sheet.write_string(n, 0, body[start : start + LONGEST_CELL])
    sheet.protect("")


def read_seal(book: Any, name: str, signer: Signer) -> str | None:
    """What `write_seal` wrote, when its signature holds; None when the sheet is gone. Raises BadSignature."""
    if name not in book.sheetnames:
        return None
    rows = book[name].iter_rows(max_row=200, max_col=1, values_only=True)
    cells = [str(row[0] or "") if row else "" for row in rows]
    body = "".join(cells[1:])
    try:
        signer.unsign(f"{body}{signer.sep}{cells[0] if cells else ''}")
    except ValueError as error:  # a signature in letters that no signature has
        raise BadSignature(str(error)) from error
    return body


def unescaped(text: str) -> str:
    """Text as it was before the file format wrote characters as `_xHHHH_`."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
