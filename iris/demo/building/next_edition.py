"""The next edition, open for comments: Edition 1 with a handful of changes, so that there is something to compare."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from certification.standard import services
from certification.standard.models import Edition
from iris.core.events import SYSTEM

CHANGES = Path(__file__).resolve().parents[1] / "edition-2.yaml"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, several times as fast where it is built


def build(world: object = None, now: object = None) -> Edition:
    """Load it in the state its file names: consultation."""
    return services.load_edition(document(), SYSTEM).edition


def document(**edition: Any) -> dict[str, Any]:
    """Edition 1 with the changes laid over it; keyword arguments change its head."""
    shipped = files("certification.standard") / "standards" / "edition-1.yaml"
    doc: dict[str, Any] = yaml.load(shipped.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 (the safe one, in C)
    changes = yaml.safe_load(CHANGES.read_text(encoding="utf-8"))
    doc["edition"] = {**doc["edition"], "languages": [], **changes["edition"], **edition}
    doc["removed"] = changes["removed"]
    gone = {row["code"] for row in changes["removed"]}
    for principle in doc["principles"]:
        if principle["code"] == changes["added"]["under"]:
            principle["criteria"].append(changes["added"]["criterion"])
        for criterion in principle["criteria"]:
            criterion["indicators"] = list(_indicators(criterion["indicators"], changes, gone))
    return doc


def _indicators(
    rows: list[dict[str, Any]], changes: dict[str, Any], gone: set[str]
) -> Iterator[dict[str, Any]]:
    for row in rows:
        code = row["code"]
        if code in gone:
            continue
        change = changes["reworded"].get(code) or changes["replaced"].get(code)
        yield {**row, **change, "replaces": [code]} if change else row
