"""What a kit takes along, its workbook, what a return would change, and the pages' lists."""

from .merging import Cell, Changed, Diff, Row, diff_of
from .pages import (
    current_return,
    kits_of,
    may_take,
    stage2_panel,
    superseded_by,
    waiting_for_file,
)
from .snapshot import editable, indicators_of, snapshot
from .workbook import file_name, key_of, sealed_body, workbook

__all__ = [
    "Cell",
    "Changed",
    "Diff",
    "Row",
    "current_return",
    "diff_of",
    "editable",
    "file_name",
    "indicators_of",
    "key_of",
    "kits_of",
    "may_take",
    "sealed_body",
    "snapshot",
    "stage2_panel",
    "superseded_by",
    "waiting_for_file",
    "workbook",
]
