"""Whole files at once: an index built, and queries answered, by several processes that share it."""

import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from iris.matching.entry import Entry
from iris.matching.files import Answer, Query
from iris.matching.index import Index, warm
from iris.matching.rows import Row, rows_of

CHUNK = 20_000  # names one process normalises at a time
TURN = 500  # queries one process answers at a time
LIMIT = 10

_shared: dict[str, Any] = {}


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork"))


def _rows(names: list[str]) -> list[list[Row]]:
    return [rows_of(name) for name in names]


def build(entries: Sequence[Entry], workers: int) -> Index:
    """An index of the entries; the names are normalised by `workers` processes. The kernels are loaded too."""
    warm()
    if workers < 2 or len(entries) < 2 * CHUNK:
        return Index.build(entries)
    chunks = [[entry.name for entry in entries[at : at + CHUNK]] for at in range(0, len(entries), CHUNK)]
    with _pool(workers) as pool:
        rows = [row for chunk in pool.map(_rows, chunks) for row in chunk]
    return Index.build(entries, rows)


def answer(index: Index, query: Query) -> Answer:
    """One query: outcome, ids and scores, and how long it took."""
    start = time.perf_counter_ns()
    outcome, found = index.nearest(query.text, country=query.country, limit=LIMIT)
    taken = time.perf_counter_ns() - start
    return Answer(
        query.n,
        query.kind,
        outcome.value,
        tuple(own_id for own_id, _score in found),
        tuple(score for _own_id, score in found),
        taken // 1000,
    )


def _answers(queries: list[Query]) -> list[Answer]:
    index: Index = _shared["index"]
    return [answer(index, query) for query in queries]


def answer_all(index: Index, queries: Sequence[Query], workers: int) -> list[Answer]:
    """All queries, in their order, by `workers` processes that share the index's memory."""
    if workers < 2 or len(queries) < 2 * TURN:
        return [answer(index, query) for query in queries]
    _shared["index"] = index
    try:
        with _pool(workers) as pool:
            turns = [list(queries[at : at + TURN]) for at in range(0, len(queries), TURN)]
            return [one for turn in pool.map(_answers, turns) for one in turn]
    finally:
        _shared.clear()
