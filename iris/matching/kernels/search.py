"""One search in one segment: the query's words, its candidates, and the features of each candidate."""

import numpy as np

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
    MOST_WORDS,
    align,
)
from iris.matching.kernels.cache import int64, jit, kernel, nothing, number, pack, reads, writes
from iris.matching.kernels.features import word_features
from iris.matching.kernels.letters import fold, hash_of, mask_of, myers, pattern_bits
from iris.matching.kernels.nearest import nearest
from iris.matching.kernels.postings import LONGEST_ROW, MOST_LISTED, add_word, distinct_grams
from iris.matching.kernels.vocabulary import find_word


@jit
def raw_likeness(table, size, text, start, end, buffer, plus, minus):
    """How alike the strings are as written, ASCII case apart (0..1)."""
    length = min(end - start, buffer.size)
    for at in range(length):
        char = text[start + at]
        buffer[at] = char + 32 if 65 <= char <= 90 else char
    longest = max(size, length)
    return 1.0 - myers(table, size, buffer, 0, length, plus, minus) / longest if longest else 0.0


# In the order of segment.ARRAYS.
SEGMENT = pack(
    reads("uint8"),
    reads("int32"),
    reads("float32"),
    reads("int32"),
    reads("int32"),
    reads("int32"),
    reads("uint8"),
    reads("int32"),
    reads("uint32"),
    reads("uint8"),
    reads("uint16"),
    reads("uint8"),
    reads("int32", 2),
    reads("uint16"),
    reads("uint8"),
    reads("uint8"),
    reads("int32"),
    reads("uint64"),
)


@kernel(
    nothing(
        SEGMENT,
        reads("uint8"),
        reads("int32"),
        reads("uint8"),
        number("uint32"),
        number("uint16"),
        reads("uint8"),
        writes("int32"),
        writes("float32"),
        writes("uint8"),
        int64,
        int64,
        writes("uint16"),
        writes("int32"),
        writes("float32", 2),
    )
)
def search_segment(
    segment,
    q,
    q_off,
    q_place,
    q_legal,
    q_country,
    q_raw,
    q_df,
    q_weight,
    dead,
    deep,
    wide,
    acc,
    rows_out,
    feats,
):
    """Fill rows_out (row or -1) and feats[candidate, feature]. `q_df` and `q_weight` are over all segments."""
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
    ) = segment
    m = q_off.size - 1
    q_ids = np.empty(MOST_WORDS, np.int32)
    q_seen = np.empty(MOST_WORDS, np.bool_)
    q_mask = np.empty(MOST_WORDS, np.uint64)
    joined = np.empty(LONGEST_ROW, np.uint8)
    size = 0
    for i in range(m):
        q_ids[i] = find_word(chars, tok_off, table, q, q_off[i], q_off[i + 1])
        q_seen[i] = q_df[i] > 0
        q_mask[i] = mask_of(q, q_off[i], q_off[i + 1])
        if size < LONGEST_ROW - 50:
            size = fold(q, q_off[i], q_off[i + 1], joined, size)
    grams = np.empty(LONGEST_ROW + MOST_LISTED, np.int32)
    words = 0
    for i in range(m):
        words = add_word(grams, words, hash_of(q, q_off[i], q_off[i + 1]))
    count = distinct_grams(joined, size, grams, words)
    nearest(
        (heads, docs, impacts), grams, count, q_country, country, row_entry, dead, deep, wide, acc, rows_out
    )
    bits = np.empty((256, LONGEST_ROW // 64), np.uint64)
    raw_bits = np.empty((256, LONGEST_ROW // 64), np.uint64)
    plus = np.empty(LONGEST_ROW // 64, np.uint64)
    minus = np.empty(LONGEST_ROW // 64, np.uint64)
    pattern_bits(joined, size, bits)
    pattern_bits(q_raw, q_raw.size, raw_bits)
    buffer = np.empty(LONGEST_ROW, np.uint8)
    partner = np.empty(MOST_WORDS, np.int32)
    how = np.empty(MOST_WORDS, np.int8)
    credit = np.empty(MOST_WORDS, np.float32)
    taken = np.empty(MOST_WORDS, np.int32)
    scratch = np.empty(128, np.uint8)
    steps = np.empty((3, 50), np.int32)
    table_credit = np.empty((MOST_WORDS, MOST_WORDS), np.float32)
    table_how = np.empty((MOST_WORDS, MOST_WORDS), np.int8)
    asked = (q, q_off, q_ids, q_seen, q_mask, q_df, q_weight, q_place, m)
    vocabulary = (chars, tok_off, tok_mask, tok_weight)
    found = (partner, how, credit, taken)
    for c in range(rows_out.size):
        row = rows_out[c]
        if row < 0:
            continue
        first = row_off[row]
        n = min(row_off[row + 1] - first, MOST_WORDS)
        name = (toks, places, first, n)
        align(asked, vocabulary, name, found, scratch, steps, table_credit, table_how)
        length = 0
        for j in range(n):
            tok = toks[first + j]
            if length < LONGEST_ROW - 50:
                length = fold(chars, tok_off[tok], tok_off[tok + 1], buffer, length)
        likeness = 1.0 - myers(bits, size, buffer, 0, length, plus, minus) / max(size, length, 1)
        f = feats[c]
        f[:] = 0.0
        word_features(f, asked, vocabulary, name, found, likeness)
        entry = row_entry[row]
        if q_legal and row_legal[row]:
            if q_legal == row_legal[row]:
                f[F_LEGAL_SAME] = 1.0
            else:
                f[F_LEGAL_DIFFERS] = 1.0
        if q_country and country[entry]:
            if q_country == country[entry]:
                f[F_COUNTRY_SAME] = 1.0
            else:
                f[F_COUNTRY_DIFFERS] = 1.0
        else:
            f[F_COUNTRY_UNKNOWN] = 1.0
        f[F_RAW] = raw_likeness(
            raw_bits, q_raw.size, raw, raw_off[entry], raw_off[entry + 1], buffer, plus, minus
        )
        f[F_PART] = row_kind[row]
        f[F_FORMER] = 1.0 if kind[entry] == 2 else 0.0
        f[F_SHORT] = 1.0 / max(size, 1)
