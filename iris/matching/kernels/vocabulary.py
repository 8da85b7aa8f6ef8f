"""The words of a segment: found by a hash table, and which letters each has."""

import numpy as np

from iris.matching.kernels.jit import jit
from iris.matching.kernels.letters import hash_of, mask_of


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


@jit
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
def fill_masks(chars, tok_off, masks):
    """Which letters each word has."""
    for tok in range(tok_off.size - 1):
        masks[tok] = mask_of(chars, tok_off[tok], tok_off[tok + 1])


@jit
def find_words(chars, tok_off, table, q, q_off, found):
    """The numbers of several words in the vocabulary, -1 where it lacks one."""
    for at in range(found.size):
        found[at] = find_word(chars, tok_off, table, q, q_off[at], q_off[at + 1])
