"""The alignment of two names in plain Python: the words of an explanation, and the oracle of the kernels' tests.

Slow on purpose (some 100 microseconds a pair); only for the few matches a person looks at.
"""

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from iris.matching.score import Explanation, TokenMatch

if TYPE_CHECKING:
    import numpy as np

    from iris.matching.query import Question
    from iris.matching.segment import Segment


def folded(word: str, before: str = "") -> str:
    """The letters with spellings evened out: doubled letters once, ae/oe/ue as a/o/u."""
    out = before
    for char in word:
        if out and ((char == out[-1] and char.isalpha()) or (char == "e" and out[-1] in "aou")):
            continue
        out += char
    return out


def credit(one: str, two: str, seen: bool) -> tuple[float, str]:
    """How far word `one` of a query stands for word `two` of a name, and how; `seen`: `one` is a known word."""
    if any(char.isdigit() for char in one + two):
        return 0.0, ""
    short, long = sorted((len(one), len(two)))
    if short != long and short >= 2 and (one.startswith(two) or two.startswith(one)):
        if long - short == 1 and short >= 4 and not seen:
            return 1.0 - 0.8 / long, "typo"
        if short >= 3:
            return (0.5 + 0.4 * short / long) * (0.6 if seen else 1.0), "prefix"
    if long < 3 or long - short > 3:
        return 0.0, ""
    most = 1 if long < 7 else (2 if long < 12 else 3)
    apart = len(set(one) ^ set(two))
    if apart > 2 * most:
        return 0.0, ""
    if apart <= 1 and short != long and folded(one) == folded(two):
        return 0.97, "spelling"
    distance = OSA.distance(one, two)
    if distance > most:
        return 0.0, ""
    value = 1.0 - 1.1 * distance / long
    return (value * 0.45 if seen else value), "typo"


def align(
    query: list[str], seen: list[bool], name: list[str]
) -> tuple[list[tuple[int, str, float]], list[int]]:
    """Each query word's (partner or -1, how, credit), and for each word of the name who took it (-1: nobody)."""
    pairs: list[tuple[int, str, float]] = [(-1, "", 0.0)] * len(query)
    taken = [-1] * len(name)
    for i, word in enumerate(query):
        for j, other in enumerate(name):
            if taken[j] < 0 and word == other:
                pairs[i], taken[j] = (j, "exact", 1.0), i
                break
    _splits(query, name, pairs, taken)
    table = {
        (i, j): credit(word, other, seen[i])
        for i, word in enumerate(query)
        if pairs[i][0] < 0
        for j, other in enumerate(name)
        if taken[j] < 0
    }
    for (i, j), (value, how) in sorted(table.items(), key=lambda one: (-one[1][0], one[0])):
        if how and value > 0 and pairs[i][0] < 0 and taken[j] < 0:
            pairs[i], taken[j] = (j, how, value), i
    return pairs, taken


def _splits(query: list[str], name: list[str], pairs: list[tuple[int, str, float]], taken: list[int]) -> None:
    for i, word in enumerate(query):
        for j in range(len(name) - 1):
            if pairs[i][0] < 0 and taken[j] < 0 and taken[j + 1] < 0 and name[j] + name[j + 1] == word:
                pairs[i] = (j, "split", 0.97)
                taken[j] = taken[j + 1] = i
    for i in range(len(query) - 1):
        for j, other in enumerate(name):
            free = pairs[i][0] < 0 and pairs[i + 1][0] < 0 and taken[j] < 0
            if free and query[i] + query[i + 1] == other:
                pairs[i] = pairs[i + 1] = (j, "split", 0.97)
                taken[j] = i


def explain(
    asked: "Question", segment: "Segment", weights: "np.ndarray", row: int, score: float, own: "np.ndarray"
) -> Explanation:
    """Why a row of an index scored what it scored."""
    numbers = segment.row_words(row)
    name = [segment.word(int(number)) for number in numbers]
    pairs, taken = align(list(asked.words), [bool(df) for df in asked.df], name)
    matched = tuple(
        TokenMatch(
            word,
            name[j] if j >= 0 else "",
            how or "missing",
            round(value, 3),
            round(float(weights[numbers[j]] if j >= 0 else own[i]), 3),
        )
        for i, (word, (j, how, value)) in enumerate(zip(asked.words, pairs, strict=True))
    )
    extra = tuple(word for word, by in zip(name, taken, strict=True) if by < 0)
    legal = int(segment.arrays["row_legal"][row])
    return Explanation(score, matched, extra, bool(asked.legal and legal and asked.legal != legal))
