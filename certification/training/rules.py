"""Pure rules of levels: what each asks on a day, and which level a set of results is worth."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import yaml
from django.core.exceptions import ImproperlyConfigured

from certification.training.states import LEVELS, Level

_FILE = Path(__file__).with_name("levels.yaml")


@dataclass(frozen=True)
class LevelRule:
    """What one level asks from a day on."""

    level: Level
    valid_from: date
    people: int
    hours: int
    validity_months: int
    about: str
    source: str
    proposal: bool


@dataclass(frozen=True)
class Held:
    """One passed result: who, at which level, from the day after the course's last day until its last day."""

    person_id: UUID
    level: Level
    since: date
    until: date


@functools.cache
def level_rules() -> tuple[LevelRule, ...]:
    """Every dated rule, as written in levels.yaml."""
    rows = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        LevelRule(
            level=Level(row["level"]),
            valid_from=row["valid_from"],
            people=int(row["people"]),
            hours=int(row["hours"]),
            validity_months=int(row["validity_months"]),
            about=row["about"],
            source=row["source"],
            proposal=bool(row.get("proposal", False)),
        )
        for row in rows
    )


def rule_of(level: Level, on: date) -> LevelRule:
    """What a level asks on a day."""
    held = [row for row in level_rules() if row.level == level and row.valid_from <= on]
    if not held:
        raise ImproperlyConfigured(f"No rule for level {level} is in force on {on}.")
    return max(held, key=lambda row: row.valid_from)


def rules_on(on: date) -> list[LevelRule]:
    """What every level asks on a day, lowest first."""
    return [rule_of(level, on) for level in LEVELS]


def holders(results: Iterable[Held], level: Level, on: date) -> set[UUID]:
    """Who holds a result at this level or above on a day."""
    enough = LEVELS[LEVELS.index(level) :]
    return {row.person_id for row in results if row.level in enough and row.since <= on <= row.until}


def level_from(results: Iterable[Held], on: date) -> Level | None:
    """The highest level whose people, and those of every level below, are there on a day."""
    rows = list(results)
    reached: Level | None = None
    for level in LEVELS:
        if len(holders(rows, level, on)) < rule_of(level, on).people:
            break
        reached = level
    return reached
