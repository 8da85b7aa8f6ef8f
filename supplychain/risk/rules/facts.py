"""Dated facts of countries, corridors and sectors, read from the room's data files and checked."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from iris.core.places import SECTORS, is_country
from supplychain.risk.rules.method import FILE, Method, read_methods

FOLDER = Path(__file__).parents[1] / "data"
ANY = "*"
# Which inputs of a corridor a fact of a country answers: as origin, as destination.
OF_COUNTRY: dict[str, tuple[str, ...]] = {
    "worker_fees": ("worker_fees_origin", "worker_fees_destination"),
    "permit": ("permit_destination",),
    "c181": ("c181_origin", "c181_destination"),
    "p29": ("p29_origin", "p29_destination"),
}


@dataclass(frozen=True)
class Fact:
    """One thing known of a country, a corridor or a sector, from a day, with its source."""

    subject: tuple[str, ...]
    code: str
    value: str
    valid_from: date
    source: str
    url: str = ""
    note: str = ""
    verify: bool = False
    proposal: bool = False

    @property
    def number(self) -> Decimal | None:
        """The value as a number, where it is one."""
        return Decimal(self.value) if self.code == "cost_months" else None


@dataclass(frozen=True)
class Facts:
    """All facts of the room; `held` finds the one in force."""

    rows: tuple[Fact, ...]
    known: Mapping[tuple[tuple[str, ...], str], tuple[Fact, ...]]

    @classmethod
    def of(cls, rows: Iterable[Fact]) -> Facts:
        """Index facts by subject and code, oldest first."""
        listed = tuple(sorted(rows, key=lambda fact: fact.valid_from))
        known: dict[tuple[tuple[str, ...], str], tuple[Fact, ...]] = {}
        for fact in listed:
            key = (fact.subject, fact.code)
            known[key] = (*known.get(key, ()), fact)
        return cls(listed, known)

    def held(self, subject: tuple[str, ...], code: str, on: date) -> Fact | None:
        """The fact in force on a day."""
        rows = [fact for fact in self.known.get((subject, code), ()) if fact.valid_from <= on]
        return rows[-1] if rows else None


def _read(name: str, folder: Path) -> Any:
    return yaml.safe_load((folder / name).read_text(encoding="utf-8"))


def _fact(row: Mapping[str, Any], subject: tuple[str, ...]) -> Fact:
    return Fact(
        subject=subject,
        code=row["code"],
        value=str(row["value"]),
        valid_from=row["valid_from"],
        source=row["source"],
        url=row.get("url") or "",
        note=row.get("note") or "",
        verify=bool(row.get("verify", False)),
        proposal=bool(row.get("proposal", False)),
    )


def _of_treaty(row: Mapping[str, Any]) -> Iterator[Fact]:
    """A ratification is a fact. Not standing on a list that may lack some says nothing: unknown, not "no"."""
    given: dict[str, Any] = {name: row[name] for name in ("code", "source", "url", "verify") if name in row}
    for country in row.get("ratified", ()):
        yield _fact({**given, "value": "yes", "valid_from": row["valid_from"]}, (country,))
    for country, day in row.get("dated", {}).items():
        yield _fact({**given, "value": "yes", "valid_from": day}, (country,))


def read_facts(folder: Path = FOLDER) -> Facts:
    """Every fact of the files in a folder."""
    countries = _read("countries.yaml", folder)
    rows = [_fact(row, (row["country"],)) for row in countries["facts"]]
    for treaty in countries["treaties"]:
        rows.extend(_of_treaty(treaty))
    rows += [_fact(row, (row["origin"], row["destination"])) for row in _read("corridors.yaml", folder)]
    rows += [_fact(row, (row["sector"],)) for row in _read("sectors.yaml", folder)]
    return Facts.of(rows)


@functools.cache
def facts() -> Facts:
    """The facts shipped with the product."""
    return read_facts()


def problems(folder: Path = FOLDER) -> list[str]:
    """What is wrong with the data files, one sentence each; empty when they can be relied on."""
    try:
        text = (folder / FILE.name).read_text(encoding="utf-8")
        found, method = _method_problems(text), read_methods(text)[-1]
        rows = read_facts(folder).rows
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, IndexError) as error:
        return [f"{folder}: a file could not be read: {type(error).__name__} {error}."]
    seen: set[tuple[tuple[str, ...], str, date]] = set()
    for fact in rows:
        found.extend(_fact_problems(fact, method))
        key = (fact.subject, fact.code, fact.valid_from)
        if key in seen:
            found.append(f"{_where(fact)}: two entries from the same day; keep one.")
        seen.add(key)
    return found


def _where(fact: Fact) -> str:
    return f"{'-'.join(fact.subject)} {fact.code} from {fact.valid_from}"


def _fact_problems(fact: Fact, method: Method) -> Iterator[str]:
    if not isinstance(fact.valid_from, date):
        yield f"{_where(fact)}: expected a date as YYYY-MM-DD."
    if not fact.source.strip():
        yield f"{_where(fact)}: expected a source, found none. Name where it is stated."
    if not fact.url and not (fact.verify or fact.proposal):
        yield f"{_where(fact)}: no address of the source. Give one, or mark it verify: true."
    yield from _subject_problems(fact)
    gauges = {**method.corridor, **method.sector}
    inputs = OF_COUNTRY.get(fact.code, (fact.code,))
    for code in inputs:
        if code not in gauges:
            yield f"{_where(fact)}: the method has no input {code}."
        elif fact.code == "cost_months":
            if not _positive(fact.value):
                yield f"{_where(fact)}: expected a number of months from 0, found {fact.value}."
        elif gauges[code].of_level(fact.value) is None:
            known = ", ".join(gauges[code].levels)
            yield f"{_where(fact)}: expected one of {known}, found {fact.value}."


def _positive(value: str) -> bool:
    try:
        return Decimal(value) >= 0
    except ArithmeticError:
        return False


def _subject_problems(fact: Fact) -> Iterator[str]:
    if fact.code == "cost_months":
        for code in fact.subject:
            if code != ANY and not is_country(code):
                yield f"{_where(fact)}: {code} is not a country of ISO 3166-1."
        if fact.subject[0] == fact.subject[1]:
            yield f"{_where(fact)}: a corridor goes from one country to another."
    elif fact.code in OF_COUNTRY:
        if not is_country(fact.subject[0]):
            yield f"{_where(fact)}: {fact.subject[0]} is not a country of ISO 3166-1."
    elif fact.subject[0] not in SECTORS:
        yield f"{_where(fact)}: {fact.subject[0]} is not one of our sectors."


def _method_problems(text: str) -> list[str]:
    found = []
    for method in read_methods(text):
        where = f"method {method.version}"
        if not method.source.strip():
            found.append(f"{where}: expected a source, found none.")
        if min(method.bands.values()) != 0 or set(method.bands) != {"low", "medium", "high"}:
            found.append(f"{where}: expected the bands low, medium and high, the lowest from 0.")
        for group in (method.inputs, method.corridor, method.sector):
            for gauge in group.values():
                scale = [*gauge.levels.values(), *(bad for _upto, bad in gauge.steps)]
                if not all(0 <= bad <= 100 for bad in (*scale, gauge.unknown)) or gauge.weight < 0:
                    found.append(f"{where}, {gauge.code}: badness is from 0 to 100 and a weight from 0.")
                if gauge.unknown < min(scale, default=0):
                    found.append(f"{where}, {gauge.code}: unknown may not count better than the best answer.")
        for key in method.floors:
            code, level = key.split(".")
            if code not in method.inputs or method.inputs[code].of_level(level) is None:
                found.append(f"{where}: the floor {key} is of no answer of the method.")
    return found
