"""Interviews as their readers may see them: rows for the team, counts above the floor for everybody else."""

from .counting import (
    CountRow,
    Counts,
    KindRow,
    Shares,
    aggregates,
    counted_by_kind,
    counts,
    employment_counts,
    held_by_kind,
    share_chart,
    signs,
)
from .interviews import (
    cases_visible_to,
    hotline_for,
    hotlines,
    hotlines_on_file,
    interviews_of,
    interviews_read_by,
    next_number,
)
from .panels import audit_panel, stage2_panel
from .vault import (
    accesses_of,
    erasures_of,
    identity_counts,
    known_people,
    may_check_employment,
    names_given_away,
    texts_giving_away,
)

__all__ = [
    "CountRow",
    "Counts",
    "KindRow",
    "Shares",
    "accesses_of",
    "aggregates",
    "audit_panel",
    "cases_visible_to",
    "counted_by_kind",
    "counts",
    "employment_counts",
    "erasures_of",
    "held_by_kind",
    "hotline_for",
    "hotlines",
    "hotlines_on_file",
    "identity_counts",
    "interviews_of",
    "interviews_read_by",
    "known_people",
    "may_check_employment",
    "names_given_away",
    "next_number",
    "share_chart",
    "signs",
    "stage2_panel",
    "texts_giving_away",
]
