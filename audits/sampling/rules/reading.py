"""Reading a list as an agency has it: columns by the words at their head, every problem told by row and column.

Nothing is kept here, and nothing is evaluated. What comes back is plain rows; sealing is the business of services.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django_stubs_ext import StrOrPromise

from iris.core import clocks, sheets
from iris.core.errors import BadInput
from iris.core.places import COUNTRY_CHOICES, country_name

from ..states import FrameKind, PersonStatus, Sex

MOST_ROWS = 20_000
MOST_TYPED = 50
MOST_PROBLEMS = 500
SEARCHED_FOR_HEADER = 10
LONGEST = 200
HEADERS: dict[str, StrOrPromise] = {
    "reference": gettext_lazy("Reference"),
    "name": gettext_lazy("Name"),
    "contact": gettext_lazy("Contact"),
    "origin": gettext_lazy("From"),
    "destination": gettext_lazy("To"),
    "employer": gettext_lazy("Employer"),
    "joined_on": gettext_lazy("Date"),
    "sex": gettext_lazy("Sex"),
    "status": gettext_lazy("Status"),
}
ALSO: dict[str, tuple[str, ...]] = {
    "reference": (
        "ref",
        "no",
        "number",
        "id",
        "worker number",
        "passport",
        "file",
        "file number",
        "payment",
        "advert",
    ),
    "name": ("full name", "worker", "worker name"),
    "contact": ("phone", "telephone", "mobile", "e-mail", "email", "contact details"),
    "origin": ("origin", "country of origin", "home country", "nationality"),
    "destination": ("destination", "country of destination", "destination country", "country"),
    "employer": ("employer name", "client", "company"),
    "joined_on": (
        "joined",
        "joined on",
        "joining date",
        "date of joining",
        "start date",
        "deployed on",
        "paid on",
        "published on",
        "day",
    ),
    "sex": ("gender", "m/f", "f/m"),
    "status": ("stage", "state"),
}
STATUS_WORDS = {
    "deployed": PersonStatus.DEPLOYED,
    "abroad": PersonStatus.DEPLOYED,
    "working": PersonStatus.DEPLOYED,
    "in process": PersonStatus.IN_PROCESS,
    "in_process": PersonStatus.IN_PROCESS,
    "jobseeker": PersonStatus.IN_PROCESS,
    "applicant": PersonStatus.IN_PROCESS,
    "returned": PersonStatus.RETURNED,
    "returnee": PersonStatus.RETURNED,
    "home": PersonStatus.RETURNED,
}
SEX_WORDS = {
    "f": Sex.FEMALE,
    "female": Sex.FEMALE,
    "woman": Sex.FEMALE,
    "w": Sex.FEMALE,
    "m": Sex.MALE,
    "male": Sex.MALE,
    "man": Sex.MALE,
    "x": Sex.OTHER,
    "other": Sex.OTHER,
    "": "",
    "-": "",
}
HALF = re.compile(r"(?P<year>\d{4})[- ]?H(?P<half>[12])", re.I)
MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?(?:[ T].*)?")
DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})")


@dataclass(frozen=True)
class ListRow:
    """One line of a list, understood. The day itself is not kept: only the half-year is needed."""

    reference: str
    name: str
    contact: str
    origin: str
    destination: str
    employer: str
    period: str
    sex: str
    status: str


@dataclass(frozen=True)
class Reading:
    """What a list says: its rows, what has to be corrected, what was met and which columns were not read."""

    rows: list[ListRow]
    problems: list[str] = field(default_factory=list)
    more_problems: int = 0
    notes: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def needed(kind: str) -> tuple[str, ...]:
    """The columns a list cannot do without."""
    if kind == FrameKind.PEOPLE:
        return ("reference", "name", "origin", "destination", "employer", "joined_on", "status")
    return ("reference", "origin", "destination", "employer", "joined_on")


def read_list(data: bytes, kind: str) -> Reading:
    """Read a file. Raises BadInput when there is no such table in it; wrong rows are told in the reading."""
    try:
        table = _table(data)
    except (csv.Error, ValueError, KeyError, zipfile.BadZipFile, NotImplementedError) as error:
        raise BadInput(
            fields={"file": [_("This is neither a CSV table nor an Excel workbook that can be read.")]}
        ) from error
    found = {_column(name): place for place, name in enumerate(table.columns) if _column(name)}
    missing = [str(HEADERS[name]) for name in needed(kind) if name not in found]
    if missing:
        raise BadInput(
            fields={
                "file": [
                    _(
                        "The list lacks the columns %(names)s. Download the empty list to see how they are called."
                    )
                    % {"names": ", ".join(missing)}
                ]
            }
        )
    if len(table.rows) > MOST_ROWS:
        raise BadInput(
            fields={
                "file": [
                    _("The list has %(found)s rows; at most %(most)s can be taken. Ask the audit firm.")
                    % {"found": f"{len(table.rows):,}", "most": f"{MOST_ROWS:,}"}
                ]
            }
        )
    rows = [(number, {name: cells[place] for name, place in found.items()}) for number, cells in table.rows]
    reading = _read_rows(rows, kind)
    ignored = [name for name in table.columns if not _column(name)]
    return replace(reading, notes=list(table.layout.notes), ignored=ignored)


def read_typed(text: str, kind: str) -> Reading:
    """Read lines that were typed or pasted, with the columns in our order. Raises BadInput on `text`."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise BadInput(fields={"text": [_("Type at least one line.")]})
    if len(lines) > MOST_TYPED:
        raise BadInput(
            fields={
                "text": [
                    _("These are %(found)s lines; up to %(most)s can be typed. Send a longer list as a file.")
                    % {"found": len(lines), "most": MOST_TYPED}
                ]
            }
        )
    delimiter = "\t" if "\t" in lines[0] else ";" if ";" in lines[0] else ","
    names = _names(kind)
    rows = []
    for number, cells in enumerate(csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter), start=1):
        if number == 1 and _column(cells[0].strip()) == "reference":
            continue
        rows.append((number, dict(zip(names, [*cells, *[""] * len(names)], strict=False))))
    return _read_rows(rows, kind)


def column_help(kind: str) -> list[tuple[str, str]]:
    """The columns in our order, each with what to write."""
    what = {
        "reference": _("your own number of it; each once"),
        "name": _("sealed on arrival; only the auditors of the team can open it"),
        "contact": _("phone or e-mail; sealed too"),
        "origin": _("the worker’s country, NP or Nepal"),
        "destination": _("the country of the job"),
        "employer": _("as in the contract"),
        "joined_on": _("2025-03-14; only the half-year is kept"),
        "sex": _("f, m, x or empty"),
        "status": _("deployed, in process or returned"),
    }
    return [(str(HEADERS[name]), what[name]) for name in _names(kind)]


def _names(kind: str) -> list[str]:
    personal = ("name", "contact", "sex", "status")
    return [name for name in HEADERS if kind == FrameKind.PEOPLE or name not in personal]


def as_text(kind: str) -> str:
    """An empty list: the columns in our order, one line."""
    return ",".join(str(HEADERS[name]) for name in _names(kind)) + "\n"


def _table(data: bytes) -> sheets.Table:
    """The table with the row on top that names most of our columns."""
    whole = sheets.read(data, replace(sheets.read(data).layout, header_row=0))
    top = whole.rows[:SEARCHED_FOR_HEADER]
    known = [(sum(bool(_column(cell)) for cell in cells), -number) for number, cells in top]
    best, number = max(known)
    return sheets.read(data, replace(whole.layout, header_row=-number if best > 1 else 1))


def _column(name: str) -> str:
    """The field a header stands for, or nothing."""
    plain = " ".join(name.casefold().replace("_", " ").split())
    for field_name, header in HEADERS.items():
        with override("en"):
            english = str(header)
        if plain in {
            str(header).casefold(),
            english.casefold(),
            field_name.replace("_", " "),
            *ALSO[field_name],
        }:
            return field_name
    return ""


def _read_rows(rows: Iterable[tuple[int, Mapping[str, str]]], kind: str) -> Reading:
    reader = _Reader(kind)
    found = [row for number, cells in rows if (row := reader.read(number, cells)) is not None]
    spelling = _spellings(row.employer for row in found)
    found = [replace(row, employer=spelling[row.employer.casefold()]) for row in found]
    return Reading(found, reader.problems[:MOST_PROBLEMS], max(0, len(reader.problems) - MOST_PROBLEMS))


def _spellings(names: Iterable[str]) -> dict[str, str]:
    """One spelling for names that differ in capitals only, whatever the order of the rows."""
    chosen: dict[str, str] = {}
    for name in sorted(set(names)):
        chosen.setdefault(name.casefold(), name)
    return chosen


class _Reader:
    """Reads rows one after the other, knowing the references met so far."""

    def __init__(self, kind: str) -> None:
        self.people = kind == FrameKind.PEOPLE
        self.kind = kind
        self.seen: dict[str, int] = {}
        self.problems: list[str] = []
        self.number = 0
        self.today = clocks.today()
        self.countries = _countries()

    def read(self, number: int, cells: Mapping[str, str]) -> ListRow | None:
        """The row, or None when something in it has to be corrected."""
        before, self.number = len(self.problems), number
        said = {name: _plain(cells.get(name, "")) for name in HEADERS}
        status = self._status(said["status"]) if self.people else ""
        waiting = status == PersonStatus.IN_PROCESS
        row = ListRow(
            reference=self._reference(said["reference"]),
            name=self._name(said["name"]) if self.people else "",
            contact=said["contact"] if self.people else "",
            origin=self._country("origin", said["origin"]),
            destination=self._country("destination", said["destination"]),
            employer=self._employer(said["employer"], needed=not waiting and self.kind != FrameKind.ADVERTS),
            period=self._period(said["joined_on"], needed=not waiting),
            sex=self._sex(said["sex"]) if self.people else "",
            status=status,
        )
        if row.origin and row.origin == row.destination:
            self._wrong(
                "destination",
                _("expected another country than “From”, found %(found)s in both. Change one of them.")
                % {"found": country_name(row.origin)},
            )
        return row if len(self.problems) == before else None

    def _wrong(self, column: str, text: str) -> None:
        self.problems.append(
            _("Row %(row)s, %(column)s: %(text)s")
            % {"row": self.number, "column": HEADERS[column], "text": text}
        )

    def _reference(self, text: str) -> str:
        if not text:
            self._wrong(
                "reference", _("expected a number or a code of yours, found nothing. Give each row its own.")
            )
            return ""
        first = self.seen.setdefault(text.casefold(), self.number)
        if first != self.number:
            self._wrong(
                "reference",
                _(
                    "expected each reference once, found “%(found)s” again, first in row %(first)s. Take one out."
                )
                % {"found": text[:60], "first": first},
            )
        return text[:LONGEST]

    def _name(self, text: str) -> str:
        if not text:
            self._wrong(
                "name", _("expected a name, found nothing. Only the auditors of the team can open it.")
            )
        return text[:LONGEST]

    def _country(self, column: str, text: str) -> str:
        code = self.countries.get(text.casefold(), "")
        if not code:
            self._wrong(
                column,
                _("expected a country such as NP or Nepal, found “%(found)s”. Write its two-letter code.")
                % {"found": text[:60]},
            )
        return code

    def _employer(self, text: str, *, needed: bool) -> str:
        if not text and needed:
            self._wrong(
                "employer",
                _("expected the name of the employer, found nothing. Write it as in the contract."),
            )
        if text[:1] in {"=", "+", "-", "@"}:
            self._wrong(
                "employer",
                _("expected a name, found “%(found)s”, which looks like a formula. Write the name as text.")
                % {"found": text[:60]},
            )
        return text[:LONGEST]

    def _period(self, text: str, *, needed: bool) -> str:
        if not text and not needed:
            return ""
        found = half_year(text)
        if not found:
            self._wrong(
                "joined_on",
                _("expected a day such as 2025-03-14, found “%(found)s”. Write year, month and day.")
                % {"found": text[:60]},
            )
        elif needed and found > half_of(self.today):
            self._wrong(
                "joined_on",
                _("expected a day that has come, found “%(found)s”. Correct the year.")
                % {"found": text[:60]},
            )
        return found

    def _sex(self, text: str) -> str:
        found = SEX_WORDS.get(text.casefold())
        if found is None:
            self._wrong(
                "sex",
                _("expected f, m, x or nothing, found “%(found)s”. Write one letter.") % {"found": text[:60]},
            )
        return str(found or "")

    def _status(self, text: str) -> str:
        plain = text.casefold()
        found = STATUS_WORDS.get(plain) or next(
            (one for one in PersonStatus if str(one.label).casefold() == plain), None
        )
        if found is None:
            self._wrong(
                "status",
                _("expected deployed, in process or returned, found “%(found)s”. Write one of these.")
                % {"found": text[:60]},
            )
        return str(found or "")


def _plain(text: str) -> str:
    """A cell in one line; what an export wrote as text lest a spreadsheet compute it is text again."""
    plain = " ".join(text.split())
    return plain[1:] if plain[:1] == "'" and plain[1:2] in {"=", "+", "-", "@"} else plain


def _countries() -> dict[str, str]:
    """Codes and names, English and the reader's own, in small letters."""
    own = {country_name(code).casefold(): code for code, _english in COUNTRY_CHOICES}
    english = {name.casefold(): code for code, name in COUNTRY_CHOICES}
    return own | english | {code.casefold(): code for code, _english in COUNTRY_CHOICES}


def half_of(day: date) -> str:
    """The half-year of a day: 2025-H1."""
    return f"{day.year}-H{1 if day.month <= 6 else 2}"


def half_year(text: str) -> str:
    """The half-year of a day as people write it; empty when it is none, or could be read in two ways."""
    if match := HALF.fullmatch(text):
        return f"{match['year']}-H{match['half']}" if 1950 <= int(match["year"]) <= 2100 else ""
    match = MONTH.fullmatch(text) or DOTTED.fullmatch(text)
    if not match:
        return ""
    parts = {name: int(value) for name, value in match.groupdict().items() if value}
    try:
        day = date(parts["year"], parts["month"], parts.get("day", 1))
    except ValueError:
        return ""
    return half_of(day) if 1950 <= day.year <= 2100 else ""
