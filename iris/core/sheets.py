"""Tables that people upload as they are: CSV in any encoding and delimiter, XLSX with formulas and merged cells.

Everything guessed is said (`Layout`), can be corrected, and read again. Cells come back as text; nothing is evaluated.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from iris.core import unpacking
from iris.core.errors import BadInput

ENCODINGS: tuple[tuple[str, str], ...] = (
    ("utf-8-sig", "UTF-8"),
    ("cp1252", "Windows-1252 (Western Europe)"),
    ("cp1250", "Windows-1250 (Central Europe)"),
    ("cp1251", "Windows-1251 (Cyrillic)"),
    ("cp1256", "Windows-1256 (Arabic)"),
    ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16 without a mark"),
    ("utf-16-be", "UTF-16 without a mark, big end first"),
    ("gb18030", "GB 18030 (Chinese)"),
    ("shift_jis", "Shift JIS (Japanese)"),
    ("latin-1", "ISO 8859-1 (takes any byte)"),
)
DELIMITERS: tuple[tuple[str, str], ...] = ((",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar"))
HEADER_WORDS = re.compile(
    r"\b(name|organi[sz]ation|company|supplier|agency|recruiter|employer|vendor|firm|country|ctry|nation|city|licen[cs]e|"
    r"number|no|id|registration|certificate|town|nazwa|firma|kraj|nombre|pa[ií]s|nom|pays)\b",
    re.I,
)
SEARCHED_FOR_HEADER = 10
MAX_ROWS = 1_000_000
MAX_CELL = 2_000
MAX_CELLS = 10_000_000  # of the whole table, each row as wide as the widest
MAX_UNPACKED = 200_000_000


@dataclass(frozen=True)
class Layout:
    """How a file is read. `header_row` counts from 1; 0 means that there is none. `notes` tell what was met."""

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    header_row: int = 1
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A read file: column names, and for each data row its number in the file (from 1) and its cells."""

    layout: Layout
    columns: tuple[str, ...]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def read(data: bytes, layout: Layout | None = None, most_rows: int = MAX_ROWS) -> Table:
    """Read a file, guessing what `layout` leaves out. Raises BadInput when there is no table in it.

    A workbook with more than `most_rows` rows is refused before it is opened.
    """
    if data.startswith(b"PK\x03\x04"):
        lines, used = _read_xlsx(data, layout, most_rows)
    else:
        lines, used = _read_csv(data, layout)
    if not any(any(cells) for _number, cells in lines):
        raise BadInput(_("The file holds no rows. Choose the sheet or file that holds the list."))
    if layout is None:
        used = replace(
            used, header_row=_guess_header([cells for _number, cells in lines[:SEARCHED_FOR_HEADER]])
        )
    return _table(lines, used)


def _table(lines: list[tuple[int, list[str]]], layout: Layout) -> Table:
    at, width = max(((number, len(cells)) for number, cells in lines), key=lambda line: line[1])
    refuse_wide(at, width, len(lines))
    head = next((cells for number, cells in lines if number == layout.header_row), [])
    names = [(head[index] if index < len(head) else "").strip() for index in range(width)]
    columns = tuple(
        name[:120] or _("Column %(letter)s") % {"letter": letter(i)} for i, name in enumerate(names)
    )
    rows = [
        (number, [*cells, *[""] * (width - len(cells))])
        for number, cells in lines
        if number > layout.header_row and any(cell.strip() for cell in cells)
    ]
    return Table(layout, columns, rows)


def refuse_wide(row: int, width: int, rows: int) -> None:
    """Refuse a table that one long row makes too large: every row is read as wide as the widest. Raises BadInput."""
    if width * rows > MAX_CELLS:
        raise BadInput(
            _(
                "Row %(row)s has %(width)s columns, which is too much for a list of %(rows)s rows. Delete the columns "
                "not needed, or split the list."
            )
            % {"row": f"{row:,}", "width": f"{width:,}", "rows": f"{rows:,}"}
        )


def letter(index: int) -> str:
    """The spreadsheet's name of a column: 0 -> A, 26 -> AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _guess_header(lines: Sequence[Sequence[str]]) -> int:
    """The first line in which most filled cells read like column names; 0 when none does."""
    for number, cells in enumerate(lines, start=1):
        filled = [cell for cell in cells if cell.strip()]
        hits = [cell for cell in filled if len(cell) < 40 and HEADER_WORDS.search(cell)]
        if filled and len(hits) * 2 >= len(filled) and len(hits) >= min(2, max(len(line) for line in lines)):
            return number
    return 0


# -- CSV ------------------------------------------------------------------------------------------------


def _read_csv(data: bytes, layout: Layout | None) -> tuple[list[tuple[int, list[str]]], Layout]:
    encoding = layout.encoding if layout else guess_encoding(data)
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise BadInput(
            fields={
                "encoding": [
                    _("The file cannot be read as %(encoding)s. Choose another encoding.")
                    % {"encoding": encoding}
                ]
            }
        ) from error
    delimiter = layout.delimiter if layout else guess_delimiter(text)
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)
    lines: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(reader, start=1):
            _not_too_many(number)
            lines.append((number, [cell[:MAX_CELL].strip() for cell in cells]))
    except csv.Error as error:
        raise BadInput(
            _("Row %(row)s cannot be read: %(why)s. Check its quotation marks.")
            % {"row": len(lines) + 1, "why": error}
        ) from error
    header = layout.header_row if layout else 1
    return lines, Layout("csv", encoding, delimiter, header_row=header)


def guess_encoding(data: bytes) -> str:
    """The encoding by byte-order mark, by being valid UTF-8, else the likeliest of ENCODINGS."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        known = [name for name, _label in ENCODINGS if not name.startswith("utf") and name != "latin-1"]
        best = from_bytes(data[:200_000], cp_isolation=known).best()
        found = best.encoding if best else "cp1252"
        if _decodes(data, "cp1252") and _decodes(data, found) and data.decode(found) == data.decode("cp1252"):
            return "cp1252"  # several encodings give the same text: name the commonest
        return (
            found
            if found in known and _decodes(data, found)
            else "cp1252"
            if _decodes(data, "cp1252")
            else "gb18030"
        )
    return "utf-8-sig"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def guess_delimiter(text: str) -> str:
    """The delimiter that splits the first lines most evenly."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    best, most = ",", 0.0
    for delimiter, _word in DELIMITERS:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        usual = max(set(widths), key=widths.count) if widths else 1
        evenness = widths.count(usual) / len(widths) if widths else 0
        points = evenness * min(usual - 1, 20)
        if points > most:
            best, most = delimiter, points
    return best


# -- XLSX -----------------------------------------------------------------------------------------------


def _read_xlsx(
    data: bytes, layout: Layout | None, most_rows: int
) -> tuple[list[tuple[int, list[str]]], Layout]:
    try:
        unpacking.check_workbook(io.BytesIO(data), MAX_UNPACKED, most_rows)
        return _opened_xlsx(data, layout)
    except BadInput:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        EOFError,
    ) as error:
        raise _closed() from error
    except BaseException as error:
        kind = type(error)  # how the reader of workbooks gives up; some of its ways are no Exception
        if kind.__name__ != "PanicException" and not kind.__module__.startswith("python_calamine"):
            raise
        raise _closed() from error


def _closed() -> BadInput:
    return BadInput(_("The workbook cannot be opened. Save it again as .xlsx without a password."))


def _opened_xlsx(data: bytes, layout: Layout | None) -> tuple[list[tuple[int, list[str]]], Layout]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = tuple(book.sheet_names)
    wanted = layout.sheet if layout and layout.sheet in names else ""
    name = wanted or _fullest(book, names)
    sheet = book.get_sheet_by_name(name)
    grid = sheet.to_python(skip_empty_area=False)
    lines: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(grid, start=1):
        _not_too_many(number)
        lines.append((number, [_as_text(cell) for cell in cells]))
    notes = _notes(data, names.index(name))
    merged = _fill_merged(lines, sheet.merged_cell_ranges or [])
    if merged:
        notes.append(
            _("%(n)s merged areas: each of their cells was given the value of the first.") % {"n": merged}
        )
    header = layout.header_row if layout else 1
    return lines, Layout("xlsx", sheet=name, sheets=names, header_row=header, notes=tuple(notes))


def _fullest(book: object, names: tuple[str, ...]) -> str:
    return max(names, key=lambda name: book.get_sheet_by_name(name).total_height)  # type: ignore[attr-defined]


def _fill_merged(
    lines: list[tuple[int, list[str]]], ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> int:
    """Give each cell of a merged area its first value. Ranges count from 0 and may lie outside the lines."""
    filled = 0
    room = sum(len(cells) for _number, cells in lines)
    for (top, left), (bottom, right) in ranges:
        if top >= len(lines) or left >= len(lines[top][1]):
            continue
        room -= (min(bottom, len(lines) - 1) - top + 1) * (min(right, len(lines[top][1]) - 1) - left + 1)
        if room < 0:
            raise BadInput(_("Merged areas of the sheet lie over each other. Split them and save it again."))
        value = lines[top][1][left]
        for row in range(top, min(bottom, len(lines) - 1) + 1):
            cells = lines[row][1]
            for column in range(left, min(right, len(cells) - 1) + 1):
                cells[column] = value
        filled += 1
    return filled


def _notes(data: bytes, index: int) -> list[str]:
    """What the sheet holds besides values: formulas are counted in the file itself, never computed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = sorted(
            (name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)),
            key=lambda name: int(re.sub(r"\D", "", name)),
        )
        body = archive.read(sheets[index]) if index < len(sheets) else b""
    formulas = len(re.findall(rb"<f[ >/]", body))
    if not formulas:
        return []
    return [
        _(
            "%(n)s cells hold formulas: we read the value stored with each; one without a stored value is empty."
        )
        % {"n": formulas}
    ]


def _as_text(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return (
            value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(sep=" ")
        )
    if isinstance(value, date):
        return value.isoformat()
    return str(value)[:MAX_CELL].strip()


def _not_too_many(number: int) -> None:
    if number > MAX_ROWS + SEARCHED_FOR_HEADER:
        raise BadInput(_("The file has more than %(most)s rows. Split it.") % {"most": f"{MAX_ROWS:,}"})


# -- out ------------------------------------------------------------------------------------------------


def harmless(value: object) -> str:
    """Text for an export cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
