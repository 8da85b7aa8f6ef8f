"""Two names word by word: which word stands for which, how, and the features the score is made of."""

import numpy as np

from iris.matching.kernels.jit import jit
from iris.matching.kernels.letters import DIGITS, apart, fold, osa
from iris.matching.shapes import FEATURES

NONE, EXACT, SPELLING, TYPO, PREFIX, SPLIT = 0, 1, 2, 3, 4, 5

# Columns of the features.
(
    F_BIAS,
    F_QUERY,
    F_NAME,
    F_JOINED,
    F_BOTH,
    F_SAME,
    F_FOREIGN,
    F_UNSEEN,
    F_LACKS,
    F_TYPO,
    F_JOINED_UNSEEN,
    F_LEGAL_SAME,
    F_LEGAL_DIFFERS,
    F_COUNTRY_SAME,
    F_COUNTRY_DIFFERS,
    F_RAW,
    F_PART,
    F_SHORT,
    F_ORDER,
    F_DIGITS,
    F_TAIL,
    F_FORMER,
    F_ESTABLISHED,
    F_JOINED_SQUARE,
    F_COUNTRY_UNKNOWN,
) = range(FEATURES)


@jit
def starts_with(a, a0, a1, b, b0, b1):
    """Whether b begins with a."""
    if b1 - b0 <= a1 - a0:
        return False
    for at in range(a1 - a0):
        if a[a0 + at] != b[b0 + at]:
            return False
    return True


@jit
def pair_credit(a, a0, a1, b, b0, b1, mask_a, mask_b, seen, scratch, steps):
    """How far word a of the query stands for word b of a name (0..1) and how; `seen`: a is a known word."""
    la, lb = a1 - a0, b1 - b0
    if (mask_a | mask_b) & np.uint64(DIGITS):
        return 0.0, NONE
    short, long = min(la, lb), max(la, lb)
    if (
        short >= 2
        and a[a0] == b[b0]
        and (starts_with(a, a0, a1, b, b0, b1) or starts_with(b, b0, b1, a, a0, a1))
    ):
        if long - short == 1 and short >= 4 and not seen:
            return 1.0 - 0.8 / long, TYPO
        if short >= 3:
            credit = 0.5 + 0.4 * short / long
            return (credit * 0.6 if seen else credit), PREFIX
    if long < 3 or abs(la - lb) > 3:
        return 0.0, NONE
    most = 1 if long < 7 else (2 if long < 12 else 3)
    differing = apart(mask_a, mask_b, 2 * most)
    if differing > 2 * most:
        return 0.0, NONE
    if differing <= 1 and la != lb:
        size = fold(a, a0, a1, scratch, 0)
        other = fold(b, b0, b1, scratch[64:], 0)
        same = size == other
        for at in range(size):
            if same and scratch[at] != scratch[64 + at]:
                same = False
        if same:
            return 0.97, SPELLING
    distance = osa(a, a0, a1, b, b0, b1, most, steps)
    if distance > most:
        return 0.0, NONE
    credit = 1.0 - 1.1 * distance / long
    if seen:
        credit *= 0.45
    return credit, TYPO


@jit
def align(asked, vocabulary, name, found, scratch, steps, table, kinds):
    """Give each query word its partner among the name's words. Fills `found`: partner, how, credit, taken."""
    q, q_off, q_ids, q_seen, q_mask, _q_df, _q_weight, _q_place, m = asked
    chars, tok_off, tok_mask, _tok_weight = vocabulary
    toks, _places, first, n = name
    partner, how, credit, taken = found
    for i in range(m):
        partner[i] = -1
        how[i] = NONE
        credit[i] = 0.0
    for j in range(n):
        taken[j] = -1
    left = m
    for i in range(m):
        if q_ids[i] < 0:
            continue
        for j in range(n):
            if taken[j] < 0 and toks[first + j] == q_ids[i]:
                partner[i], how[i], credit[i], taken[j] = j, EXACT, 1.0, i
                left -= 1
                break
    if left == 0:
        return
    splits(q, q_off, m, chars, tok_off, toks, first, n, partner, how, credit, taken)
    some = False
    for i in range(m):
        if partner[i] >= 0:
            continue
        for j in range(n):
            table[i, j] = 0.0
            if taken[j] >= 0:
                continue
            tok = toks[first + j]
            value, kind = pair_credit(
                q,
                q_off[i],
                q_off[i + 1],
                chars,
                tok_off[tok],
                tok_off[tok + 1],
                q_mask[i],
                tok_mask[tok],
                q_seen[i],
                scratch,
                steps,
            )
            if kind:
                table[i, j], kinds[i, j], some = value, kind, True
    while some:
        best, bi, bj = 0.0, -1, -1
        for i in range(m):
            if partner[i] < 0:
                for j in range(n):
                    if taken[j] < 0 and table[i, j] > best:
                        best, bi, bj = table[i, j], i, j
        if bi < 0:
            break
        partner[bi], how[bi], credit[bi], taken[bj] = bj, kinds[bi, bj], best, bi


@jit
def splits(q, q_off, m, chars, tok_off, toks, first, n, partner, how, credit, taken):
    """A free query word that is two free neighbours of the name run together, or the other way round."""
    for i in range(m):
        if partner[i] >= 0:
            continue
        for j in range(n - 1):
            if taken[j] < 0 and taken[j + 1] < 0:
                one, two = toks[first + j], toks[first + j + 1]
                if together(
                    chars,
                    tok_off[one],
                    tok_off[one + 1],
                    chars,
                    tok_off[two],
                    tok_off[two + 1],
                    q,
                    q_off[i],
                    q_off[i + 1],
                ):
                    partner[i], how[i], credit[i] = j, SPLIT, 0.97
                    taken[j] = taken[j + 1] = i
                    break
    for i in range(m - 1):
        if partner[i] >= 0 or partner[i + 1] >= 0:
            continue
        for j in range(n):
            if taken[j] < 0:
                tok = toks[first + j]
                if together(
                    q,
                    q_off[i],
                    q_off[i + 1],
                    q,
                    q_off[i + 1],
                    q_off[i + 2],
                    chars,
                    tok_off[tok],
                    tok_off[tok + 1],
                ):
                    partner[i] = partner[i + 1] = j
                    how[i] = how[i + 1] = SPLIT
                    credit[i] = credit[i + 1] = 0.97
                    taken[j] = i
                    break


@jit
def together(a, a0, a1, b, b0, b1, c, c0, c1):
    """Whether c is a followed by b."""
    la, lb = a1 - a0, b1 - b0
    if la + lb != c1 - c0:
        return False
    for at in range(la):
        if a[a0 + at] != c[c0 + at]:
            return False
    for at in range(lb):
        if b[b0 + at] != c[c0 + la + at]:
            return False
    return True
