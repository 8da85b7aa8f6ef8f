"""The result with the original columns first, written as it is read; no cell of it is a formula."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core.places import country_name
from iris.core.sheets import harmless, letter
from supplychain.lookups.states import How
from supplychain.screenings.models import RowOutcome, Screening, ScreeningFact, ScreeningRow
from supplychain.screenings.selectors.comparing import Side, differences
from supplychain.screenings.states import Resolution, RowResult

PORTION = 2_000
CHANGES = 20_000
MOST_AGENCIES = 50_000
LONGEST_CELL = 32_000
_NOT_PLAIN = re.compile("[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _header(screening: Screening) -> list[str]:
    return [
        *screening.columns,
        _("Row"),
        _("Result"),
        _("Agency"),
        _("Country of the agency"),
        _("Standing then"),
        _("Certificate"),
        _("Licences then"),
        _("Found by"),
        _("Alike, %"),
        _("Why"),
        _("Other names alike"),
        _("Same as row"),
        _("Your resolution"),
        _("Resolved by"),
        _("Problem"),
        _("Checked at (UTC)"),
    ]


class _Row(NamedTuple):
    """One row as it came."""

    number: int
    cells: list[str]
    same_as: int | None
    problem: str
    warning: str


class _Came(NamedTuple):
    """What one row came to."""

    number: int
    result: str
    how: str
    score: float
    why: str
    similar: list[dict[str, Any]]
    same_as: int | None
    resolution: str
    checked_at: datetime
    fact_id: UUID | None
    chosen_id: UUID | None
    resolved_by_id: UUID | None


class _Agencies:
    """The cells that an agency's facts make, made once however many rows rest on them; some memory, never all."""

    def __init__(self) -> None:
        self._made: dict[UUID, tuple[str, ...]] = {}

    def of(self, page: Iterable[_Came]) -> dict[UUID, tuple[str, ...]]:
        """By the id of the facts, for all rows of a page in one query at most."""
        wanted = {key for one in page if (key := _meant(one))}
        if len(self._made) > MOST_AGENCIES:
            self._made = {key: cells for key, cells in self._made.items() if key in wanted}
        missing = wanted - self._made.keys()
        for key, facts in ScreeningFact.objects.filter(pk__in=missing).values_list("pk", "facts"):
            self._made[key] = _agency(facts)
        return self._made


def _meant(one: _Came) -> UUID | None:
    """The facts a row stands for now: those a person chose, else those found; none once that was rejected."""
    return None if one.resolution == Resolution.NONE else one.chosen_id or one.fact_id


def _agency(facts: dict[str, Any]) -> tuple[str, ...]:
    certificate = facts.get("certificate") or {}
    return (
        facts.get("legal_name", ""),
        country_name(facts["country"]),
        _standing(facts),
        certificate.get("number", ""),
        "; ".join(_licence(licence) for licence in facts.get("licences", ())),
    )


def _standing(facts: dict[str, Any]) -> str:
    """How it stood, and that the company ended, in the words that were kept."""
    ended = facts.get("ended")
    return f"{facts['standing']['label']}. {ended['sentence']}" if ended else str(facts["standing"]["label"])


def _licence(one: dict[str, Any]) -> str:
    return f"{one['country']} {one['number']}: {one['label']}"


class _Words:
    """Labels in the reader's language, asked for once: a million rows have few of them."""

    def __init__(self) -> None:
        self.result = {str(one): str(one.label) for one in RowResult}
        self.how = {str(one): str(one.label) for one in How}
        self.resolution = {str(one): str(one.label) for one in Resolution}
        self._people: dict[UUID, str] = {}

    def person(self, key: UUID | None) -> str:
        """What a person is called."""
        if key and key not in self._people:
            self._people[key] = User.objects.get(pk=key).label
        return self._people[key] if key else ""


def _line(row: _Row, one: _Came | None, agencies: dict[UUID, tuple[str, ...]], words: _Words) -> list[str]:
    ours = [*row.cells, str(row.number)]
    problem = row.problem or row.warning
    if one is None:
        return [*ours, *[""] * 10, str(row.same_as or ""), "", "", problem, ""]
    meant = _meant(one)
    agency = agencies[meant] if meant else ("",) * 5
    return [
        *ours,
        words.result[one.result],
        *agency,
        words.how.get(str(How.CHOSEN) if one.chosen_id else one.how, "") if meant else "",
        str(round(one.score * 100)) if one.score else "",
        one.why,
        "" if meant else "; ".join(f"{other['name']} ({round(other['score'] * 100)}%)" for other in one.similar),
        str(one.same_as or ""),
        words.resolution[one.resolution] if one.resolution else "",
        words.person(one.resolved_by_id),
        problem,
        f"{one.checked_at:%Y-%m-%d %H:%M}",
    ]  # fmt: skip


def _lines(screening: Screening, result: str) -> Iterator[list[str]]:
    yield _header(screening)
    agencies, words = _Agencies(), _Words()
    for rows, came in _pages(screening, result):
        cells = agencies.of(came.values())
        for row in rows:
            yield _line(row, came.get(row.number), cells, words)


def _pages(screening: Screening, result: str) -> Iterator[tuple[list[_Row], dict[int, _Came]]]:
    """Rows in order of their number with what they came to, a portion at a time."""
    after = 0
    while True:
        rows = ScreeningRow.objects.filter(screening_id=screening.pk)
        outcomes = RowOutcome.objects.filter(screening_id=screening.pk)
        if result:
            chosen = outcomes.filter(result=result, number__gt=after).order_by("number")
            numbers = list(chosen.values_list("number", flat=True)[:PORTION])
            rows, outcomes = rows.filter(number__in=numbers), outcomes.filter(number__in=numbers)
        found = rows.filter(number__gt=after).order_by("number").values_list(*_Row._fields)
        page = [_Row._make(one) for one in found[:PORTION]]
        if not page:
            return
        span = outcomes.filter(number__gt=after, number__lte=page[-1].number)
        came = [_Came._make(one) for one in span.values_list(*_Came._fields)]
        yield page, {one.number: one for one in came}
        after = page[-1].number


def as_csv(screening: Screening, result: str = "") -> Iterator[bytes]:
    """UTF-8 with a byte-order mark, commas, every cell harmless to a spreadsheet."""
    return _csv(_lines(screening, result))


def difference_as_csv(now: Screening, was: Screening, change: str = "") -> Iterator[bytes]:
    """What has changed between two screenings, as the page of it lists it."""
    return _csv(_changes(now, was, change))


def difference_as_xlsx(now: Screening, was: Screening, change: str = "") -> Iterator[bytes]:
    """The same as a workbook whose cells are all text."""
    return _xlsx(_changes(now, was, change))


def _changes(now: Screening, was: Screening, change: str) -> Iterator[list[str]]:
    yield [
        _("Row"), _("Name"), _("Country"), _("Change"), _("Result before"), _("Agency before"),
        _("Standing before"), _("Result now"), _("Agency now"), _("Standing now"),
    ]  # fmt: skip
    after, after_change = 0, ""
    while page := differences(now, was, change, after, CHANGES, after_change=after_change):
        for one in page:
            sides = [part for side in (one.was, one.now) for part in _side(side)]
            place = country_name(one.country) if one.country else ""
            yield [str(one.number), one.name, place, str(one.change.label), *sides]
        after, after_change = page[-1].number, str(page[-1].change)


def _side(side: Side) -> list[str]:
    return [str(side.result.label) if side.result else "", side.agency, side.standing]


def _csv(lines: Iterable[list[str]]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    out = io.StringIO()
    writer = csv.writer(out)
    for count, line in enumerate(lines, start=1):
        writer.writerow([harmless(cell) for cell in line])
        if count % PORTION == 0:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    data = out.getvalue().encode(errors="replace")
    out.seek(0)
    out.truncate()
    return data


# -- XLSX, part by part: a zip needs no seeking, and every cell is text -------------------------------------

_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""  # noqa: E501
_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""  # noqa: E501
_BOOK = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>"""  # noqa: E501
_BOOK_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"""  # noqa: E501
_STYLES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""  # noqa: E501
_SHEET = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>"""  # noqa: E501


class _Pipe(io.RawIOBase):
    """Where the zip writes to and the answer is read from."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        data, self.parts = b"".join(self.parts), []
        return data


def as_xlsx(screening: Screening, result: str = "") -> Iterator[bytes]:
    """A workbook whose cells are all text, sent as it is made: a million rows cost no memory."""
    return _xlsx(_lines(screening, result))


def _xlsx(lines: Iterable[list[str]]) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr("[Content_Types].xml", _TYPES)
        book.writestr("_rels/.rels", _RELATIONS)
        book.writestr("xl/workbook.xml", _BOOK.format(name=escape(_("Screening"))[:31]))
        book.writestr("xl/_rels/workbook.xml.rels", _BOOK_RELATIONS)
        book.writestr("xl/styles.xml", _STYLES)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_SHEET.encode())
            for text in _sheet_rows(lines):
                sheet.write(text.encode())
                if pipe.parts:
                    yield pipe.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield pipe.taken()


def _sheet_rows(lines: Iterable[list[str]]) -> Iterator[str]:
    letters: list[str] = []
    parts: list[str] = []
    for number, line in enumerate(lines, start=1):
        if number == 1:
            letters = [letter(i) for i in range(len(line))]
        style = ' s="1"' if number == 1 else ""
        cells = "".join(
            f'<c r="{name}{number}"{style} t="inlineStr"><is><t xml:space="preserve">{_xml(cell)}</t></is></c>'
            for name, cell in zip(letters, line, strict=True)
            if cell
        )
        parts.append(f'<row r="{number}">{cells}</row>')
        if len(parts) == 500:
            yield "".join(parts)
            parts = []
    yield "".join(parts)


def _xml(cell: str) -> str:
    if not _NOT_PLAIN.search(cell) and len(cell) <= LONGEST_CELL:
        return cell
    return _NOT_XML.sub("", escape(cell[:LONGEST_CELL], quote=False))
