"""What a workbook costs once it is opened, found out before anybody opens it.

Readers of workbooks lay a sheet out as a rectangle from its first cell to its last: two cells in far corners of a file
of 1 kB ask for gigabytes. And a file may say that it unpacks to less than it does. So every part is unpacked here as a
stream, which keeps nothing, and the rectangle is compared with the cells that are in it.
"""

from __future__ import annotations

import copy
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from iris.core.errors import BadInput

CHUNK = 1 << 20
LONGEST_TAG = 1 << 16
FREE_CELLS = 2_000_000  # a rectangle of this size is laid out whatever is in it
EMPTY_PER_CELL = 4
HEAD_ROWS = 10  # above a list: its title, its names of columns
ROW_END = b"</row>"
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
_REFERENCE = rb"""\sr\s*=\s*["']"""
_COLUMNS = re.compile(_REFERENCE + rb"([A-Za-z]+)\d")
_CELL_ROWS = re.compile(_REFERENCE + rb"[A-Za-z]+(\d+)")
_ANY_ROWS = re.compile(_REFERENCE + rb"[A-Za-z]*(\d+)")
_ROW = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?row[\s/>]")
_ENDED = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?row\s*>")
_CELL = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?c[\s/>]")
_PLACED = re.compile(rb"""<(?:[A-Za-z_][\w.-]*:)?c(?:\s+(?:s|t|cm|vm|ph)="\w*")*\s+r="[A-Za-z]+\d+\"""")


def check_workbook(file: Path | IO[bytes], most_bytes: int, most_rows: int = LAST_ROW) -> None:
    """Refuse a workbook by what it really unpacks to and by the size of its sheets. Raises BadInput, BadZipFile.

    A sheet of more than `most_rows` rows that hold cells is read no further than the first of them too many.
    """
    with zipfile.ZipFile(file) as archive:
        infos = archive.infolist()
        _refuse_much(sum(info.file_size for info in infos), most_bytes)
        names = {info.filename.casefold() for info in infos}
        if "xl/workbook.xml" not in names or names & {"content.xml", "xl/workbook.bin"}:
            raise BadInput(
                _("This is no .xlsx workbook. Open the file, save it as .xlsx or CSV, and upload that.")
            )
        if most_rows < LAST_ROW:
            _refuse_long_sheets(archive, most_rows)
        unpacked = 0
        for info in infos:
            for size in _looked_through(archive, info, most_bytes, most_rows):
                unpacked += size
                _refuse_much(unpacked, most_bytes)


def _refuse_much(found: int, most: int) -> None:
    if found > most:
        raise BadInput(
            _("The workbook unpacks to %(found)s MB; at most %(most)s MB are read. ")
            % {"found": f"{found / 1_000_000:,.0f}", "most": f"{most / 1_000_000:,.0f}"}
            + _("Save the sheet as CSV, which may be longer, or split it.")
        )


def _looked_through(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int, rows: int) -> Iterator[int]:
    """The sizes of the part, chunk by chunk. It is read to its real end, whatever the file says of its size."""
    true = copy.copy(info)
    true.file_size = most + CHUNK
    measure = _Measure(rows)
    with archive.open(true) as part:
        while chunk := part.read(CHUNK):
            yield len(chunk)
            measure.take(chunk)
    measure.finish()


class _Measure:
    """How far the cells of one part reach, and how many there are; cut where a tag begins, so that none is halved."""

    def __init__(self, most_rows: int) -> None:
        self.most_rows, self.ended = most_rows, 0
        self.sheet = self.unplaced = False
        self.width = self.height = 1
        self.rows = self.named_row = self.cells = 0
        self.rest = b""

    def take(self, chunk: bytes) -> None:
        """The next bytes."""
        text = self.rest + chunk
        cut = text.rfind(b"<")
        if len(text) - cut > LONGEST_TAG:
            cut, self.unplaced = len(text), True
        self.rest = text[cut:]
        self._look(text[:cut])

    def finish(self) -> None:
        """Raises BadInput for a sheet that is mostly nothing."""
        self._look(self.rest)
        if self.sheet:
            # A cell that does not say where it stands is where its row is, or behind the one before it.
            height = max(self.height, self.rows, self.named_row) if self.unplaced else self.height
            _refuse_far(self.width, height, self.cells)

    def _look(self, text: bytes) -> None:
        self.sheet = self.sheet or b"sheetData" in text
        self.ended += len(_ENDED.findall(text))  # an empty row, kept for its height or colour, has no end tag
        if self.sheet:
            _refuse_long(self.ended, self.most_rows)
        cells = len(_CELL.findall(text))
        self.cells += cells
        self.rows += len(_ROW.findall(text))
        self.unplaced = self.unplaced or cells != len(_PLACED.findall(text))
        self.width = max([self.width, *(_column(one) for one in set(_COLUMNS.findall(text)))])
        self.height = max([self.height, *(_number(one) for one in set(_CELL_ROWS.findall(text)))])
        self.named_row = max([self.named_row, *(_number(one) for one in set(_ANY_ROWS.findall(text)))])


def _refuse_long(found: int, most: int) -> None:
    if found > most + HEAD_ROWS:
        raise BadInput(
            _("A sheet of the workbook has more than %(most)s rows, which is more than is taken at a time. ")
            % {"most": f"{most:,}"}
            + _("Split the list, for example by supplier or by country, and send one part after another.")
        )


def _refuse_long_sheets(archive: zipfile.ZipFile, most: int) -> None:
    """The quick way to the same answer: tags as nearly every program writes them are counted, and nothing else."""
    for info in archive.infolist():
        if info.filename.casefold().startswith("xl/worksheets/"):
            found, rest = 0, b""
            with archive.open(info) as part:
                while chunk := part.read(CHUNK):
                    text = rest + chunk
                    found += text.count(ROW_END)
                    rest = text[1 - len(ROW_END) :]
                    _refuse_long(found, most)


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) <= len(str(LAST_ROW)) else LAST_ROW + 1


def _column(letters: bytes) -> int:
    """A -> 1, AA -> 27; whatever lies behind the last column of a workbook is one behind it."""
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + letter - 64
    return min(number, LAST_COLUMN + 1)


def _refuse_far(width: int, height: int, cells: int) -> None:
    if width > LAST_COLUMN or height > LAST_ROW:
        raise BadInput(_("The workbook has cells outside of a sheet. Save it again as .xlsx."))
    if width * height > FREE_CELLS + EMPTY_PER_CELL * cells:
        raise BadInput(
            _(
                "A sheet reaches to row %(row)s and column %(column)s but holds %(cells)s cells. Delete the empty rows "
                "and columns behind your list, or save it as CSV."
            )
            % {"row": f"{height:,}", "column": f"{width:,}", "cells": f"{cells:,}"}
        )
