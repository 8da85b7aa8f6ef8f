"""The shape of a file, made comparable: files that mean the same become equal, and their parts become rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from ..models import Criterion, Edition, Indicator, Principle
from ..selectors import document_of
from ..states import OpenCases

# What an edition's head says when it says nothing: written or left out, the file means the same.
HEAD_DEFAULTS: dict[str, Any] = {
    "previous": None,
    "open_cases": OpenCases.STAY.value,
    "open_cases_until": None,
    "languages": [],
}


def normalised_document(value: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """A checked file as plain data, and apart from it the same in other languages, by language."""
    translations = {
        code: {str(part): plain(texts) for part, texts in parts.items()}
        for code, parts in (value.get("translations") or {}).items()
    }
    doc = normalised({key: part for key, part in value.items() if key != "translations"})
    if not doc.get("removed"):
        doc.pop("removed", None)
    return doc, translations


def plain(value: Any) -> Any:
    """Texts without outer blanks."""
    if isinstance(value, Mapping):
        return {str(key): str(text).strip() for key, text in value.items() if text is not None}
    return str(value).strip()


def normalised(value: Any) -> Any:
    """Days as text, no outer blanks, absent notes as empty: files that mean the same become equal."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        row = {str(key): normalised(item) for key, item in value.items()}
        if "question" in row:
            row["applicable"] = row.get("applicable") or ""
            row["references"] = row.get("references") or []
        if "valid_from" in row:
            row.setdefault("previous_valid_until", None)
            for name, default in HEAD_DEFAULTS.items():
                if row.get(name, default) in (default, None):
                    row.pop(name, None)
        return row
    if isinstance(value, list):
        return [normalised(item) for item in value]
    return value


def indicators_in(doc: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every indicator of a checked file."""
    return [
        row
        for principle in doc["principles"]
        for criterion in principle["criteria"]
        for row in criterion["indicators"]
    ]


def _without_references(doc: Mapping[str, Any]) -> dict[str, Any]:
    """What of a document is frozen when it is issued."""
    content: dict[str, Any] = json.loads(json.dumps(doc))
    for name in ("format", "sources", "reference_note"):
        content.pop(name, None)
    for name in ("status", "references_revised", "languages"):
        content["edition"].pop(name, None)
    for row in indicators_in(content):
        row.pop("references")
    return content


def hashes(doc: Mapping[str, Any]) -> tuple[str, str]:
    """One for what is frozen, one for the references, which may be revised."""
    references = [doc["sources"], doc["reference_note"], doc["edition"]["references_revised"]]
    references += [[row["code"], row["references"]] for row in indicators_in(doc)]
    return digest(_without_references(doc)), digest(references)


def digest(value: Any) -> str:
    """The same for the same data, whatever the order of its keys."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def differences(edition: Edition, doc: Mapping[str, Any]) -> list[str]:
    """Where a file and the issued text part, as places people know: `A.1.2 text`, `edition title`."""
    ours, theirs = _flat(_without_references(document_of(edition))), _flat(_without_references(doc))
    return sorted(place for place in ours.keys() | theirs.keys() if ours.get(place) != theirs.get(place))[:12]


def _flat(content: Mapping[str, Any]) -> dict[str, Any]:
    rows: list[tuple[str, Mapping[str, Any]]] = [("edition", content["edition"])]
    for principle in content["principles"]:
        rows.append((principle["code"], principle))
        for criterion in principle["criteria"]:
            rows.append((criterion["code"], criterion))
            rows += [(row["code"], row) for row in criterion["indicators"]]
    flat = {
        f"{place} {key}": value
        for place, row in rows
        for key, value in row.items()
        if key not in ("criteria", "indicators")
    }
    return flat | {
        "evidence_kinds": content["evidence_kinds"],
        "order of codes": [place for place, _row in rows],
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def edition_fields(doc: Mapping[str, Any], status: str) -> dict[str, Any]:
    """The fields of the edition's own row."""
    head = {**HEAD_DEFAULTS, **doc["edition"]}
    content, references = hashes(doc)
    names = ("number", "title", "summary", "language", "copyright", "licence", "public_text")
    return {
        **{name: head[name] for name in names},
        "final": status == "final",
        "valid_from": date.fromisoformat(head["valid_from"]),
        "previous_valid_until": _day(head["previous_valid_until"]),
        "previous_number": head["previous"],
        "open_cases": head["open_cases"],
        "open_cases_until": _day(head["open_cases_until"]),
        "languages": head["languages"],
        "removed": doc.get("removed", []),
        "evidence_kinds": doc["evidence_kinds"],
        "sources": doc["sources"],
        "reference_note": doc["reference_note"],
        "references_revised_on": date.fromisoformat(head["references_revised"]),
        "content_hash": content,
        "references_hash": references,
    }


def write_tree(edition: Edition, doc: Mapping[str, Any]) -> None:
    """Three inserts, whatever the size."""
    principles, criteria, indicators = [], [], []
    for at, row in enumerate(doc["principles"]):
        principle = Principle(
            edition=edition, code=row["code"], title=row["title"], text=row["intent"], order=at
        )
        principles.append(principle)
        for position, part in enumerate(row["criteria"]):
            criterion = Criterion(
                principle=principle, code=part["code"], title=part["title"], text=part["text"], order=position
            )
            criteria.append(criterion)
            indicators += [
                Indicator(criterion=criterion, order=place, **fields)
                for place, fields in enumerate(part["indicators"])
            ]
    Principle.objects.bulk_create(principles)
    Criterion.objects.bulk_create(criteria)
    Indicator.objects.bulk_create(indicators)
