"""The alignment of two names in plain Python: the words of an explanation, and the oracle of the kernels' tests.

Slow on purpose (some 100 microseconds a pair); only for the few matches a person looks at.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA, Levenshtein

from iris.matching.config import FEATURES
from iris.matching.score import Explanation, TokenMatch

if TYPE_CHECKING:
    import numpy as np

    from iris.matching.query import Question
    from iris.matching.segment import Segment


MOST_WORDS = 32  # as in the kernel
SOFT = 0.3  # as in the kernel


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


def features(
    asked: "Question", segment: "Segment", weights: "np.ndarray", row: int, own: "np.ndarray"
) -> dict[str, float]:
    """The features of a row of an index, by their names in config.FEATURES: the same numbers as the kernel's."""
    numbers = segment.row_words(row)[:MOST_WORDS]
    name = [segment.word(int(number)) for number in numbers]
    says = [float(weights[number]) for number in numbers]
    pairs, taken = align(list(asked.words), [bool(df) for df in asked.df], name)
    found = dict.fromkeys((one for one, _rank, _belief in FEATURES), 0.0)
    found |= _query_side(asked, pairs, says, own)
    found |= _name_side(segment, row, name, says, pairs, taken)
    digits = [w for w, (j, _how, _c) in zip(asked.words, pairs, strict=True) if j < 0] + _left(name, taken)
    found["digits"] = float(any(char.isdigit() for word in digits for char in word))
    found["both"] = found["query"] * found["name"]
    partners = [j for j, _how, _credit in pairs]
    found["same"] = float(all(how == "exact" for _j, how, _credit in pairs) and -1 not in taken)
    present = [j for j in partners if j >= 0]
    found["order"] = float(present == sorted(present))
    left, right = _joined(asked.words), _joined(name)
    alike = 1.0 - Levenshtein.distance(left, right) / max(len(left), len(right), 1)
    found |= {"bias": 1.0, "joined": alike, "joined_square": alike * alike, "short": 1.0 / max(len(left), 1)}
    found["joined_unseen"] = alike * (1.0 - max(found["foreign"], found["established"]))
    return found | _around(asked, segment, row)


def _left(name: list[str], taken: list[int]) -> list[str]:
    return [word for word, by in zip(name, taken, strict=True) if by < 0]


def _joined(words: Iterable[str]) -> str:
    joined = ""
    for word in words:
        joined = folded(word, joined)
    return joined


def _query_side(
    asked: "Question", pairs: list[tuple[int, str, float]], says: list[float], own: "np.ndarray"
) -> dict[str, float]:
    last = max((i for i, (j, _how, _credit) in enumerate(pairs) if j >= 0), default=-1)
    found = dict.fromkeys(("foreign", "unseen", "tail", "typo", "established"), 0.0)
    have = whole = 0.0
    for i, (j, how, value) in enumerate(pairs):
        if j >= 0:
            have, whole = have + says[j] * value, whole + says[j]
            if how in {"typo", "prefix", "split"}:
                found["typo"] += says[j] * (1.0 - value)
            if how == "typo" and asked.df[i] > 0:
                found["established"] = max(found["established"], says[j])
            continue
        weight = float(own[i])
        if i > last >= 0 and asked.places[i] > 0:
            weight *= SOFT
            kind = "tail"
        else:
            kind = "foreign" if asked.df[i] > 0 else "unseen"
        found[kind] = max(found[kind], weight)
        whole += weight
    return found | {"query": have / whole if whole else 0.0}


def _name_side(
    segment: "Segment",
    row: int,
    name: list[str],
    says: list[float],
    pairs: list[tuple[int, str, float]],
    taken: list[int],
) -> dict[str, float]:
    first = int(segment.arrays["row_off"][row])
    places = segment.arrays["places"][first : first + len(name)]
    got = full = lacks = 0.0
    for j, by in enumerate(taken):
        if by >= 0:
            got, full = got + says[j] * pairs[by][2], full + says[j]
            continue
        weight = says[j] * (SOFT if places[j] > 0 else 1.0)
        full, lacks = full + weight, max(lacks, weight)
    return {"name": got / full if full else 0.0, "lacks": lacks}


def _around(asked: "Question", segment: "Segment", row: int) -> dict[str, float]:
    """What is not in the words: legal form, country, kind, the string as written."""
    entry = int(segment.arrays["row_entry"][row])
    legal, country = int(segment.arrays["row_legal"][row]), int(segment.arrays["country"][entry])
    written = segment.name_of(entry).encode()[:512].lower()
    raw = bytes(asked.raw)
    return {
        "legal_same": float(bool(asked.legal and legal) and asked.legal == legal),
        "legal_differs": float(bool(asked.legal and legal) and asked.legal != legal),
        "country_same": float(bool(asked.country and country) and asked.country == country),
        "country_differs": float(bool(asked.country and country) and asked.country != country),
        "country_unknown": float(not (asked.country and country)),
        "raw": 1.0 - Levenshtein.distance(raw, written) / max(len(raw), len(written), 1),
        "part": float(segment.arrays["row_kind"][row]),
        "former": float(segment.kind_of(entry) == "former"),
    }


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
    values = features(asked, segment, weights, row, own)
    added = [(what, round(values[what] * belief, 3)) for what, _rank, belief in FEATURES]
    return Explanation(
        score,
        matched,
        extra,
        bool(asked.legal and legal and asked.legal != legal),
        tuple(sorted((one for one in added if one[1]), key=lambda one: -abs(one[1]))),
    )
