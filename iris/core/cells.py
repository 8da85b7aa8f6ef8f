"""Cells of an uploaded table as values, its header found by known names, and the rows that were left out as a sheet.

What cannot be read raises `Unreadable` with what was expected, what was found, and what to do. Nothing is guessed:
03/04/25 is two days, and nobody can say which.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pycountry
from django.utils.translation import gettext as _

from iris.core import files, sheets
from iris.core.errors import BadInput
from iris.core.models import StoredFile
from iris.core.places import COUNTRY_CHOICES, is_country

SEARCHED_FOR_HEADER = 10
QUOTED = 40  # as much of a cell as a sentence quotes


class Unreadable(ValueError):
    """A cell that cannot be read; the text is the rest of its sentence."""


def plain(text: str) -> str:
    """Lower case, words divided by one space."""
    return re.sub(r"[\s_\-/]+", " ", text.casefold()).strip()


def clean(text: str) -> str:
    """A cell in one line, without the mark that keeps a spreadsheet from reading it as a formula."""
    text = " ".join(text.split())
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text


@cache
def _countries() -> dict[str, str]:
    words = {plain(str(name)): code for code, name in COUNTRY_CHOICES}
    for row in pycountry.countries:
        for name in (
            row.name,
            getattr(row, "common_name", ""),
            getattr(row, "official_name", ""),
            row.alpha_3,
        ):
            words.setdefault(plain(name), row.alpha_2)
    return words | {"uae": "AE", "uk": "GB", "usa": "US", "ksa": "SA", "south korea": "KR", "burma": "MM"}


def country_of(text: str) -> str:
    """A country by its code or English name; empty stays empty."""
    if not text:
        return ""
    if is_country(text.upper()):
        return text.upper()
    code = _countries().get(plain(text))
    if code is None:
        raise Unreadable(
            _("expected a country such as NP or Nepal, found “%(found)s”, fix the word")
            % {"found": text[:QUOTED]}
        )
    return code


def day_of(text: str, today: date) -> date | None:
    """A day as YYYY-MM-DD and nothing else; `today` is the example. Empty is None."""
    if not text:
        return None
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise Unreadable(
            _("expected YYYY-MM-DD, found %(found)s, fix it, for example %(example)s")
            % {"found": text[:QUOTED], "example": today.isoformat()}
        )
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Unreadable(
            _("expected a day that exists, found %(found)s, fix the day or month") % {"found": text}
        ) from error


def read_by_header(
    data: bytes, hits: Callable[[Sequence[str]], int], most_rows: int = sheets.MAX_ROWS
) -> sheets.Table:
    """Read a file; its header is the row among the first that names most columns by `hits`. Raises BadInput."""
    guessed = sheets.read(data, most_rows=most_rows)
    whole = sheets.read(data, replace(guessed.layout, header_row=0))
    best, number = max(
        ((hits(cells), -number) for number, cells in whole.rows[:SEARCHED_FOR_HEADER]), default=(0, 0)
    )
    return sheets.read(data, replace(whole.layout, header_row=-number)) if best > 1 else guessed


def read_kept(file: StoredFile, layout: Mapping[str, Any], most_rows: int = sheets.MAX_ROWS) -> sheets.Table:
    """A file that was uploaded, read by a layout that was kept as JSON. Raises BadInput."""
    chosen = {**layout, "notes": (), "sheets": ()}
    return sheets.read(files.read(file), sheets.Layout(**chosen), most_rows=most_rows)


def check_size(table: sheets.Table, most: int) -> None:
    """Raises BadInput for a table without rows, or with more than `most`."""
    if not table.rows:
        raise BadInput(fields={"file": [_("The sheet holds column names but no rows.")]})
    if len(table.rows) > most:
        sentence = _("The sheet has %(found)s rows; at most %(most)s at a time. Split it.")
        words = {"found": f"{len(table.rows):,}", "most": f"{most:,}"}
        raise BadInput(fields={"file": [sentence % words]})


def rejects_csv(columns: Sequence[str], rejects: Sequence[Sequence[Any]]) -> bytes:
    """Rows to be corrected, as they were, with what to do: number, sentences, cells. Fit to be uploaded again."""
    return table_csv(
        [*columns, _("Row"), _("What to correct")],
        ([*cells, number, " ".join(sentences)] for number, sentences, cells in rejects),
    )


def table_csv(columns: Sequence[str], rows: Any) -> bytes:
    """A table that any spreadsheet opens in the right script, and in which no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([[sheets.harmless(cell) for cell in cells] for cells in rows])
    return "\ufeff".encode() + out.getvalue().encode()
