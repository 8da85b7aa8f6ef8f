"""Questions about screenings and their rows; pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from iris.core.places import COUNTRY_CHOICES, is_country
from supplychain.screenings.states import RowStatus

LONGEST_NAME = 400
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


def country_code(text: str) -> str:
    """The ISO code of a country written as code or English name; empty when it is neither."""
    cleaned = text.strip()
    if len(cleaned) == 2 and is_country(cleaned.upper()):
        return cleaned.upper()
    return _BY_NAME.get(cleaned.casefold().replace(".", ""), "")


def read_row(
    number: int, cells: Sequence[str], mapping: Mapping[str, int], columns: Sequence[str]
) -> dict[str, Any]:
    """The searchable parts of a row, and `problem`: a sentence when it cannot be searched."""

    def cell(wanted: str) -> str:
        index = mapping.get(wanted, -1)
        return cells[index].strip() if 0 <= index < len(cells) else ""

    name, written, identifier = cell("name"), cell("country"), cell("number")
    code = country_code(written)
    problem = ""
    if not name and not identifier:
        problem = _(
            "Row %(row)s, %(column)s: expected a name, found an empty cell. Fill it in or remove the row."
        ) % {
            "row": number,
            "column": columns[mapping["name"]],
        }
    elif len(name) > LONGEST_NAME:
        problem = _(
            "Row %(row)s, %(column)s: expected at most %(most)s characters, found %(found)s. Keep the name only."
        ) % {"row": number, "column": columns[mapping["name"]], "most": LONGEST_NAME, "found": len(name)}
    warning = ""
    if written and not code:
        warning = _(
            "Row %(row)s, %(column)s: expected a country's name or two-letter code, found “%(found)s”. "
            "It was checked without a country; correct it for a surer match."
        ) % {"row": number, "column": columns[mapping["country"]], "found": written[:40]}
    return {
        "name": name[:LONGEST_NAME],
        "country": code,
        "identifier": identifier[:LONGEST_NAME],
        "problem": problem,
        "warning": warning,
    }


def missing_to_start(screening: Any) -> list[str]:
    """What is left before a screening can run."""
    if not screening.rows.exclude(status=RowStatus.FAILED).exists():
        return [_("No row can be checked: map the column that holds the names.")]
    return []


def missing_to_finish(screening: Any) -> list[str]:
    """Rows that are not done yet."""
    left = screening.rows.filter(status__in=[RowStatus.WAITING, RowStatus.LEASED]).count()
    return [_("%(n)s rows are still to be checked.") % {"n": left}] if left else []
