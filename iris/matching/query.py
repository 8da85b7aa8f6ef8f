"""A text that is asked for, as the kernels take it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA

from iris.matching.kernels.align import MOST_WORDS
from iris.matching.normalise import parse
from iris.matching.rows import legal_number
from iris.matching.segment import country_number, frozen, general_counts, word_arrays

LONGEST_RAW = 500  # bytes of the text as written that are compared
_LONG_FORMS = (
    "limited", "private", "company", "corporation", "incorporated", "unlimited", "aktiengesellschaft", "berhad",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """The words of a query, how many names (in general and of the index) have each, and the rest that is compared."""

    words: tuple[str, ...]
    df: np.ndarray
    chars: np.ndarray
    offsets: np.ndarray
    places: np.ndarray
    legal: int
    country: int
    raw: np.ndarray


def ask(text: str, country: str, df_of: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Question | None:
    """Make ready to search; None for a text without a letter or digit. `df_of` says how many names have each word."""
    parsed = parse(text)
    words, places, legal = list(parsed.words), list(parsed.places), parsed.legal
    if not words:
        words, places, legal = list(parsed.legal), [0] * len(parsed.legal), ()
    if not words:
        return None
    words, places = words[:MOST_WORDS], places[:MOST_WORDS]
    chars, offsets = word_arrays(words)
    df = df_of(chars, offsets) + np.array([general_counts().get(word, 0) for word in words], np.int32)
    if len(words) > 1 and not df.all():
        kept = [at for at, word in enumerate(words) if df[at] or not _misspelt_form(word)] or [0]
        if len(kept) < len(words):
            forms = [_misspelt_form(word) for at, word in enumerate(words) if at not in kept]
            words, places = [words[at] for at in kept], [places[at] for at in kept]
            legal, df = (*legal, *forms), df[kept]
            chars, offsets = word_arrays(words)
    return Question(
        tuple(words),
        df,
        chars,
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
