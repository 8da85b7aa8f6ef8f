"""The state of a licence in the register's own word, normalised. What is not known stays unknown."""

from __future__ import annotations

import re
import unicodedata

from certification.licences.states import BADNESS, LicenceStatus

from .registers import RegisterSpec, Word

NOTHING = {"", "-", "–", "—", "no", "none", "nil", "n/a", "0", "false", "nie", "ne", "tidak", "无", "無"}


def folded(text: str) -> str:
    """Without case, marks and doubled spaces; the letters of every script stay."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[\s_.,:;()\[\]/#№*|\-]+", " ", plain).split())


def is_nothing(text: str) -> bool:
    """Whether a cell says no."""
    return text.strip().casefold() in NOTHING or not folded(text)


def known_word(spec: RegisterSpec, raw: str) -> Word | None:
    """The word of the register that a cell holds.

    "Licensed" has to stand alone. A worse word may stand among others ("Dicabut, SK 12/2026"): the worst one counts.
    """
    text = folded(raw)
    exact = next((word for word in spec.words if folded(word.word) == text), None)
    if exact is not None:
        return exact
    inside = [
        word
        for word in spec.words
        if word.means != LicenceStatus.ACTIVE and f" {folded(word.word)} " in f" {text} "
    ]
    return max(inside, key=lambda word: (BADNESS[word.means], len(word.word)), default=None)


def expected_words(spec: RegisterSpec, most: int = 6) -> str:
    """The words that would have been understood."""
    words = [word.word for word in spec.words]
    return ", ".join(words[:most]) + (", …" if len(words) > most else "")
