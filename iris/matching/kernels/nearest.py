"""Which rows are worth comparing: more from the blocks of the country asked for than from the others."""

from iris.matching.kernels.jit import jit
from iris.matching.kernels.postings import best_rows, choose
from iris.matching.shapes import BLOCK


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
def nearest(lists, grams, count, q_country, country, row_entry, dead, deep, wide, writing, rows_out):
    """The rows worth comparing: most from the blocks of the query's country, the rest from all the others."""
    heads = lists[0]
    sizes, chosen = writing[1], writing[2]
    blocks = heads.shape[1] - 1
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
        best_rows(lists, low, high, kept, dead, row_entry, writing, own)
    if near == rows_out.size:
        return
    half = (rows_out.size - near) // 2 if low > 0 and high < blocks else (0 if low == 0 else other.size)
    if low == high:
        kept = choose(grams, count, heads, 0, blocks, deep, sizes, chosen)
        best_rows(lists, 0, blocks, kept, dead, row_entry, writing, other)
        return
    if half:
        kept = choose(grams, count, heads, 0, low, wide, sizes, chosen)
        best_rows(lists, 0, low, kept, dead, row_entry, writing, other[:half])
    if half < other.size:
        kept = choose(grams, count, heads, high, blocks, wide, sizes, chosen)
        best_rows(lists, high, blocks, kept, dead, row_entry, writing, other[half:])
