"""Which column holds what, and what of a row can be searched; pure."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from iris.core.places import COUNTRY_CHOICES, is_country
from iris.matching import key, normalise
from supplychain.screenings.states import BatchStatus

LONGEST_NAME = 400
LONGEST_NUMBER = 200
FIELDS = ("name", "country", "number")
WORDS: dict[str, re.Pattern[str]] = {
    "number": re.compile(r"licen[cs]e|certificate|registration|reg\.? ?no|number|\bid\b|\blei\b|urn", re.I),
    "country": re.compile(r"country|ctry|nation|kraj|pa[ií]s|pays|land", re.I),
    "name": re.compile(
        r"name|organi[sz]ation|company|supplier|agency|recruiter|vendor|firm|employer|nazwa", re.I
    ),
}
_OTHER_NAMES = {
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "usa": "US",
    "uae": "AE",
    "czech republic": "CZ",
    "hong kong": "HK",
    "hong kong sar": "HK",
    "korea": "KR",
    "south korea": "KR",
    "russia": "RU",
    "vietnam": "VN",
    "viet nam": "VN",
    "burma": "MM",
    "turkey": "TR",
    "turkiye": "TR",
    "holland": "NL",
    "ksa": "SA",
}
_BY_NAME = {name.casefold(): code for code, name in COUNTRY_CHOICES} | _OTHER_NAMES
_SIGNS = re.compile(r"[^0-9A-Z]")


def guess_mapping(columns: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by its name; the first column is the name when none says so."""
    found: dict[str, int] = {}
    for wanted in ("country", "number", "name"):
        for index, column in enumerate(columns):
            if index not in found.values() and WORDS[wanted].search(column):
                found[wanted] = index
                break
    if "name" not in found:
        found["name"] = next((i for i in range(len(columns)) if i not in found.values()), 0)
    return found


@lru_cache(maxsize=4_096)
def country_code(text: str) -> str:
    """The ISO code of a country written as code or English name; empty when it is neither."""
    cleaned = text.strip()
    if len(cleaned) == 2 and is_country(cleaned.upper()):
        return cleaned.upper()
    return _BY_NAME.get(cleaned.casefold().replace(".", ""), "")


@dataclass(frozen=True, slots=True)
class Parts:
    """The searchable parts of a row; `problem` and `warning` are sentences that name row and column."""

    name: str
    country: str
    identifier: str
    problem: str
    warning: str
    fingerprint: UUID | None


class RowReader:
    """Reads rows under one mapping."""

    def __init__(self, mapping: Mapping[str, int], columns: Sequence[str]) -> None:
        self.name, self.country, self.number = (mapping.get(field, -1) for field in FIELDS)
        self.columns = columns

    def read(self, row: int, cells: Sequence[str]) -> Parts:
        """The parts of one row."""
        name = cells[self.name]
        written = cells[self.country] if self.country >= 0 else ""
        identifier = cells[self.number] if self.number >= 0 else ""
        code = country_code(written) if written else ""
        canonical = key(name[:LONGEST_NAME])
        problem = self._problem(row, name, identifier, canonical)
        return Parts(
            name[:LONGEST_NAME],
            code,
            identifier[:LONGEST_NAME],
            problem,
            self._unknown_country(row, written) if written and not code else "",
            None if problem else fingerprint(canonical, code, identifier),
        )

    def _problem(self, row: int, name: str, identifier: str, canonical: str) -> str:
        where = {"row": row, "column": self.columns[self.name]}
        if len(name) > LONGEST_NAME:
            return _(
                "Row %(row)s, %(column)s: expected at most %(most)s characters, found %(found)s. Keep the name only."
            ) % {**where, "most": LONGEST_NAME, "found": len(name)}
        if len(identifier) > LONGEST_NUMBER:
            where["column"] = self.columns[self.number]
            return _(
                "Row %(row)s, %(column)s: expected at most %(most)s characters, found %(found)s. Keep one number only."
            ) % {**where, "most": LONGEST_NUMBER, "found": len(identifier)}
        if identifier or canonical or normalise(name):
            return ""
        if not name:
            return (
                _(
                    "Row %(row)s, %(column)s: expected a name, found an empty cell. Fill it in or remove the row."
                )
                % where
            )
        return _(
            "Row %(row)s, %(column)s: expected a name with letters or digits, found “%(found)s”. Write the name."
        ) % {**where, "found": printable(name)}

    def _unknown_country(self, row: int, written: str) -> str:
        return _(
            "Row %(row)s, %(column)s: expected a country's name or two-letter code, found “%(found)s”. "
            "It was checked without a country; correct it for a surer match."
        ) % {"row": row, "column": self.columns[self.country], "found": printable(written)}


def problem_sentence(code: str, row: int, column: str, name: str) -> str:
    """Why a row that was taken names nobody, found when it was checked; `code` as lookups says it."""
    found = {
        "one_letter": _("a single letter"),
        "legal_form": _("only a legal form, “%(name)s”") % {"name": printable(name)},
    }.get(code, _("nothing to search for in “%(name)s”") % {"name": printable(name)})
    return _("Row %(row)s, %(column)s: expected a name, found %(found)s. Write the whole name.") % {
        "row": row,
        "column": column,
        "found": found,
    }


def printable(text: str) -> str:
    """As much of a cell as a sentence can quote."""
    return "".join(char if char.isprintable() else "·" for char in text[:40])


def fingerprint(canonical: str, country: str, identifier: str) -> UUID:
    """The same for rows that ask the same question: canonical name, country, number without signs."""
    number = _SIGNS.sub("", identifier.upper()) if identifier else ""
    text = f"{canonical}\x1f{country}\x1f{number}"
    return UUID(bytes=hashlib.blake2b(text.encode(), digest_size=16).digest())


def columns_key(columns: Sequence[str]) -> str:
    """The same for lists with the same columns."""
    return hashlib.sha256("\x1f".join(columns).casefold().encode()).hexdigest()


def missing_to_start(screening: Any) -> list[str]:
    """What is left before a screening can run."""
    if not screening.counts.get("check"):
        return [_("No row can be checked: map the column that holds the names.")]
    return []


def missing_to_finish(screening: Any) -> list[str]:
    """Rows that are not done yet."""
    left = sum(batch.lines for batch in screening.batches.exclude(status=BatchStatus.DONE))
    return [_("%(n)s rows are still to be checked.") % {"n": left}] if left else []
