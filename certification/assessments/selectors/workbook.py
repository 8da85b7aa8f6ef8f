"""A self-assessment as a workbook: a sheet for each principle, a sheet of instructions, and a signed hidden one."""

from __future__ import annotations

import io
import json
from itertools import groupby
from typing import Any

import xlsxwriter
from django.core.signing import Signer
from django.utils.translation import gettext as _

from certification.assessments.models import Answer, Assessment
from certification.assessments.rules import workbook as shape
from certification.assessments.selectors.changes import version_title
from certification.assessments.selectors.reading import answers_with_evidence
from certification.assessments.states import Maturity
from iris.core import clocks, workbooks

SIGNER = Signer(salt="certification.assessments.workbook", sep=":")
WIDTHS = (9, 46, 46, 13, 8, 30, 50, 12, 34)


def workbook(assessment: Assessment) -> bytes:
    """The workbook. It holds no formula; what is not to be written is locked."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, workbooks.WRITER_OPTIONS)
    book.set_properties({"title": _("Self-assessment"), "created": clocks.now().replace(tzinfo=None)})
    styles = _styles(book)
    _guide(book, styles, assessment)
    rows: dict[str, list[Any]] = {}
    answers = list(answers_with_evidence(assessment))
    for _code, group in groupby(answers, key=lambda answer: answer.principle_code):
        _sheet(book, styles, assessment, list(group), rows)
    _sign(book, assessment, rows)
    book.close()
    return target.getvalue()


def workbook_name(assessment: Assessment) -> str:
    """The name of the file."""
    return f"self-assessment-cycle-{assessment.cycle}-revision-{assessment.revision}.xlsx"


def cells_of(answer: Answer) -> dict[str, Any]:
    """What the cells of one answer hold, by field."""
    return {
        "value": shape.WORDS.get(answer.value, "") if answer.value else "",
        "maturity": "" if answer.maturity is None else answer.maturity,
        "reason": answer.reason,
        "comment": answer.comment,
    }


def writable(assessment: Assessment, answer: Answer) -> bool:
    """Whether this row may be changed: all of a draft, what the scheme marked of a reopened one."""
    return not assessment.is_reopened or answer.flagged


def _styles(book: Any) -> dict[str, Any]:
    wrap = {"text_wrap": True, "valign": "top", "font_size": 11}
    edge = {"border": 1, "border_color": "#C9D2D2"}
    return {
        "title": book.add_format({"bold": True, "font_size": 15}),
        "hint": book.add_format({"font_color": "#555555", "text_wrap": False}),
        "head": book.add_format(
            {**wrap, **edge, "bold": True, "bg_color": "#0B4A4F", "font_color": "#FFFFFF"}
        ),
        "locked": book.add_format({**wrap, **edge, "bg_color": "#F1F3F2", "num_format": "@"}),
        "open": book.add_format({**wrap, **edge, "locked": False, "num_format": "@"}),
        "level": book.add_format({**wrap, **edge, "locked": False, "num_format": "0"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _guide(book: Any, styles: dict[str, Any], assessment: Assessment) -> None:
    sheet = book.add_worksheet(shape.GUIDE_SHEET)
    sheet.set_column(0, 0, 110)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, _("How to fill in this workbook"), styles["title"])
    for row, text in enumerate(_guide_lines(assessment), start=2):
        sheet.write_string(row, 0, text, styles["text"])
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _guide_lines(assessment: Assessment) -> list[str]:
    what = _("%(agency)s, cycle %(cycle)s, revision %(revision)s, %(edition)s.") % {
        "agency": assessment.agency.legal_name,
        "cycle": assessment.cycle,
        "revision": assessment.revision,
        "edition": assessment.edition.title,
    }
    levels = [f"{level.value}  {level.label}" for level in Maturity]
    asked = (
        [_("Only the rows that the scheme asked about again can be changed.")]
        if assessment.is_reopened
        else []
    )
    return [
        what,
        "",
        _("1. Each principle has a sheet. Write in the white cells only; grey cells are locked."),
        _(
            "2. Your answer: yes, partly, no or n/a (not applicable). n/a needs a reason in the next column but one."
        ),
        _("3. Level: how firmly it stands, from 0 to 4, see below. Leave it empty for n/a."),
        _(
            "4. Still true?: for answers copied from last time write yes when you have read them and they hold."
        ),
        _("5. Documents are added on the website; the last column only shows them."),
        _("6. Do not sort, move or insert rows and columns, and paste values only, no formulas."),
        _(
            "7. Save, then choose “Upload the workbook” on the website. You see every change before it is saved."
        ),
        _("If a colleague changed the same answer on the website meanwhile you see both and choose."),
        *asked,
        "",
        _("Levels:"),
        *levels,
    ]


def _sheet(
    book: Any,
    styles: dict[str, Any],
    assessment: Assessment,
    answers: list[Answer],
    rows: dict[str, list[Any]],
) -> None:
    principle = answers[0].indicator.criterion.principle
    name = shape.sheet_name(principle.code, principle.title)
    sheet = book.add_worksheet(name)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, f"{principle.code} {principle.title}", styles["title"])
    sheet.write_string(1, 0, _("Write in the white cells only. The first sheet tells how."), styles["hint"])
    for column, head in enumerate(shape.HEADS):
        sheet.write_string(shape.HEAD_ROW - 1, column, head, styles["head"])
    sheet.freeze_panes(shape.HEAD_ROW, 2)
    for row, answer in enumerate(answers, start=shape.FIRST_ROW):
        _row(sheet, styles, row, answer, writable(assessment, answer))
        cells = cells_of(answer)
        rows[answer.indicator.code] = [name, row, answer.version, [shape.mark(cells[f]) for f in cells]]
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})


def _row(sheet: Any, styles: dict[str, Any], row: int, answer: Answer, may_write: bool) -> None:
    indicator, cells = answer.indicator, cells_of(answer)
    free = styles["open"] if may_write else styles["locked"]
    at = row - 1
    asked = [_("The scheme asks: %(note)s") % {"note": answer.flag_note}] if answer.flag_note else []
    sheet.write_string(at, 0, indicator.code, styles["locked"])
    sheet.write_string(at, 1, indicator.question, styles["locked"])
    sheet.write_string(at, 2, "\n".join([*asked, indicator.text]), styles["locked"])
    sheet.write_string(at, 3, cells["value"], free)
    if answer.maturity is None:
        sheet.write_blank(at, 4, None, styles["level"] if may_write else styles["locked"])
    else:
        sheet.write_number(at, 4, answer.maturity, styles["level"] if may_write else styles["locked"])
    sheet.write_string(at, 5, cells["reason"], free)
    sheet.write_string(at, 6, cells["comment"], free)
    still = may_write and answer.carried
    sheet.write_string(
        at, 7, "" if still or not answer.before_id else "-", free if still else styles["locked"]
    )
    shown = "; ".join(version_title(document) for document in answer.evidence.all())
    sheet.write_string(at, 8, shown, styles["locked"])
    if may_write:
        _lists(sheet, at, answer)


def _lists(sheet: Any, at: int, answer: Answer) -> None:
    words = [
        word for value, word in shape.WORDS.items() if value != "na" or answer.indicator.may_be_not_applicable
    ]
    told = {"error_title": _("Not in the list"), "error_message": _("Choose one of the list.")}
    sheet.data_validation(at, 3, at, 3, {"validate": "list", "source": words, **told})
    sheet.data_validation(at, 4, at, 4, {"validate": "list", "source": [0, 1, 2, 3, 4], **told})
    if answer.carried:
        sheet.data_validation(at, 7, at, 7, {"validate": "list", "source": ["yes"], **told})


def _sign(book: Any, assessment: Assessment, rows: dict[str, list[Any]]) -> None:
    """What the workbook belongs to and what its cells held, signed, on a sheet that no menu shows."""
    body = json.dumps(
        {
            "format": shape.FORMAT,
            "assessment": str(assessment.pk),
            "agency": str(assessment.agency_id),
            "edition": assessment.edition.number,
            "cycle": assessment.cycle,
            "revision": assessment.revision,
            "made": clocks.now().isoformat(),
            "rows": rows,
        },
        sort_keys=True,
        separators=(",", ":"),
    )
    workbooks.write_seal(book, shape.HIDDEN_SHEET, body, SIGNER)
