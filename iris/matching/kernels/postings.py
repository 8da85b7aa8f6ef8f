"""Posting lists of trigrams and whole words: how they are made, and how the best rows of a query are found in them.

Rows lie in blocks of 65,536 in the order of their countries: a posting is two bytes, the accumulators of a block stay
in the cache, and the blocks of the country asked for can be read deeper than the others. A "gram" is the number of a
list: three letters, or (above GRAMS) the bucket of a whole word.
"""

import numpy as np

from iris.matching.kernels.jit import jit
from iris.matching.kernels.letters import code_of, fold, hash_of
from iris.matching.shapes import BLOCK, GRAM_LETTERS, GRAMS, LONGEST_ROW, MOST_LISTED, WORDS

EDGE = 36


@jit
def grams_of(chars, tok_off, toks, first, last, joined, grams):
    """Distinct trigrams and words of toks[first:last]. Returns their number; they stand in `grams`."""
    size, words = 0, 0
    for at in range(first, last):
        tok = toks[at]
        if size + tok_off[tok + 1] - tok_off[tok] > LONGEST_ROW - 4 or words == MOST_LISTED:
            break
        size = fold(chars, tok_off[tok], tok_off[tok + 1], joined, size)
        words = add_word(grams, words, hash_of(chars, tok_off[tok], tok_off[tok + 1]))
    return distinct_grams(joined, size, grams, words)


@jit
def add_word(grams, words, value):
    """Put the bucket of a word among `grams`, once."""
    bucket = GRAMS + np.int32(value % np.uint64(WORDS))
    for at in range(words):
        if grams[at] == bucket:
            return words
    grams[words] = bucket
    return words + 1


@jit
def in_order(numbers, count):
    """Sort the first few numbers where they are."""
    for at in range(1, count):
        one = numbers[at]
        j = at
        while j > 0 and numbers[j - 1] > one:
            numbers[j] = numbers[j - 1]
            j -= 1
        numbers[j] = one


@jit
def distinct_grams(joined, size, grams, count):
    """Add the distinct trigrams of joined[:size], with an edge on both sides, to `count` grams; sorted."""
    if size == 0:
        return count
    a, b = EDGE, code_of(joined[0])
    for at in range(1, size + 1):
        c = code_of(joined[at]) if at < size else EDGE
        grams[count] = (a * GRAM_LETTERS + b) * GRAM_LETTERS + c
        count += 1
        a, b = b, c
    in_order(grams, count)
    kept = 1
    for at in range(1, count):
        if grams[at] != grams[at - 1]:
            grams[kept] = grams[at]
            kept += 1
    return kept


@jit
def count_grams(chars, tok_off, row_off, toks, counts, joined, grams):
    """Into counts[gram, block + 1]: in how many rows of the block the trigram occurs."""
    for row in range(row_off.size - 1):
        block = row // BLOCK
        for at in range(grams_of(chars, tok_off, toks, row_off[row], row_off[row + 1], joined, grams)):
            counts[grams[at], block + 1] += 1


@jit
def fill_grams(words, weights, scale, heads, docs, impacts, joined, grams):
    """Write the postings: `heads` (gram, block) moves from where a list begins to where it ends."""
    chars, tok_off, row_off, toks = words
    for row in range(row_off.size - 1):
        block = row // BLOCK
        count = grams_of(chars, tok_off, toks, row_off[row], row_off[row + 1], joined, grams)
        norm = 0.0
        for at in range(count):
            norm += weights[grams[at]] ** 2
        norm = np.sqrt(norm)
        for at in range(count):
            impact = scale * weights[grams[at]] ** 2 / norm
            head = heads[grams[at], block]
            docs[head] = row - block * BLOCK
            impacts[head] = min(255.0, max(1.0, impact + 0.5))
            heads[grams[at], block] = head + 1


@jit
def sift(heap_score, heap_row, size):
    """Restore the smallest at the top of a heap whose top was replaced."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            return
        if child + 1 < size and heap_score[child + 1] < heap_score[child]:
            child += 1
        if heap_score[child] >= heap_score[at]:
            return
        heap_score[at], heap_score[child] = heap_score[child], heap_score[at]
        heap_row[at], heap_row[child] = heap_row[child], heap_row[at]
        at = child


@jit
def best_rows(lists, low, high, count, dead, row_entry, writing, heap_row):
    """The rows of blocks low..high with the highest sums over the chosen lists, into the heap."""
    heads, docs, impacts = lists
    acc, _sizes, chosen, heap_score = writing
    want, rows = heap_row.size, row_entry.size
    for at in range(want):
        heap_score[at] = 0
        heap_row[at] = -1
    for block in range(low, high):
        here = min(BLOCK, rows - block * BLOCK)
        filled = (here + 63) // 64 * 64
        acc[:filled] = 0
        for one in range(count):
            gram = chosen[one]
            for at in range(heads[gram, block], heads[gram, block + 1]):
                acc[docs[at]] += impacts[at]
        for start in range(0, filled, 64):
            top = np.uint16(0)
            for at in range(start, start + 64):
                top = max(top, acc[at])
            if top <= heap_score[0]:
                continue
            for at in range(start, start + 64):
                if acc[at] > heap_score[0] and not dead[row_entry[block * BLOCK + at]]:
                    heap_score[0] = acc[at]
                    heap_row[0] = block * BLOCK + at
                    sift(heap_score, heap_row, want)


@jit
def choose(grams, count, heads, low, high, budget, sizes, chosen):
    """The lists that are shortest within blocks low..high and together stay in the budget; at least one."""
    size = 0
    for at in range(count):
        here = heads[grams[at], high] - heads[grams[at], low]
        if here == 0:
            continue
        j = size
        while j > 0 and sizes[j - 1] > here:
            sizes[j], chosen[j] = sizes[j - 1], chosen[j - 1]
            j -= 1
        sizes[j], chosen[j] = here, grams[at]
        size += 1
    total, kept = 0, 0
    while kept < size and kept < 250:
        total += sizes[kept]
        if total > budget and kept:
            break
        kept += 1
    return kept
