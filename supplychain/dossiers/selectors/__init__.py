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
from supplychain.dossiers.selectors.retention import (
    due_keys,
    holds_visible_to,
    kept_by,
    standing_holds,
    tombstones_of,
)

__all__ = [
    "Frame",
    "content_of",
    "copies_of",
    "copy_by_top",
    "copy_content",
    "dossiers_visible_to",
    "due_keys",
    "files_of",
    "frame_of",
    "held_now",
    "holds_visible_to",
    "kept_by",
    "pieces_of",
    "standing_holds",
    "supplier_names",
    "tombstones_of",
]
