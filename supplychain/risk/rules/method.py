"""The method as data: which inputs, which badness for which answer, which weights, from which day."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parents[1] / "data" / "method.yaml"
MOST = 100
Number = int | Decimal


@dataclass(frozen=True)
class Gauge:
    """One input: its default weight, the badness of each answer, and the badness of not knowing."""

    code: str
    weight: int
    unknown: int
    levels: Mapping[str, int] = field(default_factory=dict)
    steps: Sequence[tuple[Number | None, int]] = ()

    def of_level(self, level: str) -> int | None:
        """The badness of an answer; None when the answer is none of those we know, which is unknown."""
        return self.levels.get(level)

    def of_number(self, value: Number) -> int:
        """The badness of a number: that of the first step it does not exceed."""
        return next(badness for upto, badness in self.steps if upto is None or value <= upto)


@dataclass(frozen=True)
class Method:
    """One version of the method."""

    version: str
    valid_from: date
    source: str
    bands: Mapping[str, int]
    floors: Mapping[str, int]
    inputs: Mapping[str, Gauge]
    corridor: Mapping[str, Gauge]
    sector: Mapping[str, Gauge]

    def band(self, points: Number) -> str:
        """The band that so many points fall into."""
        return max((start, code) for code, start in self.bands.items() if start <= points)[1]

    @property
    def default_weights(self) -> dict[str, int]:
        """The weight of every input unless an employer chose its own."""
        return {code: gauge.weight for code, gauge in self.inputs.items()}


def _gauges(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Gauge]:
    return {
        code: Gauge(
            code=code,
            weight=row["weight"],
            unknown=row["unknown"],
            levels=dict(row.get("levels", {})),
            steps=tuple((upto, badness) for upto, badness in row.get("steps", ())),
        )
        for code, row in rows.items()
    }


def read_methods(text: str) -> tuple[Method, ...]:
    """The versions written in a method file, oldest first."""
    return tuple(
        sorted(
            (
                Method(
                    version=str(row["version"]),
                    valid_from=row["valid_from"],
                    source=row["source"],
                    bands=row["bands"],
                    floors=row["floors"],
                    inputs=_gauges(row["inputs"]),
                    corridor=_gauges(row["corridor"]),
                    sector=_gauges(row["sector"]),
                )
                for row in yaml.safe_load(text)
            ),
            key=lambda method: method.valid_from,
        )
    )


@functools.cache
def methods() -> tuple[Method, ...]:
    """Every version of the method, oldest first."""
    return read_methods(FILE.read_text(encoding="utf-8"))


def method_on(day: date) -> Method:
    """The version in force on a day; before the first one, the first."""
    held = [method for method in methods() if method.valid_from <= day]
    return held[-1] if held else methods()[0]
