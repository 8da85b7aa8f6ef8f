"""The rows of one name in an index: the whole name, and parts of it that people use as the name."""

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

from iris.matching.normalise import BRACKET, TRADING, Parsed, legal_class, parse

WHOLE, PART = 0, 1
_OTHER_SCRIPT = re.compile(r"[^\x00-\u024F]+")
_LATIN = re.compile(r"[A-Za-z\u00C0-\u024F][\x20-\u024F]*")


@dataclass(frozen=True, slots=True)
class Row:
    """Words to compare with their places; `legal` a checksum of the legal form (0: none); `kind` WHOLE or PART."""

    words: tuple[str, ...]
    places: tuple[int, ...]
    legal: int
    kind: int


@lru_cache(maxsize=1_024)
def legal_number(legal: tuple[str, ...]) -> int:
    """A checksum of what a legal form comes to; 0 when there is none."""
    text = legal_class(legal)
    return zlib.crc32(text.encode()) or 1 if text else 0


def _row(parsed: Parsed, kind: int) -> Row:
    if not parsed.words:
        legal = parsed.legal
        return Row(legal, (0,) * len(legal), 0, kind)
    return Row(parsed.words, parsed.places, legal_number(parsed.legal), kind)


def _of_place(parsed: Parsed, place: int) -> tuple[str, ...]:
    return tuple(word for word, where in zip(parsed.words, parsed.places, strict=True) if where == place)


def rows_of(name: str) -> list[Row]:
    """The rows of a name; none for a name without a letter or digit.

    Parts: what stands on either side of "trading as", an abbreviation in brackets, the Latin and the other script of a
    name written in both.
    """
    parsed = parse(name)
    whole = _row(parsed, WHOLE)
    if not whole.words:
        return []
    rows = [whole]
    if any(parsed.places):
        trading = _of_place(parsed, TRADING)
        if trading:
            rows.append(Row(trading, (0,) * len(trading), 0, PART))
            head = tuple(zip(parsed.words, parsed.places, strict=True))[: parsed.places.index(TRADING)]
            rows.append(Row(tuple(w for w, _p in head), tuple(p for _w, p in head), whole.legal, PART))
        bracket = _of_place(parsed, BRACKET)
        if len(bracket) == 1 and _is_abbreviation(bracket[0], name):
            rows.append(Row(bracket, (0,), 0, PART))
    if not name.isascii():
        rows.extend(_scripts(name))
    return [row for row in rows if row.words]


def _is_abbreviation(word: str, name: str) -> bool:
    """Whether a word stands in brackets in capitals ("(SMR)")."""
    return 3 <= len(word) <= 12 and f"({word.upper()})" in name


def _scripts(name: str) -> list[Row]:
    other = " ".join(_OTHER_SCRIPT.findall(name))
    latin = " ".join(_LATIN.findall(name))
    if len(other.strip()) < 2 or len(latin.strip()) < 4:
        return []
    return [_row(parse(one), PART) for one in (other, latin)]
