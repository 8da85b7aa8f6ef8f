"""Lists and samples as their readers may see them; the statement that holds no name."""

from .lists import (
    draft_of,
    frame_of,
    frames_of,
    list_facts,
    missing_for_report,
    not_on_the_list,
    openings_of,
    sample_of,
    samples_of,
    script_text,
    todos_for,
    unasked_kinds,
)
from .panels import panel
from .statement import (
    CorridorRow,
    SampleStatement,
    SamplingStatement,
    StratumRow,
    rule_text,
    statement,
    statement_of,
)

__all__ = [
    "CorridorRow",
    "SampleStatement",
    "SamplingStatement",
    "StratumRow",
    "draft_of",
    "frame_of",
    "frames_of",
    "list_facts",
    "missing_for_report",
    "not_on_the_list",
    "openings_of",
    "panel",
    "rule_text",
    "sample_of",
    "samples_of",
    "script_text",
    "statement",
    "statement_of",
    "todos_for",
    "unasked_kinds",
]
