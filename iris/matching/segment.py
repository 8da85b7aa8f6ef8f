"""A segment: the arrays of some entries, made in memory or opened from a folder and shared between processes."""

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any

import numpy as np

from iris.matching import machine
from iris.matching.entry import KINDS, Entry, UnreadableIndex
from iris.matching.outcome import Candidate
from iris.matching.rows import WHOLE, Row, rows_of
from iris.matching.shapes import ARRAYS, BLOCK, LISTS, LONGEST_ROW, MOST_LISTED

FORMAT = "iris-names-3"
GENERAL = 20_000  # names over which the common words were counted

# Kept beside the kernels' own: name -> type.
MORE_ARRAYS: dict[str, str] = {"tok_df": "i4", "general": "f4", "by_id": "i4"}


def country_number(country: str) -> int:
    """Two letters as a number, 0 for anything else."""
    code = country.strip().upper()
    return ord(code[0]) << 8 | ord(code[1]) if len(code) == 2 and code.isascii() and code.isalpha() else 0


def word_weights(df: np.ndarray, names: int) -> np.ndarray:
    """How much a word says (0..1): the logarithm of how rare it is. `df` and `names` with the general counts."""
    rare = np.log((names + 1.0) / (df + 0.5)) / np.log(names + 2.0)
    weights: np.ndarray = np.clip(rare, 0.05, 1.0).astype(np.float32)
    return weights


@cache
def general_counts() -> dict[str, int]:
    """In how many of GENERAL names a common word occurs: what an index of few names knows of words in general."""
    counts = {}
    for line in (Path(__file__).parent / "common_words.txt").read_text(encoding="ascii").splitlines():
        count, *words = line.split() if not line.startswith("#") else ["0"]
        counts.update(dict.fromkeys(words, int(count)))
    return counts


def _offsets(texts: Sequence[bytes]) -> tuple[np.ndarray, np.ndarray]:
    off = np.zeros(len(texts) + 1, np.int32)
    np.cumsum([len(text) for text in texts], out=off[1:])
    return np.frombuffer(b"".join(texts) or b"\0", np.uint8), frozen(off)


def frozen(array: np.ndarray) -> np.ndarray:
    """The array, marked as read only (the kernels' signatures ask for it)."""
    array.flags.writeable = False
    return array


class Segment:
    """Entries as arrays. Read only."""

    def __init__(self, arrays: dict[str, np.ndarray], info: dict[str, Any]) -> None:
        self.info = info
        self.arrays = arrays
        for array in arrays.values():
            array.flags.writeable = False
        self.rows = len(arrays["row_entry"])
        self.entries = len(arrays["country"])

    def bundle(self, weights: np.ndarray, df: np.ndarray, dead: np.ndarray) -> tuple[np.ndarray, ...]:
        """The arrays as the kernel takes them, with what later changes make other: weights, counts, who is gone."""
        own = tuple(weights if name == "tok_weight" else self.arrays[name] for name in ARRAYS)
        return (*own, frozen(df), frozen(dead))

    @classmethod
    def build(cls, entries: Sequence[Entry], rows: Sequence[list[Row]] | None = None) -> "Segment":
        """Arrays of the entries; `rows` when they were made already (by other processes)."""
        order = sorted(range(len(entries)), key=lambda at: country_number(entries[at].country))
        rows = [rows_of(entries[at].name) if rows is None else rows[at] for at in order]
        entries = [entries[at] for at in order]
        arrays = _text_arrays(entries)
        vocabulary: dict[str, int] = {}
        arrays |= _row_arrays(rows, vocabulary)
        arrays["chars"], arrays["tok_off"] = word_arrays(list(vocabulary))
        arrays["table"] = np.full(2 * len(vocabulary) + 16, -1, np.int32)
        machine.run("fill_table", arrays["chars"], arrays["tok_off"], arrays["table"])
        arrays["tok_mask"] = np.zeros(len(vocabulary), np.uint64)
        machine.run("fill_masks", arrays["chars"], arrays["tok_off"], arrays["tok_mask"])
        whole = np.repeat(arrays["row_kind"] == WHOLE, np.diff(arrays["row_off"]))
        arrays["tok_df"] = np.bincount(arrays["toks"][whole], minlength=len(vocabulary) or 1).astype(np.int32)
        general = general_counts()
        arrays["general"] = np.array([general.get(word, 0) for word in vocabulary], np.float32)
        arrays["tok_weight"] = word_weights(arrays["tok_df"] + arrays["general"], len(entries) + GENERAL)
        _gram_arrays(arrays)
        digest = hashlib.sha256()
        for name in ("raw", "raw_off", "ids", "ids_off", "country", "kind"):
            digest.update(np.ascontiguousarray(arrays[name]).tobytes())
        return cls(arrays, {"format": FORMAT, "entries": len(entries), "digest": digest.hexdigest()[:16]})

    def save(self, folder: Path) -> None:
        """Write the arrays, then the file that says what they are (so that a half-written folder is none).

        Each is on the disk when this returns: pages that are not count as memory of whoever maps them first.
        """
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.json").unlink(missing_ok=True)
        for name, array in self.arrays.items():
            with (folder / f"{name}.npy").open("wb") as file:
                np.save(file, array)
                _to_disk(file)
        with (folder / "index.json").open("w", encoding="utf-8") as about:
            about.write(json.dumps(self.info))
            _to_disk(about)

    @classmethod
    def open(cls, folder: Path) -> "Segment":
        """Map a saved segment. UnreadableIndex when it is missing, broken or of another format."""
        file = folder / "index.json"
        if not file.is_file():
            raise UnreadableIndex(f"{folder}: no saved index of names is here; build and save one first.")
        try:
            info = json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise UnreadableIndex(f"{file}: expected a description of an index, found {error}.") from error
        found = info.get("format") if isinstance(info, dict) else None
        if found != FORMAT:
            raise UnreadableIndex(
                f"{folder}: expected format {FORMAT}, found {found}; build the index again."
            )
        try:
            arrays = {name: _mapped(folder / f"{name}.npy") for name in (*ARRAYS, *MORE_ARRAYS)}
        except (OSError, ValueError) as error:
            raise UnreadableIndex(
                f"{folder}: a part is missing or broken ({error}); build the index again."
            ) from error
        return cls(arrays, info)

    def id_of(self, entry: int) -> str:
        """The id of an entry."""
        off = self.arrays["ids_off"]
        return self.arrays["ids"][off[entry] : off[entry + 1]].tobytes().decode()

    def id_of_row(self, row: int) -> str:
        """The id of the entry a row belongs to."""
        return self.id_of(int(self.arrays["row_entry"][row]))

    def candidate_of_row(self, row: int) -> Candidate:
        """The entry a row belongs to."""
        entry = int(self.arrays["row_entry"][row])
        return Candidate(self.id_of(entry), self.name_of(entry), self.kind_of(entry), self.country_of(entry))

    def name_of(self, entry: int) -> str:
        """The name of an entry as it was written."""
        off = self.arrays["raw_off"]
        return bytes(self.arrays["raw"][off[entry] : off[entry + 1]]).decode()

    def country_of(self, entry: int) -> str:
        """The country of an entry, or empty."""
        number = int(self.arrays["country"][entry])
        return chr(number >> 8) + chr(number & 255) if number else ""

    def kind_of(self, entry: int) -> str:
        """legal, trading, former or local."""
        return KINDS[self.arrays["kind"][entry]]

    def entries_of(self, wanted: str) -> list[int]:
        """Every entry with this id."""
        order = self.arrays["by_id"]
        low, high = 0, len(order) if self.entries else 0
        while low < high:
            middle = (low + high) // 2
            if self.id_of(order[middle]) < wanted:
                low = middle + 1
            else:
                high = middle
        found = []
        while low < len(order) and self.entries and self.id_of(order[low]) == wanted:
            found.append(int(order[low]))
            low += 1
        return found

    def vocabulary(self) -> list[str]:
        """Every word, by its number."""
        return [self.word(number) for number in range(len(self.arrays["tok_off"]) - 1)]

    def word(self, number: int) -> str:
        """The word of a number."""
        off = self.arrays["tok_off"]
        return bytes(self.arrays["chars"][off[number] : off[number + 1]]).decode("ascii")

    def words_of(self, entry: int) -> np.ndarray:
        """The numbers of the words of an entry's whole name."""
        rows = self.arrays["row_entry"]
        row = int(np.searchsorted(rows, entry))
        if row >= len(rows) or rows[row] != entry:
            return np.zeros(0, np.int32)
        return self.row_words(row)

    def row_words(self, row: int) -> np.ndarray:
        """The numbers of the words of a row."""
        off = self.arrays["row_off"]
        return self.arrays["toks"][off[row] : off[row + 1]]

    def word_numbers(self, chars: np.ndarray, offsets: np.ndarray) -> np.ndarray:
        """The numbers of words in the vocabulary, -1 where it lacks one. Words as the kernels take them."""
        found = np.empty(len(offsets) - 1, np.int32)
        a = self.arrays
        machine.run("find_words", a["chars"], a["tok_off"], a["table"], chars, offsets, found)
        return found


def word_arrays(words: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Words as the kernels take them: letters behind each other, and where each begins."""
    return _offsets([word.encode("ascii") for word in words])


def _to_disk(file: IO[Any]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _mapped(file: Path) -> np.ndarray:
    return np.asarray(np.load(file, mmap_mode="r", allow_pickle=False))


def _text_arrays(entries: Sequence[Entry]) -> dict[str, np.ndarray]:
    raw, raw_off = _offsets([entry.name.encode("utf-8", "replace") for entry in entries])
    ids, ids_off = _offsets([entry.id.encode("utf-8", "replace") for entry in entries])
    order = sorted(range(len(entries)), key=lambda at: entries[at].id)
    kinds = [KINDS.index(entry.kind) if entry.kind in KINDS else 0 for entry in entries]
    return {
        "raw": raw,
        "raw_off": raw_off,
        "ids": ids,
        "ids_off": ids_off,
        "by_id": np.array(order, np.int32),
        "country": np.array([country_number(entry.country) for entry in entries], np.uint16),
        "kind": np.array(kinds, np.uint8),
    }


def _row_arrays(all_rows: Sequence[list[Row]], vocabulary: dict[str, int]) -> dict[str, np.ndarray]:
    toks: list[int] = []
    places = bytearray()
    off, entry_of, legal, kinds = [0], [], [], []
    for entry, rows in enumerate(all_rows):
        for row in rows:
            for word in row.words:
                toks.append(vocabulary.setdefault(word, len(vocabulary)))
            places.extend(row.places)
            off.append(len(toks))
            entry_of.append(entry)
            legal.append(row.legal)
            kinds.append(row.kind)
    return {
        "toks": frozen(np.array(toks, np.int32)),
        "places": np.frombuffer(bytes(places) or b"", np.uint8),
        "row_off": frozen(np.array(off, np.int32)),
        "row_entry": np.array(entry_of, np.int32),
        "row_legal": np.array(legal, np.uint32),
        "row_kind": np.array(kinds, np.uint8),
    }


def _gram_arrays(arrays: dict[str, np.ndarray]) -> None:
    rows = len(arrays["row_entry"])
    blocks = max(1, -(-rows // BLOCK))
    counts = np.zeros((LISTS, blocks + 1), np.int32)
    words = (arrays["chars"], arrays["tok_off"], arrays["row_off"], arrays["toks"])
    desk = (np.empty(LONGEST_ROW, np.uint8), np.empty(LONGEST_ROW + MOST_LISTED, np.int32))
    machine.run("count_grams", *words, counts, *desk)
    heads = _gram_layout(counts)
    df = counts.sum(axis=1, dtype=np.int64).astype(np.int32)
    weights = np.log((rows + 2.0) / (df + 1.0)).astype(np.float32)
    total = int(df.sum())
    arrays["docs"] = np.zeros(total, np.uint16)
    arrays["impacts"] = np.zeros(total, np.uint8)
    scale = np.array([255.0 / np.log(rows + 2.0)], np.float32)
    ends = heads.copy()
    machine.run("fill_grams", *words, weights, scale, ends, arrays["docs"], arrays["impacts"], *desk)
    arrays["heads"] = heads


def _gram_layout(counts: np.ndarray) -> np.ndarray:
    """From counts[gram, block + 1] to where each list begins: heads[gram, block]."""
    flat = np.zeros(LISTS * (counts.shape[1] - 1) + 1, np.int64)
    np.cumsum(counts[:, 1:].ravel(), out=flat[1:])
    heads = np.empty(counts.shape, np.int32)
    heads[:, :-1] = flat[:-1].reshape(LISTS, -1)
    heads[:, -1] = flat[counts.shape[1] - 1 :: counts.shape[1] - 1]
    return heads
