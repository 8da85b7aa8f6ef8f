"""Findings as this room sees them: as lines that the room above hands over, for meetings and signs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from audits.engagements.models import Audit


@dataclass(frozen=True)
class FindingLine:
    """One finding that is not withdrawn, in short."""

    number: int
    grade: str
    label: str
    title: str
    indicator_id: UUID


LineProvider = Callable[[Audit], list[FindingLine]]
_lines: dict[str, LineProvider] = {}


def offer_finding_lines(key: str, provider: LineProvider) -> None:
    """Called in AppConfig.ready() of the room above that knows findings."""
    _lines[key] = provider


def finding_lines(audit: Audit) -> list[FindingLine]:
    """The findings of an audit that are not withdrawn, drafted ones too."""
    return [line for provider in _lines.values() for line in provider(audit)]


def presented(audit: Audit) -> list[dict[str, Any]]:
    """The same as they are kept with a closing meeting: number, grade and title at that moment."""
    kept = ("number", "grade", "label", "title")
    return [
        {name: value for name, value in asdict(line).items() if name in kept} for line in finding_lines(audit)
    ]
