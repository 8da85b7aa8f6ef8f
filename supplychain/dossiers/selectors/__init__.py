"""Questions about dossiers, holds and what retention does."""

from supplychain.dossiers.selectors.content import content_of, copy_content, files_of
from supplychain.dossiers.selectors.gathering import Frame, frame_of, pieces_of
from supplychain.dossiers.selectors.reading import (
    copies_of,
    copy_by_top,
    dossiers_visible_to,
    held_now,
    supplier_names,
)

__all__ = [
    "Frame",
    "content_of",
    "copies_of",
    "copy_by_top",
    "copy_content",
    "dossiers_visible_to",
    "files_of",
    "frame_of",
    "held_now",
    "pieces_of",
    "supplier_names",
]
