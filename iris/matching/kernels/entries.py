"""The ways in: each takes one table of the addresses of its arrays, in the order of shapes.ENTRIES."""

import numpy as np
from numba import carray

from iris.matching.kernels import vocabulary
from iris.matching.kernels.answering import answer_questions as answer
from iris.matching.kernels.jit import f4, f8, i4, i8, jit, object_code, pointer, u1, u2, u8
from iris.matching.kernels.postings import count_grams as count
from iris.matching.kernels.postings import fill_grams as fill
from iris.matching.kernels.rank import COLUMNS
from iris.matching.kernels.search import part_at
from iris.matching.shapes import FEATURES, LISTS

MOST = 64  # numbers of a table


def find_words(given):
    """The numbers of words in a vocabulary."""
    table = carray(given, MOST)
    vocabulary.find_words(u1(table, 0), i4(table, 1), i4(table, 2), u1(table, 3), i4(table, 4), i4(table, 5))


def fill_table(given):
    """The hash table of a vocabulary."""
    table = carray(given, MOST)
    vocabulary.fill_table(u1(table, 0), i4(table, 1), i4(table, 2))


def fill_masks(given):
    """Which letters each word has."""
    table = carray(given, MOST)
    vocabulary.fill_masks(u1(table, 0), i4(table, 1), u8(table, 2))


@jit
def _by_list(table, at):
    return carray(pointer(table[2 * at]), (LISTS, table[2 * at + 1] // LISTS), np.int32)


def count_grams(given):
    """How long each list of a block gets; the last two arrays are written on."""
    table = carray(given, MOST)
    count(
        u1(table, 0), i4(table, 1), i4(table, 2), i4(table, 3), _by_list(table, 4), u1(table, 5), i4(table, 6)
    )


def fill_grams(given):
    """The lists; the last two arrays are written on."""
    table = carray(given, MOST)
    words = (u1(table, 0), i4(table, 1), i4(table, 2), i4(table, 3))
    fill(
        words, f4(table, 4), f4(table, 5)[0], _by_list(table, 6), u2(table, 7), u1(table, 8), u1(table, 9),
        i4(table, 10),
    )  # fmt: skip


def answer_questions(given):
    """Questions answered; the last array says of how many parts and names, and how many matches are wanted."""
    table = carray(given, MOST)
    parts, names, limit = i8(table, 9)[0], i8(table, 9)[1], i8(table, 9)[2]
    questions = table[17] // 2
    answer(
        part_at(i8(table, 0)),
        part_at(i8(table, 1)),
        parts,
        names,
        (u1(table, 2), i8(table, 3)),
        carray(pointer(table[8]), (2, FEATURES), np.float32),
        f8(table, 5),
        i8(table, 6),
        carray(pointer(table[14]), (questions, limit, COLUMNS), np.float64),
        carray(pointer(table[16]), (questions, 2), np.int32),
    )


def compiled(name: str) -> tuple[int, str, bytes, list[str]]:
    """Compile a way in: its address here, and its symbol, object code and what that asks of others, to keep."""
    return object_code(globals()[name])
