"""A kit as a workbook. It is written from what the kit holds, so that a second download is the same as the first."""

from __future__ import annotations

import io
import json
from typing import Any

import xlsxwriter
from django.core.signing import Signer
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from iris.core import workbooks

from ..models import Kit
from ..rules import shape
from ..rules.shape import Column, Sheet
from .snapshot import day_words

SIGNER = Signer(salt="audits.kits.workbook", sep=":")
CODES = "codes"


def workbook(kit: Kit) -> bytes:
    """The workbook. It holds no formula and no macro; what is not to be written is locked, as a help."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, workbooks.WRITER_OPTIONS)
    book.set_properties({"title": file_name(kit), "created": kit.made_at.replace(tzinfo=None)})
    styles = _styles(book)
    _read_me(book, styles, kit)
    keys = {row: key_of(kit, row) for row in kit.base["rows"]}
    for sheet in shape.SHEETS:
        _sheet(book, styles, sheet, kit, keys)
    if kit.base["guide"]:
        _lines(book, styles, _("Guide"), _("What to look at and with whom to speak"), kit.base["guide"])
    _lists(book, kit)
    workbooks.write_seal(book, shape.HIDDEN_SHEET, sealed_body(kit, keys), SIGNER)
    book.close()
    return target.getvalue()


def file_name(kit: Kit) -> str:
    """The name of the file."""
    return f"{kit.base['about']['audit']}-kit-{kit.number}.xlsx".lower()


def key_of(kit: Kit, row: str) -> str:
    """The id that stands in a row: rows are known by it wherever they are sorted to."""
    return salted_hmac("audits.kits.row", f"{kit.pk}:{row}").hexdigest()[:10].upper()


def sealed_body(kit: Kit, keys: dict[str, str]) -> str:
    """What the hidden sheet says and the signature covers: whose it is, every row, and a mark of every locked cell."""
    return shape.canonical(
        {
            "format": shape.FORMAT,
            "kit": str(kit.pk),
            "audit": str(kit.audit_id),
            "number": kit.base["about"]["audit"],
            "base": kit.base_hash,
            "sheets": {
                sheet.kind: [str(sheet.title), [str(column.head) for column in sheet.columns]]
                for sheet in shape.SHEETS
            },
            "rows": {keys[row]: [row, _marks(kit, row)] for row in kit.base["rows"]},
        }
    )


def signature_of(kit: Kit) -> str:
    """The signature of a kit as its workbook carries it."""
    keys = {row: key_of(kit, row) for row in kit.base["rows"]}
    return SIGNER.signature(sealed_body(kit, keys))


def made_from(body: str) -> dict[str, Any]:
    """What the hidden sheet says."""
    made: dict[str, Any] = json.loads(body)
    return made


def locked_in(kit: Kit, row: str) -> dict[str, str]:
    """The columns of a row that are to be read only, with what they say."""
    shown = kit.base["shown"].get(row, {})
    return {
        column.name: shown[column.name]
        for column in shape.BY_KIND[shape.kind_of(row)].columns
        if column.name in shown
    }


def _marks(kit: Kit, row: str) -> dict[str, str]:
    return {name: shape.mark(text) for name, text in locked_in(kit, row).items()}


# -- sheets ---------------------------------------------------------------------------------------------


def _styles(book: Any) -> dict[str, Any]:
    wrap = {"text_wrap": True, "valign": "top", "font_size": 11}
    edge = {"border": 1, "border_color": "#C9D2D2"}
    head = {**wrap, **edge, "bold": True, "bg_color": "#0B4A4F", "font_color": "#FFFFFF"}
    return {
        "title": book.add_format({"bold": True, "font_size": 15}),
        "hint": book.add_format({"font_color": "#555555"}),
        "head": book.add_format(head),
        "locked": book.add_format({**wrap, **edge, "bg_color": "#F1F3F2", "num_format": "@"}),
        "key": book.add_format(
            {**wrap, **edge, "bg_color": "#F1F3F2", "font_color": "#7A8686", "font_size": 8}
        ),
        "open": book.add_format({**wrap, **edge, "locked": False, "num_format": "@"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _read_me(book: Any, styles: dict[str, Any], kit: Kit) -> None:
    about = kit.base["about"]
    lines = [
        _("Audit %(audit)s of %(agency)s by %(firm)s, %(edition)s.") % about,
        _("Kit %(number)s, taken along by %(who)s on %(when)s.")
        % {"number": kit.number, "who": kit.made_by.label, "when": day_words(kit.made_at)},
        "",
        _("1. Write in the white cells only; grey cells are for reading and stay as they are."),
        _(
            "2. Ratings: choose the rating of stage 2 and say in the note what you saw. Every rating but meets and "
            "n/a needs a note."
        ),
        _(
            "3. Findings: change a draft, or write a new one in an empty row: indicator, grade, title, statement and "
            "what it rests on."
        ),
        _("4. Interviews: how many people of each kind. Nobody: write 0 and why."),
        _(
            "5. Evidence: note what you saw or photographed with the name of the file; add the files on the website "
            "later."
        ),
        _("6. Never write the name of a worker anywhere in this workbook."),
        _(
            "7. Sort as you like. Leave the column of row ids alone, paste values only, and write no formulas."
        ),
        _(
            "8. Save as .xlsx without a password. Back online, open stage 2 of the audit and give the workbook back."
        ),
        "",
        _(
            "You then see every change before it is kept. Where a colleague changed the same cell meanwhile you see "
            "both texts and choose."
        ),
        _("A kit is applied once. To go on working without a net, take a new kit along."),
        "",
        _("Ratings: %s.") % ", ".join(shape.RATING_WORDS.values()),
        _("Grades: %s.") % ", ".join(shape.GRADE_WORDS.values()),
    ]
    _lines(book, styles, _("Read me"), _("How this workbook is used"), lines)


def _lines(book: Any, styles: dict[str, Any], name: str, title: str, lines: list[str]) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 110)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, title, styles["title"])
    for row, text in enumerate(lines, start=2):
        sheet.write_string(row, 0, text, styles["text"])
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _sheet(book: Any, styles: dict[str, Any], spec: Sheet, kit: Kit, keys: dict[str, str]) -> None:
    sheet = book.add_worksheet(str(spec.title))
    for at, column in enumerate(spec.columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(shape.HEAD_ROW - 1, at, str(column.head), styles["head"])
    sheet.write_string(0, 0, f"{spec.title}, {kit.base['about']['audit']}", styles["title"])
    sheet.write_string(1, 0, str(spec.hint), styles["hint"])
    sheet.freeze_panes(shape.HEAD_ROW, 2)
    rows = [row for row in kit.base["order"] if shape.kind_of(row) == spec.kind]
    for at, row in enumerate(rows, start=shape.HEAD_ROW):
        _row(sheet, styles, spec, at, kit, row, keys[row])
    last = shape.HEAD_ROW + max(len(rows), 1) - 1
    for at, column in enumerate(spec.columns):
        if column.open:
            _choices(sheet, spec, column, at, last, kit)
    sheet.autofilter(shape.HEAD_ROW - 1, 0, last, len(spec.columns) - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})


def _row(sheet: Any, styles: dict[str, Any], spec: Sheet, at: int, kit: Kit, row: str, key: str) -> None:
    open_ones, shown = kit.base["rows"][row], locked_in(kit, row)
    for place, column in enumerate(spec.columns):
        if column.name == shape.KEY.name:
            sheet.write_string(at, place, key, styles["key"])
        elif column.name in open_ones:
            text = shape.written(spec.kind, column.name, open_ones[column.name])
            sheet.write_string(at, place, text, styles["open"])
        else:
            sheet.write_string(at, place, shown.get(column.name, ""), styles["locked"])


def _choices(sheet: Any, spec: Sheet, column: Column, at: int, last: int, kit: Kit) -> None:
    told = {"error_title": _("Not in the list"), "error_message": _("Choose one of the list.")}
    rules: dict[str, Any] = {
        "rating": {"validate": "list", "source": list(shape.RATING_WORDS.values()), **told},
        "grade": {"validate": "list", "source": list(shape.GRADE_WORDS.values()), **told},
        "indicator": {"validate": "list", "source": f"={CODES}!$A$1:$A${len(kit.base['codes'])}", **told},
        "held": {
            "validate": "integer",
            "criteria": "between",
            "minimum": 0,
            "maximum": shape.MOST_HELD,
            "error_title": _("Not a number"),
            "error_message": _("Write how many, for example 4."),
        },
    }
    if column.name in rules:
        sheet.data_validation(shape.HEAD_ROW, at, last, at, rules[column.name])


def _lists(book: Any, kit: Kit) -> None:
    """The indicators to choose from; a list typed into a cell's rule may have 255 characters only."""
    sheet = book.add_worksheet(CODES)
    for at, code in enumerate(kit.base["codes"]):
        sheet.write_string(at, 0, code)
    sheet.hide()
    sheet.protect("")
