"""What fieldwork has gathered, as its readers may see it."""

from .evidence import (
    evidence_by_indicator,
    evidence_of,
    evidence_visible_to,
    file_for,
    may_read_original,
    shared_version,
    versions_of,
)
from .panels import desk_cards, stage_panel

__all__ = [
    "desk_cards",
    "evidence_by_indicator",
    "evidence_of",
    "evidence_visible_to",
    "file_for",
    "may_read_original",
    "shared_version",
    "stage_panel",
    "versions_of",
]
