"""Grades and the rules of escalation as data: grades.yaml, dated and sourced (R35 to R37)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from iris.core import clocks

from ..states import Clock, Grade, Verification

_FILE = Path(__file__).resolve().parents[1] / "grades.yaml"
_ORDER = {grade: place for place, grade in enumerate(Grade.values)}


@dataclass(frozen=True)
class GradeTerms:
    """One grade: what it means and what follows from it. `clocks` names numbers of the scheme."""

    grade: Grade
    meaning: str
    examples: tuple[str, ...]
    clocks: dict[Clock, str]
    blocks_grant: bool
    verified: str
    when_overdue: str
    source: str
    proposal: bool


@dataclass(frozen=True)
class Floor:
    """The least grade of what fails on these indicators of an edition."""

    grade: Grade
    why: str
    edition: int
    indicators: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Rule:
    """One rule of escalation. `number` names how many make it act, `clock` by when it is to be over."""

    key: str
    text: str
    counts_as: Grade
    source: str
    number: str = ""
    clock: str = ""
    same: str = ""


@dataclass(frozen=True)
class Terms:
    """Everything that holds from a day."""

    valid_from: date
    grades: tuple[GradeTerms, ...]
    floors: tuple[Floor, ...]
    rules: tuple[Rule, ...]
    extension_times: str
    extension_days: dict[Clock, str]

    def of(self, grade: str) -> GradeTerms:
        """The terms of one grade."""
        return next(one for one in self.grades if one.grade == grade)

    def rule(self, key: str) -> Rule:
        """One rule by its key."""
        return next(one for one in self.rules if one.key == key)


@cache
def _versions() -> tuple[Terms, ...]:
    rows: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(sorted((_terms(row) for row in rows), key=lambda one: one.valid_from))


def _terms(row: dict[str, Any]) -> Terms:
    return Terms(
        valid_from=row["valid_from"],
        grades=tuple(_grade(one) for one in row["grades"]),
        floors=tuple(
            Floor(Grade(one["grade"]), one["why"], one["edition"], tuple(one["indicators"]), one["source"])
            for one in row["floors"]
        ),
        rules=tuple(Rule(**{**one, "counts_as": Grade(one["counts_as"])}) for one in row["rules"]),
        extension_times=row["extensions"]["times"],
        extension_days={Clock(key): value for key, value in row["extensions"]["days"].items()},
    )


def _grade(row: dict[str, Any]) -> GradeTerms:
    return GradeTerms(
        grade=Grade(row["grade"]),
        meaning=row["meaning"],
        examples=tuple(row["examples"]),
        clocks={Clock(key): value for key, value in row["clocks"].items()},
        blocks_grant=row["blocks_grant"],
        verified=row["verified"],
        when_overdue=row.get("when_overdue", ""),
        source=row["source"],
        proposal=row.get("proposal", False),
    )


def terms(on: date | None = None) -> Terms:
    """What holds on a day (today by default)."""
    day = on or clocks.today()
    return max((one for one in _versions() if one.valid_from <= day), key=lambda one: one.valid_from)


def is_below(grade: str, floor: str) -> bool:
    """Whether a grade is less grave than another; good practice is never a failure and so below nothing."""
    return grade != Grade.GOOD_PRACTICE and _ORDER[grade] > _ORDER[floor]


def seen_on_site_only(grade: str, on: date | None = None) -> bool:
    """Whether what was corrected has to be seen on site."""
    return terms(on).of(grade).verified == Verification.SITE
