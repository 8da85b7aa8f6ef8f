"""A sheet of branches, sub-agents, corridors or licences, read cell by cell, whatever the agency already has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from certification.agencies.states import ListPage
from iris.core.cells import QUOTED, Unreadable, clean, country_of, day_of, plain

Columns = dict[str, tuple[StrOrPromise, tuple[str, ...]]]
_NAME = gettext_lazy("Name")
_COUNTRY = gettext_lazy("Country")
_CITY = (gettext_lazy("Town or city"), ("city", "town", "place", "location", "village"))
COLUMNS: dict[ListPage, Columns] = {
    ListPage.BRANCHES: {
        "name": (_NAME, ("branch", "branch name", "office", "office name")),
        "country": (_COUNTRY, ("branch country", "country code")),
        "city": _CITY,
        "address": (gettext_lazy("Address"), ("street", "street address")),
        "responsible": (
            gettext_lazy("Who runs it"),
            ("responsible person", "manager", "branch manager", "in charge"),
        ),
        "phone": (gettext_lazy("Phone"), ("telephone", "tel", "phone number", "mobile")),
        "authority_reference": (
            gettext_lazy("Reference of the authority"),
            ("reference", "approval number", "approval", "registration number", "permit number"),
        ),
    },
    ListPage.SUB_AGENTS: {
        "name": (_NAME, ("sub agent", "subagent", "agent", "name of the person or firm", "full name")),
        "works_for": (
            gettext_lazy("Works for"),
            ("whom do they work for", "parent", "above", "supervisor", "under", "reports to"),
        ),
        "country": (_COUNTRY, ("country where they work", "country code")),
        "district": (gettext_lazy("District or province"), ("district", "province", "state", "region")),
        "city": _CITY,
        "licence_number": (gettext_lazy("Licence number"), ("license number", "licence", "license")),
        "identity_number": (
            gettext_lazy("Identity or company number"),
            ("identity", "id number", "citizenship number", "company number", "national id"),
        ),
        "agreement_on": (
            gettext_lazy("Date of the written agreement"),
            ("agreement", "agreement date", "contract date", "agreement on"),
        ),
        "fee_terms": (
            gettext_lazy("What are they paid, and by whom?"),
            ("fee terms", "fees", "commission", "paid", "terms"),
        ),
        "since": (gettext_lazy("Since"), ("from", "start", "start date")),
        "until": (gettext_lazy("Until"), ("to", "end", "end date")),
    },
    ListPage.CORRIDORS: {
        "origin": (
            gettext_lazy("Workers come from"),
            ("from", "country of origin", "origin country", "source country"),
        ),
        "destination": (
            gettext_lazy("They work in"),
            ("to", "country of work", "country of destination", "destination country"),
        ),
    },
    ListPage.LICENCES: {
        "country": (_COUNTRY, ("licence country", "country code")),
        "authority": (gettext_lazy("Authority"), ("issued by", "issuer", "issuing authority")),
        "number": (gettext_lazy("Number"), ("licence number", "license number", "licence", "license")),
        "valid_from": (gettext_lazy("Valid from"), ("from", "issued", "issue date", "start date", "since")),
        "valid_to": (
            gettext_lazy("Valid to"),
            ("to", "expiry", "expiry date", "expires", "until", "end date"),
        ),
    },
}
NEEDED: dict[ListPage, tuple[str, ...]] = {
    ListPage.BRANCHES: ("name", "country", "city"),
    ListPage.SUB_AGENTS: ("name", "country", "city"),
    ListPage.CORRIDORS: ("origin", "destination"),
    ListPage.LICENCES: ("country", "authority", "number", "valid_from", "valid_to"),
}
COUNTRY_CELLS = frozenset({"country", "origin", "destination"})
DAY_CELLS = frozenset({"agreement_on", "since", "until", "valid_from", "valid_to"})


@dataclass(frozen=True)
class Wrong:
    """One cell that cannot be taken: its row and column as they stand in the sheet, what it holds, what to do."""

    row: int
    column: str
    found: str
    expected: str

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        words = {
            "row": self.row,
            "column": self.column,
            "found": self.found,
            "expected": self.expected,
        }
        if not self.found:
            return _("Row %(row)s, %(column)s: empty. %(expected)s") % words
        if self.found in self.expected:
            return _("Row %(row)s, %(column)s: %(expected)s") % words
        return _("Row %(row)s, %(column)s: found “%(found)s”. %(expected)s") % words


@dataclass
class ReadRow:
    """A row as it was understood. `values` holds only cells that say something; `header`: column names again."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)
    header: bool = False


def label_of(page: ListPage, name: str) -> str:
    """A column in words."""
    return str(COLUMNS[page][name][0])


def known_header(page: ListPage, text: str) -> str:
    """Which of our columns a header means; empty for none."""
    word = plain(text)
    for name, (label, others) in COLUMNS[page].items():
        if word in {plain(name), plain(str(label)), *others}:
            return name
    return ""


def guess_mapping(page: ListPage, columns: Sequence[str]) -> dict[str, int]:
    """Our columns by their place; the first that fits."""
    mapping: dict[str, int] = {}
    for at, text in enumerate(columns):
        name = known_header(page, text)
        if name and name not in mapping:
            mapping[name] = at
    return mapping


def mapping_problems(
    page: ListPage, mapping: Mapping[str, int], columns: Sequence[str]
) -> dict[str, list[str]]:
    """What is wrong with a choice of columns, by column of ours."""
    wrong = {name: [_("Choose the column that holds it.")] for name in NEEDED[page] if name not in mapping}
    used: set[int] = set()
    for name, at in mapping.items():
        if not 0 <= at < len(columns):
            wrong[name] = [_("The sheet has no such column. Choose another.")]
        elif at in used:
            wrong[name] = [_("Each column can be used once. Choose another, or none.")]
        used.add(at)
    return wrong


class Reader:
    """Reads rows by one choice of columns."""

    def __init__(
        self, page: ListPage, mapping: Mapping[str, int], columns: Sequence[str], today: date
    ) -> None:
        self.page, self.mapping, self.columns, self.today = page, mapping, columns, today

    def read(self, number: int, cells: Sequence[str]) -> ReadRow:
        """One row: values of cells that can be read, and what is wrong with the others."""
        row = ReadRow(number, told={name: clean(cells[at]) for name, at in self.mapping.items()})
        names = {name: plain(self.columns[at]) for name, at in self.mapping.items()}
        if all(text and plain(text) == names[name] for name, text in row.told.items()):
            row.header = True
            return row
        for name, text in row.told.items():
            if not text:
                continue
            try:
                row.values[name] = self._value(name, text)
            except Unreadable as error:
                row.wrong.append(self.wrong(row, name, str(error)))
        return row

    def _value(self, name: str, text: str) -> Any:
        if name in COUNTRY_CELLS:
            return country_of(text)
        return day_of(text, self.today) if name in DAY_CELLS else text

    def wrong(self, row: ReadRow, name: str, expected: str) -> Wrong:
        """A cell of a row that cannot be taken."""
        column = self.columns[self.mapping[name]] if name in self.mapping else label_of(self.page, name)
        text = expected[:1].upper() + expected[1:]
        return Wrong(
            row.number, column, row.told.get(name, "")[:QUOTED], text if text.endswith(".") else f"{text}."
        )
