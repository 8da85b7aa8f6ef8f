"""The eleven signs as data, and what may be written about them: what was seen, never what it amounts to (R99)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent.parent
# A conclusion, for or against, in the words people use. What was seen is told without it.
_VERDICT = re.compile(
    r"\b(?:is|are|was|were|not|no|found|finds?|confirm(?:s|ed)?|prov(?:es?|ed|en)|amounts? to|constitutes?|"
    r"clear(?:ly)?|evidence of|case of|victims? of|free of)\s+(?:a\s+|in\s+|any\s+|case\s+of\s+)*"
    r"(?:forced|bonded|slave)[\s-]+labou?r\b|\b(?:modern\s+)?slavery\b",
    re.I,
)


@dataclass(frozen=True)
class Sign:
    """One sign: its number in the list, what to look for, what the edition of 2025 says."""

    code: str
    title: str
    look: str
    note: str


@dataclass(frozen=True)
class SignList:
    """The eleven signs with where they come from."""

    source: str
    source_title: str
    edition_note: str
    signs: tuple[Sign, ...]

    def get(self, code: str) -> Sign | None:
        """The sign of that number."""
        return next((one for one in self.signs if one.code == code), None)


@cache
def sign_list() -> SignList:
    """The signs as written in signs.yaml."""
    loaded: dict[str, Any] = yaml.safe_load((DATA / "signs.yaml").read_text(encoding="utf-8"))
    signs = tuple(Sign(**row) for row in loaded.pop("signs"))
    return SignList(signs=signs, **loaded)


@cache
def agenda(kind: str) -> tuple[tuple[str, str], ...]:
    """What is explained in a meeting of this kind: code and text of each point."""
    loaded = yaml.safe_load((DATA / "agendas.yaml").read_text(encoding="utf-8"))
    return tuple((row["code"], row["text"]) for row in loaded[kind])


def states_a_verdict(text: str) -> bool:
    """Whether a text says that something is, or is not, forced labour."""
    return bool(_VERDICT.search(text))
