"""The features of a candidate that come from its words."""

import numpy as np

from iris.matching.kernels.align import (
    EXACT,
    F_BIAS,
    F_BOTH,
    F_DIGITS,
    F_ESTABLISHED,
    F_FOREIGN,
    F_JOINED,
    F_JOINED_SQUARE,
    F_JOINED_UNSEEN,
    F_LACKS,
    F_NAME,
    F_ORDER,
    F_QUERY,
    F_SAME,
    F_TAIL,
    F_TYPO,
    F_UNSEEN,
    SPELLING,
    TYPO,
)
from iris.matching.kernels.jit import jit
from iris.matching.kernels.letters import DIGITS

SOFT = 0.3  # share of weight a word keeps that hangs behind a name (bracket, dash, "branch")


@jit
def word_features(f, asked, vocabulary, name, found, likeness):
    """The features that come from the words: coverage of both sides and what is left over."""
    _q, _q_off, _q_ids, _q_seen, q_mask, q_df, q_weight, q_place, m = asked
    _chars, _tok_off, tok_mask, tok_weight = vocabulary
    toks, places, first, n = name
    partner, how, credit, taken = found
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
                if q_df[i] > 0 and how[i] == TYPO:
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
        if q_mask[i] & np.uint64(DIGITS):
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
        if tok_mask[tok] & np.uint64(DIGITS):
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
