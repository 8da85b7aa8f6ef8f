"""The shape of a kit: sheets, columns, the words its cells take, and how a cell is read. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.engagements.states import IntervieweeKind, Rating
from audits.findings.states import Grade
from iris.core.errors import Text
from iris.core.workbooks import LONGEST_CELL, Unreadable, as_text, short, unescaped

FORMAT = 1
HIDDEN_SHEET = "_iris"
HEAD_ROW = 3
NEW_ROWS = 30
LONGEST = 8_000
LONGEST_TITLE = 200
MOST_HELD = 100_000
MAX_BYTES = 5 * 1024 * 1024
MAX_UNZIPPED = 60 * 1024 * 1024
MOST_ROWS = 3_000
MOST_EMPTY_ROWS = 100_000
MOST_COLUMNS = 40
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

RATING, FINDING, INTERVIEW, EVIDENCE = "rating", "finding", "interview", "evidence"

RATING_WORDS: dict[str, str] = {
    str(one): "n/a" if one == Rating.NA else str(one) for one in Rating if one != Rating.CHECK
}
GRADE_WORDS: dict[str, str] = {str(one): str(one).replace("_", " ") for one in Grade}


@dataclass(frozen=True)
class Column:
    """One column: its name in the data, its heading, its width; whether people write in it."""

    name: str
    head: Text
    width: int
    open: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet of rows."""

    kind: str
    title: Text
    hint: Text
    columns: tuple[Column, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """Columns that are to be read only."""
        return tuple(column.name for column in self.columns if not column.open)


KEY = Column("key", gettext_lazy("Row id"), 13)
SHEETS: tuple[Sheet, ...] = (
    Sheet(
        RATING,
        gettext_lazy("Ratings"),
        gettext_lazy("Write in the white cells: rating and note of stage 2. Sorting is fine."),
        (
            KEY,
            Column("code", gettext_lazy("Indicator"), 10),
            Column("question", gettext_lazy("Question"), 44),
            Column("answer", gettext_lazy("The agency says"), 36),
            Column("rating1", gettext_lazy("Stage 1"), 12),
            Column("note1", gettext_lazy("Note of stage 1"), 30),
            Column("rating", gettext_lazy("Rating"), 12, open=True),
            Column("note", gettext_lazy("Note"), 50, open=True),
        ),
    ),
    Sheet(
        FINDING,
        gettext_lazy("Findings"),
        gettext_lazy("Change drafts, or write new ones in the empty rows. No names of workers."),
        (
            KEY,
            Column("number", gettext_lazy("Finding"), 10),
            Column("indicator", gettext_lazy("Indicator"), 10, open=True),
            Column("grade", gettext_lazy("Grade"), 14, open=True),
            Column("title", gettext_lazy("Title"), 36, open=True),
            Column("statement", gettext_lazy("Statement"), 50, open=True),
            Column("evidence", gettext_lazy("What it rests on"), 50, open=True),
            Column("grade_reason", gettext_lazy("Why a lower grade"), 30, open=True),
        ),
    ),
    Sheet(
        INTERVIEW,
        gettext_lazy("Interviews"),
        gettext_lazy("How many people of each kind; never a name. Nobody: write 0 and why."),
        (
            KEY,
            Column("whom", gettext_lazy("With whom"), 36),
            Column("held", gettext_lazy("Held"), 9, open=True),
            Column("note", gettext_lazy("Note"), 60, open=True),
        ),
    ),
    Sheet(
        EVIDENCE,
        gettext_lazy("Evidence"),
        gettext_lazy("What you saw or photographed. The files are added on the website later."),
        (
            KEY,
            Column("number", gettext_lazy("Entry"), 9),
            Column("indicator", gettext_lazy("Indicator"), 10, open=True),
            Column("what", gettext_lazy("What was seen"), 60, open=True),
            Column("file_name", gettext_lazy("File name"), 28, open=True),
            Column("taken_on", gettext_lazy("Day (2026-11-22)"), 16, open=True),
        ),
    ),
)
BY_KIND = {sheet.kind: sheet for sheet in SHEETS}


def column_of(kind: str, name: str) -> Column:
    """One column of a sheet."""
    return next(column for column in BY_KIND[kind].columns if column.name == name)


def place_of(kind: str, name: str) -> int:
    """Where a column stands on its sheet."""
    return [column.name for column in BY_KIND[kind].columns].index(name)


def row_id(kind: str, own: object) -> str:
    """The name of a row in the data."""
    return f"{kind}:{own}"


def kind_of(row: str) -> str:
    """The kind of a row from its name."""
    return row.partition(":")[0]


def own_of(row: str) -> str:
    """What a row is about: an indicator's code, a finding, a kind of interviewee."""
    return row.partition(":")[2]


def is_new(row: str) -> bool:
    """Whether the row was empty when the kit was made."""
    return own_of(row).startswith("new-")


def tidy(text: object) -> str:
    """Text as a workbook can carry it there and back: plain line ends, no control characters, no blanks around it."""
    return CONTROL.sub("", as_text(text).replace("\r", "\n")).strip()


def fits(text: str) -> bool:
    """Whether a cell can carry it."""
    return len(text) <= LONGEST_CELL


def canonical(data: Mapping[str, Any]) -> str:
    """One way of writing the same data."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def base_hash(base: Mapping[str, Any]) -> str:
    """What stands for the content of a kit at its download."""
    return hashlib.sha256(canonical(base).encode()).hexdigest()


def mark(text: object) -> str:
    """A short mark of a cell that is to be read only, to see later whether it was touched."""
    return hashlib.sha256(tidy(text).encode()).hexdigest()[:10]


# -- words of a cell -------------------------------------------------------------------------------------


def written(kind: str, name: str, value: str) -> str:
    """A value of ours as its cell shows it."""
    if kind == RATING and name == "rating":
        return RATING_WORDS.get(value, value)
    if kind == FINDING and name == "grade":
        return GRADE_WORDS.get(value, value)
    return value


def value_of(kind: str, name: str, found: object) -> str:
    """The value in a cell. Raises Unreadable with what was expected and found; controls and escapes are gone."""
    text = tidy(unescaped(as_text(found)))
    if isinstance(found, datetime | date) and name == "taken_on":
        return (found.date() if isinstance(found, datetime) else found).isoformat()
    if not text:
        return ""
    if kind == RATING and name == "rating":
        return _one_of(text, RATING_WORDS)
    if kind == FINDING and name == "grade":
        return _one_of(text, GRADE_WORDS)
    if kind == INTERVIEW and name == "held":
        return _count(text)
    if name == "taken_on":
        return _day(text)
    most = LONGEST_TITLE if name in ("title", "file_name") else LONGEST
    if len(text) > most:
        raise Unreadable(
            _("expected at most %(most)s characters, found %(found)s. Shorten it.")
            % {"most": f"{most:,}", "found": f"{len(text):,}"}
        )
    return text


def _one_of(text: str, words: Mapping[str, str]) -> str:
    plain = " ".join(text.lower().replace("_", " ").split())
    for value, word in words.items():
        if plain in (word, value.replace("_", " ")):
            return value
    raise Unreadable(
        _("expected one of %(words)s; found “%(found)s”. Choose one of the list.")
        % {"words": ", ".join(words.values()), "found": short(text)}
    )


def _count(text: str) -> str:
    if re.fullmatch(r"[0-9]{1,6}", text) and int(text) <= MOST_HELD:
        return str(int(text))
    raise Unreadable(
        _("expected a whole number from 0; found “%(found)s”. Write how many, for example 4.")
        % {"found": short(text)}
    )


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Unreadable(
            _("expected a day like 2026-11-22; found “%(found)s”. Write year, month and day.")
            % {"found": short(text)}
        ) from error


KINDS_OF_INTERVIEWEE = tuple(IntervieweeKind)
