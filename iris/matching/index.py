"""An index of names: built once, saved, mapped by every process, changed by small steps, searched by many threads."""

import hashlib
import math
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np

from iris.matching.config import BELIEF, CLEAR, CLEAR_BY, CURRENT, DEEP, FIRST_POINT, MOST_CLEAR, RANK, WIDE
from iris.matching.entry import Entry
from iris.matching.kernels.align import FEATURES
from iris.matching.kernels.postings import BLOCK
from iris.matching.kernels.search import search_segment
from iris.matching.outcome import Candidate, Match, Outcome, Result, Thresholds
from iris.matching.query import Question, ask
from iris.matching.reference import explain
from iris.matching.score import NEVER_CERTAIN, Explanation
from iris.matching.segment import FORMAT, GENERAL, Segment, frozen, word_weights

CANDIDATES = 64
THREADS = 2

_local = threading.local()


def _accumulators() -> np.ndarray:
    if not hasattr(_local, "sums"):
        _local.sums = np.zeros(BLOCK, np.uint16)
    return _local.sums  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Part:
    """A segment with what changed since it was made: weights of words over all parts, and entries that are gone."""

    segment: Segment
    df: np.ndarray
    bundle: tuple[np.ndarray, ...]
    dead: np.ndarray

    @classmethod
    def of(cls, segment: Segment, df: np.ndarray, dead: np.ndarray, names: int) -> "Part":
        """The part with weights computed anew for so many names."""
        return cls(
            segment,
            df,
            segment.bundle_with(frozen(word_weights(df + segment.arrays["general"], names + GENERAL))),
            dead,
        )


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate: its score, the score it would have were nothing else like it (`alone`), points behind the best."""

    id: str
    score: float
    alone: float
    behind: float
    part: Part
    entry: int
    row: int


class Index:
    """Names to search: a base, a small delta of later names, and the base's entries that are gone.

    Immutable: `apply` makes a new index that shares the base. Any number of threads may search it.
    """

    def __init__(self, base: Part, delta: Part | None = None, added: Sequence[Entry] = ()) -> None:
        self._base = base
        self._delta = delta
        self._added = tuple(added)
        self._parts = [base] if delta is None else [base, delta]
        self.size = base.segment.entries - int(base.dead.sum()) + len(self._added)

    @classmethod
    def build(cls, entries: Iterable[Entry], rows: Sequence[Any] | None = None) -> "Index":
        """Make an index of the entries (some 20 seconds for a million). `rows`: made already by other processes."""
        return cls._of(Segment.build(list(entries), rows))

    @classmethod
    def _of(cls, segment: Segment) -> "Index":
        dead = np.zeros(max(1, segment.entries), np.uint8)
        return cls(Part(segment, segment.arrays["tok_df"], segment.bundle, dead))

    @property
    def version(self) -> str:
        """The kernel's format and a digest of the content."""
        digest = self._base.segment.info["digest"]
        if self._delta is None and not self._base.dead.any():
            return f"{FORMAT}-{digest}"
        changed = hashlib.sha256(np.packbits(self._base.dead).tobytes())
        changed.update(repr(self._added).encode())
        return f"{FORMAT}-{digest}+{changed.hexdigest()[:8]}"

    @property
    def changes(self) -> int:
        """How many names came or went since the base was built: when it is a tenth of the base, build again."""
        return int(self._base.dead.sum()) + len(self._added)

    def save(self, folder: Path | str) -> None:
        """Write it to a folder (made when missing). Later changes are built in."""
        whole = self if not self.changes else Index.build(self.entries())
        whole._base.segment.save(Path(folder))

    @classmethod
    def open(cls, folder: Path | str) -> "Index":
        """Map a saved index; its pages are shared by all processes. UnreadableIndex when it is of another format."""
        return cls._of(Segment.open(Path(folder)))

    def entries(self) -> list[Entry]:
        """Every entry that is alive."""
        segment = self._base.segment
        alive = [at for at in range(segment.entries) if not self._base.dead[at]]
        return [_entry(segment, at) for at in alive] + list(self._added)

    def apply(self, added: Iterable[Entry], removed: Iterable[str]) -> "Index":
        """A new index: every entry of the ids in `removed` goes, then `added` come."""
        gone = set(removed)
        base = self._base.segment
        dead = self._base.dead.copy()
        for one in gone:
            dead[base.entries_of(one)] = 1
        later = [entry for entry in self._added if entry.id not in gone] + list(added)
        names = base.entries - int(dead.sum()) + len(later)
        df = base.arrays["tok_df"].copy()
        for entry in np.flatnonzero(dead):
            np.subtract.at(df, base.words_of(int(entry)), 1)
        if not later:
            return Index(Part.of(base, df, dead, names))
        segment = Segment.build(later)
        own = segment.arrays["tok_df"].copy()
        numbers = base.word_numbers(segment.arrays["chars"], segment.arrays["tok_off"])
        known = numbers >= 0
        df[numbers[known]] += own[known]
        own[known] = df[numbers[known]]
        return Index(
            Part.of(base, df, dead, names),
            Part.of(segment, own, np.zeros(segment.entries, np.uint8), names),
            later,
        )

    def search(
        self, query: str, *, country: str = "", limit: int = 10, thresholds: Thresholds | None = None
    ) -> Result:
        """Search one name. `country` (ISO 3166-1 alpha-2) lifts a match, it never hides one.

        One match per id, best first, scores below 1; `invalid` for a text without a letter or digit.
        """
        asked = ask(query, country, self._df)
        if asked is None:
            return Result(Outcome.INVALID)
        chosen = thresholds or CURRENT
        ranked = self.ranked(asked, limit)
        matches = [
            Match(_candidate(one), one.score, self._why(asked, one))
            for one in ranked
            if one.score >= chosen.lower
        ]
        return Result(_outcome(ranked, chosen), matches)

    def nearest(
        self, query: str, *, country: str = "", limit: int = 10
    ) -> tuple[Outcome, list[tuple[str, float]]]:
        """The outcome, and (id, score) of the nearest names whether or not they are near enough to count."""
        asked = ask(query, country, self._df)
        if asked is None:
            return Outcome.INVALID, []
        ranked = self.ranked(asked, limit)
        return _outcome(ranked, CURRENT), [(one.id, one.score) for one in ranked]

    def search_many(self, queries: Sequence[tuple[str, str]], *, limit: int = 10) -> list[Result]:
        """Search many (name, country) pairs on two threads, answers in their order."""
        if len(queries) < 2 * THREADS:
            return [self.search(query, country=country, limit=limit) for query, country in queries]
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(lambda one: self.search(one[0], country=one[1], limit=limit), queries))

    def features(self, asked: Question) -> list[tuple[Part, np.ndarray, np.ndarray]]:
        """Per part: the candidates' rows (-1: none) and their features."""
        found = []
        weights = self._weights(asked)
        for part in self._parts:
            rows = np.empty(CANDIDATES, np.int32)
            features = np.zeros((CANDIDATES, FEATURES), np.float32)
            search_segment(
                part.bundle, asked.chars, asked.offsets, asked.places, asked.legal, asked.country, asked.raw,
                asked.df, weights, part.dead, DEEP, WIDE, _accumulators(), rows, features,
            )  # fmt: skip
            found.append((part, rows, features))
        return found

    def ranked(self, asked: Question, limit: int) -> list[Ranked]:
        """The best row of each of the best ids, best first, with its score. Equal ones in the order of their ids."""
        scored: list[tuple[float, float, Part, int]] = []
        for part, rows, features in self.features(asked):
            ranks, beliefs = features @ RANK, features @ BELIEF
            scored.extend(zip(ranks.tolist(), beliefs.tolist(), repeat(part), rows.tolist(), strict=False))
        scored.sort(key=_by_rank)
        best: dict[str, tuple[float, float, Part, int]] = {}
        last = 0.0
        for one in scored:
            rank, _belief, part, row = one
            if row < 0:
                continue
            if len(best) > limit and rank < last:
                break
            own_id = part.segment.id_of_row(row)
            if own_id not in best:
                best[own_id] = one
                last = rank
        ordered = sorted(best.items(), key=lambda pair: (-pair[1][0], pair[0]))
        found: list[Ranked] = []
        for at, (own_id, (rank, belief, part, row)) in enumerate(ordered[:limit]):
            rival = ordered[1 if at == 0 else 0][1][0] if len(ordered) > 1 else -math.inf
            score = _score(belief + _clear(rank - rival))
            score = min(score, found[-1].score) if found else score
            alone = _score(belief + _clear(MOST_CLEAR))
            behind = ordered[0][1][0] - rank
            entry = int(part.segment.arrays["row_entry"][row])
            found.append(Ranked(own_id, score, alone, behind, part, entry, row))
        return found

    def _weights(self, asked: Question) -> np.ndarray:
        return word_weights(asked.df, self.size + GENERAL)

    def _df(self, chars: np.ndarray, offsets: np.ndarray) -> np.ndarray:
        """In how many names each word occurs."""
        counts = np.zeros(len(offsets) - 1, np.int32)
        for part in self._parts:
            numbers = part.segment.word_numbers(chars, offsets)
            known = numbers >= 0
            if part.segment.rows and known.any():
                counts[known] = part.df[numbers[known]]
        return counts

    def _why(self, asked: Question, one: Ranked) -> Callable[[], Explanation]:
        return lambda: explain(
            asked, one.part.segment, one.part.bundle[2], one.row, one.score, self._weights(asked)
        )


def _entry(segment: Segment, at: int) -> Entry:
    return Entry(segment.id_of(at), segment.name_of(at), segment.kind_of(at), segment.country_of(at))


def _candidate(one: Ranked) -> Candidate:
    segment = one.part.segment
    return Candidate(
        one.id, segment.name_of(one.entry), segment.kind_of(one.entry), segment.country_of(one.entry)
    )


def _outcome(ranked: Sequence[Ranked], thresholds: Thresholds) -> Outcome:
    if not ranked or ranked[0].score < thresholds.lower:
        return Outcome.NOT_FOUND
    if sum(one.alone >= thresholds.upper and one.behind < CLEAR_BY for one in ranked) > 1:
        return Outcome.AMBIGUOUS
    return Outcome.FOUND if ranked[0].score >= thresholds.upper else Outcome.POSSIBLE


def _by_rank(one: tuple[float, float, Part, int]) -> float:
    return -one[0]


def _clear(margin: float) -> float:
    """What being clear of the next candidate adds to the belief in one."""
    margin = max(-MOST_CLEAR, min(MOST_CLEAR, margin))
    return CLEAR * margin + FIRST_POINT * min(margin, 1.0)


def _score(logit: float) -> float:
    return round(min(NEVER_CERTAIN, 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))), 4)


def warm() -> None:
    """Load (or, the first time on a machine, compile) the kernels, so that no search waits for it."""
    Index.build([Entry("0", "Warm Overseas Ltd", country="NP")]).search("warm overseas")
