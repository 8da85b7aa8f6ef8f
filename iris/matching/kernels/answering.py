"""Any number of questions, from their words to scored matches."""

import numpy as np
from numba import carray

from iris.matching.config import CANDIDATES
from iris.matching.kernels.jit import f4, f8, i4, jit, pointer, u1, u8
from iris.matching.kernels.rank import INVALID, answer, distinct, sorted_candidates
from iris.matching.kernels.search import count_words, desk, search_part, words_asked
from iris.matching.shapes import FEATURES, MOST_PARTS

HEAD = 2  # numbers before the lists: how many questions, how many words


@jit
def answer_questions(base, delta, parts, names, asked, weights, thresholds, room, out, told):
    """Fill out[question, match] as rank.answer says, and told[question] with the number of matches and the outcome.

    `asked` as query.packed makes it. `room` (shapes.ROOM) is written to and keeps rows and features of the last
    question.
    """
    letters, numbers = asked
    questions, words = numbers[0], numbers[1]
    at = HEAD
    word_off = numbers[at : at + words + 1]
    at += words + 1
    general = numbers[at : at + words]
    at += words
    firsts = numbers[at : at + questions + 1]
    at += questions + 1
    raw_off = numbers[at : at + questions + 1]
    at += questions + 1
    legals = numbers[at : at + questions]
    countries = numbers[at + questions : at + 2 * questions]
    all_places = letters[word_off[words] :]
    rows = carray(pointer(room[2]), (MOST_PARTS, CANDIDATES), np.int32)
    feats = carray(pointer(room[4]), (MOST_PARTS, CANDIDATES, FEATURES), np.float32)
    tools = desk(room)
    df, seen, mask, weight = i4(room, 22), u1(room, 23), u8(room, 24), f4(room, 25)
    ranks, beliefs, order, hashes = f8(room, 26), f8(room, 27), i4(room, 28), u8(room, 29)
    for one in range(questions):
        first, m = firsts[one], firsts[one + 1] - firsts[one]
        if m == 0:
            told[one, 0], told[one, 1] = 0, INVALID
            continue
        off = word_off[first : first + m + 1]
        df[:m] = 0
        count_words(base, letters, off, df)
        if parts > 1:
            count_words(delta, letters, off, df)
        words_asked(letters, off, df, general[first : first + m], names, seen, mask, weight)
        question = (letters, off, seen, mask, df, weight, all_places[first : first + m], m)
        raw = letters[raw_off[one] : raw_off[one + 1]]
        legal, country = legals[one], countries[one]
        search_part(base, question, legal, country, raw, rows[0], feats[0], tools)
        if parts > 1:
            search_part(delta, question, legal, country, raw, rows[1], feats[1], tools)
        count = sorted_candidates(rows, feats, parts, weights, ranks, beliefs, order)
        kept = distinct(
            (base[18], base[19], base[7]),
            (delta[18], delta[19], delta[7]),
            rows,
            ranks,
            order,
            hashes,
            count,
            out.shape[1],
        )
        told[one, 0], told[one, 1] = answer(rows, ranks, beliefs, order, kept, thresholds, out[one])
