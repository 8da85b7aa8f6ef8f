"""The one call from Python: any number of questions, from their words to scored matches, without Python's lock."""

import numpy as np

from iris.matching.kernels.align import MOST_WORDS
from iris.matching.kernels.cache import int64, kernel, nothing, pack, reads, writes
from iris.matching.kernels.rank import INVALID, answer, distinct, sorted_candidates
from iris.matching.kernels.search import PART, count_words, desk, search_part, words_asked

HEAD = 2  # numbers before the lists: how many questions, how many words


@kernel(
    nothing(
        PART,
        PART,
        int64,
        int64,
        pack(reads("uint8"), reads("int64")),
        reads("float32", 2),
        reads("float64"),
        pack(writes("uint16"), writes("int32", 2), writes("float32", 3)),
        writes("float64", 3),
        writes("int32", 2),
    )
)
def answer_questions(base, delta, parts, names, asked, weights, thresholds, room, out, told):
    """Fill out[question, match] as rank.answer says, and told[question] with the number of matches and the outcome.

    `asked` as query.packed makes it. `room` is written to and keeps rows and features of the last question.
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
    acc, rows, feats = room
    tools = desk()
    df = np.empty(MOST_WORDS, np.int32)
    seen = np.empty(MOST_WORDS, np.bool_)
    mask = np.empty(MOST_WORDS, np.uint64)
    weight = np.empty(MOST_WORDS, np.float32)
    ranks = np.empty(rows.size, np.float64)
    beliefs = np.empty(rows.size, np.float64)
    order = np.empty(rows.size, np.int32)
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
        search_part(base, question, legal, country, raw, acc, rows[0], feats[0], tools)
        if parts > 1:
            search_part(delta, question, legal, country, raw, acc, rows[1], feats[1], tools)
        count = sorted_candidates(rows, feats, parts, weights, ranks, beliefs, order)
        kept = distinct(
            (base[18], base[19], base[7]),
            (delta[18], delta[19], delta[7]),
            rows,
            ranks,
            order,
            count,
            out.shape[1],
        )
        told[one, 0], told[one, 1] = answer(rows, ranks, beliefs, order, kept, thresholds, out[one])
