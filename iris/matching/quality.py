"""How good answers are: F1 at its best threshold, right at rank 1 and 10, recall at precision 0.95, and how fast."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from iris.matching.files import Answer, Query

PRECISION = 0.95


@dataclass(frozen=True)
class Quality:
    """Shares between 0 and 1; `threshold` is the score at which F1 is best."""

    queries: int
    positives: int
    f1: float
    threshold: float
    at1: float
    at10: float
    at_p95: float


def measure(pairs: Sequence[tuple[Query, Answer]]) -> Quality:
    """Over queries and their answers. A query is accepted at a threshold when its best score reaches it."""
    positives = sum(bool(query.accepted) for query, _answer in pairs)
    best = [(answer.scores[0], answer.ids[0] in query.accepted) for query, answer in pairs if answer.ids]
    f1, threshold, at_p95 = _sweep(best, positives)
    first = sum(right for _score, right in best)
    ten = sum(bool(query.accepted.intersection(answer.ids)) for query, answer in pairs)
    some = positives or 1
    return Quality(len(pairs), positives, f1, threshold, first / some, ten / some, at_p95)


def _sweep(best: list[tuple[float, bool]], positives: int) -> tuple[float, float, float]:
    ranked = sorted(best, key=lambda one: -one[0])
    f1 = threshold = at_p95 = 0.0
    right = 0
    for index, (score, good) in enumerate(ranked, start=1):
        right += good
        if index < len(ranked) and ranked[index][0] == score:
            continue  # a threshold splits no equal scores
        precision, recall = right / index, right / positives if positives else 0.0
        if precision + recall and 2 * precision * recall / (precision + recall) > f1:
            f1, threshold = 2 * precision * recall / (precision + recall), score
        if precision >= PRECISION:
            at_p95 = max(at_p95, recall)
    return f1, threshold, at_p95


def by_class(pairs: Sequence[tuple[Query, Answer]]) -> list[tuple[str, list[tuple[Query, Answer]]]]:
    """The pairs of each class, in the order of their names."""
    groups: dict[str, list[tuple[Query, Answer]]] = defaultdict(list)
    for query, answer in pairs:
        groups[query.kind].append((query, answer))
    return sorted(groups.items())


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))] if ordered else 0.0
