"""What the laws ask, read once from laws.yaml and checked."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from django.core.exceptions import ImproperlyConfigured

PATH = Path(__file__).resolve().parents[1] / "laws.yaml"
PIECES = (
    "receipts",
    "screenings",
    "chain",
    "findings",
    "certificates",
    "risk",
    "decisions",
    "conditions",
    "nominations",
    "watches",
    "requests",
    "step1",
    "step2",
    "step3",
    "step4",
    "step5",
    "step6",
)


@dataclass(frozen=True)
class Fact:
    """A threshold, a day, a fine: since when it holds, where it stands, and whether it is still to be verified."""

    label: str
    text: str
    valid_from: date
    source: str
    verify: bool = False


@dataclass(frozen=True)
class Ask:
    """One thing a record for the law has to hold, and which of our pieces answer it."""

    code: str
    title: str
    text: str
    pieces: tuple[str, ...]
    verify: bool = False


@dataclass(frozen=True)
class Law:
    """One law."""

    code: str
    short: str
    name: str
    country: str
    output: str
    facts: tuple[Fact, ...]
    asks: tuple[Ask, ...]

    def facts_on(self, day: date) -> list[Fact]:
        """What held on a day."""
        return [fact for fact in self.facts if fact.valid_from <= day]


@functools.cache
def laws() -> dict[str, Law]:
    """Every law by its code, in the order of the file."""
    found = [_law(row) for row in yaml.safe_load(PATH.read_text(encoding="utf-8"))]
    if len({law.code for law in found}) != len(found):
        raise ImproperlyConfigured("laws.yaml: a code stands twice.")
    return {law.code: law for law in found}


def _law(row: dict[str, object]) -> Law:
    asks = tuple(_ask(one, str(row["code"])) for one in row["asks"])  # type: ignore[attr-defined] # a list in the file
    facts = tuple(Fact(**one) for one in row["facts"])  # type: ignore[attr-defined] # a list in the file
    words = {name: str(row[name]) for name in ("code", "short", "name", "country", "output")}
    return Law(**words, facts=facts, asks=asks)


def _ask(row: dict[str, object], law: str) -> Ask:
    pieces: tuple[str, ...] = tuple(row["pieces"])  # type: ignore[arg-type] # a list in the file
    unknown = set(pieces) - set(PIECES)
    if unknown:
        raise ImproperlyConfigured(f"laws.yaml: {law} asks for unknown pieces {sorted(unknown)}.")
    return Ask(str(row["code"]), str(row["title"]), str(row["text"]), pieces, bool(row.get("verify", False)))


def law_of(code: str) -> Law:
    """One law. KeyError when there is none of this code."""
    return laws()[code]
