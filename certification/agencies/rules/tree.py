"""The tree of sub-agents, and what the law of a country says about having them. Pure."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

import yaml
from django.core.exceptions import ImproperlyConfigured

_RULES = Path(__file__).with_name("sub_agent_rules.yaml")
KNOWN_RULES = ("forbidden",)


class Node(Protocol):
    """What the tree needs to know of a sub-agent."""

    pk: UUID
    parent_id: UUID | None
    name: str


N = TypeVar("N", bound=Node)


@dataclass(frozen=True)
class CountryRule:
    """What a country's law says about sub-agents, from when, and where that stands."""

    country: str
    rule: str
    valid_from: date
    text: str
    source: str
    reviewed: bool


@functools.cache
def country_rules() -> tuple[CountryRule, ...]:
    """Every row of sub_agent_rules.yaml."""
    rows = tuple(CountryRule(**row) for row in yaml.safe_load(_RULES.read_text(encoding="utf-8")))
    for row in rows:
        if row.rule not in KNOWN_RULES:
            raise ImproperlyConfigured(f"{_RULES.name}: {row.country}: unknown rule {row.rule!r}.")
    return rows


def forbidding(country: str, on: date) -> CountryRule | None:
    """The rule that forbids sub-agents in a country on a day, if there is one."""
    held = [row for row in country_rules() if row.country == country and row.valid_from <= on]
    latest = max(held, key=lambda row: row.valid_from, default=None)
    return latest if latest and latest.rule == "forbidden" else None


def depth_of(parent: UUID | None, parents: Mapping[UUID, UUID | None]) -> int:
    """How deep somebody who works for `parent` stands: 1 directly under the agency."""
    depth, seen = 1, set()
    while parent is not None and parent not in seen:
        seen.add(parent)
        parent, depth = parents.get(parent), depth + 1
    return depth


def height_of(node: UUID, parents: Mapping[UUID, UUID | None]) -> int:
    """How many steps there are from somebody to the lowest of those below: 0 when nobody is."""
    below = [one for one, above in parents.items() if above == node]
    return max((1 + height_of(one, parents) for one in below), default=0)


def would_loop(node: UUID, parent: UUID | None, parents: Mapping[UUID, UUID | None]) -> bool:
    """Whether somebody would work, however many steps away, for themselves."""
    seen: set[UUID] = set()
    while parent is not None and parent not in seen:
        if parent == node:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return False


def in_tree_order(rows: Iterable[N]) -> list[tuple[int, N]]:
    """Each with its depth (1 directly under the agency), those below right after whom they work for."""
    below: dict[UUID | None, list[N]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    ordered: list[tuple[int, N]] = []
    waiting = [(1, row) for row in reversed(below.get(None, []))]
    while waiting:
        depth, row = waiting.pop()
        ordered.append((depth, row))
        waiting.extend((depth + 1, one) for one in reversed(below.get(row.pk, [])))
    return ordered
