"""The shape of the workbook: sheets, columns, the words its cells take, and how a cell is read. Pure."""

from __future__ import annotations

import hashlib
import re

from django.utils.translation import gettext as _

from certification.assessments.states import AnswerValue
from iris.core.workbooks import Unreadable, as_text, short

FORMAT = 1
HIDDEN_SHEET = "_iris"
GUIDE_SHEET = "Read me first"
HEAD_ROW = 3
FIRST_ROW = 4
LONGEST_SHEET_NAME = 31
HEADS = (
    "Id",
    "Question",
    "What it asks",
    "Your answer",
    "Level",
    "Why it does not apply",
    "Comment",
    "Still true?",
    "Documents shown",
)
ID, QUESTION = "A", "B"
COLUMNS = {"value": "D", "maturity": "E", "reason": "F", "comment": "G", "still": "H"}
WORDS: dict[str, str] = {
    AnswerValue.YES: "yes",
    AnswerValue.PARTLY: "partly",
    AnswerValue.NO: "no",
    AnswerValue.NOT_APPLICABLE: "n/a",
}
_READ: dict[str, str] = {
    "yes": AnswerValue.YES,
    "partly": AnswerValue.PARTLY,
    "no": AnswerValue.NO,
    "n/a": AnswerValue.NOT_APPLICABLE,
    "na": AnswerValue.NOT_APPLICABLE,
    "n.a.": AnswerValue.NOT_APPLICABLE,
    "not applicable": AnswerValue.NOT_APPLICABLE,
}


def sheet_name(code: str, title: str) -> str:
    """The name of a principle's sheet: its code and as much of its title as fits."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\']", " ", f"{code} {title}").split())
    if len(plain) <= LONGEST_SHEET_NAME:
        return plain
    return plain[: LONGEST_SHEET_NAME + 1].rsplit(" ", 1)[0]


def read_value(found: object) -> str:
    """The answer in a cell."""
    text = as_text(found)
    if not text:
        return ""
    value = _READ.get(" ".join(text.lower().split()))
    if value is None:
        raise Unreadable(
            _("expected yes, partly, no or n/a; found “%(found)s”. Choose one of the list.")
            % {"found": short(text)}
        )
    return str(value)


def read_level(found: object) -> int | None:
    """The level in a cell: a whole number from 0 to 4, or nothing."""
    text = as_text(found)
    if not text:
        return None
    if not re.fullmatch(r"[0-4]", text):
        raise Unreadable(
            _("expected a level from 0 to 4; found “%(found)s”. Choose one of the list.")
            % {"found": short(text)}
        )
    return int(text)


def read_still(found: object) -> bool:
    """Whether the cell says that an answer from last time is still true."""
    text = as_text(found).lower()
    if text not in ("", "yes"):
        raise Unreadable(
            _("expected yes or nothing; found “%(found)s”. To change the answer, change it in column D.")
            % {"found": short(text)}
        )
    return text == "yes"


def mark(value: object) -> str:
    """A short mark of what a cell held when the workbook was made, to see later whether it was touched."""
    return hashlib.sha256(as_text(value).encode()).hexdigest()[:10]
