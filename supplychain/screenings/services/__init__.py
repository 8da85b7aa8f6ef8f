"""Upload, map, run, resolve."""

from supplychain.screenings.services.resolving import resolve_row, undo_resolution
from supplychain.screenings.services.running import (
    cancel_screening,
    pause_screening,
    resume_screening,
    start_screening,
    wake_stalled,
    work,
)
from supplychain.screenings.services.uploading import map_columns, upload_list

__all__ = [
    "cancel_screening",
    "map_columns",
    "pause_screening",
    "resolve_row",
    "resume_screening",
    "start_screening",
    "undo_resolution",
    "upload_list",
    "wake_stalled",
    "work",
]
