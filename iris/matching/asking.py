"""Between an index and the kernel: what is handed over, where it writes, and what comes back."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from iris.matching.config import BELIEF, CANDIDATES, RANK
from iris.matching.kernels.align import FEATURES
from iris.matching.kernels.answering import answer_questions
from iris.matching.kernels.postings import BLOCK
from iris.matching.kernels.rank import COLUMNS
from iris.matching.outcome import Outcome, Thresholds
from iris.matching.segment import GENERAL, Segment, frozen, word_weights

OUTCOMES = (Outcome.FOUND, Outcome.AMBIGUOUS, Outcome.POSSIBLE, Outcome.NOT_FOUND, Outcome.INVALID)
MOST_PARTS = 2
WEIGHTS = frozen(np.ascontiguousarray([RANK, BELIEF]))

Hit = tuple[float, int, int]  # score, number of the part, row
Answers = list[tuple[Outcome, list[Hit]]]


@dataclass(frozen=True)
class Part:
    """A segment with what changed since it was made: weights of words over all parts, and entries that are gone."""

    segment: Segment
    df: np.ndarray
    weights: np.ndarray
    dead: np.ndarray
    bundle: tuple[np.ndarray, ...]

    @classmethod
    def unchanged(cls, segment: Segment) -> "Part":
        """The part as it was saved."""
        dead = np.zeros(max(1, segment.entries), np.uint8)
        return cls._of(segment, segment.arrays["tok_df"], segment.arrays["tok_weight"], dead)

    @classmethod
    def of(cls, segment: Segment, df: np.ndarray, dead: np.ndarray, names: int) -> "Part":
        """The part with weights computed anew for so many names."""
        weights = word_weights(df + segment.arrays["general"], names + GENERAL)
        return cls._of(segment, df, weights, dead)

    @classmethod
    def _of(cls, segment: Segment, df: np.ndarray, weights: np.ndarray, dead: np.ndarray) -> "Part":
        frozen(weights)
        return cls(segment, df, weights, dead, segment.bundle(weights, df, dead))


class _Room(threading.local):
    """What the kernel writes on, one for each thread: 140 kB."""

    def __init__(self) -> None:
        self.arrays = (
            np.zeros(BLOCK, np.uint16),
            np.full((MOST_PARTS, CANDIDATES), -1, np.int32),
            np.zeros((MOST_PARTS, CANDIDATES, FEATURES), np.float32),
        )


_room = _Room()


def ask_kernel(
    parts: Sequence[Part],
    names: int,
    asked: tuple[np.ndarray, np.ndarray],
    limit: int,
    thresholds: Thresholds,
) -> Answers:
    """The outcome and the best rows of distinct ids for each of the questions that `query.packed` made ready."""
    count = int(asked[1][0])
    out = np.empty((count, max(1, limit), COLUMNS))
    told = np.empty((count, 2), np.int32)
    answer_questions(
        parts[0].bundle, parts[-1].bundle, len(parts), names, asked, WEIGHTS,
        frozen(np.array((thresholds.upper, thresholds.lower))), _room.arrays, out, told,
    )  # fmt: skip
    return [
        (
            OUTCOMES[outcome],
            [(score, int(where), int(row)) for score, where, row in out[at, :shown].tolist()],
        )
        for at, (shown, outcome) in enumerate(told.tolist())
    ]


def last_candidates() -> tuple[np.ndarray, np.ndarray]:
    """Rows and features of the last question this thread asked, for each part."""
    _acc, rows, features = _room.arrays
    return rows.copy(), features.copy()
