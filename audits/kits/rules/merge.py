"""The three-way merge of one cell: as it was at the download, as the workbook says, as it is here now. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of a cell."""

    SAME = "same"  # the workbook says what is here already, or says nothing new
    KEEP = "keep"  # only here changed
    TAKE = "take"  # only the workbook changed
    CONFLICT = "conflict"  # both changed, differently


def outcome(base: str, theirs: str, ours: str) -> Outcome:
    """What becomes of a cell, from its three values."""
    if theirs == ours:
        return Outcome.SAME
    if theirs == base:
        return Outcome.KEEP
    if ours == base:
        return Outcome.TAKE
    return Outcome.CONFLICT


@dataclass(frozen=True)
class Choice:
    """What a person chose for a conflict, and for which value here: another change here asks again."""

    take: str  # "here", "kit" or "text"
    here: str
    text: str = ""

    def value(self, theirs: str) -> str:
        """The text that stands after the merge."""
        return {"here": self.here, "kit": theirs, "text": self.text}[self.take]


TAKES = ("here", "kit", "text")


def merged(base: str, theirs: str, ours: str, choice: Choice | None = None) -> str | None:
    """The text after the merge; None while a conflict waits for a choice."""
    found = outcome(base, theirs, ours)
    if found == Outcome.TAKE:
        return theirs
    if found != Outcome.CONFLICT:
        return ours
    if choice is None or choice.here != ours:
        return None
    return choice.value(theirs)
