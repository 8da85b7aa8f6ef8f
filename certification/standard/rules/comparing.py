"""How one text became another, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "cut", "put"]


@dataclass(frozen=True)
class Words:
    """A run of words that stayed, went or came."""

    kind: Kind
    text: str


def word_changes(old: str, new: str) -> list[Words]:
    """Both texts as one: what stayed, what went, what came, in reading order."""
    before, after = old.split(), new.split()
    found: list[Words] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for step, start, end, begin, stop in matcher.get_opcodes():
        if step == "equal":
            found.append(Words("same", " ".join(after[begin:stop])))
            continue
        if end > start:
            found.append(Words("cut", " ".join(before[start:end])))
        if stop > begin:
            found.append(Words("put", " ".join(after[begin:stop])))
    return found
