"""Texts that are asked for, as the kernels take them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np
from rapidfuzz.distance import OSA

from iris.matching.normalise import parse
from iris.matching.rows import legal_number
from iris.matching.segment import country_number, frozen, general_counts, word_arrays
from iris.matching.shapes import MOST_WORDS

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


Counts = Callable[[np.ndarray, np.ndarray], np.ndarray]
Said = tuple[tuple[str, ...], tuple[int, ...], int]


def ask(text: str, country: str, df_of: Counts) -> Question | None:
    """Make ready to explain; None for a text without a letter or digit. `df_of` says how many names have each word."""
    words, places, legal = said(text, df_of)
    if not words:
        return None
    chars, offsets = word_arrays(words)
    return Question(
        words,
        df_of(chars, offsets) + np.array([general_counts().get(word, 0) for word in words], np.int32),
        chars,
        offsets,
        np.frombuffer(bytes(places), np.uint8),
        legal,
        country_number(country),
        frozen(np.frombuffer(_raw(text), np.uint8)),
    )


def packed(questions: Iterable[tuple[str, str]], df_of: Counts) -> tuple[np.ndarray, np.ndarray]:
    """(name, country) pairs as two arrays, laid out as kernels.answering reads them. No words: nothing to search for.

    Letters: all words, the place of each word, all texts as written. Numbers: how many questions and words, where
    each word begins, how many names in general have it, where each question's words and its text begin, legal forms,
    countries.
    """
    words: list[str] = []
    places = bytearray()
    raws: list[bytes] = []
    firsts, legals, countries = [0], [], []
    for text, country in questions:
        own, where, legal = said(text, df_of)
        words += own
        places += bytes(where)
        raws.append(_raw(text))
        firsts.append(len(words))
        legals.append(legal)
        countries.append(country_number(country))
    general = general_counts()
    letters = "".join(words).encode("ascii")
    numbers = [len(legals), len(words), *accumulate(map(len, words), initial=0)]
    numbers += [general.get(word, 0) for word in words]
    numbers += firsts
    numbers += accumulate(map(len, raws), initial=len(letters) + len(places))
    numbers += legals
    numbers += countries
    return (
        np.frombuffer(b"".join((letters, places, *raws)) or b"\0", np.uint8),
        frozen(np.array(numbers, np.int64)),
    )


def said(text: str, df_of: Counts) -> Said:
    """The words of a text with their places, and its legal form; misspelt legal forms are no words."""
    parsed = parse(text)
    words, places, legal = parsed.words, parsed.places, parsed.legal
    if not words:
        words, places, legal = legal, (0,) * len(legal), ()
    if len(words) > MOST_WORDS:
        words, places = words[:MOST_WORDS], places[:MOST_WORDS]
    if len(words) > 1:
        general = general_counts()
        forms = [word not in general and len(word) > 4 and _misspelt_form(word) for word in words]
        if any(forms):
            df = df_of(*word_arrays(words))
            kept = [at for at, form in enumerate(forms) if df[at] or not form] or [0]
            legal = (*legal, *(form for at, form in enumerate(forms) if form and at not in kept))
            words, places = tuple(words[at] for at in kept), tuple(places[at] for at in kept)
    return words, places, legal_number(legal)


def _raw(text: str) -> bytes:
    return text.lower().encode("utf-8", "replace")[:LONGEST_RAW] or b"\0"


@lru_cache(maxsize=2_048)
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
