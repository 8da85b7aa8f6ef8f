"""How alike two names are, and why: a soft alignment of words, each with its weight."""

from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from iris.matching.normalise import Normal, tokens
from iris.matching.words import COMMON_WORDS

COMMON_WEIGHT = 0.35
EXTRA_SHARE = 0.55
EXTRA_COMMON_SHARE = 0.2
TYPO_FLOOR = 0.72
PREFIX_CREDIT = 0.75
JOINED_SHARE = 0.25
NEVER_CERTAIN = 0.99


@dataclass(frozen=True)
class TokenMatch:
    """One word of the query beside the word it was matched with; `how` is exact, typo, prefix or missing."""

    query: str
    found: str
    how: str
    credit: float
    weight: float


@dataclass(frozen=True)
class Explanation:
    """A score between 0 and 1 and the words it is made of; `extra` are words of the name the query lacks.

    `parts`: what each feature added to the score's logit (from an index), the largest first.
    """

    score: float
    matched: tuple[TokenMatch, ...]
    extra: tuple[str, ...]
    legal_differs: bool = False
    parts: tuple[tuple[str, float], ...] = ()

    @property
    def sentence(self) -> str:
        """The match in words, for people."""
        same = [one.query for one in self.matched if one.how == "exact"]
        near = [f"{one.query} ~ {one.found}" for one in self.matched if one.how in {"typo", "prefix"}]
        lost = [one.query for one in self.matched if one.how == "missing"]
        bits = [
            ("same words: " + ", ".join(same)) if same else "",
            ("near words: " + ", ".join(near)) if near else "",
            ("not in the name: " + ", ".join(lost)) if lost else "",
            ("only in the name: " + ", ".join(self.extra)) if self.extra else "",
            "other legal form" if self.legal_differs else "",
        ]
        return "; ".join(bit for bit in bits if bit)


def _weight(word: str) -> float:
    return COMMON_WEIGHT if word in COMMON_WORDS else 1.0


def _extra_weight(word: str) -> float:
    return EXTRA_COMMON_SHARE * COMMON_WEIGHT if word in COMMON_WORDS else EXTRA_SHARE


def _credit(left: str, right: str) -> tuple[float, str]:
    """How far one word stands for another. Digits must be equal; short words must be the same."""
    if left == right:
        return 1.0, "exact"
    if left.isdigit() or right.isdigit() or min(len(left), len(right)) < 3:
        return 0.0, "missing"
    if len(left) >= 4 and (right.startswith(left) or left.startswith(right)):
        return PREFIX_CREDIT, "prefix"
    near = OSA.normalized_similarity(left, right)
    return (near, "typo") if near >= TYPO_FLOOR else (0.0, "missing")


def _align(query: Normal, name: Normal) -> tuple[list[TokenMatch], list[str]]:
    free = list(name.words)
    matched: list[TokenMatch] = []
    for word in sorted(query.words, key=lambda one: (-_weight(one), -len(one))):
        best, how, other = 0.0, "missing", ""
        for candidate in free:
            credit, kind = _credit(word, candidate)
            if credit > best:
                best, how, other = credit, kind, candidate
        if other:
            free.remove(other)
        matched.append(
            TokenMatch(word, other, how, best, max(_weight(word), _weight(other) if other else 0.0))
        )
    return matched, free


def score(query: str, name: str) -> Explanation:
    """Compare a query with one name. 0.99 at most: only an identifier is certain."""
    left, right = tokens(query), tokens(name)
    if not left.text or not right.text:
        return Explanation(0.0, (), ())
    matched, extra = _align(left, right)
    total = sum(one.weight for one in matched) + sum(_extra_weight(word) for word in extra)
    words = sum(one.credit * one.weight for one in matched) / total if total else 0.0
    joined = ratio("".join(left.words), "".join(right.words)) / 100
    value = (1 - JOINED_SHARE) * words + JOINED_SHARE * joined
    # Spacing may hide the same name ("kalimaru" / "kali maru"): the joined form alone may then carry it.
    if joined > 0.94:
        value = max(value, joined - 0.04)
    distinct = [one for one in matched if one.weight == 1.0]
    if distinct and not any(one.credit for one in distinct) and joined <= 0.94:
        value *= 0.5
    differs = bool(left.legal and right.legal and set(left.legal) != set(right.legal))
    value -= 0.03 if differs else 0.0
    return Explanation(max(0.0, min(NEVER_CERTAIN, round(value, 4))), tuple(matched), tuple(extra), differs)
