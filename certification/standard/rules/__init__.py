"""What files of the Standard must hold, and how two editions differ. No database here."""

from .checking import Path, Problem, path_text
from .document import FORMAT, missing_for_issue, validate_document
from .translations import Extent, needed_texts

__all__ = [
    "FORMAT",
    "Extent",
    "Path",
    "Problem",
    "missing_for_issue",
    "needed_texts",
    "path_text",
    "validate_document",
]
