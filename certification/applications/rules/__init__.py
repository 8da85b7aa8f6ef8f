"""What must be true before an act."""

from .readiness import (
    missing_for_extension,
    missing_for_submit,
    missing_of_assessment,
    missing_of_eligibility,
)
from .running import (
    Running,
    kind_for,
    missing_for_kind,
    missing_of_renewal,
    offer_running,
    running_of,
    window_opens_on,
)
from .statistics import days_between, days_without, median_days
from .training import missing_of_training

__all__ = [
    "Running",
    "days_between",
    "days_without",
    "kind_for",
    "median_days",
    "missing_for_extension",
    "missing_for_kind",
    "missing_for_submit",
    "missing_of_assessment",
    "missing_of_eligibility",
    "missing_of_renewal",
    "missing_of_training",
    "offer_running",
    "running_of",
    "window_opens_on",
]
