"""What a sheet would do to the chain, row by row: create, update, skip or reject. Nothing is written here."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iris.accounts.models import Organisation
from iris.core.days import in_words
from supplychain.chains.graph import Graph
from supplychain.chains.models import Link, Party
from supplychain.chains.rules.sheet import LinkCells, PartyCell, ReadRow
from supplychain.chains.selectors.register import register_began

Key = UUID | tuple[Any, ...]  # a party that is there, or one that the sheet makes
MOST_CIRCLES = 20


class Action(models.TextChoices):
    """What becomes of a row."""

    CREATE = "create", gettext_lazy("New")
    UPDATE = "update", gettext_lazy("Changed")
    SKIP = "skip", gettext_lazy("Passed over")
    REJECT = "reject", gettext_lazy("To be corrected")


@dataclass
class RowPlan:
    """One row: what becomes of it, and why in sentences."""

    number: int
    action: Action
    words: str = ""
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class LinkPlan:
    """One link to be made, or to take the place of the one in force."""

    upper: Key
    lower: Key
    cells: LinkCells
    row: int
    replaces: UUID | None = None


@dataclass
class Plan:
    """Everything a sheet would do."""

    rows: list[RowPlan] = field(default_factory=list)
    parties: dict[Key, PartyCell] = field(default_factory=dict)
    links: list[LinkPlan] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, action: Action) -> int:
        """How many rows of one kind."""
        return sum(row.action == action for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """In numbers."""
        return {
            "parties": len(self.parties),
            "links": sum(link.replaces is None for link in self.links),
            "updated": sum(link.replaces is not None for link in self.links),
            "skipped": self.count(Action.SKIP),
            "rejected": self.count(Action.REJECT),
        }

    @property
    def does_nothing(self) -> bool:
        """Whether there is nothing to take in."""
        return not self.links and not self.parties


def plan(organisation: Organisation, rows: Sequence[ReadRow]) -> Plan:
    """What these rows would do to the chain as it is now."""
    return _Planner(organisation).plan(rows)


class _Planner:
    def __init__(self, organisation: Organisation) -> None:
        self.made = Plan()
        self.known: dict[tuple[str, str], dict[str, Key]] = defaultdict(dict)
        self.links: dict[tuple[Key, Key], dict[date, Link]] = defaultdict(dict)
        self.told: dict[tuple[Key, Key, date], LinkPlan] = {}
        self.unnamed: dict[tuple[UUID, str], UUID] = {}
        self.names: dict[Key, str] = {}
        nameless = {}
        for pk, kind, name, country, blank in Party.objects.filter(
            organisation=organisation, gone_at=None
        ).values_list("pk", "kind", "name", "country", "nameless"):
            self.known[kind, name.casefold()][country] = pk
            self.names[pk] = name
            if blank:
                nameless[pk] = kind
        for link in Link.objects.filter(organisation=organisation, replaced_at=None):
            self.links[link.upper_id, link.lower_id][link.since] = link
            if link.lower_id in nameless:
                self.unnamed[link.upper_id, nameless[link.lower_id]] = link.lower_id

    def plan(self, rows: Sequence[ReadRow]) -> Plan:
        for row in rows:
            self.made.rows.append(self._row(row))
        self._note_circles()
        self._note_early()
        return self.made

    def _row(self, row: ReadRow) -> RowPlan:
        if row.header:
            text = _("Row %(row)s: the column names stand here again; it is passed over.") % {
                "row": row.number
            }
            return RowPlan(row.number, Action.SKIP, "", [text])
        if row.problems:
            return RowPlan(row.number, Action.REJECT, "", row.problems)
        words = " > ".join([self._word(row.links[0].upper), *(self._word(link.lower) for link in row.links)])
        keys: dict[int, Key] = {}
        fresh: dict[Key, PartyCell] = {}
        wanted: list[LinkPlan] = []
        sentences: list[str] = []
        for cells in row.links:
            upper = keys.setdefault(id(cells.upper), self._key(cells.upper, None, row.number, fresh))
            lower = keys.setdefault(id(cells.lower), self._key(cells.lower, upper, row.number, fresh))
            problem, link = self._link(upper, lower, cells, row.number)
            if problem:
                return RowPlan(row.number, Action.REJECT, words, [problem])
            if isinstance(link, str):
                sentences.append(link)
            elif link is not None:
                wanted.append(link)
        for key, cell in fresh.items():
            self.made.parties[key] = cell
            self.known[cell.kind, cell.name.casefold()].setdefault(cell.country, key)
            self.names[key] = cell.name or _("Unknown")
        for one in wanted:
            self.told[one.upper, one.lower, one.cells.since] = one
            self.made.links.append(one)
        if any(one.replaces is None for one in wanted):
            return RowPlan(row.number, Action.CREATE, words)
        if wanted:
            return RowPlan(row.number, Action.UPDATE, words)
        return RowPlan(row.number, Action.SKIP, words, sentences[:1])

    @staticmethod
    def _word(cell: PartyCell) -> str:
        return cell.name or _("unknown %(kind)s") % {"kind": str(cell.kind.label).lower()}

    def _key(self, cell: PartyCell, upper: Key | None, row: int, fresh: dict[Key, PartyCell]) -> Key:
        if cell.unnamed:
            held = self.unnamed.get((upper, cell.kind)) if isinstance(upper, UUID) else None
            key: Key = held or ("unnamed", upper if upper is not None else row, cell.kind.value)
            if held is None and key not in self.made.parties:
                fresh[key] = cell
            return key
        there = {**self.known.get((cell.kind, cell.name.casefold()), {})}
        for key, other in fresh.items():
            if other.kind == cell.kind and other.name.casefold() == cell.name.casefold():
                there.setdefault(other.country, key)
        if cell.country in there:
            return there[cell.country]
        if there and not cell.country and len(there) == 1:
            return next(iter(there.values()))
        if "" in there:
            return there[""]
        key = (cell.kind.value, cell.name.casefold(), cell.country)
        fresh[key] = cell
        return key

    def _link(self, upper: Key, lower: Key, cells: LinkCells, row: int) -> tuple[str, LinkPlan | str | None]:
        """A problem, or the link to make, or the sentence why there is nothing to do."""
        if upper == lower:
            text = _("Row %(row)s: “%(name)s” stands below itself, fix one of the two.")
            return text % {"row": row, "name": cells.lower.name}, None
        before = self.told.get((upper, lower, cells.since))
        if before is not None:
            if before.row == row or _values(before.cells) == _values(cells):
                return "", _("Row %(row)s: the same link as in row %(other)s.") % {
                    "row": row,
                    "other": before.row,
                }
            if _is_bare(cells):  # a tier above, told again by the next row down
                return "", _("Row %(row)s: the same link as in row %(other)s.") % {
                    "row": row,
                    "other": before.row,
                }
            text = _(
                "Row %(row)s: the same link as in row %(other)s with other values, keep one of the two rows."
            )
            return text % {"row": row, "other": before.row}, None
        held = self.links.get((upper, lower), {})
        link = held.get(cells.since)
        if link is None and not cells.dated:
            link = next((one for one in held.values() if one.until is None), None)
        if link is None:
            return "", LinkPlan(upper, lower, cells, row)
        if not _differs(link, cells):
            return "", _("Row %(row)s: it stands in the chain like this already.") % {"row": row}
        return "", LinkPlan(upper, lower, cells, row, link.pk)

    def _note_circles(self) -> None:
        numbers: dict[Key, int] = {}
        pairs: dict[tuple[int, int], int] = {}
        for upper, lower in self.links:
            pairs[numbers.setdefault(upper, len(numbers)), numbers.setdefault(lower, len(numbers))] = 0
        for link in self.made.links:
            ends = (
                numbers.setdefault(link.upper, len(numbers)),
                numbers.setdefault(link.lower, len(numbers)),
            )
            pairs[ends] = pairs.get(ends) or link.row
        if not pairs:
            return
        edges = np.array(list(pairs), np.int32)
        graph = Graph.build(len(numbers), edges[:, 0], edges[:, 1])
        names = {number: self.names.get(key, "") for key, number in numbers.items()}
        for ring in graph.circles()[:MOST_CIRCLES]:
            rows = sorted({pairs[ends] for ends in zip(ring, [*ring[1:], ring[0]], strict=True)} - {0})
            if rows:
                self.made.notes.append(
                    _(
                        "Rows %(rows)s make a circle: %(way)s. It is taken in as written and shown as a finding."
                    )
                    % {
                        "rows": ", ".join(map(str, rows)),
                        "way": " > ".join(names[node] for node in [*ring, ring[0]]),
                    }
                )

    def _note_early(self) -> None:
        began = register_began()
        early = [link for link in self.made.links if began and link.cells.since < began]
        if early and began:
            self.made.notes.append(
                _(
                    "%(n)s links begin before the register did (%(day)s), the first in row %(row)s. They are kept; of"
                    " the standings before that day nothing is known."
                )
                % {"n": f"{len(early):,}", "day": in_words(began), "row": early[0].row}
            )


def _values(cells: LinkCells) -> tuple[Any, ...]:
    return (cells.until, cells.workers, cells.fee_terms, cells.contract)


def _is_bare(cells: LinkCells) -> bool:
    return cells.workers is None and cells.fee_terms == "unknown" and not cells.contract


def _differs(link: Link, cells: LinkCells) -> bool:
    """Whether a row says something else. What it leaves empty says nothing."""
    return (
        (cells.until is not None and cells.until != link.until)
        or (cells.workers is not None and cells.workers != link.workers)
        or (cells.fee_terms != "unknown" and cells.fee_terms != link.fee_terms)
        or (cells.contract != "" and cells.contract != link.contract_reference)
    )
