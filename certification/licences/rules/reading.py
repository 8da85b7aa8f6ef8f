"""A register's list, read leniently: good rows are kept, and each problem is a sentence that names its row.

Reading never fails for one row. It fails for a whole file only when no licence number is found in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from certification.licences.states import BADNESS, LicenceStatus
from iris.core.errors import BadInput

from . import days, numbers, tables, words
from .registers import RegisterSpec

HEAD_IN = 15
LONGEST_NAME = 300
LONGEST_NUMBER = 80
LONGEST_WORD = 200
MOST_PROBLEMS = 300
SHOWN = 60
FIELDS = ("number", "name", "status", "valid_from", "valid_to", "conditions")


@dataclass(frozen=True)
class ReadEntry:
    """One line of the register as it was read."""

    row: int
    number: str
    key: str
    name: str
    raw_status: str
    lang: str
    status: LicenceStatus
    valid_from: date | None
    valid_to: date | None
    raw: dict[str, str]
    usual: bool = True


@dataclass(frozen=True)
class Noted:
    """One row that needs a look: where, what was found and expected, what became of it, and what mends it."""

    row: int
    column: str
    found: str
    expected: str
    became: str
    fix: str

    @property
    def sentence(self) -> str:
        """All of it as people read it."""
        said = _("Row %(row)s, %(column)s: expected %(expected)s, found %(found)s. %(became)s %(fix)s")
        return said % {**asdict(self), "found": f"“{self.found}”" if self.found else _("nothing")}


@dataclass
class ReadList:
    """What a file gave: entries, what was wrong with it, and how its columns were understood."""

    kind: str = ""
    rows: int = 0
    entries: list[ReadEntry] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)
    more_problems: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    why_failed: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How many entries have each state."""
        return dict(Counter(str(entry.status) for entry in self.entries))

    @property
    def unusual(self) -> int:
        """How many numbers do not look as they usually do."""
        return sum(not entry.usual for entry in self.entries)

    @property
    def problems(self) -> list[str]:
        """What was noted, as sentences."""
        return [one.sentence for one in self.noted]

    def note(self, row: int, column: str, expected: str, found: str, became: str, fix: str) -> None:
        """Note one row that needs a look."""
        if len(self.noted) >= MOST_PROBLEMS:
            self.more_problems += 1
            return
        self.noted.append(Noted(row, column, found.strip()[:SHOWN], expected, became, fix))


def read_list(spec: RegisterSpec, data: bytes) -> ReadList:
    """Read a file of this register. Never raises: what cannot be read says why in `why_failed`."""
    result = ReadList()
    try:
        lines = tables.lines_of(data, rows_key=spec.json.get("rows", ""))
    except BadInput as error:
        sentences = [str(text) for texts in error.fields.values() for text in texts]
        result.why_failed = " ".join(sentences) or str(error.message)
        return result
    result.kind = lines.kind
    rows = _records(spec, lines, result) if lines.kind == "json" else _cells(spec, lines, result)
    seen: dict[str, int] = {}
    for row, cells, raw in rows:
        result.rows += 1
        _take(spec, result, seen, row, cells, raw)
    if not result.entries and not result.why_failed:
        result.why_failed = _("No row holds a licence number that we can read.")
    return result


def _cells(
    spec: RegisterSpec, lines: tables.Lines, result: ReadList
) -> Iterator[tuple[int, dict[str, str], dict[str, str]]]:
    at, placed = _head(spec, lines.rows)
    if "number" not in placed:
        result.why_failed = _(
            "No column is headed as the licence number. Expected one of: %(expected)s. "
            "Check that this is the list of %(name)s."
        ) % {"expected": ", ".join(spec.columns["number"]), "name": spec.name}
        return
    heads = lines.rows[at][1]
    result.columns = {name: heads[index] for name, index in placed.items()}
    private = [index for index, head in enumerate(heads) if _is_one_of(head, spec.leave_out, part=True)]
    for row, cells in lines.rows[at + 1 :]:
        raw = {
            (heads[index] or f"#{index + 1}")[:80]: cell[:500]
            for index, cell in enumerate(cells)
            if cell and index not in private
        }
        yield row, {name: cells[index] for name, index in placed.items()}, raw


def _head(spec: RegisterSpec, rows: list[tables.Row]) -> tuple[int, dict[str, int]]:
    """The line in which most columns are known by name, and where each stands."""
    best: tuple[int, dict[str, int]] = (0, {})
    for at, (_number, cells) in enumerate(rows[:HEAD_IN]):
        placed: dict[str, int] = {}
        for part in (False, True):
            for name in FIELDS:
                for index, cell in enumerate(cells):
                    known = spec.columns.get(name, ())
                    free = name not in placed and index not in placed.values()
                    if free and _is_one_of(cell, known, part=part):
                        placed[name] = index
        if len(placed) > len(best[1]):
            best = (at, placed)
    return best


@lru_cache(maxsize=8_192)
def _is_one_of(head: str, known: tuple[str, ...], *, part: bool) -> bool:
    text = words.folded(numbers.plain(head))
    if not text or len(text) > 80:
        return False
    return any(
        text == words.folded(one) or (part and f" {words.folded(one)} " in f" {text} ") for one in known
    )


def _records(
    spec: RegisterSpec, lines: tables.Lines, result: ReadList
) -> Iterator[tuple[int, dict[str, str], dict[str, str]]]:
    permits_key = spec.json.get("permits", "")
    for row, whole in enumerate(lines.records, start=1):
        record = {tables.text_of(key): value for key, value in islice(whole.items(), tables.MOST_CELLS)}
        cells: dict[str, str] = {}
        for name in FIELDS:
            key = next(
                (one for one in record if _is_one_of(str(one), spec.columns.get(name, ()), part=False)),
                name if name in record else None,  # as machines send it, under our own names
            )
            if key is not None:
                cells[name] = tables.text_of(record[key])
                result.columns.setdefault(name, str(key))
        permits = record.get(permits_key) if permits_key else None
        if isinstance(permits, list):
            cells.update(_span(permits))
        raw = {
            str(key)[:80]: tables.text_of(value)[:500]
            for key, value in record.items()
            if not _is_one_of(str(key), spec.leave_out, part=True) and tables.text_of(value)
        }
        yield row, cells, raw


def _span(permits: list[Any]) -> dict[str, str]:
    """First and last day over all permits; one without an end has none."""
    starts = [tables.text_of(one.get("platnostOd")) for one in permits if isinstance(one, dict)]
    ends = [tables.text_of(one.get("platnostDo")) for one in permits if isinstance(one, dict)]
    first = min((start for start in starts if start), default="")
    last = "" if not ends or any(not end for end in ends) else max(ends)
    return {"valid_from": first, "valid_to": last}


def _take(
    spec: RegisterSpec,
    result: ReadList,
    seen: dict[str, int],
    row: int,
    cells: dict[str, str],
    raw: dict[str, str],
) -> None:
    number = " ".join(cells.get("number", "").split())[:LONGEST_NUMBER]
    key = numbers.number_key(spec, number)
    column = result.columns.get("number", _("licence number"))
    if not key:
        fix = _("Write the number of the licence, or take the row away.")
        result.note(row, column, _("a licence number"), number, _("The row was left out."), fix)
        return
    status, raw_status, lang = _status(spec, result, row, cells)
    entry = ReadEntry(
        row=row,
        number=number,
        key=key,
        name=" ".join(cells.get("name", "").split())[:LONGEST_NAME],
        raw_status=raw_status,
        lang=lang,
        status=status,
        valid_from=_day(spec, result, row, cells, "valid_from"),
        valid_to=_day(spec, result, row, cells, "valid_to"),
        raw=raw,
        usual=numbers.usual_shape(spec, number),
    )
    if key not in seen:
        seen[key] = len(result.entries)
        result.entries.append(entry)
        return
    first = result.entries[seen[key]]
    worse = BADNESS[entry.status] > BADNESS[first.status]
    if worse:
        result.entries[seen[key]] = entry
    became = _("The same number stands in row %(row)s. The worse state of the two was kept.")
    fix = _("Keep one row for this licence, with its state of today.")
    result.note(row, column, _("each number once"), number, became % {"row": first.row}, fix)


def _status(
    spec: RegisterSpec, result: ReadList, row: int, cells: dict[str, str]
) -> tuple[LicenceStatus, str, str]:
    raw = " ".join(cells.get("status", "").split())[:LONGEST_WORD]
    column = result.columns.get("status", _("state"))
    expected = _("one of: %s") % words.expected_words(spec)
    if raw:
        word = words.known_word(spec, raw)
        if word is None:
            became = _("The word was kept and counts as unknown.")
            fix = _("Write a word of the register that we know, or ask the scheme to add this one.")
            result.note(row, column, expected, raw, became, fix)
            return LicenceStatus.UNKNOWN, raw, spec.lang
        status, lang = word.means, word.lang
    elif "status" not in cells and spec.listed_means:
        status, lang = spec.listed_means, spec.lang
    else:
        became = _("The state counts as unknown.")
        result.note(row, column, expected, raw, became, _("Write the state of the licence into the row."))
        return LicenceStatus.UNKNOWN, "", spec.lang
    extra = cells.get("conditions", "")
    if status == LicenceStatus.ACTIVE and not words.is_nothing(extra):
        return LicenceStatus.CONDITIONAL, f"{raw}; {' '.join(extra.split())}"[:LONGEST_WORD], lang
    return status, raw, lang


def _day(spec: RegisterSpec, result: ReadList, row: int, cells: dict[str, str], name: str) -> date | None:
    text = cells.get(name, "")
    if days.no_end(text):
        return None
    found = days.day_of(text, month_first=spec.month_first, bikram_sambat=spec.bikram_sambat)
    if found is None:
        fix = _("Write the day as 2026-05-03, or leave it empty when there is none.")
        if spec.bikram_sambat:
            fix += " " + _("Days of Bikram Sambat are read up to 2081.")
        became = _("The row was kept without this day.")
        expected = _("a day like 3 May 2026 or 2026-05-03")
        result.note(row, result.columns.get(name, name), expected, text, became, fix)
    return found
