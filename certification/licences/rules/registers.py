"""The registers of registers.yaml as objects. A word or a shape is data; nothing here asks the world."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ImproperlyConfigured

from certification.licences.states import LicenceStatus, Obtained

FILE = Path(__file__).resolve().parents[1] / "registers.yaml"


@dataclass(frozen=True)
class Shape:
    """How a number of this register usually looks."""

    pattern: re.Pattern[str]
    example: str
    confirmed: bool
    source: str


@dataclass(frozen=True)
class Word:
    """A word of the register for the state of a licence, and what we take it to mean."""

    word: str
    lang: str
    means: LicenceStatus


@dataclass(frozen=True)
class Note:
    """A rule of the country that a reader of a result should know, with its day and source."""

    day: date
    text: str
    source: str
    confirmed: bool = True
    rule: str = ""
    value: int = 0


@dataclass(frozen=True)
class RegisterSpec:
    """One register of one country."""

    code: str
    country: str
    name: str
    authority: str
    law: str
    lang: str
    obtained: Obtained
    address: str
    data_terms: str
    stale_days: int
    complete: bool
    confirmed: bool
    shapes: tuple[Shape, ...]
    words: tuple[Word, ...]
    columns: dict[str, tuple[str, ...]]
    confirmed_by: str = ""
    refresh_hours: int = 0
    listed_means: LicenceStatus | None = None
    prefixes: tuple[str, ...] = ()
    drop_zeros: bool = False
    month_first: bool = False
    bikram_sambat: bool = False
    json: dict[str, str] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def automatic(self) -> bool:
        """Whether lists of it can be fetched."""
        return self.obtained == Obtained.OPEN_DATA

    @property
    def title(self) -> str:
        """The register and who keeps it."""
        return f"{self.name}, {self.authority}"


def _register(row: dict[str, Any]) -> RegisterSpec:
    shapes = tuple(
        Shape(re.compile(one["pattern"], re.IGNORECASE), one["example"], one["confirmed"], one["source"])
        for one in row["shapes"]
    )
    words = tuple(Word(one["word"], one["lang"], LicenceStatus(one["means"])) for one in row["words"])
    listed = row.get("listed_means")
    return RegisterSpec(
        code=row["code"],
        country=row["country"],
        name=row["name"],
        authority=row["authority"],
        law=row["law"],
        lang=row["lang"],
        obtained=Obtained(row["obtained"]),
        address=row["address"],
        data_terms=row["data_terms"],
        stale_days=int(row["stale_days"]),
        complete=bool(row["complete"]),
        confirmed=bool(row["confirmed"]),
        confirmed_by=row.get("confirmed_by", ""),
        refresh_hours=int(row.get("refresh_hours", 0)),
        shapes=shapes,
        words=words,
        columns={name: tuple(heads) for name, heads in row["columns"].items()},
        listed_means=LicenceStatus(listed) if listed else None,
        prefixes=tuple(row.get("prefixes", ())),
        drop_zeros=row.get("leading_zeros") == "drop",
        month_first=row.get("dates") == "month_first",
        bikram_sambat=row.get("calendar") == "bikram_sambat",
        json=row.get("json", {}),
        leave_out=tuple(row.get("leave_out", ())),
        notes=tuple(Note(**one) for one in row.get("notes", ())),
    )


@functools.cache
def registers() -> tuple[RegisterSpec, ...]:
    """Every register, in the order of the file."""
    rows = tuple(_register(row) for row in yaml.safe_load(FILE.read_text(encoding="utf-8")))
    if len({row.code for row in rows}) != len(rows):
        raise ImproperlyConfigured(f"{FILE.name}: two registers have the same code.")
    return rows


def register(code: str) -> RegisterSpec | None:
    """The register of this code."""
    return next((row for row in registers() if row.code == code.upper()), None)


def register_of(country: str) -> RegisterSpec | None:
    """The register that licences recruiters of a country, where we know one."""
    return next((row for row in registers() if row.country == country), None)
