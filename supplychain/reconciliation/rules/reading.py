"""Read what a client sent: a batch of questions or a wish for columns. Says what is wrong in a sentence. Pure."""

import json
import math
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from supplychain.lookups.models import LONGEST_QUERY
from supplychain.reconciliation.rules.vocabulary import ASKED, IDENTIFIERS, TYPE_ID
from supplychain.reconciliation.rules.words import corridor_of, country_of

BATCH = 100
MOST_VALUES = 10
MOST_PROPERTIES = 25
LIMIT, MOST_LIMIT = 5, 10
MOST_IDS = 1_000
MOST_CELLS = 10_000
LONGEST_ID = 200
_FIELDS = frozenset({"query", "type", "limit", "properties", "type_strict"})
_STRICT = ("any", "should", "all")


class Unreadable(Exception):
    """What was sent cannot be read; the message says what was expected."""


class TooMuch(Unreadable):
    """More was sent than is answered at once."""


@dataclass(frozen=True)
class Query:
    """One question as it was read; `ignored` counts the properties that could not be used."""

    text: str
    limit: int = LIMIT
    country: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    corridors: tuple[tuple[str, str], ...] = ()
    ignored: int = 0
    other_type: bool = False


@dataclass(frozen=True)
class Extension:
    """Columns wanted for entities, both as the client named them."""

    ids: list[str]
    properties: list[str] = field(default_factory=list)


def parsed(text: str) -> dict[str, Any]:
    """The object in a text. Raises Unreadable for anything else, however deep or large its numbers are."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            _("Expected JSON, found something else. Send one object, such as {“q0”: {“query”: “…”}}.")
        ) from error
    if not isinstance(found, dict):
        raise Unreadable(_("Expected one JSON object, found a list or a single value."))
    return found


def read_queries(text: str) -> dict[str, Query]:
    """A batch of questions by their ids. Raises TooMuch and Unreadable."""
    batch = parsed(text)
    if len(batch) > BATCH:
        said = _("Expected at most %(most)s questions at once, found %(found)s. Send them in parts.")
        raise TooMuch(said % {"most": BATCH, "found": f"{len(batch):,}"})
    return {_id(key): _query(key, value) for key, value in batch.items()}


def _id(text: str) -> str:
    if len(text) > LONGEST_ID:
        raise Unreadable(_("The id of a question has at most %(most)s characters.") % {"most": LONGEST_ID})
    return text


def _wrong(key: str, what: str) -> Unreadable:
    return Unreadable(_("Question “%(key)s”: %(what)s") % {"key": key[:40], "what": what})


def _query(key: str, value: Any) -> Query:
    if not isinstance(value, dict):
        raise _wrong(key, _("expected an object with “query”."))
    if unknown := sorted(set(value) - _FIELDS):
        known = ", ".join(sorted(_FIELDS))
        raise _wrong(
            key, _("“%(field)s” is no field; use %(known)s.") % {"field": unknown[0][:40], "known": known}
        )
    text = value.get("query", "")
    if not isinstance(text, str):
        raise _wrong(key, _("“query” is a text."))
    if len(text) > LONGEST_QUERY:
        said = _("“query” has at most %(most)s characters, found %(found)s.")
        raise _wrong(key, said % {"most": LONGEST_QUERY, "found": f"{len(text):,}"})
    if "query" not in value and not value.get("properties"):
        raise _wrong(key, _("give a “query”, or “properties” to find it by."))
    if value.get("type_strict") not in (None, *_STRICT):
        raise _wrong(key, _("“type_strict” is any, should or all."))
    country, identifiers, corridors, ignored = _properties(key, value.get("properties"))
    return Query(
        text,
        _limit(key, value.get("limit")),
        country,
        identifiers,
        corridors,
        ignored,
        _other_type(key, value),
    )


def _limit(key: str, value: Any) -> int:
    if value is None:
        return LIMIT
    finite = isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
    if isinstance(value, bool) or not finite:
        raise _wrong(key, _("“limit” is a whole number."))
    return min(int(value), MOST_LIMIT) if value >= 1 else LIMIT


def _other_type(key: str, value: dict[str, Any]) -> bool:
    """Whether only things of another type are wanted; "should" is a wish, not a condition."""
    wanted = value.get("type")
    if isinstance(wanted, str):
        wanted = [wanted]
    if wanted is None or wanted == []:
        return False
    if not isinstance(wanted, list) or not all(isinstance(one, str) for one in wanted):
        raise _wrong(key, _("“type” is an id or a list of ids."))
    strict = value.get("type_strict") or "any"
    if strict == "should":
        return False
    return any(one != TYPE_ID for one in wanted) if strict == "all" else TYPE_ID not in wanted


Read = tuple[str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...], int]


def _properties(key: str, rows: Any) -> Read:
    """Country, numbers, corridors, and how many values could not be used."""
    if rows is None:
        rows = []
    if not isinstance(rows, list):
        raise _wrong(key, _("“properties” is a list of {“pid”, “v”}."))
    if len(rows) > MOST_PROPERTIES:
        raise _wrong(key, _("at most %(most)s properties.") % {"most": MOST_PROPERTIES})
    country, ignored = "", 0
    numbers: dict[tuple[str, str], None] = {}
    corridors: dict[tuple[str, str], None] = {}
    for row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("pid"), str) or "v" not in row:
            raise _wrong(key, _("each of “properties” is {“pid”: “country”, “v”: “NP”}."))
        for value in _values(key, row["v"]):
            pid = row["pid"]
            corridor = corridor_of(value) if pid == "corridor" else None
            if pid == "country" and not country and country_of(value):
                country = country_of(value)
            elif corridor:
                corridors[corridor] = None
            elif pid in IDENTIFIERS and value.strip():
                numbers[pid, value.strip()] = None
            else:
                ignored += 1
        ignored += row["pid"] not in ASKED and not _values(key, row["v"])
    return country, tuple(numbers)[:MOST_VALUES], tuple(corridors)[:MOST_VALUES], ignored


def _values(key: str, value: Any) -> list[str]:
    rows = value if isinstance(value, list) else [value]
    if len(rows) > MOST_VALUES:
        raise _wrong(key, _("at most %(most)s values of a property.") % {"most": MOST_VALUES})
    return [one for one in (_value(key, row) for row in rows) if one]


def _value(key: str, value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("id") or ""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float):
        value = f"{value:g}" if not value.is_integer() else str(int(value))
    if not isinstance(value, str | int):
        raise _wrong(key, _("“v” is a text, a number, or {“id”, “name”}."))
    text = str(value)
    if len(text) > LONGEST_QUERY:
        raise _wrong(key, _("a value has at most %(most)s characters.") % {"most": LONGEST_QUERY})
    return text


def read_extension(text: str) -> Extension:
    """Which columns are wanted for which entities. Raises TooMuch and Unreadable."""
    wish = parsed(text)
    ids, rows = wish.get("ids"), wish.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise Unreadable(_("“ids” is a list of ids, each a text."))
    if not isinstance(rows, list) or not all(
        isinstance(one, dict) and isinstance(one.get("id"), str) for one in rows
    ):
        raise Unreadable(_("“properties” is a list of {“id”: “status”}."))
    if len(ids) > MOST_IDS or len(rows) > MOST_PROPERTIES or len(ids) * len(rows) > MOST_CELLS:
        said = _("Ask for at most %(ids)s ids and %(columns)s columns, %(cells)s values in all.")
        raise TooMuch(said % {"ids": MOST_IDS, "columns": MOST_PROPERTIES, "cells": f"{MOST_CELLS:,}"})
    if any(len(one) > LONGEST_ID for one in ids):
        raise Unreadable(_("An id has at most %(most)s characters.") % {"most": LONGEST_ID})
    return Extension(list(dict.fromkeys(ids)), list(dict.fromkeys(one["id"] for one in rows)))
