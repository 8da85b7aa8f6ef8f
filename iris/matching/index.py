"""An index of names: built once, saved, mapped by every process, changed by small steps, searched by many threads."""

import hashlib
import math
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from iris.matching.config import CURRENT, DEEP, WEIGHTS, WIDE
from iris.matching.entry import Entry
from iris.matching.kernels.align import FEATURES
from iris.matching.kernels.postings import BLOCK
from iris.matching.kernels.search import search_segment
from iris.matching.outcome import Candidate, Match, Outcome, Result, Thresholds, judge
from iris.matching.query import Question, ask
from iris.matching.reference import explain
from iris.matching.score import NEVER_CERTAIN, Explanation
from iris.matching.segment import FORMAT, Segment, frozen, word_weights

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
        return cls(segment, df, segment.bundle_with(frozen(word_weights(df, names))), dead)


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
        for number, word in enumerate(segment.vocabulary()):
            at = base.word_number(word)
            if at >= 0:
                df[at] += own[number]
                own[number] = df[at]
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
        ranked = self.ranked(asked)
        return judge(
            [
                Match(_candidate(part.segment, entry), score, self._why(asked, part, row, score))
                for score, part, entry, row in ranked[:limit]
            ],
            thresholds or CURRENT,
        )

    def search_many(self, queries: Sequence[tuple[str, str]], *, limit: int = 10) -> list[Result]:
        """Search many (name, country) pairs on two threads, answers in their order."""
        if len(queries) < 2 * THREADS:
            return [self.search(query, country=country, limit=limit) for query, country in queries]
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(lambda one: self.search(one[0], country=one[1], limit=limit), queries))

    def features(self, asked: Question) -> list[tuple[Part, np.ndarray, np.ndarray]]:
        """Per part: the candidates' rows (-1: none) and their features."""
        found = []
        weights = word_weights(asked.df, self.size)
        for part in self._parts:
            rows = np.empty(CANDIDATES, np.int32)
            features = np.zeros((CANDIDATES, FEATURES), np.float32)
            search_segment(
                part.bundle, asked.chars, asked.offsets, asked.places, asked.legal, asked.country, asked.raw,
                asked.df, weights, part.dead, DEEP, WIDE, _accumulators(), rows, features,
            )  # fmt: skip
            found.append((part, rows, features))
        return found

    def ranked(self, asked: Question) -> list[tuple[float, Part, int, int]]:
        """(score, part, entry, row) of the best row of each id, best first."""
        scored = []
        for part, rows, features in self.features(asked):
            logits = features @ WEIGHTS
            for at in np.argsort(-logits, kind="stable"):
                if rows[at] >= 0:
                    entry = int(part.segment.arrays["row_entry"][rows[at]])
                    scored.append((_score(float(logits[at])), part, entry, int(rows[at])))
        best: dict[str, tuple[float, Part, int, int]] = {}
        for one in scored:
            name = one[1].segment.id_of(one[2])
            if name not in best or best[name][0] < one[0]:
                best[name] = one
        return [one for _id, one in sorted(best.items(), key=lambda pair: (-pair[1][0], pair[0]))]

    def _df(self, word: str) -> int:
        for part in self._parts:
            number = part.segment.word_number(word)
            if number >= 0:
                return int(part.df[number])
        return 0

    def _why(self, asked: Question, part: Part, row: int, score: float) -> Callable[[], Explanation]:
        return lambda: explain(
            asked, part.segment, part.bundle[2], row, score, word_weights(asked.df, self.size)
        )


def _entry(segment: Segment, at: int) -> Entry:
    return Entry(segment.id_of(at), segment.name_of(at), segment.kind_of(at), segment.country_of(at))


def _candidate(segment: Segment, at: int) -> Candidate:
    return Candidate(segment.id_of(at), segment.name_of(at), segment.kind_of(at), segment.country_of(at))


def _score(logit: float) -> float:
    return round(min(NEVER_CERTAIN, 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))), 4)


def warm() -> None:
    """Load (or, the first time on a machine, compile) the kernels, so that no search waits for it."""
    Index.build([Entry("0", "Warm Overseas Ltd", country="NP")]).search("warm overseas")
