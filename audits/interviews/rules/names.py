"""Whether a text names somebody whom the vault knows. Pure: texts in, a kind of hit out, never the name itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from anyascii import anyascii

Hit = Literal["name", "contact", "reference"]

SHORTEST_PART = 3
SHORTEST_NUMBER = 7
# Given names that are also everyday words: they count only where they are written with a capital letter.
EVERYDAY = frozenset(
    [
        "april",
        "art",
        "bill",
        "bless",
        "faith",
        "gift",
        "grace",
        "happy",
        "hope",
        "joy",
        "june",
        "lucky",
        "mark",
        "may",
        "mercy",
        "pay",
        "pearl",
        "precious",
        "rich",
        "rose",
        "son",
        "sonny",
        "sunday",
        "will",
        "wise",
    ]
)
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*", re.UNICODE)
_LATIN = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"\d(?:[\s().\-/]{0,2}\d){6,}")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_DAY = re.compile(r"\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2}|\d{1,2}[.\-/]\d{1,2}[.\-/]\d{4}")


@dataclass(frozen=True)
class KnownPerson:
    """One opened identity, as long as a text is checked."""

    name: str
    contact: str = ""
    reference: str = ""


def found_in(text: str, people: Iterable[KnownPerson]) -> Hit | None:
    """What of these people the text gives away: any part of a name in any script, a phone, an address, a reference."""
    words, capitals = _words(text), _capitals(text)
    in_a_row = f" {' '.join(_in_a_row(text))} "
    plain = _plain(text)
    numbers = _numbers(plain)
    for person in people:
        if any(_named(part, words, capitals) for part in _words(person.name)):
            return "name"
        if _short_name(person.name, in_a_row):
            return "name"
        if _contacted(_plain(person.contact), numbers, plain):
            return "contact"
        if len(person.reference) > SHORTEST_PART and _plain(person.reference) in plain:
            return "reference"
    return None


def looks_like_a_number(text: str) -> bool:
    """Whether the text holds what could be a phone or a passport number of anybody."""
    return bool(_numbers(_plain(text)))


def _plain(text: str) -> str:
    """One way of writing it: forms, cases, dashes and the digits of every script do not count."""
    folded = _DASH.sub("-", unicodedata.normalize("NFKC", text).casefold()).strip()
    return "".join(
        str(unicodedata.digit(one)) if unicodedata.category(one) == "Nd" else one for one in folded
    )


def _in_a_row(text: str) -> list[str]:
    """The words of a text in Latin letters, lower case, whatever script they were written in."""
    return _LATIN.findall(anyascii(unicodedata.normalize("NFKC", text)).lower())


def _words(text: str) -> set[str]:
    return set(_in_a_row(text))


def _short_name(name: str, in_a_row: str) -> bool:
    """A name of short parts only, such as Le Vu: its parts say nothing alone, one after the other they do."""
    parts = _in_a_row(name)
    if len(parts) < 2 or any(len(part) >= SHORTEST_PART for part in parts):
        return False
    return f" {' '.join(parts)} " in in_a_row


def _capitals(text: str) -> set[str]:
    found = _WORD.findall(unicodedata.normalize("NFKC", text))
    return {anyascii(word).lower() for word in found if word[:1].isupper()}


def _named(part: str, words: set[str], capitals: set[str]) -> bool:
    if len(part) < SHORTEST_PART:
        return False
    return part in (capitals if part in EVERYDAY else words)


def _numbers(plain: str) -> list[str]:
    return [re.sub(r"\D", "", found) for found in _NUMBER.findall(_DAY.sub(" ", plain))]


def _contacted(contact: str, numbers: list[str], plain: str) -> bool:
    if "@" in contact:
        return contact in plain
    digits = re.sub(r"\D", "", contact)
    if len(digits) < SHORTEST_NUMBER:
        return False
    return any(digits[-SHORTEST_NUMBER:] in number for number in numbers)
