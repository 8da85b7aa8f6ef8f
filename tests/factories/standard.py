"""The Standard for tests of other rooms, and small documents to load."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

from certification.standard import selectors, services
from certification.standard.documents import STANDARDS
from certification.standard.models import Edition
from iris.core.events import SYSTEM


def load_edition_one() -> Edition:
    """Edition 1, in force: loaded and issued where the database does not hold it yet."""
    services.load_edition(STANDARDS / "edition-1.yaml", SYSTEM)
    services.turn_editions()
    edition = selectors.edition_by_number(1)
    assert edition is not None
    return edition


SMALL: dict[str, Any] = {
    "format": 1,
    "edition": {
        "number": 2,
        "title": "The Standard, Edition 2",
        "language": "en",
        "status": "final",
        "valid_from": date(2026, 11, 1),
        "previous_valid_until": date(2028, 10, 31),
        "references_revised": date(2026, 10, 1),
        "public_text": "full",
        "summary": "A small edition for tests.",
        "copyright": "Its authors",
        "licence": "CC BY 4.0",
    },
    "reference_note": "Pointers by number.",
    "evidence_kinds": [{"code": "policy", "label": "Policy"}, {"code": "receipt", "label": "Receipt"}],
    "sources": [{"code": "DHAKA", "label": "Dhaka Principles"}],
    "principles": [
        {
            "code": "A",
            "title": "Law",
            "intent": "Keep the law.",
            "criteria": [
                {
                    "code": "A.1",
                    "title": "Licence",
                    "text": "You are licensed.",
                    "indicators": [
                        {
                            "code": "A.1.1",
                            "text": "You hold a licence.",
                            "question": "Do you hold a licence?",
                            "element": "governance",
                            "severity": "major",
                            "guidance": "Keep it valid.",
                            "evidence": ["policy"],
                            "references": [{"source": "DHAKA", "number": "B"}],
                        }
                    ],
                }
            ],
        }
    ],
}


def small_document(**edition: Any) -> dict[str, Any]:
    """A valid document with one indicator, as Edition 2; keyword arguments change its head."""
    document = copy.deepcopy(SMALL)
    document["edition"].update(edition)
    return document


def one_indicator(document: dict[str, Any]) -> dict[str, Any]:
    """The only indicator of a small document."""
    indicator: dict[str, Any] = document["principles"][0]["criteria"][0]["indicators"][0]
    return indicator


def indicator_row(code: str, text: str, **more: Any) -> dict[str, Any]:
    """One indicator of a document, with everything it must have."""
    row = {
        "code": code,
        "text": text,
        "question": f"Is it so that {text[0].lower()}{text[1:]}",
        "element": "policy",
        "severity": "minor",
        "guidance": "Show it.",
        "evidence": ["policy"],
        "references": [],
    }
    return {**row, **more}


def document_with(*indicators: dict[str, Any], **edition: Any) -> dict[str, Any]:
    """A valid document with one criterion A.1 that holds these indicators."""
    document = small_document(**edition)
    document["principles"][0]["criteria"][0]["indicators"] = list(indicators)
    return document
