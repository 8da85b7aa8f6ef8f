"""An index of names: built once, saved, mapped by every process, changed by small steps, searched by many threads."""

import ctypes
import hashlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from iris.matching import machine
from iris.matching.asking import Answers, Part, ask_kernel, last_candidates
from iris.matching.config import CURRENT
from iris.matching.entry import Entry
from iris.matching.outcome import Match, Outcome, Result, Thresholds
from iris.matching.query import Question, ask, packed
from iris.matching.reference import explain
from iris.matching.score import Explanation
from iris.matching.segment import FORMAT, GENERAL, Segment, word_weights

Nearest = tuple[Outcome, list[tuple[str, float]]]  # the outcome, and (id, score) best first
T = TypeVar("T")
THREADS = 2
TURN = 100  # questions of one call of the kernel


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
        return cls(Part.unchanged(segment))

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
        return self._results([(query, country)], limit, thresholds or CURRENT)[0]

    def search_many(self, queries: Sequence[tuple[str, str]], *, limit: int = 10) -> list[Result]:
        """Search many (name, country) pairs on two threads, answers in their order."""
        return _by_turns(queries, lambda some: self._results(some, limit, CURRENT))

    def nearest(
        self, query: str, *, country: str = "", limit: int = 10
    ) -> tuple[Outcome, list[tuple[str, float]]]:
        """The outcome, and (id, score) of the nearest names whether or not they are near enough to count."""
        return self._nearest([(query, country)], limit)[0]

    def nearest_many(self, queries: Sequence[tuple[str, str]], *, limit: int = 10) -> list[Nearest]:
        """`nearest` for many (name, country) pairs on two threads: the quickest way to look for a long list."""
        return _by_turns(queries, lambda some: self._nearest(some, limit))

    def features(self, query: str, country: str = "") -> list[tuple[Part, np.ndarray, np.ndarray]]:
        """Per part: the candidates' rows (-1: none) and their features."""
        self._asked([(query, country)], 1, CURRENT)
        rows, features = last_candidates()
        return [(part, rows[at], features[at]) for at, part in enumerate(self._parts)]

    def _asked(self, questions: Sequence[tuple[str, str]], limit: int, thresholds: Thresholds) -> Answers:
        return ask_kernel(self._parts, self.size + GENERAL, packed(questions, self._df), limit, thresholds)

    def _nearest(self, questions: Sequence[tuple[str, str]], limit: int) -> list[Nearest]:
        segments = [part.segment for part in self._parts]
        return [
            (outcome, [(segments[where].id_of_row(row), score) for score, where, row in found])
            for outcome, found in self._asked(questions, limit, CURRENT)
        ]

    def _results(
        self, questions: Sequence[tuple[str, str]], limit: int, thresholds: Thresholds
    ) -> list[Result]:
        lower = thresholds.lower
        answers = self._asked(questions, limit, thresholds)
        return [
            Result(
                outcome,
                [
                    self._match(question, score, self._parts[where], row)
                    for score, where, row in found
                    if score >= lower
                ],
            )
            for question, (outcome, found) in zip(questions, answers, strict=True)
        ]

    def _match(self, question: tuple[str, str], score: float, part: Part, row: int) -> Match:
        def why() -> Explanation:
            asked = ask(*question, self._df)
            assert asked is not None
            return explain(asked, part.segment, part.weights, row, score, self._weights(asked))

        return Match(part.segment.candidate_of_row(row), score, why)

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


def _entry(segment: Segment, at: int) -> Entry:
    return Entry(segment.id_of(at), segment.name_of(at), segment.kind_of(at), segment.country_of(at))


def _by_turns(
    queries: Sequence[tuple[str, str]], answer: Callable[[Sequence[tuple[str, str]]], list[T]]
) -> list[T]:
    """Answer in turns on two threads: while one is in the kernel, the other makes words or results in Python."""
    if len(queries) <= TURN:
        return answer(queries)
    turns = [queries[at : at + TURN] for at in range(0, len(queries), TURN)]
    with ThreadPoolExecutor(THREADS) as pool:
        return [one for some in pool.map(answer, turns) for one in some]


def warm() -> None:
    """Load (or, the first time on a machine, compile) what a search needs, so that none waits for it.

    What only building needs stays away, and what loading leaves behind is given back: memory that every worker has.
    """
    for name in ("find_words", "answer_questions"):
        machine.ready(name)
    packed([("東方 warm overseas", "NP")], lambda _chars, offsets: np.zeros(len(offsets) - 1, np.int32))
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc
    if trim is not None:
        trim(0)
