"""What is shipped with the product and loaded into rows: watched words, expected costs, exchange rates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from certification.assessments.rules import Component, Watched, script_of
from iris.core.money import Money

HERE = Path(__file__).resolve().parent
WORDS = HERE / "disguise_labels.yaml"
COSTS = HERE / "corridor_costs.yaml"


@dataclass(frozen=True)
class ShippedWord:
    """A watched word as the file has it."""

    watched: Watched
    source: str
    valid_from: dt.date


@dataclass(frozen=True)
class ShippedCost:
    """A component of a corridor as the file has it."""

    origin: str
    destination: str
    sector: str
    component: Component
    valid_from: dt.date


@dataclass(frozen=True)
class ShippedRate:
    """An exchange rate as the file has it."""

    currency: str
    per_usd: Decimal
    rate_on: dt.date
    source: str
    draft: bool


@cache
def words() -> tuple[ShippedWord, ...]:
    """The dictionary of disguises, in the order of the file."""
    data = _read(WORDS)
    unsure = frozenset(data["unreviewed"])
    return tuple(
        ShippedWord(
            watched=Watched(
                term=term,
                lang=lang,
                script=script_of(term),
                kind=entry["kind"],
                category=entry["category"],
                why=entry["why"],
                reviewed=lang not in unsure,
            ),
            source=entry.get("source", data["source"]),
            valid_from=data["valid_from"],
        )
        for entry in data["labels"]
        for lang, terms in entry["terms"].items()
        for term in terms
    )


@cache
def costs() -> tuple[ShippedCost, ...]:
    """The proposals for the corridors of the demonstration."""
    data = _read(COSTS)
    return tuple(
        ShippedCost(
            origin=corridor["from"],
            destination=corridor["to"],
            sector=corridor.get("sector", ""),
            component=_component(row, corridor["currency"], data["source"]),
            valid_from=data["valid_from"],
        )
        for corridor in data["corridors"]
        for row in corridor["components"]
    )


def _component(row: dict[str, Any], currency: str, source: str) -> Component:
    own = row.get("currency", currency)
    low, typical, high = (Money.parse(str(amount), own) for amount in row["range"])
    said = row.get("source", source)
    return Component(row["kind"], row["name"], low, typical, high, said, row.get("draft", True))


@cache
def rates() -> tuple[ShippedRate, ...]:
    """Exchange rates, each with its day. Written as text in the file, so that no float ever touches them."""
    data = _read(COSTS)["rates"]
    return tuple(
        ShippedRate(code, Decimal(value), data["on"], data["source"], data["draft"])
        for code, value in data["per_usd"].items()
    )


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found
