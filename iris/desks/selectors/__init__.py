"""What the desks show, gathered from the rooms through their own selectors."""

from iris.desks.selectors.exports import statistics_as_csv, trace_as_csv, trace_as_json, trace_chapter
from iris.desks.selectors.scheme import expiring, firms, overdue, pipeline
from iris.desks.selectors.signals import signals
from iris.desks.selectors.statistics import statistics
from iris.desks.selectors.today import (
    MOST_TODOS,
    certificate_card,
    deadlines_of,
    figures_for,
    landing_figures,
    lately,
    move_of_the_day,
    search,
    todos_for,
)
from iris.desks.selectors.trace import public_trace, trace, trace_panel

__all__ = [
    "MOST_TODOS",
    "certificate_card",
    "deadlines_of",
    "expiring",
    "figures_for",
    "firms",
    "landing_figures",
    "lately",
    "move_of_the_day",
    "overdue",
    "pipeline",
    "public_trace",
    "search",
    "signals",
    "statistics",
    "statistics_as_csv",
    "todos_for",
    "trace",
    "trace_as_csv",
    "trace_as_json",
    "trace_chapter",
    "trace_panel",
]
