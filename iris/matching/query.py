"""A text that is asked for, as the kernels take it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA

from iris.matching.kernels.align import MOST_WORDS
from iris.matching.normalise import parse
from iris.matching.rows import legal_number
from iris.matching.segment import country_number, frozen

LONGEST_RAW = 500  # bytes of the text as written that are compared
_LONG_FORMS = (
    "limited", "private", "company", "corporation", "incorporated", "unlimited", "aktiengesellschaft", "berhad",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """The words of a query, how many names have each (`df`), and the rest the kernels compare."""

    words: tuple[str, ...]
    df: np.ndarray
    chars: np.ndarray
    offsets: np.ndarray
    places: np.ndarray
    legal: int
    country: int
    raw: np.ndarray


def ask(text: str, country: str, df_of: Callable[[str], int]) -> Question | None:
    """Make ready to search; None for a text without a letter or digit. `df_of` says how many names have a word."""
    parsed = parse(text)
    words, places, legal = list(parsed.words), list(parsed.places), parsed.legal
    if not words:
        words, places, legal = list(parsed.legal), [0] * len(parsed.legal), ()
    if not words:
        return None
    words, places = words[:MOST_WORDS], places[:MOST_WORDS]
    df = [df_of(word) for word in words]
    for at in range(len(words) - 1, -1, -1):
        form = _misspelt_form(words[at]) if not df[at] and len(words) > 1 else ""
        if form:
            del words[at], places[at], df[at]
            legal = (*legal, form)
    encoded = [word.encode("ascii") for word in words]
    offsets = np.zeros(len(words) + 1, np.int32)
    np.cumsum([len(one) for one in encoded], out=offsets[1:])
    return Question(
        tuple(words),
        np.array(df, np.int32),
        np.frombuffer(b"".join(encoded), np.uint8),
        offsets,
        np.frombuffer(bytes(places), np.uint8),
        legal_number(tuple(legal)),
        country_number(country),
        frozen(np.frombuffer(text.lower().encode("utf-8", "replace")[:LONGEST_RAW] or b"\0", np.uint8)),
    )


def _misspelt_form(word: str) -> str:
    """The legal form that a word no name has is a misspelling of ("limiited"), or nothing."""
    if len(word) < 5:
        return ""
    for form in _LONG_FORMS:
        if abs(len(form) - len(word)) <= 2 and OSA.distance(word, form, score_cutoff=2) <= (
            1 if len(word) < 7 else 2
        ):
            return form
    return ""
