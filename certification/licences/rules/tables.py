"""Rows out of whatever a register publishes: CSV, a workbook, a web page's table, JSON."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext as _

from iris.core import sheets
from iris.core.errors import BadInput

Row = tuple[int, list[str]]
MOST_CELLS = 200
MOST_VALUES = 5_000_000  # of a list in JSON: more would not fit into memory once it is read
MOST_TAGS = 1_000_000  # of a web page
MOST_ROWS = 100_000  # the longest registers that we know hold some thousands
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # half of a pair, or nothing: no database keeps it


@dataclass(frozen=True)
class Lines:
    """All lines of a file, numbered as a person counts them. `head` is set where the file names its own columns."""

    kind: str
    rows: list[Row]
    head: list[str] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)


def lines_of(data: bytes, *, rows_key: str = "") -> Lines:
    """Every line of the file. Raises BadInput with a sentence when there is no table in it."""
    if not data.strip():
        raise BadInput(_("The file is empty."))
    start = data[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"{", b"[")):
        return _json(data, rows_key)
    if start.startswith(b"<") and (b"<table" in data[:2_000_000].lower() or b"<html" in start):
        return _html(data)
    try:
        first = sheets.read(data)
        table = sheets.read(data, replace(first.layout, header_row=0))
    except (csv.Error, ValueError, KeyError, zipfile.BadZipFile, NotImplementedError) as error:
        raise BadInput(
            _("This is neither a table, nor a workbook, nor a web page, nor JSON that we can read.")
        ) from error
    _refuse_long(len(table.rows))
    return Lines(table.layout.kind, table.rows)


# -- JSON -----------------------------------------------------------------------------------------------


def _json(data: bytes, rows_key: str) -> Lines:
    if data.count(b",") + data.count(b"[") + data.count(b"{") > MOST_VALUES:
        text = _("The JSON holds more than %(most)s values. Send it in parts, or as CSV.")
        raise BadInput(text % {"most": f"{MOST_VALUES:,}"})
    try:
        held = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadInput(
            _("The JSON breaks off or is not well formed: %(why)s. Fetch it again.")
            % {"why": str(error)[:120]}
        ) from error
    found = _rows_in(held, rows_key)
    if not any(found):
        raise BadInput(_("The JSON holds no list of entries."))
    _refuse_long(len(found))
    return Lines("json", [], records=found)


def _refuse_long(rows: int) -> None:
    if rows > MOST_ROWS:
        raise BadInput(_("The file has more than %(most)s rows. Split it.") % {"most": f"{MOST_ROWS:,}"})


_NOTHING: dict[str, Any] = {}


def _rows_in(held: Any, rows_key: str) -> list[dict[str, Any]]:
    if isinstance(held, dict):
        lists = [held[rows_key]] if isinstance(held.get(rows_key), list) else []
        lists = lists or [value for value in held.values() if isinstance(value, list)]
        held = max(lists, key=len, default=[])
    return [one if isinstance(one, dict) else _NOTHING for one in held] if isinstance(held, list) else []


def text_of(value: Any) -> str:
    """A JSON value as a cell: of a text in several languages the first."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, dict):
        return next((text_of(one) for one in value.values() if not isinstance(one, dict | list)), "")
    if isinstance(value, list):
        return ", ".join(text_of(one) for one in value[:20] if not isinstance(one, dict | list))
    return _NO_TEXT.sub("", str(value)[: sheets.MAX_CELL]).strip()


# -- HTML -----------------------------------------------------------------------------------------------


class _Tables(HTMLParser):
    """The text of every table of a page, also of one inside another, with cells that span several columns."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.open: list[list[list[str]]] = []
        self.cell: list[str] | None = None
        self.span = 1
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell."""
        if tag == "table":
            self._close()
            self.open.append([])
            self.tables.append(self.open[-1])
        elif tag == "tr" and self.open:
            self._close()
            self.open[-1].append([])
        elif tag in {"td", "th"} and self.open:
            self._close()
            if not self.open[-1]:
                self.open[-1].append([])
            self.cell = []
            wide = dict(attrs).get("colspan") or "1"
            self.span = min(int(wide), 50) if wide.isascii() and wide.isdigit() and len(wide) < 4 else 1
        elif tag in {"script", "style"}:
            self.hidden += 1
        elif tag == "br" and self.cell is not None:
            self.cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close it again; what was never closed closes with the next."""
        if tag in {"td", "th", "tr"}:
            self._close()
        elif tag == "table" and self.open:
            self._close()
            self.open.pop()
        elif tag in {"script", "style"}:
            self.hidden = max(0, self.hidden - 1)

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self.cell is not None and not self.hidden:
            self.cell.append(data)

    def _close(self) -> None:
        if self.cell is not None and self.open and self.open[-1]:
            row = self.open[-1][-1]
            if len(row) < MOST_CELLS:
                text = " ".join("".join(self.cell).split())[: sheets.MAX_CELL]
                row.extend([text] * min(max(1, self.span), MOST_CELLS - len(row)))
        self.cell = None


def _html(data: bytes) -> Lines:
    if data.count(b"<") > MOST_TAGS:
        raise BadInput(_("The web page is too long to be read. Save the list as CSV."))
    encoding = sheets.guess_encoding(data)
    parser = _Tables()
    try:
        parser.feed(data.decode(encoding, errors="replace"))
        parser.close()
    except (AssertionError, ValueError, RecursionError) as error:
        raise BadInput(_("The web page cannot be read. Save it again as a whole page.")) from error
    fullest = max(parser.tables, key=lambda table: sum(len(row) > 1 for row in table), default=[])
    rows = [(number, row[:MOST_CELLS]) for number, row in enumerate(fullest, start=1) if any(row)]
    if not rows:
        raise BadInput(_("There is no table on this web page. Save the page that shows the list."))
    _refuse_long(len(rows))
    at, width = max(((number, len(row)) for number, row in rows), key=lambda line: line[1])
    sheets.refuse_wide(at, width, len(rows))
    return Lines("html", [(number, [*row, *[""] * (width - len(row))]) for number, row in rows])
