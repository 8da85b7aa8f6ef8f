"""What the kernels and their callers agree on: sizes, and which arrays are handed over. Loads no compiler.

Types are numpy's: u1 is a byte, u8 eight of them.
"""

from iris.matching.config import CANDIDATES

BLOCK = 65_536  # rows of an index that are counted at a time
GRAM_LETTERS = 37
GRAMS = GRAM_LETTERS**3
WORDS = 131_072  # buckets of whole words
LISTS = GRAMS + WORDS
LONGEST_ROW = 512  # letters of a name without its spaces
MOST_LISTED = 32  # words of a name that have a list
MOST_WORDS = 32  # words that are compared
LONGEST_WORD = 50  # room for one word and an edge
FEATURES = 25
COLUMNS = 3  # of an answer: score, part, row
MOST_PARTS = 2

# The arrays of a segment, in the kernels' order. `heads` has a line for each list.
ARRAYS: dict[str, str] = {
    "chars": "u1",
    "tok_off": "i4",
    "tok_weight": "f4",
    "table": "i4",
    "row_off": "i4",
    "toks": "i4",
    "places": "u1",
    "row_entry": "i4",
    "row_legal": "u4",
    "row_kind": "u1",
    "country": "u2",
    "kind": "u1",
    "heads": "i4",
    "docs": "u2",
    "impacts": "u1",
    "raw": "u1",
    "raw_off": "i4",
    "tok_mask": "u8",
    "ids": "u1",
    "ids_off": "i4",
}
# Those of a part: then what changes, in how many names each word is and which entries are gone.
PART = (*ARRAYS.values(), "i4", "u1")

_GRAMS = LONGEST_ROW + MOST_LISTED
_BLOCKS = LONGEST_ROW // 64
# What a search writes on, in the order of kernels.search.desk: (type, length).
ROOM: tuple[tuple[str, int], ...] = (
    ("u2", BLOCK),
    ("i4", MOST_PARTS * CANDIDATES),
    ("f4", MOST_PARTS * CANDIDATES * FEATURES),
    ("u8", 256 * _BLOCKS),
    ("u8", 256 * _BLOCKS),
    ("u8", _BLOCKS),
    ("u8", _BLOCKS),
    ("u1", LONGEST_ROW),
    ("u1", LONGEST_ROW),
    ("i4", _GRAMS),
    ("u1", 128),
    ("i4", 3 * LONGEST_WORD),
    ("f4", MOST_WORDS * MOST_WORDS),
    ("i1", MOST_WORDS * MOST_WORDS),
    ("i4", MOST_WORDS),
    ("i1", MOST_WORDS),
    ("f4", MOST_WORDS),
    ("i4", MOST_WORDS),
    ("i4", MOST_WORDS),
    ("i4", _GRAMS),
    ("i4", _GRAMS),
    ("u2", CANDIDATES),
    ("i4", MOST_WORDS),
    ("u1", MOST_WORDS),
    ("u8", MOST_WORDS),
    ("f4", MOST_WORDS),
    ("f8", MOST_PARTS * CANDIDATES),
    ("f8", MOST_PARTS * CANDIDATES),
    ("i4", MOST_PARTS * CANDIDATES),
    ("u8", MOST_PARTS * CANDIDATES),
)

# What each way into the kernels takes (kernels.entries), in order.
ENTRIES: dict[str, tuple[str, ...]] = {
    "find_words": ("u1", "i4", "i4", "u1", "i4", "i4"),
    "fill_table": ("u1", "i4", "i4"),
    "fill_masks": ("u1", "i4", "u8"),
    "count_grams": ("u1", "i4", "i4", "i4", "i4", "u1", "i4"),
    "fill_grams": ("u1", "i4", "i4", "i4", "f4", "f4", "i4", "u2", "u1", "u1", "i4"),
    "answer_questions": ("i8", "i8", "u1", "i8", "f4", "f8", "i8", "f8", "i4", "i8"),
}
