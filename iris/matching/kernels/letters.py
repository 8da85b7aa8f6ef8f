"""Letters: hashing of words, edit distances, folding of spellings. All texts are a-z and 0-9 as uint8."""

import numpy as np

from iris.matching.kernels.jit import jit

FNV = 1469598103934665603
PRIME = 1099511628211
DIGITS = ((1 << 36) - 1) ^ ((1 << 26) - 1)  # the digits' bits in a mask


@jit
def hash_of(chars, start, end):
    """FNV-1a of the letters."""
    value = np.uint64(FNV)
    for at in range(start, end):
        value = (value ^ np.uint64(chars[at])) * np.uint64(PRIME)
    return value


@jit
def mask_of(chars, start, end):
    """Which of the 36 letters occur, as bits."""
    mask = np.uint64(0)
    for at in range(start, end):
        mask |= np.uint64(1) << np.uint64(code_of(chars[at]))
    return mask


@jit
def code_of(char):
    """a-z -> 0..25, 0-9 -> 26..35, anything else -> 36."""
    if 97 <= char <= 122:
        return char - 97
    if 48 <= char <= 57:
        return char - 22
    return 36


@jit
def apart(one, two, most):
    """How many letters only one of two masks has; counted no further than `most` + 1."""
    value = one ^ two
    count = 0
    while value and count <= most:
        value &= value - np.uint64(1)
        count += 1
    return count


@jit
def fold(chars, start, end, out, size):
    """Append the letters with spellings evened out: doubled letters once, ae/oe/ue as a/o/u. Returns the new size."""
    for at in range(start, end):
        char = chars[at]
        if size:
            last = out[size - 1]
            if char == last and char > 57:
                continue
            if char == 101 and (last == 97 or last == 111 or last == 117):
                continue
        out[size] = char
        size += 1
    return size


@jit
def osa(a, a0, a1, b, b0, b1, most, rows):
    """Optimal string alignment distance, or `most` + 1 when it is more. Words of at most 48 letters."""
    la, lb = a1 - a0, b1 - b0
    if abs(la - lb) > most:
        return most + 1
    for j in range(lb + 1):
        rows[0, j] = j
    old, last, now = 2, 0, 1
    for i in range(1, la + 1):
        rows[now, 0] = i
        low = i
        ca = a[a0 + i - 1]
        for j in range(1, lb + 1):
            cb = b[b0 + j - 1]
            best = rows[last, j - 1] + (0 if ca == cb else 1)
            best = min(best, rows[last, j] + 1, rows[now, j - 1] + 1)
            if i > 1 and j > 1 and ca == b[b0 + j - 2] and a[a0 + i - 2] == cb:
                best = min(best, rows[old, j - 2] + 1)
            rows[now, j] = best
            low = min(low, best)
        if low > most:
            return most + 1
        old, last, now = last, now, old
    return rows[last, lb]


@jit
def pattern_bits(a, la, table):
    """Fill `table` (256 x blocks, zeroed here) with the positions of each byte of `a`, for `myers`."""
    blocks = (la + 63) // 64
    for char in range(256):
        for block in range(blocks):
            table[char, block] = 0
    for at in range(la):
        table[a[at], at // 64] |= np.uint64(1) << np.uint64(at % 64)


@jit
def myers(table, la, b, b0, b1, plus, minus):
    """Levenshtein distance of the pattern in `table` to b (Myers 1999, Hyyro 2003 blocks), bit-parallel."""
    lb = b1 - b0
    if la == 0:
        return lb
    if la <= 64:
        return myers_short(table, la, b, b0, b1)
    blocks = (la + 63) // 64
    one = np.uint64(1)
    top = np.uint64(63)
    for block in range(blocks):
        plus[block] = ~np.uint64(0)
        minus[block] = np.uint64(0)
    distance = la
    last = one << np.uint64((la - 1) % 64)
    for at in range(b0, b1):
        plus_in, minus_in = one, np.uint64(0)
        for block in range(blocks):
            equal = table[b[at], block]
            pv, mv = plus[block], minus[block]
            eq = equal | minus_in
            xv = equal | mv
            xh = (((eq & pv) + pv) ^ pv) | eq
            ph = mv | ~(xh | pv)
            mh = pv & xh
            if block == blocks - 1:
                if ph & last:
                    distance += 1
                elif mh & last:
                    distance -= 1
            plus_out, minus_out = ph >> top, mh >> top
            ph = (ph << one) | plus_in
            mh = (mh << one) | minus_in
            plus[block] = mh | ~(xv | ph)
            minus[block] = ph & xv
            plus_in, minus_in = plus_out, minus_out
    return distance


@jit
def myers_short(table, la, b, b0, b1):
    """`myers` for a pattern of at most 64 letters: nearly every name."""
    one = np.uint64(1)
    shift = np.uint64(la - 1)
    pv, mv = ~np.uint64(0), np.uint64(0)
    distance = la
    for at in range(b0, b1):
        equal = table[b[at], 0]
        xv = equal | mv
        xh = (((equal & pv) + pv) ^ pv) | equal
        ph = mv | ~(xh | pv)
        mh = pv & xh
        distance += np.int64((ph >> shift) & one) - np.int64((mh >> shift) & one)
        ph = (ph << one) | one
        pv = (mh << one) | ~(xv | ph)
        mv = ph & xv
    return distance
