"""The Standard as rows: editions and their parts, their languages, and what other schemes ask for."""

from .edition import Criterion, Edition, Indicator, Principle, Translation

__all__ = ["Criterion", "Edition", "Indicator", "Principle", "Translation"]
