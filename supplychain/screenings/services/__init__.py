"""Upload, map, take rows, run, check, resolve."""

from supplychain.screenings.services.checking import work
from supplychain.screenings.services.resolving import put_off, resolve_row, undo_resolution
from supplychain.screenings.services.running import (
    cancel_screening,
    finish_screening,
    pause_screening,
    resume_screening,
    start_screening,
    start_when_ready,
    wake_stalled,
)
from supplychain.screenings.services.taking import read_list
from supplychain.screenings.services.uploading import (
    MACHINE_COLUMNS,
    AlreadyScreened,
    map_columns,
    recheck,
    upload_list,
    upload_rows,
)

__all__ = [
    "MACHINE_COLUMNS",
    "AlreadyScreened",
    "cancel_screening",
    "finish_screening",
    "map_columns",
    "pause_screening",
    "put_off",
    "read_list",
    "recheck",
    "resolve_row",
    "resume_screening",
    "start_screening",
    "start_when_ready",
    "undo_resolution",
    "upload_list",
    "upload_rows",
    "wake_stalled",
    "work",
]
