"""What rooms above have seen of single lines of a ledger: payment trails, interviews in aggregate.

A room above registers in its AppConfig.ready(). Nothing here imports it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from certification.assessments.models import Assessment
from iris.accounts.models import User


@dataclass(frozen=True)
class LineFact:
    """One thing seen of a line, in a few words; `tone` as everywhere (good, care, stop, unsure)."""

    text: str
    tone: str = "unsure"
    url: str = ""


# What was seen of an assessment's lines, as far as this reader may know it; `None` reads for the record.
LineFactProvider = Callable[[Assessment, "User | None"], Mapping[UUID, Sequence[LineFact]]]
_providers: dict[str, LineFactProvider] = {}


def offer_line_facts(key: str, provider: LineFactProvider) -> None:
    """Add what a room above saw of ledger lines; shown beside each line as a third column."""
    _providers[key] = provider


def line_facts(assessment: Assessment, reader: User | None = None) -> dict[UUID, list[LineFact]]:
    """Everything seen of the lines of an assessment, by line."""
    found: dict[UUID, list[LineFact]] = defaultdict(list)
    for provider in _providers.values():
        for line_id, facts in provider(assessment, reader).items():
            found[line_id] += facts
    return dict(found)
