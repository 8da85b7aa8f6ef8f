"""Labels that hide a fee: a dictionary in several languages, kept as data beside this file's room."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_NO_ACCENT = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i"})
DICTIONARY = Path(__file__).resolve().parent.parent / "disguise_labels.yaml"


@dataclass(frozen=True)
class Disguise:
    """A word in a label that often hides a fee, why it is watched and the category it usually belongs to."""

    term: str
    lang: str
    why: str
    category: str


def disguises_that_matter(label: str, *, borne_by_employer: bool, proven: bool) -> list[Disguise]:
    """Those to show beside a cost: a fee that the employer provably paid hides nothing, a bond does."""
    found = disguises(label)
    if borne_by_employer and proven:
        return [disguise for disguise in found if disguise.category == "X"]
    return found


def disguises(label: str) -> list[Disguise]:
    """The watched words that this label holds, one per reason, in the order of the dictionary."""
    text = _plain(label)
    found: dict[str, Disguise] = {}
    for pattern, disguise in _dictionary():
        if disguise.why not in found and pattern.search(text):
            found[disguise.why] = disguise
    return list(found.values())


def _plain(text: str) -> str:
    """Lower case, one space between words, Latin accents dropped; other scripts keep their vowel signs."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_NO_ACCENT)
    decomposed = unicodedata.normalize("NFD", folded)
    kept = "".join(mark for mark in decomposed if not 0x0300 <= ord(mark) <= 0x036F)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", kept)).strip()


@lru_cache(maxsize=1)
def _dictionary() -> list[tuple[re.Pattern[str], Disguise]]:
    data: dict[str, Any] = yaml.safe_load(DICTIONARY.read_text(encoding="utf-8"))
    entries: list[tuple[re.Pattern[str], Disguise]] = []
    for entry in data["labels"]:
        for lang, terms in entry["terms"].items():
            for term in terms:
                disguise = Disguise(
                    term=term, lang=lang, why=entry["why"], category=entry.get("category", "")
                )
                entries.append((_pattern(term), disguise))
    return entries


def _pattern(term: str) -> re.Pattern[str]:
    """A whole-word match for scripts with letters of Latin kind; anywhere in the label for the others."""
    plain = re.escape(_plain(term))
    return re.compile(rf"(?<!\w){plain}(?!\w)" if plain.isascii() else plain)
