"""Tables too long for memory: looked at, counted and then read as a stream, with the guesses of iris.core.sheets.

`look` reads the whole file once, so that whatever is wrong with it is said before anything is kept. `lines` reads it
again, row by row. A CSV costs no memory whatever its length; a workbook is refused by what it unpacks to, before it is
unpacked.
"""

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes
from django.conf import settings
from django.utils.translation import gettext as _

from iris.core import files, sheets, unpacking
from iris.core.errors import BadInput
from iris.core.sheets import MAX_CELL, Layout

Line = tuple[int, list[str]]
SAMPLE = 200  # lines kept for the guesses and the preview
CHUNK = 1 << 20
LARGE_PART = 20_000_000  # a sheet this large is opened once, not twice
LONGEST_FIELD = 1_000_000
MOST_BREAKS = 200  # a cell with more line breaks is a quotation mark that nobody closed
MOST_COLUMNS = 500
ANY_BYTE = "latin-1"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Head:
    """What a file is: its layout, its column names, its first rows, and how many rows stand below the names."""

    layout: Layout
    columns: tuple[str, ...]
    sample: tuple[Line, ...]
    n_rows: int
    n_blank: int = 0


def most_rows() -> int:
    """The longest list that is taken (setting IRIS_LIST_MOST_ROWS)."""
    return int(settings.IRIS_LIST_MOST_ROWS)


def look(path: Path, layout: Layout | None = None) -> Head:
    """Read the file once: guess what `layout` leaves out, count the rows. Raises BadInput where it is no table."""
    with _refusing(path):
        used = layout or _guess(path)
        first: list[Line] = []
        count = blank = width = 0
        for number, cells in _numbered(path, used):
            if len(first) < SAMPLE:
                first.append((number, cells))
            width = max(width, len(cells))
            count, blank = (count + 1, blank) if any(cells) else (count, blank + 1)
    if not count:
        raise BadInput(_("The file holds no rows. Choose the sheet or file that holds the list."))
    if layout is None:
        head = sheets._guess_header([cells for _n, cells in first[: sheets.SEARCHED_FOR_HEADER]])
        used = replace(used, header_row=first[head - 1][0] if head else 0)
    names, notes = _names(next((cells for n, cells in first if n == used.header_row), []), width)
    above = sum(1 for n, cells in first if n <= used.header_row and any(cells))
    used = replace(used, notes=(*used.notes, *notes))
    if count - above > most_rows():
        raise _too_long(used.header_row + most_rows() + 1)
    sample = tuple((n, _wide(cells, width)) for n, cells in first if n > used.header_row and any(cells))
    return Head(used, names, sample, count - above, blank)


def lines(path: Path, layout: Layout, width: int) -> Iterator[Line]:
    """The rows below the column names as they are, blank ones left out, each as wide as the header."""
    with _refusing(path):
        for number, cells in _numbered(path, layout):
            if number > layout.header_row and any(cells):
                yield number, _wide(cells, width)


def _wide(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells)) if len(cells) < width else cells[:width]


def _names(head: Sequence[str], width: int) -> tuple[tuple[str, ...], list[str]]:
    """A name for each column; two of the same name are told apart by their letters."""
    plain = [(head[index] if index < len(head) else "").strip()[:120] for index in range(width)]
    seen: dict[str, list[int]] = {}
    for index, name in enumerate(plain):
        seen.setdefault(name.casefold(), []).append(index)
    notes = [
        _("%(n)s columns are called “%(name)s” (%(letters)s): choose the one that is meant.")
        % {
            "n": len(places),
            "name": plain[places[0]],
            "letters": ", ".join(sheets.letter(i) for i in places),
        }
        for name, places in seen.items()
        if name and len(places) > 1
    ]
    names = [
        _("Column %(letter)s") % {"letter": sheets.letter(i)}
        if not name
        else f"{name} ({sheets.letter(i)})"
        if len(seen[name.casefold()]) > 1
        else name
        for i, name in enumerate(plain)
    ]
    return tuple(names), notes


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Whatever a broken file makes a reader say becomes one sentence."""
    try:
        yield
    except BadInput:
        raise
    except (
        zipfile.BadZipFile, zlib.error, csv.Error, OSError, ValueError, LookupError, TypeError, EOFError,
        RuntimeError, NotImplementedError, SyntaxError, OverflowError,
    ) as error:  # fmt: skip
        raise _unreadable() from error
    except BaseException as error:
        kind = type(error)  # how the workbook reader gives up; some of its ways are no Exception
        if kind.__name__ != "PanicException" and not kind.__module__.startswith("python_calamine"):
            raise
        raise _unreadable() from error


def _unreadable() -> BadInput:
    return BadInput(
        _("The file cannot be read: it is damaged or not what its name says. Open it, save it again as ")
        + _(".xlsx without a password or as CSV, and upload that.")
    )


def _numbered(path: Path, layout: Layout) -> Iterator[Line]:
    """Every line with its number from 1, however it is stored."""
    rows = _workbook_lines(path, layout) if layout.kind == "xlsx" else _csv_lines(path, layout)
    most = most_rows() + max(layout.header_row, sheets.SEARCHED_FOR_HEADER)
    for number, cells in rows:
        if number > most and any(cells):
            raise _too_long(number)
        if len(cells) > MOST_COLUMNS:
            raise BadInput(
                _("Row %(row)s: expected at most %(most)s columns, found %(found)s. Delete those not needed.")
                % {"row": number, "most": MOST_COLUMNS, "found": len(cells)}
            )
        yield number, cells


def _too_long(number: int) -> BadInput:
    return BadInput(
        _("Row %(row)s: expected at most %(most)s rows in a list, found more. Split it into shorter ones.")
        % {"row": f"{number:,}", "most": f"{most_rows():,}"}
    )


def _guess(path: Path) -> Layout:
    with path.open("rb") as file:
        start = file.read(4)
    if start == b"PK\x03\x04":
        return _workbook_layout(path)
    encoding, notes = _guess_encoding(path)
    with path.open(encoding=encoding, newline="", errors="replace") as text:
        delimiter = sheets.guess_delimiter(text.read(200_000))
    return Layout("csv", encoding, delimiter, header_row=0, notes=tuple(notes))


# -- CSV ------------------------------------------------------------------------------------------------


def _csv_lines(path: Path, layout: Layout) -> Iterator[Line]:
    csv.field_size_limit(LONGEST_FIELD)
    number = 0
    cells: list[str] = []
    with path.open(encoding=layout.encoding, newline="") as text:
        whole = (line.replace("\x00", "") for line in text)
        reader = csv.reader(whole, delimiter=layout.delimiter)
        try:
            for number, raw in enumerate(reader, start=1):
                cells = [
                    cell.strip() if len(cell) <= MAX_CELL else cell[: MAX_CELL + 1].strip()[:MAX_CELL]
                    for cell in raw
                ]
                if reader.line_num - number > MOST_BREAKS:
                    _check_breaks(number, raw)
                yield number, cells
        except csv.Error as error:
            raise BadInput(
                _(
                    "Row %(row)s: expected cells of at most %(most)s characters, found a longer one (%(why)s). "
                )
                % {"row": number + 1, "most": f"{LONGEST_FIELD:,}", "why": error}
                + _("Look for a quotation mark that is not closed, and close it.")
            ) from error
        except UnicodeError as error:
            raise _wrong_encoding(layout.encoding, number + 1, error) from error
    _check_end(path, layout, number, cells)


def _check_breaks(number: int, raw: Sequence[str]) -> None:
    for index, cell in enumerate(raw):
        if cell.count("\n") > MOST_BREAKS:
            raise _open_quote(number, index, cell.count("\n"))


def _check_end(path: Path, layout: Layout, number: int, cells: Sequence[str]) -> None:
    """A file that ends inside quotation marks has swallowed the rows after the mark."""
    breaks = cells[-1].count("\n") if cells else 0
    if not breaks:
        return
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 64))
        tail = file.read().decode(layout.encoding.removesuffix("-sig"), errors="ignore")
    if not tail.replace("\x00", "").rstrip().endswith('"'):
        raise _open_quote(number, len(cells) - 1, breaks)


def _open_quote(number: int, index: int, breaks: int) -> BadInput:
    return BadInput(
        _("Row %(row)s, column %(column)s: expected a closing quotation mark, found none for %(n)s lines. ")
        % {"row": number, "column": sheets.letter(index), "n": breaks}
        + _("Close it or remove it, and upload the file again.")
    )


def _wrong_encoding(encoding: str, number: int, error: UnicodeError) -> BadInput:
    label = dict(sheets.ENCODINGS).get(encoding, encoding)
    found = ""
    if isinstance(error, UnicodeDecodeError):
        found = " ".join(f"{byte:02X}" for byte in error.object[error.start : error.start + 3])
    sentence = _(
        "Near row %(row)s: expected text in %(encoding)s, found the bytes %(found)s. Choose another encoding."
    ) % {"row": number, "encoding": label, "found": found or "?"}
    return BadInput(sentence, fields={"encoding": [sentence]})


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _undecodable_at(path: Path, encoding: str) -> int | None:
    """Where the file stops being text in this encoding; None when it never does."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
            done += len(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        return done + int(getattr(error, "start", 0))
    return None


def _guess_encoding(path: Path) -> tuple[str, list[str]]:
    """By byte-order mark where it tells the truth, by being valid UTF-8, else the likeliest of the known ones."""
    with path.open("rb") as file:
        start = file.read(4_096)
    claimed = next((name for bom, name in _BOMS if start.startswith(bom)), "")
    claimed = claimed or files.utf_16_without_mark(start)
    if claimed and _undecodable_at(path, claimed) is None:
        return claimed, []
    bad = _undecodable_at(path, "utf-8")
    if bad is None:
        return "utf-8-sig", []
    found = _likeliest(path, bad)
    label = dict(sheets.ENCODINGS).get(claimed, claimed)
    notes = [
        _("The file says that it is %(claimed)s, and is not: we read it as %(found)s. Look at the first rows.")
        % {"claimed": label, "found": dict(sheets.ENCODINGS).get(found, found)}
    ]  # fmt: skip
    return found, notes if claimed else []


def _likeliest(path: Path, bad: int) -> str:
    """The encoding that explains the bytes around the first one that is not UTF-8, and the whole file."""
    with path.open("rb") as file:
        sample = file.read(100_000)
        file.seek(max(0, bad - 20_000))
        sample += file.read(100_000)
    known = [name for name, _label in sheets.ENCODINGS if not name.startswith("utf") and name != ANY_BYTE]
    best = from_bytes(sample, cp_isolation=known).best()
    found = best.encoding if best else "cp1252"
    western = _undecodable_at(path, "cp1252") is None
    if western and (found not in known or _same(sample, found, "cp1252")):
        return "cp1252"
    if found in known and _undecodable_at(path, found) is None:
        return found
    return "cp1252" if western else ANY_BYTE


def _same(sample: bytes, one: str, other: str) -> bool:
    return sample.decode(one, errors="replace") == sample.decode(other, errors="replace")


# -- XLSX -----------------------------------------------------------------------------------------------


def check_workbook(path: Path) -> None:
    """Refuse a workbook by what it unpacks to, before it is unpacked. Raises BadInput."""
    with _refusing(path):
        unpacking.check_workbook(path, int(settings.IRIS_LIST_MOST_UNPACKED_MB) * 1_000_000)


def _open_book(path: Path) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook

    check_workbook(path)
    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, ValueError, OSError) as error:
        raise BadInput(
            _("The workbook cannot be opened. Save it again as .xlsx without a password.")
        ) from error


def _workbook_layout(path: Path) -> Layout:
    book = _open_book(path)
    names = tuple(book.sheet_names)
    if not names:
        raise BadInput(_("The workbook has no sheet with cells. Save the list as the first sheet."))
    name = names[0] if len(names) == 1 else _fullest(path, book, names)
    notes = _formula_notes(path, names.index(name))
    if max((size for _name, size in _sheet_parts(path)), default=0) < LARGE_PART:
        merged = book.get_sheet_by_name(name).merged_cell_ranges or []
        if merged:
            notes.append(
                _("%(n)s merged areas: each of their cells was given the value of the first.")
                % {"n": len(merged)}
            )
    return Layout("xlsx", sheet=name, sheets=names, header_row=0, notes=tuple(notes))


def _fullest(path: Path, book: Any, names: Sequence[str]) -> str:
    """The sheet with the most rows; of very large workbooks the sheet whose part is the largest."""
    parts = _sheet_parts(path)
    if len(parts) == len(names) and max(size for _name, size in parts) > LARGE_PART:
        return max(zip(names, parts, strict=True), key=lambda pair: pair[1][1])[0]
    return max(names, key=lambda name: book.get_sheet_by_name(name).total_height)


def _sheet_parts(path: Path) -> list[tuple[str, int]]:
    with zipfile.ZipFile(path) as archive:
        found = [
            (info.filename, info.file_size)
            for info in archive.infolist()
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", info.filename)
        ]
    return sorted(found, key=lambda part: int(re.sub(r"\D", "", part[0])))


def _formula_notes(path: Path, index: int) -> list[str]:
    """Formulas are counted in the part itself, as it is unpacked, and never computed."""
    parts = _sheet_parts(path)
    if index >= len(parts):
        return []
    formulas, rest = 0, b""
    with zipfile.ZipFile(path) as archive, archive.open(parts[index][0]) as part:
        while chunk := part.read(CHUNK):
            text = rest + chunk
            formulas += len(re.findall(rb"<f[ >/]", text[:-2]))
            rest = text[-2:]
        formulas += len(re.findall(rb"<f[ >/]", rest))
    if not formulas:
        return []
    return [
        _("%(n)s cells hold formulas: we read the value stored with each; one without a stored value is empty.")
        % {"n": formulas}
    ]  # fmt: skip


def _workbook_lines(path: Path, layout: Layout) -> Iterator[Line]:
    book = _open_book(path)
    if layout.sheet not in book.sheet_names:
        raise BadInput(fields={"sheet": [_("The workbook has no sheet of this name. Choose another.")]})
    sheet = book.get_sheet_by_name(layout.sheet)
    left = [""] * (
        sheet.start[1] if sheet.start else 0
    )  # the reader leaves out empty columns, not empty rows
    rows = ([*left, *map(sheets._as_text, row)] for row in sheet.iter_rows())
    return _filled(enumerate(rows, start=1), sorted(sheet.merged_cell_ranges or []))


def _filled(
    rows: Iterator[Line], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[Line]:
    """Each cell of a merged area gets the value of its first; areas are sorted by their first row."""
    waiting = list(merged)[::-1]
    running: list[tuple[int, int, int, str]] = []  # last row, first column, last column, value
    for number, cells in rows:
        at = number - 1
        while waiting and waiting[-1][0][0] <= at:
            (_top, first), (bottom, last) = waiting.pop()
            running.append((bottom, first, last, cells[first] if first < len(cells) else ""))
            if len(running) > MOST_COLUMNS:
                raise BadInput(
                    _("Merged areas of the sheet lie over each other. Split them and save it again.")
                )
        if running:
            for bottom, first, last, value in running:
                if at <= bottom:
                    cells[first : last + 1] = [value] * (min(last + 1, max(len(cells), first)) - first)
            running = [one for one in running if one[0] > at]
        yield number, cells


def from_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows that came by machine, as the CSV they are kept as."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()
