"""From features to an answer: the best row of each id, scores, and how sure the whole is."""

import numpy as np

from iris.matching.config import CLEAR, CLEAR_BY, FIRST_POINT, MOST_CLEAR
from iris.matching.kernels.jit import jit
from iris.matching.kernels.letters import hash_of
from iris.matching.score import NEVER_CERTAIN
from iris.matching.shapes import COLUMNS

FOUND, AMBIGUOUS, POSSIBLE, NOT_FOUND, INVALID = range(5)
SCORE, WHERE, ROW = range(COLUMNS)  # columns of an answer


@jit
def id_order(a, a0, a1, b, b0, b1):
    """-1, 0 or 1: two ids in the order of their letters."""
    for at in range(min(a1 - a0, b1 - b0)):
        one, two = a[a0 + at], b[b0 + at]
        if one != two:
            return -1 if one < two else 1
    return np.int64(a1 - a0 > b1 - b0) - np.int64(a1 - a0 < b1 - b0)


@jit
def order_of_ids(base, delta, one, two):
    """-1, 0 or 1: the ids of two entries, each (part, entry); base and delta as (ids, ids_off, row_entry)."""
    ids, off, _ = base
    more, more_off, _ = delta
    i, j = one[1], two[1]
    if one[0] == 0:
        if two[0] == 0:
            return id_order(ids, off[i], off[i + 1], ids, off[j], off[j + 1])
        return id_order(ids, off[i], off[i + 1], more, more_off[j], more_off[j + 1])
    if two[0] == 0:
        return id_order(more, more_off[i], more_off[i + 1], ids, off[j], off[j + 1])
    return id_order(more, more_off[i], more_off[i + 1], more, more_off[j], more_off[j + 1])


@jit
def entry_of(base, delta, rows, at):
    """A candidate's (part, entry), and a number that differs where its id does."""
    width = rows.shape[1]
    where, row = at // width, rows[at // width, at % width]
    ids, ids_off, row_entry = base
    if where:
        ids, ids_off, row_entry = delta
    entry = row_entry[row]
    return (where, np.int64(entry)), hash_of(ids, ids_off[entry], ids_off[entry + 1])


@jit
def clear(margin):
    """What being clear of the next candidate adds to the belief in one."""
    margin = max(-MOST_CLEAR, min(MOST_CLEAR, margin))
    return CLEAR * margin + FIRST_POINT * min(margin, 1.0)


@jit
def score_of(logit):
    """From belief to a score below 1, with four digits."""
    value = 1.0 / (1.0 + np.exp(-max(-30.0, min(30.0, logit))))
    return np.rint(min(NEVER_CERTAIN, value) * 10_000.0) / 10_000.0


@jit
def sorted_candidates(rows, feats, parts, weights, ranks, beliefs, order):
    """Rank and belief of every candidate; `order` lists those that are there, best first. Returns their number."""
    width, count = rows.shape[1], 0
    for at in range(parts * width):
        where, c = at // width, at % width
        if rows[where, c] < 0:
            continue
        rank, belief = 0.0, 0.0
        for one in range(feats.shape[2]):
            rank += feats[where, c, one] * weights[0, one]
            belief += feats[where, c, one] * weights[1, one]
        ranks[at], beliefs[at] = rank, belief
        j = count
        while j > 0 and ranks[order[j - 1]] < rank:
            order[j] = order[j - 1]
            j -= 1
        order[j] = at
        count += 1
    return count


@jit
def distinct(base, delta, rows, ranks, order, hashes, count, limit):
    """Keep in `order` the best row of each of the best ids, equal ones in the order of their ids."""
    kept = 0
    for one in range(count):
        at = order[one]
        if kept > limit and ranks[at] < ranks[order[kept - 1]]:
            break
        here, own = entry_of(base, delta, rows, at)
        known = False
        for other in range(kept):
            if hashes[other] == own:
                old, _ = entry_of(base, delta, rows, order[other])
                known = order_of_ids(base, delta, here, old) == 0
                if known:
                    break
        if known:
            continue
        j = kept
        while j > 0 and ranks[order[j - 1]] == ranks[at]:
            old, _ = entry_of(base, delta, rows, order[j - 1])
            if order_of_ids(base, delta, here, old) > 0:
                break
            order[j], hashes[j] = order[j - 1], hashes[j - 1]
            j -= 1
        order[j], hashes[j] = at, own
        kept += 1
    return kept


@jit
def answer(rows, ranks, beliefs, order, kept, thresholds, out):
    """Fill out[match] = score, part, row. Returns (number, outcome).

    Several are good when each alone would be found and none is clear of the best.
    """
    width = rows.shape[1]
    shown = min(kept, out.shape[0])
    if shown == 0:
        return 0, NOT_FOUND
    top, good = ranks[order[0]], 0
    for at in range(shown):
        one = order[at]
        rival = order[1 if at == 0 else 0]
        margin = ranks[one] - ranks[rival] if kept > 1 else MOST_CLEAR
        score = score_of(beliefs[one] + clear(margin))
        if at:
            score = min(score, out[at - 1, SCORE])
        alone = score_of(beliefs[one] + clear(MOST_CLEAR))
        out[at, SCORE], out[at, WHERE], out[at, ROW] = score, one // width, rows[one // width, one % width]
        if alone >= thresholds[0] and top - ranks[one] < CLEAR_BY:
            good += 1
    if out[0, SCORE] < thresholds[1]:
        return shown, NOT_FOUND
    if good > 1:
        return shown, AMBIGUOUS
    return shown, FOUND if out[0, SCORE] >= thresholds[0] else POSSIBLE
