"""What a sheet would do to a list of an agency: each row new, a change, there already, or to be corrected.

A row is the same as one of the list by its number (licence, identity, reference of the authority) where both have one,
else by name and place. Cells that are empty change nothing, and nothing of the list is taken off because a sheet does
not name it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.agencies.models import Agency
from certification.agencies.rules import BranchAnswers, LicenceAnswers, SubAgentAnswers, number_key
from certification.agencies.rules.answers import place
from certification.agencies.rules.sheet import DAY_CELLS, Reader, ReadRow, Wrong
from certification.agencies.rules.tree import depth_of, would_loop
from certification.agencies.states import ListPage
from iris.core import clocks
from iris.core.cells import plain
from iris.core.errors import BadInput
from iris.core.places import Corridor, check_corridor

Key = tuple[str, ...]
Kept = Any  # a row of one of the four lists
DIRECTLY = ""


class Action(models.TextChoices):
    """What becomes of a row."""

    ADD = "add", gettext_lazy("New")
    CHANGE = "change", gettext_lazy("Changes what is there")
    SAME = "same", gettext_lazy("There already")
    REJECT = "reject", gettext_lazy("To be corrected")


@dataclass(frozen=True, kw_only=True)
class CorridorAnswers:
    """From where to where."""

    origin: str
    destination: str

    def checked(self) -> CorridorAnswers:
        """The same; BadInput says what is wrong."""
        wrong = {
            name: [sentence]
            for name, sentence in (
                ("origin", _("Enter the country the workers come from.")),
                ("destination", _("Enter the country where they work.")),
            )
            if not getattr(self, name)
        }
        if wrong:
            raise BadInput(fields=wrong)
        check_corridor(self.origin, self.destination)
        return self


@dataclass
class PlannedRow:
    """One row of the sheet and what becomes of it. `pk`: of the kept row, or made up for a new one."""

    read: ReadRow
    kept: Kept | None = None
    pk: UUID = field(default_factory=uuid4)
    answers: Any = None
    parent: UUID | None = None
    changed: list[str] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    same_as: int = 0

    @property
    def number(self) -> int:
        """Its number in the sheet."""
        return self.read.number

    @property
    def action(self) -> Action:
        """New, a change, there already, or to be corrected."""
        if self.wrong:
            return Action.REJECT
        if self.same_as or (self.kept is not None and not self.changed):
            return Action.SAME
        return Action.CHANGE if self.kept is not None else Action.ADD

    @property
    def words(self) -> str:
        """Whom or what the row is about."""
        if isinstance(self.answers, CorridorAnswers):
            return Corridor(self.answers.origin, self.answers.destination).text
        if isinstance(self.answers, LicenceAnswers):
            return f"{self.answers.number}, {self.answers.authority}"
        if self.answers is not None:
            return f"{self.answers.name}, {place(self.answers.city, self.answers.country)}"
        return next((text for text in self.read.told.values() if text), "")

    @property
    def sentences(self) -> list[str]:
        """What there is to say of it."""
        if self.wrong:
            return [one.sentence for one in self.wrong]
        return [_("Says the same as row %(row)s.") % {"row": self.same_as}] if self.same_as else []


@dataclass
class Plan:
    """Every row of the sheet but repeated headers."""

    rows: list[PlannedRow]

    def having(self, *actions: Action) -> list[PlannedRow]:
        """The rows of which this becomes."""
        return [row for row in self.rows if row.action in actions]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind."""
        found = [row.action for row in self.rows]
        return {action.value: found.count(action) for action in Action}

    @property
    def does_nothing(self) -> bool:
        """Whether no row tells anything new."""
        return not self.having(Action.ADD, Action.CHANGE)

    @property
    def rejects(self) -> list[PlannedRow]:
        """The rows to be corrected."""
        return self.having(Action.REJECT)


def plan(agency: Agency, page: ListPage, reader: Reader, rows: Sequence[tuple[int, Sequence[str]]]) -> Plan:
    """Every row of the sheet against the list as it is now."""
    kept = list(getattr(agency, page.value).all())
    index = _Index(page, kept)
    made: list[PlannedRow] = []
    for number, cells in rows:
        read = reader.read(number, cells)
        if not read.header:
            made.append(_planned(page, reader, index, read))
    if page == ListPage.SUB_AGENTS:
        _place_in_tree(reader, kept, made)
    return Plan(made)


class _Index:
    """The rows of the list and those of the sheet so far, by each of their keys."""

    def __init__(self, page: ListPage, kept: Sequence[Kept]) -> None:
        self.page = page
        self.kept: dict[Key, list[Kept]] = {}
        self.seen: dict[Key, PlannedRow] = {}
        for row in kept:
            for key in keys_of(page, row):
                self.kept.setdefault(key, []).append(row)

    def match(self, answers: Any) -> tuple[Kept | None, bool]:
        """The one row of the list that is meant, and whether several could be."""
        for key in keys_of(self.page, answers):
            found = [row for row in self.kept.get(key, ()) if not contradicts(self.page, row, answers)]
            if len(found) > 1:
                return None, True
            if found:
                return found[0], False
        return None, False

    def earlier(self, row: PlannedRow) -> PlannedRow | None:
        """The row of the sheet that was about the same."""
        if row.kept is not None and (found := self.seen.get(("kept", str(row.kept.pk)))):
            return found
        rows = (self.seen.get(key) for key in keys_of(self.page, row.answers))
        return next(
            (one for one in rows if one and not contradicts(self.page, one.answers, row.answers)), None
        )

    def note(self, row: PlannedRow) -> None:
        if row.kept is not None:
            self.seen[("kept", str(row.kept.pk))] = row
        for key in keys_of(self.page, row.answers):
            self.seen.setdefault(key, row)


NUMBERS: dict[ListPage, tuple[str, ...]] = {
    ListPage.BRANCHES: ("authority_reference",),
    ListPage.SUB_AGENTS: ("identity_number", "licence_number"),
}


def keys_of(page: ListPage, row: Any) -> Iterator[Key]:
    """By what a row is known, the surest first."""
    if page == ListPage.CORRIDORS:
        yield ("corridor", row.origin, row.destination)
        return
    if page == ListPage.LICENCES:
        yield ("licence", row.country, number_key(row.number))
        return
    for name in NUMBERS[page]:
        if number := number_key(getattr(row, name)):
            yield (name, row.country, number)
    yield ("name", row.country, plain(row.city), plain(row.name))


def contradicts(page: ListPage, one: Any, two: Any) -> bool:
    """Whether both have a number of the same kind, and not the same."""
    pairs = ((number_key(getattr(one, n)), number_key(getattr(two, n))) for n in NUMBERS.get(page, ()))
    return any(a and b and a != b for a, b in pairs)


SHAPES: dict[ListPage, type[Any]] = {
    ListPage.BRANCHES: BranchAnswers,
    ListPage.SUB_AGENTS: SubAgentAnswers,
    ListPage.CORRIDORS: CorridorAnswers,
    ListPage.LICENCES: LicenceAnswers,
}


def _planned(page: ListPage, reader: Reader, index: _Index, read: ReadRow) -> PlannedRow:
    row = PlannedRow(read, wrong=list(read.wrong))
    shape = SHAPES[page]
    empty = {one.name: None if one.default is None or one.name in DAY_CELLS else "" for one in fields(shape)}
    told = {name: value for name, value in read.values.items() if name in empty}
    row.kept, several = index.match(shape(**{**empty, **told}))
    if several:
        sentence = _("Several on your list have this name and place. Write their number into this row.")
        row.wrong.append(reader.wrong(read, "name", sentence))
        return row
    before = empty if row.kept is None else {name: _held(row.kept, name) for name in empty}
    try:
        row.answers = _checked(shape(**{**before, **told}), row.kept)
    except BadInput as error:
        row.wrong += _wrong_cells(reader, read, next(iter(empty)), error)
        return row
    if row.kept is not None:
        row.pk = row.kept.pk
        row.changed = [name for name in told if before[name] != getattr(row.answers, name)]
        row.parent = getattr(row.kept, "parent_id", None)
    _beside_earlier(reader, index, row)
    return row


def _held(kept: Kept, name: str) -> Any:
    return kept.parent_id if name == "parent" else getattr(kept, name)


def _wrong_cells(reader: Reader, read: ReadRow, first: str, error: BadInput) -> list[Wrong]:
    """The sentences of a refusal as cells; of a cell that could not be read nothing more is said."""
    said = {one.column for one in read.wrong}
    told = [(name, str(text)) for name, texts in error.fields.items() for text in texts]
    cells = [reader.wrong(read, name, text) for name, text in told or [(first, str(error.message))]]
    return [one for one in cells if one.column not in said]


def _checked(answers: Any, kept: Kept | None) -> Any:
    today = clocks.today()
    if isinstance(answers, LicenceAnswers):
        return answers.checked(today, unchanged_end=kept.valid_to if kept is not None else None)
    return answers.checked(today) if isinstance(answers, SubAgentAnswers) else answers.checked()


def _beside_earlier(reader: Reader, index: _Index, row: PlannedRow) -> None:
    """Two rows about one thing: the same twice is passed over, otherwise the second is to be corrected."""
    earlier = index.earlier(row)
    if earlier is None:
        index.note(row)
    elif earlier.read.values == row.read.values:
        row.same_as = earlier.number
    else:
        name = next(iter(reader.mapping))
        sentence = _("Row %(row)s says something else about the same. Keep one of them.")
        row.wrong.append(reader.wrong(row.read, name, sentence % {"row": earlier.number}))


def _place_in_tree(reader: Reader, kept: Sequence[Kept], made: Sequence[PlannedRow]) -> None:
    """Whom each sub-agent works for, whether that stands in the list or elsewhere in the sheet."""
    parents: dict[UUID, UUID | None] = {row.pk: row.parent_id for row in kept}
    known: dict[Key, dict[UUID, int]] = {}
    for one in kept:
        for key in _called(one):
            known.setdefault(key, {})[one.pk] = 0
    for row in made:
        if row.answers is not None and not row.same_as:
            parents.setdefault(row.pk, None)
            for key in _called(row.answers):
                known.setdefault(key, {})[row.pk] = row.number
    for row in made:
        if row.answers is not None and "works_for" in row.read.values:
            _join(reader, row, known, parents)
    deepest = clocks.number("sub_agent_depth")
    for row in made:
        if row.answers is None or row.wrong:
            continue
        if would_loop(row.pk, row.parent, parents):
            sentence = _("Somebody cannot work for themselves, nor for anyone who works for them.")
            row.wrong.append(reader.wrong(row.read, "works_for", sentence))
        elif depth_of(row.parent, parents) > deepest:
            sentence = _("This would be more than %(deepest)s steps below your agency.") % {
                "deepest": deepest
            }
            row.wrong.append(reader.wrong(row.read, "works_for", sentence))
    _reject_below_rejected(reader, made)


def _called(row: Any) -> list[Key]:
    numbers = [number_key(getattr(row, name)) for name in NUMBERS[ListPage.SUB_AGENTS]]
    return [*(("number", number) for number in numbers if number), ("name", plain(row.name))]


def _join(
    reader: Reader,
    row: PlannedRow,
    known: Mapping[Key, Mapping[UUID, int]],
    parents: dict[UUID, UUID | None],
) -> None:
    text = row.read.values["works_for"]
    found = known.get(("number", number_key(text))) or known.get(("name", plain(text))) or {}
    if len(found) != 1:
        sentence = (
            _("Several are called this. Write their identity or licence number instead.")
            if found
            else _(
                "Enter the name or number of a sub-agent on your list or in this sheet; empty: your agency."
            )
        )
        row.wrong.append(reader.wrong(row.read, "works_for", sentence))
        return
    wanted = next(iter(found))
    if wanted != row.parent:
        row.changed.append("works_for")
    row.parent = wanted
    row.answers = replace(row.answers, parent=wanted)
    parents[row.pk] = wanted


def _reject_below_rejected(reader: Reader, made: Sequence[PlannedRow]) -> None:
    """Who works for a new sub-agent whose row cannot be taken has to wait for it."""
    by_pk = {row.pk: row for row in made if not row.same_as}
    again = True
    while again:
        again = False
        for row in made:
            above = by_pk.get(row.parent) if row.parent and not row.wrong else None
            if above is not None and above.wrong and above.kept is None:
                sentence = _("Correct row %(row)s first: there is whom they work for.")
                row.wrong.append(reader.wrong(row.read, "works_for", sentence % {"row": above.number}))
                again = True


def exported(agency: Agency, page: ListPage, names: Sequence[str]) -> list[list[str]]:
    """The list as it is, in the columns of a sheet: it can be written on and brought in again."""
    rows = list(getattr(agency, page.value).all())
    called = {row.pk: row for row in rows}

    def cell(row: Kept, name: str) -> str:
        if name == "works_for":
            above = called.get(row.parent_id)
            return (above.identity_number or above.licence_number or above.name) if above else DIRECTLY
        value = getattr(row, name)
        return value.isoformat() if isinstance(value, date) else str(value or "")

    return [[cell(row, name) for name in names] for row in rows]
