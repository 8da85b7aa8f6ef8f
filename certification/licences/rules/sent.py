"""Rows of a list as a machine sends them, turned into what the one reader of lists reads. Pure."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from .reading import FIELDS

__all__ = ["FIELDS", "MOST_ROWS", "as_list", "row_problems"]
MOST_ROWS = 20_000
SHOWN = 60


def row_problems(rows: list[Any], most: int) -> list[str]:
    """What keeps these rows from being read at all: no object, a field that does not exist, a cell that is no text."""
    problems: list[str] = []
    known = ", ".join(FIELDS)
    for number, row in enumerate(rows, start=1):
        if len(problems) >= most:
            break
        if not isinstance(row, dict):
            said = _("Row %(row)s: expected an object with %(known)s, found %(found)s. Fix the row.")
            problems.append(said % {"row": number, "known": known, "found": _shown(row)})
            continue
        for name, value in row.items():
            if name not in FIELDS:
                said = _(
                    "Row %(row)s, %(name)s: expected one of %(known)s, found %(found)s. Take the field away."
                )
                told = {"row": number, "name": str(name)[:SHOWN], "known": known, "found": _shown(name)}
                problems.append(said % told)
            elif value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
                said = _("Row %(row)s, %(name)s: expected a text, found %(found)s. Send it as a text.")
                problems.append(said % {"row": number, "name": name, "found": _shown(value)})
    return problems[:most]


def _shown(value: Any) -> str:
    return f"“{str(value)[:SHOWN]}”" if str(value).strip() else _("nothing")


def as_list(rows: list[dict[str, Any]]) -> bytes:
    """The rows as a list in JSON: the same rows give the same bytes, in whatever order their fields came."""
    told = [{name: row[name] for name in FIELDS if row.get(name) is not None} for row in rows]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
