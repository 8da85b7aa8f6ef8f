"""Kits, and workbooks filled in as a person would: by opening the file and typing into cells."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from audits.engagements.models import Audit
from audits.findings.states import Grade
from audits.kits import selectors, services
from audits.kits.models import Kit, KitReturn
from iris.accounts.models import User
from iris.core.files import XLSX
from tests.factories import audits
from tests.stock import stocked

HEAD_ROW = 3
Edit = Callable[[Any], object]


@stocked
def kit(of: Audit, by: User | None = None) -> Kit:
    """A kit taken along, by the lead auditor unless told otherwise."""
    return services.make_kit(audit_id=of.pk, actor=by or audits.lead_of(of))


def upload(data: bytes, name: str = "kit.xlsx") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data, XLSX.media_type)


def edited(data: bytes, edit: Edit) -> bytes:
    """The workbook after somebody opened, edited and saved it."""
    book = load_workbook(io.BytesIO(data))
    edit(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def column(sheet: Any, head: str) -> int:
    """The number of a column by its heading."""
    return next(cell.column for cell in sheet[HEAD_ROW] if cell.value == head)


def line(sheet: Any, text: str, nth: int = 0) -> int:
    """The number of the nth row in which a cell says this."""
    found = [row[0].row for row in sheet.iter_rows(min_row=HEAD_ROW + 1) if text in [c.value for c in row]]
    return int(found[nth])


def write(book: Any, sheet_name: str, text: str, values: Mapping[str, Any], nth: int = 0) -> dict[str, str]:
    """Type values under headings, in the nth row that says `text`; gives the addresses."""
    sheet = book[sheet_name]
    row = line(sheet, text, nth)
    places = {}
    for head, value in values.items():
        cell = sheet.cell(row, column(sheet, head))
        cell.value = value
        places[head] = cell.coordinate
    return places


def filled(of: Kit, **sheets: list[tuple[str, Mapping[str, Any]]]) -> bytes:
    """The kit's workbook with cells written: `Ratings=[("1.1", {"Rating": "meets"})]`."""

    def edit(book: Any) -> None:
        for name, rows in sheets.items():
            for text, values in rows:
                write(book, name, text, values)

    return edited(selectors.workbook(of), edit)


def given_back(of: Kit, data: bytes, by: User | None = None) -> KitReturn:
    """The return of a workbook that was given back."""
    actor = by or of.made_by
    return services.give_back(audit_id=of.audit_id, actor=actor, upload=upload(data)).returned


def a_finding() -> dict[str, str]:
    """A complete new finding, as its cells take it."""
    return {
        "Grade": str(Grade.MINOR),
        "Title": "Receipts are kept by month",
        "Statement": "Nobody can find the receipts of one worker.",
        "What it rests on": "Six files looked for on site, two found.",
    }
