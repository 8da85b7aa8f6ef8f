"""The canonical record of one checked row: the text whose hash is the row's leaf, made again whenever it is proven."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

KIND = "iris.screening-row/1"
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
_text = json.encoder.encode_basestring  # a string as JSON writes it, letters of every script as they are


def _number(value: float) -> str:
    """A number as JSON writes it."""
    return float.__repr__(value) if type(value) is float else json.dumps(value)


def record(
    *,
    screening: str,
    row: int,
    asked: tuple[str, str, str],
    at: datetime,
    result: str,
    outcome: str,
    how: str,
    agency: str,
    facts: str,
    score: float,
    why: str,
    alike: Sequence[Mapping[str, Any]],
    same_as: int | None,
) -> str:
    """Canonical JSON (sorted keys, no spaces, UTF-8). `asked` is name, country, number; `facts` a SHA-256 or empty."""
    name, country, number = map(_text, asked)
    likes = ",".join([f"[{_text(one['agency_id'])},{_number(one['score'])}]" for one in alike])
    # Written out because a list has a million of them; the keys stand in their canonical order.
    return (
        f'{{"agency":"{agency}","alike":[{likes}],'
        f'"asked":{{"country":{country},"name":{name},"number":{number}}},'
        f'"at":"{at.isoformat(timespec="seconds")}","facts":"{facts}","how":"{how}","kind":"{KIND}",'
        f'"outcome":"{outcome}","result":"{result}","row":{row},'
        f'"same_as":{"null" if same_as is None else same_as},"score":{_number(score)},'
        f'"screening":"{screening}","why":{_text(why)}}}'
    )


def canonical(body: Any) -> str:
    """Canonical JSON of plain data."""
    return _CANONICAL.encode(body)


def sha256(text: str) -> str:
    """The hash of a canonical text; empty of an empty one."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""
