"""Reading a workbook that came back: whose it is, whether its rows stand where they stood, what its cells say.

Nothing is stored here. Everything that cannot be taken is told cell by cell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature
from django.utils.translation import gettext as _

from certification.assessments.models import Answer, Assessment
from certification.assessments.rules import workbook as shape
from certification.assessments.selectors.workbook import SIGNER, cells_of, writable
from iris.core import workbooks
from iris.core.workbooks import CellError, Unreadable, WorkbookRefused, as_text, plain, refused, short

MAX_BYTES = 5 * 1024 * 1024
READERS: dict[str, Any] = {"value": shape.read_value, "maturity": shape.read_level}


@dataclass
class Reading:
    """What a good workbook says: per indicator code the cells that were touched, each as [cell, value, mark then]."""

    touched: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    still: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def bytes_of(upload: UploadedFile[Any] | None) -> bytes:
    """The bytes of an upload that is an Excel workbook of reasonable size. Raises BadInput on `file`."""
    return workbooks.bytes_of(
        upload,
        max_bytes=MAX_BYTES,
        choose=_("Choose the workbook you filled in."),
        what=_("the workbook of a self-assessment"),
    )


def read_workbook(data: bytes, assessment: Assessment, answers: list[Answer]) -> Reading:
    """Read it against the assessment. Raises BadInput (not ours, not this one) or WorkbookRefused with every cell."""
    book = workbooks.opened(data)
    made = _made_of(book)
    _check_belongs(made, assessment)
    reading, errors = Reading(), []
    known = {answer.indicator.code: answer for answer in answers}
    for name, rows in _by_sheet(made["rows"]):
        if name not in book.sheetnames:
            text = _("the sheet is missing. Download the workbook again and copy your answers over.")
            errors.append(CellError(name, "", text))
            continue
        errors += _read_sheet(book[name], rows, known, assessment, reading)
    ours = {row[0] for row in made["rows"].values()} | {shape.HIDDEN_SHEET, shape.GUIDE_SHEET}
    for name in book.sheetnames:
        if name not in ours:
            reading.notes.append(_("The sheet “%(sheet)s” is not ours; it was not read.") % {"sheet": name})
    if errors:
        raise WorkbookRefused(_("The workbook was not taken. Nothing was saved."), errors)
    return reading


def _made_of(book: Any) -> dict[str, Any]:
    """What the hidden sheet says, when its signature holds."""
    try:
        body = workbooks.read_seal(book, shape.HIDDEN_SHEET, SIGNER)
        made: dict[str, Any] = json.loads(body) if body is not None else {}
    except (BadSignature, ValueError) as error:
        raise refused(
            _("The hidden sheet of this workbook was changed, so we cannot tell what it belongs to. ")
            + _("Download the workbook again and copy your answers over.")
        ) from error
    if body is None:
        raise refused(
            _("This is not a workbook that was downloaded here, or its hidden sheet was deleted. ")
            + _("Download the workbook of this self-assessment and fill that in.")
        )
    return made


def _check_belongs(made: dict[str, Any], assessment: Assessment) -> None:
    again = _("Download the workbook of this self-assessment and copy your answers over.")
    if made.get("agency") != str(assessment.agency_id):
        raise refused(_("This workbook belongs to the self-assessment of another agency. ") + again)
    if made["edition"] != assessment.edition.number:
        words = {"theirs": made["edition"], "ours": assessment.edition.number}
        raise refused(
            _("This workbook asks the questions of edition %(theirs)s; yours follows edition %(ours)s. ")
            % words
            + again
        )
    if made["assessment"] != str(assessment.pk) or made.get("format") != shape.FORMAT:
        raise refused(
            _(
                "This workbook was made for cycle %(cycle)s, revision %(revision)s. You now work on another one. "
            )
            % {"cycle": made["cycle"], "revision": made["revision"]}
            + again
        )


def _by_sheet(rows: dict[str, list[Any]]) -> Iterator[tuple[str, dict[int, tuple[str, list[str]]]]]:
    """For each sheet its rows: number -> (indicator code, marks of its cells)."""
    sheets: dict[str, dict[int, tuple[str, list[str]]]] = {}
    for code, (name, row, _version, marks) in rows.items():
        sheets.setdefault(name, {})[row] = (code, marks)
    yield from sheets.items()


def _read_sheet(
    sheet: Any,
    rows: dict[int, tuple[str, list[str]]],
    known: dict[str, Answer],
    assessment: Assessment,
    reading: Reading,
) -> list[CellError]:
    errors = _wrong_heads(sheet)
    if errors:
        return errors
    _note_extra_columns(sheet, reading)
    for row, (code, marks) in sorted(rows.items()):
        misplaced = _wrong_place(sheet, row, code, known[code])
        if misplaced:
            errors.append(misplaced)
            continue
        errors += _read_row(sheet, row, known[code], marks, assessment, reading)
    return [*errors, *_below(sheet, max(rows))]


def _wrong_heads(sheet: Any) -> list[CellError]:
    errors = []
    for column, head in enumerate(shape.HEADS, start=1):
        cell = sheet.cell(shape.HEAD_ROW, column)
        if as_text(cell.value) != head:
            found = short(as_text(cell.value)) or _("nothing")
            text = _(
                "expected the heading “%(head)s”; found “%(found)s”. Do not insert or move columns and rows."
            )
            errors.append(CellError(sheet.title, cell.coordinate, text % {"head": head, "found": found}))
    return errors


def _note_extra_columns(sheet: Any, reading: Reading) -> None:
    for column in range(len(shape.HEADS) + 1, min(sheet.max_column, 200) + 1):
        filled = next(
            (c for (c,) in sheet.iter_rows(min_col=column, max_col=column) if c.value not in (None, "")), None
        )
        if filled is not None:
            text = _("Sheet “%(sheet)s”, column %(column)s is not ours; it was not read.")
            reading.notes.append(text % {"sheet": sheet.title, "column": filled.column_letter})


def _wrong_place(sheet: Any, row: int, code: str, answer: Answer) -> CellError | None:
    """Whether another question stands where this one stood: a changed id, or rows that were moved or sorted."""
    cell = sheet[f"{shape.ID}{row}"]
    found = as_text(cell.value)
    if found != code:
        text = _(
            "expected the id %(code)s; found “%(found)s”. Rows keep their place and ids: undo the sorting, or "
        )
        text += _("download the workbook again.")
        return CellError(sheet.title, cell.coordinate, text % {"code": code, "found": short(found)})
    asked = sheet[f"{shape.QUESTION}{row}"]
    if as_text(asked.value).split() != answer.indicator.question.split():
        text = _("this is not the question of %(code)s any more, so its answers may have slipped. ")
        text += _("Download the workbook again.")
        return CellError(sheet.title, asked.coordinate, text % {"code": code})
    return None


def _read_row(
    sheet: Any, row: int, answer: Answer, marks: list[str], assessment: Assessment, reading: Reading
) -> list[CellError]:
    errors, code = [], answer.indicator.code
    for name, was in zip(cells_of(answer), marks, strict=True):
        cell = sheet[f"{shape.COLUMNS[name]}{row}"]
        try:
            value = _cell_value(cell, name)
        except Unreadable as wrong:
            errors.append(CellError(sheet.title, cell.coordinate, str(wrong)))
            continue
        if shape.mark(_written(name, value)) == was:
            continue
        if not writable(assessment, answer):
            text = _("the scheme did not ask about %(code)s again; it stays as declared. Undo the change.")
            errors.append(CellError(sheet.title, cell.coordinate, text % {"code": code}))
            continue
        reading.touched.setdefault(code, {})[name] = [cell.coordinate, value, was]
    if answer.carried:
        cell = sheet[f"{shape.COLUMNS['still']}{row}"]
        try:
            if shape.read_still(plain(cell)):
                reading.still[code] = cell.coordinate
        except Unreadable as wrong:
            errors.append(CellError(sheet.title, cell.coordinate, str(wrong)))
    return errors


def _cell_value(cell: Any, name: str) -> Any:
    value = plain(cell)
    return READERS[name](value) if name in READERS else as_text(value)


def _written(name: str, value: Any) -> Any:
    """A read value as the cell held it when the workbook was made."""
    if name == "value":
        return shape.WORDS.get(value, "")
    return "" if value is None else value


def _below(sheet: Any, last: int) -> list[CellError]:
    """Rows pasted under the last question."""
    errors = []
    for cells in sheet.iter_rows(
        min_row=last + 1, max_row=min(sheet.max_row, last + 2_000), max_col=len(shape.HEADS)
    ):
        filled = next((cell for cell in cells if cell.value not in (None, "")), None)
        if filled is not None:
            text = _("nothing is expected below the last question; found “%(found)s”. Delete the row.")
            found = short(as_text(filled.value))
            errors.append(CellError(sheet.title, filled.coordinate, text % {"found": found}))
    return errors
