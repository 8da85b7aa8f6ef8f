"""Questions about the log and the files."""

from certification.opendata.selectors.log import (
    consistency_proof,
    entries_between,
    head_with_size,
    inclusion_proof,
    last_head,
    lines,
    lines_of,
    root_of,
    size_of_log,
)
from certification.opendata.selectors.rows import dumps, last_full

__all__ = [
    "consistency_proof",
    "dumps",
    "entries_between",
    "head_with_size",
    "inclusion_proof",
    "last_full",
    "last_head",
    "lines",
    "lines_of",
    "root_of",
    "size_of_log",
]
