"""Reading screenings: lists, progress, rows, the file again, exports."""

from supplychain.screenings.selectors.exports import as_csv, as_xlsx
from supplychain.screenings.selectors.reading import (
    Progress,
    counts_by_result,
    move_for,
    progress_of,
    rows_of,
    screenings_visible_to,
    table_of,
    todos_for,
)

__all__ = [
    "Progress",
    "as_csv",
    "as_xlsx",
    "counts_by_result",
    "move_for",
    "progress_of",
    "rows_of",
    "screenings_visible_to",
    "table_of",
    "todos_for",
]
