"""One part of an index: a query's candidates there, and the features of each."""

import numpy as np
from numba import carray

from iris.matching.config import DEEP, WIDE
from iris.matching.kernels.align import (
    F_COUNTRY_DIFFERS,
    F_COUNTRY_SAME,
    F_COUNTRY_UNKNOWN,
    F_FORMER,
    F_LEGAL_DIFFERS,
    F_LEGAL_SAME,
    F_PART,
    F_RAW,
    F_SHORT,
    align,
)
from iris.matching.kernels.features import word_features
from iris.matching.kernels.jit import f4, i1, i4, jit, pointer, u1, u2, u4, u8
from iris.matching.kernels.letters import fold, hash_of, mask_of, myers, pattern_bits
from iris.matching.kernels.nearest import nearest
from iris.matching.kernels.postings import add_word, distinct_grams
from iris.matching.kernels.vocabulary import find_word
from iris.matching.shapes import LISTS, LONGEST_ROW, LONGEST_WORD, MOST_WORDS


@jit
def part_at(table):
    """The arrays of a part, in the order of shapes.PART."""
    return (
        u1(table, 0),
        i4(table, 1),
        f4(table, 2),
        i4(table, 3),
        i4(table, 4),
        i4(table, 5),
        u1(table, 6),
        i4(table, 7),
        u4(table, 8),
        u1(table, 9),
        u2(table, 10),
        u1(table, 11),
        carray(pointer(table[24]), (LISTS, table[25] // LISTS), np.int32),
        u2(table, 13),
        u1(table, 14),
        u1(table, 15),
        i4(table, 16),
        u8(table, 17),
        u1(table, 18),
        i4(table, 19),
        i4(table, 20),
        u1(table, 21),
    )


@jit
def raw_likeness(table, size, text, start, end, buffer, plus, minus):
    """How alike the strings are as written, ASCII case apart (0..1)."""
    length = min(end - start, buffer.size)
    for at in range(length):
        char = text[start + at]
        buffer[at] = char + 32 if 65 <= char <= 90 else char
    longest = max(size, length)
    return 1.0 - myers(table, size, buffer, 0, length, plus, minus) / longest if longest else 0.0


@jit
def desk(table):
    """What the comparison of two names writes on, and what the search of names does; of shapes.ROOM."""
    blocks = LONGEST_ROW // 64
    return (
        carray(pointer(table[6]), (256, blocks), np.uint64),
        carray(pointer(table[8]), (256, blocks), np.uint64),
        u8(table, 5),
        u8(table, 6),
        u1(table, 7),
        u1(table, 8),
        i4(table, 9),
        u1(table, 10),
        carray(pointer(table[22]), (3, LONGEST_WORD), np.int32),
        carray(pointer(table[24]), (MOST_WORDS, MOST_WORDS), np.float32),
        carray(pointer(table[26]), (MOST_WORDS, MOST_WORDS), np.int8),
        (i4(table, 14), i1(table, 15), f4(table, 16), i4(table, 17)),
        i4(table, 18),
        (u2(table, 0), i4(table, 19), i4(table, 20), u2(table, 21)),
    )


@jit
def words_asked(q, q_off, df, general, names, seen, mask, weight):
    """Of each word asked: whether it is known, its letters, and what it says (as segment.word_weights)."""
    for i in range(q_off.size - 1):
        df[i] += general[i]
        seen[i] = df[i] > 0
        mask[i] = mask_of(q, q_off[i], q_off[i + 1])
        rare = np.log((names + 1.0) / (df[i] + 0.5)) / np.log(names + 2.0)
        weight[i] = min(1.0, max(0.05, rare))


@jit
def count_words(part, q, q_off, df):
    """In how many names each word asked for is, where this part knows it; the later part knows better."""
    chars, tok_off, table, counts = part[0], part[1], part[3], part[20]
    for i in range(q_off.size - 1):
        tok = find_word(chars, tok_off, table, q, q_off[i], q_off[i + 1])
        if tok >= 0:
            df[i] = counts[tok]


@jit
def fetch(part, rows):
    """Read what the comparisons will read, row after row: the waits for memory overlap. Returns a useless sum."""
    chars, tok_off, tok_weight, row_off, toks = part[0], part[1], part[2], part[4], part[5]
    row_entry, row_legal, country = part[7], part[8], part[10]
    raw, raw_off, tok_mask = part[15], part[16], part[17]
    total = np.int64(0)
    for row in rows:
        if row >= 0:
            total += row_off[row] + row_entry[row] + row_legal[row]
    for row in rows:
        if row >= 0:
            entry = row_entry[row]
            total += toks[row_off[row]] + raw_off[entry] + country[entry]
    for row in rows:
        if row >= 0:
            total += raw[raw_off[row_entry[row]]]
            for at in range(row_off[row], row_off[row + 1]):
                tok = toks[at]
                total += tok_off[tok] + np.int64(tok_mask[tok] & np.uint64(1)) + (tok_weight[tok] > 0.5)
    for row in rows:
        if row >= 0:
            for at in range(row_off[row], row_off[row + 1]):
                total += chars[tok_off[toks[at]]]
    return total


@jit
def search_part(part, asked, legal, q_country, q_raw, rows, feats, tools):
    """Fill rows (row or -1) and feats[candidate, feature]."""
    (
        chars,
        tok_off,
        tok_weight,
        table,
        row_off,
        toks,
        places,
        row_entry,
        row_legal,
        row_kind,
        country,
        kind,
        heads,
        docs,
        impacts,
        raw,
        raw_off,
        tok_mask,
        _ids,
        _ids_off,
        _df,
        dead,
    ) = part
    (
        bits,
        raw_bits,
        plus,
        minus,
        joined,
        buffer,
        grams,
        scratch,
        steps,
        credits,
        hows,
        found,
        q_ids,
        writing,
    ) = tools
    q, q_off, seen, mask, df, weight, q_place, m = asked
    size = 0
    words = 0
    for i in range(m):
        q_ids[i] = find_word(chars, tok_off, table, q, q_off[i], q_off[i + 1])
        if size < LONGEST_ROW - 50:
            size = fold(q, q_off[i], q_off[i + 1], joined, size)
        words = add_word(grams, words, hash_of(q, q_off[i], q_off[i + 1]))
    count = distinct_grams(joined, size, grams, words)
    lists = (heads, docs, impacts)
    nearest(lists, grams, count, q_country, country, row_entry, dead, DEEP, WIDE, writing, rows)
    pattern_bits(joined, size, bits)
    pattern_bits(q_raw, q_raw.size, raw_bits)
    known = (q, q_off, q_ids, seen, mask, df, weight, q_place, m)
    vocabulary = (chars, tok_off, tok_mask, tok_weight)
    feats[0, 0] = fetch(part, rows)
    for c in range(rows.size):
        f = feats[c]
        f[:] = 0.0
        row = rows[c]
        if row < 0:
            continue
        first = row_off[row]
        n = min(row_off[row + 1] - first, MOST_WORDS)
        name = (toks, places, first, n)
        align(known, vocabulary, name, found, scratch, steps, credits, hows)
        length = 0
        for j in range(n):
            tok = toks[first + j]
            if length < LONGEST_ROW - 50:
                length = fold(chars, tok_off[tok], tok_off[tok + 1], buffer, length)
        likeness = 1.0 - myers(bits, size, buffer, 0, length, plus, minus) / max(size, length, 1)
        word_features(f, known, vocabulary, name, found, likeness)
        entry = row_entry[row]
        if legal and row_legal[row]:
            f[F_LEGAL_SAME if legal == row_legal[row] else F_LEGAL_DIFFERS] = 1.0
        if q_country and country[entry]:
            f[F_COUNTRY_SAME if q_country == country[entry] else F_COUNTRY_DIFFERS] = 1.0
        else:
            f[F_COUNTRY_UNKNOWN] = 1.0
        f[F_RAW] = raw_likeness(
            raw_bits, q_raw.size, raw, raw_off[entry], raw_off[entry + 1], buffer, plus, minus
        )
        f[F_PART] = row_kind[row]
        f[F_FORMER] = 1.0 if kind[entry] == 2 else 0.0
        f[F_SHORT] = 1.0 / max(size, 1)
