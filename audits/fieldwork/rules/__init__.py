"""Questions that need no database: what a picture carries besides what one sees."""

from .pictures import without_metadata

__all__ = ["without_metadata"]
