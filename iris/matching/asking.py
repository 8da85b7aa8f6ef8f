"""Between an index and the kernel: what is handed over, where it writes, and what comes back."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from iris.matching import machine
from iris.matching.config import BELIEF, CANDIDATES, RANK
from iris.matching.outcome import Outcome, Thresholds
from iris.matching.segment import GENERAL, Segment, frozen, word_weights
from iris.matching.shapes import COLUMNS, ENTRIES, FEATURES, MOST_PARTS, PART, ROOM

OUTCOMES = (Outcome.FOUND, Outcome.AMBIGUOUS, Outcome.POSSIBLE, Outcome.NOT_FOUND, Outcome.INVALID)
WEIGHTS = frozen(np.ascontiguousarray([RANK, BELIEF]))
_PART = tuple(map(np.dtype, PART))
_ROOM = tuple(np.dtype(kind) for kind, _size in ROOM)
_GIVEN = tuple(map(np.dtype, ENTRIES["answer_questions"]))
_ROWS, _FEATURES = 1, 2  # of ROOM
MOST_SHOWN = 10  # matches of one question for which there is room already

Hit = tuple[float, int, int]  # score, number of the part, row
Answers = list[tuple[Outcome, list[Hit]]]


@dataclass(frozen=True)
class Part:
    """A segment with what changed since it was made: weights of words over all parts, and entries that are gone."""

    segment: Segment
    df: np.ndarray
    weights: np.ndarray
    dead: np.ndarray
    table: np.ndarray
    place: tuple[int, int]

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
        table = machine.addresses(segment.bundle(weights, df, dead), _PART)
        return cls(segment, df, weights, dead, table, (machine.address(table), table.size))


class _Room(threading.local):
    """What the kernel writes on, one for each thread: 190 kB; and the table of what a call hands over.

    Finding where an array lies takes as long as comparing a name, so what is the same in each call is put down once.
    """

    def __init__(self) -> None:
        self.arrays = [np.zeros(size, kind) for kind, size in ROOM]
        self.table = machine.addresses(self.arrays, _ROOM)
        self.out = np.empty(MOST_SHOWN * COLUMNS)
        self.told = np.empty(2, np.int32)
        self.limits = np.empty(2)
        self.numbers = np.empty(3, np.int64)
        later = np.zeros(0, np.int64)  # its place is put down with each call
        handed: list[np.ndarray] = [later, later, np.zeros(0, np.uint8), later, WEIGHTS, self.limits]
        handed += [self.table, self.out, self.told, self.numbers]
        self.given = machine.addresses(handed, _GIVEN)
        self.address = machine.address(self.given)
        self.answers = self.given[14:18].tolist()

    def answer_on(self, count: int, most: int) -> tuple[np.ndarray, np.ndarray]:
        """Where the answers are written: here those of one question, and of a list on arrays of its own."""
        if count == 1 and most <= MOST_SHOWN:
            self.given[14:18] = self.answers
            return self.out[: most * COLUMNS].reshape(1, most, COLUMNS), self.told.reshape(1, 2)
        out, told = np.empty((count, most, COLUMNS)), np.empty((count, 2), np.int32)
        self.given[14:18] = (machine.address(out), out.size, machine.address(told), told.size)
        return out, told


_room = _Room()


def ask_kernel(
    parts: Sequence[Part],
    names: int,
    asked: tuple[np.ndarray, np.ndarray],
    limit: int,
    thresholds: Thresholds,
) -> Answers:
    """The outcome and the best rows of distinct ids for each of the questions that `query.packed` made ready."""
    letters, numbers = asked
    room, most = _room, max(1, limit)
    given = room.given
    given[0:2], given[2:4] = parts[0].place, parts[-1].place
    given[4:8] = (machine.address(letters), letters.size, machine.address(numbers), numbers.size)
    out, told = room.answer_on(int(numbers[0]), most)
    room.limits[:] = (thresholds.upper, thresholds.lower)
    room.numbers[:] = (len(parts), names, most)
    machine.call("answer_questions", room.address)
    return [
        (
            OUTCOMES[outcome],
            [(score, int(where), int(row)) for score, where, row in out[at, :shown].tolist()],
        )
        for at, (shown, outcome) in enumerate(told.tolist())
    ]


def last_candidates() -> tuple[np.ndarray, np.ndarray]:
    """Rows and features of the last question this thread asked, for each part."""
    shape = (MOST_PARTS, CANDIDATES)
    rows, features = _room.arrays[_ROWS], _room.arrays[_FEATURES]
    return rows.reshape(shape).copy(), features.reshape(*shape, FEATURES).copy()
