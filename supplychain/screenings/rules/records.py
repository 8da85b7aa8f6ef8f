"""The canonical record of one checked row: the text whose hash is the row's leaf, made again whenever it is proven."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

KIND = "iris.screening-row/1"


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
    name, country, number = asked
    body = {
        "kind": KIND,
        "screening": screening,
        "row": row,
        "asked": {"name": name, "country": country, "number": number},
        "at": at.isoformat(timespec="seconds"),
        "result": result,
        "outcome": outcome,
        "how": how,
        "agency": agency,
        "facts": facts,
        "score": score,
        "why": why,
        "alike": [[one["agency_id"], one["score"]] for one in alike],
        "same_as": same_as,
    }
    return canonical(body)


def canonical(body: Any) -> str:
    """Canonical JSON of plain data."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text: str) -> str:
    """The hash of a canonical text; empty of an empty one."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""
