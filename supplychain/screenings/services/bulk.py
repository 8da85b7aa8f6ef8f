"""Many rows into a table at once: COPY, a tenth of the time of inserts."""

import io
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models

_JSON = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x00": None})


def plain(value: Any) -> str:
    """A value as COPY's text format writes it."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value if value.isprintable() and "\\" not in value else value.translate(_ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    if isinstance(value, list | dict):
        return as_json(value).translate(_ESCAPES) if value else "{}" if isinstance(value, dict) else "[]"
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def as_json(value: Any) -> str:
    """JSON that PostgreSQL takes: no null character, whatever a file held."""
    return _JSON.encode(value).replace("\\u0000", "")


def copy(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of a model; values stand in the order of `fields`."""
    known = {field.name: field.column for field in model._meta.concrete_fields}
    columns = ", ".join(f'"{known[name]}"' for name in fields)
    text = io.StringIO("".join("\t".join(map(plain, row)) + "\n" for row in rows))
    if not text.getvalue():
        return
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN', text)
