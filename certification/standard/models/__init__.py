"""The Standard as rows: editions and their parts, their languages, and what other schemes ask for."""

from .edition import Criterion, Edition, Indicator, Principle, Translation
from .mapping import Mapping, OtherItem, OtherScheme

__all__ = [
    "Criterion",
    "Edition",
    "Indicator",
    "Mapping",
    "OtherItem",
    "OtherScheme",
    "Principle",
    "Translation",
]
