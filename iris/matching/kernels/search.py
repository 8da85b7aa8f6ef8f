"""One search in one segment: the query's words, its candidates, and the features of each candidate."""

import numpy as np

from iris.matching.kernels.align import (
    EXACT,
    F_BIAS,
    F_BOTH,
    F_COUNTRY_DIFFERS,
    F_COUNTRY_SAME,
    F_COUNTRY_UNKNOWN,
    F_DIGITS,
    F_ESTABLISHED,
    F_FOREIGN,
    F_FORMER,
    F_JOINED,
    F_JOINED_SQUARE,
    F_JOINED_UNSEEN,
    F_LACKS,
    F_LEGAL_DIFFERS,
    F_LEGAL_SAME,
    F_NAME,
    F_ORDER,
    F_PART,
    F_QUERY,
    F_RAW,
    F_SAME,
    F_SHORT,
    F_TAIL,
    F_TYPO,
    F_UNSEEN,
    MOST_WORDS,
    SPELLING,
    align,
    has_digit,
)
from iris.matching.kernels.cache import int64, jit, kernel, nothing, number, pack, reads, writes
from iris.matching.kernels.letters import fold, hash_of, myers, pattern_bits
from iris.matching.kernels.postings import (
    BLOCK,
    LONGEST_ROW,
    MOST_LISTED,
    add_word,
    best_rows,
    choose,
    distinct_grams,
)

SOFT = 0.3  # share of weight a word keeps that hangs behind a name (bracket, dash, "branch")


@jit
def find_word(chars, tok_off, table, q, start, end):
    """The number of a word in the vocabulary, -1 when it is not there."""
    size = table.size
    at = np.int64(hash_of(q, start, end) % np.uint64(size))
    while True:
        tok = table[at]
        if tok < 0:
            return -1
        t0, t1 = tok_off[tok], tok_off[tok + 1]
        if t1 - t0 == end - start:
            same = True
            for k in range(end - start):
                if chars[t0 + k] != q[start + k]:
                    same = False
                    break
            if same:
                return tok
        at += 1
        if at == size:
            at = 0


@kernel(
    nothing(reads("uint8"), reads("int32"), reads("int32"), reads("uint8"), reads("int32"), writes("int32"))
)
def find_words(chars, tok_off, table, q, q_off, found):
    """The numbers of several words in the vocabulary, -1 where it lacks one."""
    for at in range(found.size):
        found[at] = find_word(chars, tok_off, table, q, q_off[at], q_off[at + 1])


@kernel(nothing(reads("uint8"), reads("int32"), writes("int32")))
def fill_table(chars, tok_off, table):
    """Enter every word into the (empty, -1) hash table."""
    size = table.size
    for tok in range(tok_off.size - 1):
        at = np.int64(hash_of(chars, tok_off[tok], tok_off[tok + 1]) % np.uint64(size))
        while table[at] >= 0:
            at += 1
            if at == size:
                at = 0
        table[at] = tok


@jit
def nearest(segment_lists, grams, count, q_country, country, row_entry, dead, deep, wide, acc, rows_out):
    """The rows worth comparing: most from the blocks of the query's country, the rest from all the others."""
    heads, docs, impacts = segment_lists
    rows = row_entry.size
    blocks = heads.shape[1] - 1
    sizes = np.empty(LONGEST_ROW + MOST_LISTED, np.int32)
    chosen = np.empty(LONGEST_ROW + MOST_LISTED, np.int32)
    low, high = 0, blocks
    if q_country:
        first, last = country_range(country, row_entry, q_country)
        low, high = first // BLOCK, (last + BLOCK - 1) // BLOCK if last > first else first // BLOCK
    near = rows_out.size if high - low == blocks else rows_out.size * 3 // 4
    if high == low:
        near = 0
    own, other = rows_out[:near], rows_out[near:]
    if near:
        kept = choose(grams, count, heads, low, high, deep, sizes, chosen)
        best_rows(
            heads,
            docs,
            impacts,
            rows,
            low,
            high,
            chosen,
            kept,
            dead,
            row_entry,
            acc,
            np.empty(near, np.uint16),
            own,
        )
    if near == rows_out.size:
        return
    half = (rows_out.size - near) // 2 if low > 0 and high < blocks else (0 if low == 0 else other.size)
    if low == high:
        half = other.size
        kept = choose(grams, count, heads, 0, blocks, deep, sizes, chosen)
        best_rows(
            heads,
            docs,
            impacts,
            rows,
            0,
            blocks,
            chosen,
            kept,
            dead,
            row_entry,
            acc,
            np.empty(half, np.uint16),
            other,
        )
        return
    if half:
        kept = choose(grams, count, heads, 0, low, wide, sizes, chosen)
        best_rows(
            heads,
            docs,
            impacts,
            rows,
            0,
            low,
            chosen,
            kept,
            dead,
            row_entry,
            acc,
            np.empty(half, np.uint16),
            other[:half],
        )
    if half < other.size:
        kept = choose(grams, count, heads, high, blocks, wide, sizes, chosen)
        best_rows(
            heads,
            docs,
            impacts,
            rows,
            high,
            blocks,
            chosen,
            kept,
            dead,
            row_entry,
            acc,
            np.empty(other.size - half, np.uint16),
            other[half:],
        )


@jit
def country_range(country, row_entry, wanted):
    """Rows (first, behind the last) of a country; entries lie in the order of their countries."""
    first, last = 0, row_entry.size
    while first < last:
        middle = (first + last) // 2
        if country[row_entry[middle]] < wanted:
            first = middle + 1
        else:
            last = middle
    low, last = first, row_entry.size
    while first < last:
        middle = (first + last) // 2
        if country[row_entry[middle]] <= wanted:
            first = middle + 1
        else:
            last = middle
    return low, first


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
def word_features(
    f,
    q,
    q_off,
    q_place,
    q_df,
    q_weight,
    m,
    chars,
    tok_off,
    tok_weight,
    toks,
    places,
    first,
    n,
    partner,
    how,
    credit,
    taken,
    likeness,
):
    """The features that come from the words: coverage of both sides and what is left over."""
    last = -1
    for i in range(m):
        if partner[i] >= 0:
            last = i
    have, whole, typo, unseen, foreign, tail, established = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    exact, ordered, before, digits = True, True, -1, 0.0
    for i in range(m):
        if partner[i] >= 0:
            weight = tok_weight[toks[first + partner[i]]]
            have += weight * credit[i]
            whole += weight
            if how[i] > SPELLING:
                typo += weight * (1.0 - credit[i])
                if q_df[i] > 0 and how[i] == 3:
                    established = max(established, weight)
            if partner[i] < before:
                ordered = False
            before = partner[i]
            if how[i] != EXACT:
                exact = False
            continue
        exact = False
        weight = q_weight[i]
        if i > last and last >= 0 and q_place[i] > 0:
            weight *= SOFT
            tail = max(tail, weight)
        elif q_df[i] > 0:
            foreign = max(foreign, weight)
        else:
            unseen = max(unseen, weight)
        if has_digit(q, q_off[i], q_off[i + 1]):
            digits = 1.0
        whole += weight
    got, full, lacks = 0.0, 0.0, 0.0
    for j in range(n):
        weight = tok_weight[toks[first + j]]
        if taken[j] >= 0:
            full += weight
            got += weight * credit[taken[j]]
            continue
        exact = False
        tok = toks[first + j]
        if has_digit(chars, tok_off[tok], tok_off[tok + 1]):
            digits = 1.0
        if places[first + j] > 0:
            weight *= SOFT
        full += weight
        lacks = max(lacks, weight)
    f[F_BIAS] = 1.0
    f[F_QUERY] = have / whole if whole > 0 else 0.0
    f[F_NAME] = got / full if full > 0 else 0.0
    f[F_JOINED] = likeness
    f[F_BOTH] = f[F_QUERY] * f[F_NAME]
    f[F_SAME] = 1.0 if exact else 0.0
    f[F_FOREIGN] = foreign
    f[F_UNSEEN] = unseen
    f[F_LACKS] = lacks
    f[F_TYPO] = typo
    f[F_JOINED_UNSEEN] = likeness * (1.0 - max(foreign, established))
    f[F_ORDER] = 1.0 if ordered else 0.0
    f[F_DIGITS] = digits
    f[F_TAIL] = tail
    f[F_ESTABLISHED] = established
    f[F_JOINED_SQUARE] = likeness * likeness


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
    ) = segment
    m = q_off.size - 1
    q_ids = np.empty(MOST_WORDS, np.int32)
    q_seen = np.empty(MOST_WORDS, np.bool_)
    joined = np.empty(LONGEST_ROW, np.uint8)
    size = 0
    for i in range(m):
        q_ids[i] = find_word(chars, tok_off, table, q, q_off[i], q_off[i + 1])
        q_seen[i] = q_df[i] > 0
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
    for c in range(rows_out.size):
        row = rows_out[c]
        if row < 0:
            continue
        first = row_off[row]
        n = min(row_off[row + 1] - first, MOST_WORDS)
        align(
            q,
            q_off,
            q_ids,
            q_seen,
            m,
            chars,
            tok_off,
            toks,
            first,
            n,
            partner,
            how,
            credit,
            taken,
            scratch,
            steps,
            table_credit,
            table_how,
        )
        length = 0
        for j in range(n):
            tok = toks[first + j]
            if length < LONGEST_ROW - 50:
                length = fold(chars, tok_off[tok], tok_off[tok + 1], buffer, length)
        likeness = 1.0 - myers(bits, size, buffer, 0, length, plus, minus) / max(size, length, 1)
        f = feats[c]
        f[:] = 0.0
        word_features(
            f,
            q,
            q_off,
            q_place,
            q_df,
            q_weight,
            m,
            chars,
            tok_off,
            tok_weight,
            toks,
            places,
            first,
            n,
            partner,
            how,
            credit,
            taken,
            likeness,
        )
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
