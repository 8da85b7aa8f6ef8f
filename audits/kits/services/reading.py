"""Reading a kit's workbook that came back: whose it is, whether its rows are ours, what its cells say.

Rows are known by their signed id, wherever they were sorted to. Nothing is stored here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.signing import BadSignature
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from audits.engagements.models import Audit
from audits.engagements.selectors import audits_worked_on_by
from iris.accounts.models import User
from iris.core import workbooks
from iris.core.errors import BadInput
from iris.core.workbooks import CellError, Unreadable, WorkbookRefused, as_text, plain, refused, short

from ..models import Kit
from ..rules import rows as checks
from ..rules import shape
from ..selectors.workbook import CODES, SIGNER, locked_in, made_from


@dataclass
class RowRead:
    """One row that says something else than at the download."""

    sheet: str
    at: dict[str, str]
    said: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


@dataclass
class Reading:
    """What a workbook says: rows that changed, what was ignored, and texts that stand in no row of ours."""

    rows: dict[str, RowRead] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)

    def kept(self) -> dict[str, Any]:
        """As it is kept with the return."""
        return {
            "rows": {name: vars(row) for name, row in self.rows.items()},
            "ignored": self.ignored,
            "loose": self.loose,
        }


@dataclass
class Opened:
    """A workbook whose signature holds, and the kit it was made from."""

    book: Any
    made: dict[str, Any]
    kit: Kit


def open_kit(data: bytes, audit: Audit, actor: User) -> Opened:
    """The workbook and its kit. Raises BadInput: not a workbook, not ours, of another audit."""
    book = workbooks.opened(data, streamed=True, max_unzipped=shape.MAX_UNZIPPED)
    made = _made_of(book)
    if made["audit"] != str(audit.pk):
        raise refused(_other_audit(made, audit, actor))
    kit = Kit.objects.filter(pk=made["kit"], audit=audit).first()
    if kit is None or kit.base_hash != made["base"] or made.get("format") != shape.FORMAT:
        raise refused(
            _(
                "This kit is not known here: it was made in another place or by another version of this product. "
            )
            + _("Take a new kit along and copy what you wrote into it.")
        )
    return Opened(book, made, kit)


def _made_of(book: Any) -> dict[str, Any]:
    try:
        body = workbooks.read_seal(book, shape.HIDDEN_SHEET, SIGNER)
        made = made_from(body) if body is not None else None
    except (BadSignature, ValueError) as error:
        raise refused(
            _("The hidden sheet of this workbook was changed, so we cannot tell what it belongs to. ")
            + _("Copy what you wrote into the workbook as it was downloaded, or into a new kit.")
        ) from error
    if made is None:
        raise refused(
            _("This is not a kit that was downloaded here, or its hidden sheet was deleted. ")
            + _("Copy what you wrote into the workbook as it was downloaded, or into a new kit.")
        )
    return made


def _other_audit(made: dict[str, Any], audit: Audit, actor: User) -> str:
    other = audits_worked_on_by(actor).filter(pk=made["audit"]).first()
    if other is None:
        return _("This kit belongs to another audit. Give back the kit of %s here.") % audit.number
    return _("This kit belongs to audit %(other)s. Give it back there; this is %(ours)s.") % {
        "other": other.number,
        "ours": audit.number,
    }


def read_kit(opened: Opened) -> Reading:
    """Read every sheet. Raises WorkbookRefused with every id that was changed and every sheet that is missing."""
    reading, errors = Reading(), []
    seen: dict[str, str] = {}
    for kind, (title, heads) in opened.made["sheets"].items():
        if title not in opened.book.sheetnames:
            text = _("the sheet is missing. Copy what you wrote into the workbook as it was downloaded.")
            errors.append(CellError(title, "", text))
            continue
        errors += _SheetReader(opened, kind, title, heads, reading, seen).read()
    _note_other_sheets(opened, reading)
    if errors:
        raise WorkbookRefused(_("The workbook was not taken. Nothing was changed."), errors)
    return reading


def _note_other_sheets(opened: Opened, reading: Reading) -> None:
    ours = {title for title, _heads in opened.made["sheets"].values()} | {shape.HIDDEN_SHEET, CODES}
    for name in opened.book.sheetnames[1:]:
        if name not in ours and name != _("Guide"):
            reading.ignored.append(_("The sheet “%(sheet)s” is not ours; it was not read.") % {"sheet": name})


class _SheetReader:
    """One sheet of a workbook."""

    def __init__(
        self,
        opened: Opened,
        kind: str,
        title: str,
        heads: list[str],
        reading: Reading,
        seen: dict[str, str],
    ) -> None:
        self.kit, self.keys = opened.kit, opened.made["rows"]
        self.sheet, self.kind, self.title, self.heads = opened.book[title], kind, title, heads
        self.names = [column.name for column in shape.BY_KIND[kind].columns]
        self.reading, self.seen = reading, seen
        self.places: dict[str, int] = {}

    def read(self) -> list[CellError]:
        """Every row; returns what makes the workbook as a whole unacceptable."""
        errors: list[CellError] = []
        lines = self._lines()
        for number, cells in lines:
            if self._is_head(cells):
                errors += self._place_columns(number, cells)
                break
        else:
            text = _("the line of headings is missing. Expected “%(head)s” in its first column.")
            return [CellError(self.title, "", text % {"head": self.heads[0]})]
        if errors:
            return errors
        for number, cells in lines:
            errors += self._row(number, cells)
        return errors

    def _lines(self) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Rows that say something. What the file says of its own size is not believed; gaps cost next to nothing."""
        self.sheet.reset_dimensions()
        gap, blank = None, 0
        for number, cells in enumerate(self.sheet.iter_rows(max_col=shape.MOST_COLUMNS), start=1):
            if cells is gap:
                continue
            if any(cell.value not in (None, "") for cell in cells):
                if number > shape.MOST_ROWS:
                    raise self._too_long()
                yield number, cells
                continue
            gap, blank = cells, blank + 1
            if blank > shape.MOST_EMPTY_ROWS:
                raise self._too_long()

    def _too_long(self) -> BadInput:
        return refused(
            _("Sheet “%(sheet)s” has more than %(most)s rows. ")
            % {"sheet": self.title, "most": f"{shape.MOST_ROWS:,}"}
            + _("Copy what you wrote into the workbook as it was downloaded.")
        )

    def _is_head(self, cells: tuple[Any, ...]) -> bool:
        return any(as_text(cell.value) == self.heads[0] for cell in cells)

    def _place_columns(self, number: int, cells: tuple[Any, ...]) -> list[CellError]:
        found = [as_text(cell.value) for cell in cells]
        errors = []
        for at, (name, head) in enumerate(zip(self.names, self.heads, strict=True)):
            if head in found:
                self.places[name] = found.index(head)
                continue
            there = short(found[at]) if at < len(found) and found[at] else _("nothing")
            text = _("expected the heading “%(head)s”; found “%(found)s”. Undo the change of the headings.")
            address = f"{get_column_letter(at + 1)}{number}"
            errors.append(CellError(self.title, address, text % {"head": head, "found": there}))
        for at, head in enumerate(found):
            if head and head not in self.heads:
                text = _("%(sheet)s!%(cell)s: the column “%(head)s” is not ours; it was not read.")
                words = {"sheet": self.title, "cell": f"{get_column_letter(at + 1)}{number}"}
                self.reading.ignored.append(text % {**words, "head": short(head)})
        return errors

    def _cell(self, cells: tuple[Any, ...], name: str) -> Any:
        at = self.places[name]
        return cells[at] if at < len(cells) else None

    def _address(self, name: str, number: int) -> str:
        return f"{get_column_letter(self.places[name] + 1)}{number}"

    def _row(self, number: int, cells: tuple[Any, ...]) -> list[CellError]:
        key_cell = self._cell(cells, shape.KEY.name)
        key = as_text(key_cell.value if key_cell is not None else "")
        address = self._address(shape.KEY.name, number)
        if not key:
            return self._loose(number, cells)
        row, marks = self.keys.get(key, ("", {}))
        if not row or shape.kind_of(row) != self.kind:
            text = _(
                "this row id is not one of this sheet: found “%(found)s”. Undo the change, or copy the row from "
            )
            text += _("the workbook as it was downloaded.")
            return [CellError(self.title, address, text % {"found": short(key)})]
        if key in self.seen:
            text = _(
                "this row id stands twice: here and in %(first)s. Keep one of the two rows; new rows have an "
            )
            text += _("id of their own at the end.")
            return [CellError(self.title, address, text % {"first": self.seen[key]})]
        self.seen[key] = address
        self._ignore_locked(row, marks, number, cells)
        self._open_cells(row, number, cells)
        return []

    def _ignore_locked(self, row: str, marks: dict[str, str], number: int, cells: tuple[Any, ...]) -> None:
        for name, mark in marks.items():
            cell = self._cell(cells, name)
            found = cell.value if cell is not None else ""
            text = shape.tidy(workbooks.unescaped(as_text(found)))
            if shape.mark(text) != mark:
                was = locked_in(self.kit, row).get(name, "")
                self.reading.ignored.append(
                    _(
                        "%(sheet)s!%(cell)s is for reading only: expected “%(was)s”, found “%(found)s”; ignored."
                    )
                    % {
                        "sheet": self.title,
                        "cell": self._address(name, number),
                        "was": short(was),
                        "found": short(text),
                    }
                )

    def _open_cells(self, row: str, number: int, cells: tuple[Any, ...]) -> None:
        base = self.kit.base["rows"][row]
        read = RowRead(self.title, {name: self._address(name, number) for name in base})
        for name, was in base.items():
            cell = self._cell(cells, name)
            raw = as_text(cell.value if cell is not None else "")
            text = shape.tidy(workbooks.unescaped(raw))
            if text in (was, shape.written(self.kind, name, was)) and _is_plain(cell):
                continue
            try:
                value = shape.value_of(self.kind, name, plain(cell) if cell is not None else "")
            except Unreadable as wrong:
                read.said[name], read.wrong[name] = text, str(wrong)
                continue
            if value != was:
                read.said[name] = value
        if read.said:
            if not read.wrong:
                values = dict(base) | read.said
                read.wrong = checks.wrong_in(row, values, self.kit.base["codes"]) if _adds(row) else {}
            self.reading.rows[row] = read

    def _loose(self, number: int, cells: tuple[Any, ...]) -> list[CellError]:
        """A row without an id: its text is kept and told, but it belongs to nothing."""
        texts = [shape.tidy(as_text(cell.value)) for cell in cells]
        said = " | ".join(text for text in texts if text)
        if said:
            self.reading.loose.append(
                _("%(sheet)s!A%(row)s: a row without an id was not read. It says: %(said)s")
                % {"sheet": self.title, "row": number, "said": said[: shape.LONGEST]}
            )
        return []


def _adds(row: str) -> bool:
    """Whether what the row says does not depend on what is here."""
    return shape.is_new(row)


def _is_plain(cell: Any) -> bool:
    return cell is None or cell.data_type not in ("f", "e")
