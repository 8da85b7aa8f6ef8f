"""How good an OUT.tsv is, whoever wrote it: the same measure for the platform and for every peer.

OUT.tsv has the header `n class outcome ids scores micros`. A query is accepted at a threshold when its best score
reaches it; it is right when the best id is an accepted one.
"""

import csv
import statistics
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tests.bench.registers import Query

PRECISION_WANTED = 0.95


@dataclass(frozen=True)
class Answer:
    """One line of OUT.tsv."""

    n: int
    outcome: str
    ids: list[str]
    scores: list[float]
    micros: float


@dataclass(frozen=True)
class Quality:
    """F1 at its best threshold, right at rank 1 and 10 (of what is there), recall at precision 0.95, milliseconds."""

    queries: int
    f1: float
    at1: float
    at10: float
    at_p95: float
    p50: float
    p99: float


def read_answers(path: Path) -> dict[int, Answer]:
    """The lines of OUT.tsv by the query's line number. Peers may have answered a sample only."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = {}
    for row in rows:
        ids = [one for one in row["ids"].split(",") if one]
        scores = [float(one) for one in row["scores"].split(",") if one]
        if len(ids) != len(scores):
            raise ValueError(f"{path}, line of query {row['n']}: {len(ids)} ids and {len(scores)} scores.")
        found[int(row["n"])] = Answer(int(row["n"]), row["outcome"], ids, scores, float(row["micros"]))
    return found


def measure(queries: dict[int, Query], answers: dict[int, Answer]) -> Quality:
    """The quality over the queries that were answered."""
    asked = [(query, answers[n]) for n, query in queries.items() if n in answers]
    positives = sum(query.positive for query, _answer in asked)
    best = [(a.scores[0], a.ids[0] in q.accepted) for q, a in asked if a.ids]
    f1, at_p95 = _sweep(best, positives)
    first = sum(right for _score, right in best)
    ten = sum(bool(q.accepted & set(a.ids[:10])) for q, a in asked)
    times = sorted(answer.micros / 1000 for _query, answer in asked)
    return Quality(
        len(asked),
        f1,
        first / positives if positives else 0.0,
        ten / positives if positives else 0.0,
        at_p95,
        statistics.median(times) if times else 0.0,
        times[min(len(times) - 1, round(0.99 * len(times)))] if times else 0.0,
    )


def _sweep(best: list[tuple[float, bool]], positives: int) -> tuple[float, float]:
    """Best F1 and recall at the wanted precision, over every threshold that splits no equal scores."""
    ranked = sorted(best, key=lambda one: -one[0])
    f1 = at_p95 = 0.0
    right = 0
    for index, (score, good) in enumerate(ranked, start=1):
        right += good
        if index < len(ranked) and ranked[index][0] == score:
            continue
        precision, recall = right / index, right / positives if positives else 0.0
        if precision + recall:
            f1 = max(f1, 2 * precision * recall / (precision + recall))
        if precision >= PRECISION_WANTED:
            at_p95 = max(at_p95, recall)
    return f1, at_p95


def by_class(queries: dict[int, Query], answers: dict[int, Answer]) -> dict[str, dict[str, float]]:
    """Per class: how many, right at rank 1 (negatives: share not `found`), median milliseconds."""
    groups: dict[str, list[tuple[Query, Answer]]] = defaultdict(list)
    for n, query in queries.items():
        if n in answers:
            groups[query.kind].append((query, answers[n]))
    table = {}
    for kind, pairs in sorted(groups.items()):
        good = sum(_well(query, answer) for query, answer in pairs)
        table[kind] = {
            "queries": len(pairs),
            "right": good / len(pairs),
            "ms": statistics.median(answer.micros for _query, answer in pairs) / 1000,
        }
    return table


def _well(query: Query, answer: Answer) -> bool:
    if query.positive:
        return bool(answer.ids) and answer.ids[0] in query.accepted
    return answer.outcome != "found"
