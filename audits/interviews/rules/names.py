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
        "angel",
        "april",
        "art",
        "august",
        "bill",
        "bless",
        "blessing",
        "boy",
        "charity",
        "dawn",
        "don",
        "faith",
        "gift",
        "grace",
        "happy",
        "hope",
        "joy",
        "june",
        "king",
        "long",
        "love",
        "lucky",
        "man",
        "mark",
        "may",
        "mercy",
        "monday",
        "patience",
        "pay",
        "pearl",
        "precious",
        "prince",
        "rich",
        "rose",
        "son",
        "sonny",
        "song",
        "star",
        "sun",
        "sunday",
        "than",
        "van",
        "will",
        "win",
        "wise",
        "young",
    ]
)
_LATIN = re.compile(r"[a-z0-9]+")
# What languages without capitals hang on a name, in Latin letters: Nepali and Hindi, Bengali.
_ENDINGS = frozenset(
    (
        *(
            "le",
            "lai",
            "ko",
            "ka",
            "ki",
            "ma",
            "bata",
            "sng",
            "snga",
            "hru",
            "ji",
            "dai",
            "didi",
            "bhai",
            "ne",
            "se",
        ),
        *("ke", "er", "r", "ra", "te", "e", "der", "k"),
    )
)
# Scripts that write no blank between words.
_UNSPACED = frozenset(["CJK", "THAI", "LAO", "KHMER", "MYANMAR", "HIRAGANA", "KATAKANA"])
_BEGINNINGS = frozenset(
    ["l", "w", "b", "f", "k", "al", "wl", "bal", "wal", "ll"]
)  # Arabic: to, and, with, the
_NUMBER = re.compile(r"\d(?:[\s().\-/]{0,3}\d){6,}")
_PASSPORT = re.compile(r"\b([A-Z]{1,2})[ .\-]?(\d(?:[ .\-]?\d){5,8})\b")
_DAY = re.compile(r"\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2}|\d{1,2}[.\-/]\d{1,2}[.\-/]\d{4}")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_BORN_ON = re.compile(
    rf"\d{{1,4}}[.\-/]\d{{1,2}}[.\-/]\d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTHS})[a-z]*,? \d{{4}}"
    rf"|(?:{_MONTHS})[a-z]* \d{{1,2}},? \d{{4}}",
    re.I,
)
_BIRTH = re.compile(
    r"\bborn\b|\bbirth|\bd\.?o\.?b\b|जन्म|জন্ম|مواليد|ولد|ميلاد|lahir|kapanganakan|ipinanganak|народ|urodz|naroz",
    re.I,
)
NEAR_BIRTH = 40
# Two letters before a sum are money, not a passport.
_MONEY = frozenset(
    ["RM", "RS", "TK", "KD", "QR", "SR", "RP", "HK", "BD", "NT", "US", "A", "S", "CZ", "KC", "ZL"]
)
_SUM = re.compile(r"\b\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{2})?\b(?! ?\d)")
_SPELLED = re.compile(
    r"\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double)[\s,\-]+){6,}\w+", re.I
)
_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\. ?){2,4}")
_PLACES = frozenset(["us", "uk", "uae", "un", "eu", "ai", "eg", "ie", "am", "pm", "no", "id", "hr"])
_AT = re.compile(r"\s*[\[({]\s*at\s*[\])}]\s*|\s+at\s+", re.I)
_DOT = re.compile(r"\s*[\[({]\s*dot\s*[\])}]\s*|\s+dot\s+", re.I)
_DASH = re.compile("[\u2010-\u2015\u2212]")
_VOWELS = re.compile(r"[aeiouyw']")
_DIGRAPH = re.compile(r"([bcdgjkpst])h")


@dataclass(frozen=True)
class KnownPerson:
    """One opened identity, as long as a text is checked."""

    name: str
    contact: str = ""
    reference: str = ""


@dataclass(frozen=True)
class _Word:
    """A word in Latin letters. `marked`: written with a capital, or in a script that has none.

    `unspaced`: of a script without blanks between words, so that it may be a whole sentence.
    """

    plain: str
    marked: bool
    foreign: bool
    unspaced: bool = False


def found_in(text: str, people: Iterable[KnownPerson]) -> Hit | None:
    """What of these people the text gives away: any part of a name in any script, a phone, an address, a reference."""
    words = _words(text)
    initials = {re.sub(r"\W", "", found).casefold() for found in _INITIALS.findall(text)} - _PLACES
    numbers = _numbers(text)
    plain = _western(_shown(text)).casefold()
    for person in people:
        if _called(person.name, words, initials):
            return "name"
        if _contacted(person.contact, numbers, plain):
            return "contact"
        if (
            len(person.reference) > SHORTEST_PART
            and _western(_shown(person.reference)).casefold().strip() in plain
        ):
            return "reference"
    return None


def looks_like_a_number(text: str) -> bool:
    """Whether the text holds what could be a phone, a passport number or a date of birth of anybody."""
    shown = _western(_shown(text))
    passports = [one for one in _PASSPORT.findall(shown) if one[0] not in _MONEY]
    return bool(_numbers(text) or passports or _SPELLED.search(shown) or _born(shown))


def _born(text: str) -> bool:
    """A whole date beside a word for birth."""
    return any(
        _BORN_ON.search(text[max(0, found.start() - NEAR_BIRTH) : found.end() + NEAR_BIRTH])
        for found in _BIRTH.finditer(text)
    )


def _shown(text: str) -> str:
    """The text as it is read: one form of each letter and dash, without signs that nobody sees."""
    normal = _DASH.sub("-", unicodedata.normalize("NFKC", text))
    return "".join(char for char in normal if unicodedata.category(char) != "Cf")


def _western(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(
        str(unicodedata.digit(char)) if unicodedata.category(char) == "Nd" else char for char in text
    )


def _words(text: str) -> list[_Word]:
    """The words of a text in order, in Latin letters, lower case, whatever script they were written in."""
    found, run = [], ""
    for char in _shown(text) + " ":
        if unicodedata.category(char)[0] in "LMN":
            run += char
        elif run:
            foreign = any(ord(one) > 0x24F and unicodedata.category(one)[0] == "L" for one in run)
            cased = run[0].isupper() or run[0].islower()
            unspaced = unicodedata.name(run[0], "").split(" ")[0] in _UNSPACED
            for part in _LATIN.findall(anyascii(run).lower()):
                found.append(_Word(part, run[0].isupper() or not cased, foreign, unspaced))
            run = ""
    return found


def _called(name: str, words: list[_Word], initials: set[str]) -> bool:
    """Whether a name, or any part of it that says enough, is among the words."""
    parts = _words(name)
    plain = [part.plain for part in parts]
    if len(plain) > 1 and "".join(part[0] for part in plain) in initials:
        return True
    return any(_named(part, words) for part in parts) or _joined(plain, words)


def _named(part: _Word, words: list[_Word]) -> bool:
    if len(part.plain) < SHORTEST_PART:
        return False
    bones = _bones(part.plain)
    for word in words:
        if word.plain == part.plain and (word.marked or part.plain not in EVERYDAY):
            return True
        if word.foreign and part.plain in _bare(word.plain):
            return True
        if word.unspaced and len(part.plain) > SHORTEST_PART and part.plain in word.plain:
            return True
        if word.marked and _alike(part, word) and bones & _bones_of(word):
            return True
    return False


def _alike(part: _Word, word: _Word) -> bool:
    """Between scripts vowels are guesses; within Latin letters only the spelling of the same sound may differ."""
    if part.foreign or word.foreign:
        return True
    return (
        len(part.plain) > 4 and part.plain[0] == word.plain[0] and abs(len(part.plain) - len(word.plain)) < 3
    )


def _bare(word: str) -> set[str]:
    """A word without what its language may have hung on it."""
    ends = {word[: -len(one)] for one in _ENDINGS if word.endswith(one)}
    return ends | {word[len(one) :] for one in _BEGINNINGS if word.startswith(one)}


def _bones_of(word: _Word) -> set[str]:
    forms = {word.plain, *(_bare(word.plain) if word.foreign else ())}
    return set().union(*(_bones(form) for form in forms))


def _bones(word: str) -> set[str]:
    """The consonants, doubles once and like sounds alike: with the h of kh, sh, bh and without it; three at least."""
    folded = word.replace("x", "ks").replace("q", "k").replace("f", "p")
    found = set()
    for one in (folded, _DIGRAPH.sub(r"\1", folded)):
        bare = re.sub(r"(.)\1+", r"\1", _VOWELS.sub("", one))
        if len(bare) >= SHORTEST_PART:
            found.add(bare)
    return found


def _joined(parts: list[str], words: list[_Word]) -> bool:
    """Short parts one after the other in either order, or all of a name written as one word."""
    if len(parts) < 2:
        return False
    orders = (parts, parts[::-1])
    for whole in map("".join, orders):
        if len(whole) > SHORTEST_PART and any(
            whole == word.plain or (word.unspaced and whole in word.plain) for word in words
        ):
            return True
    size = len(parts)
    runs = [words[at : at + size] for at in range(len(words) - size + 1)]
    short = all(len(part) < SHORTEST_PART for part in parts)
    return any(
        [w.plain for w in run] in orders
        and (all(w.marked for w in run) or (short and [w.plain for w in run] == parts))
        for run in runs
    )


def _numbers(text: str) -> list[str]:
    """Long numbers, whatever their digits and what divides them; neither days nor sums in thousands."""
    western = _SUM.sub(" ", _DAY.sub(" ", _western(_shown(text))))
    return [re.sub(r"\D", "", found) for found in _NUMBER.findall(western)]


def _contacted(contact: str, numbers: list[str], plain: str) -> bool:
    told = _western(_shown(contact)).strip().casefold()
    if "@" in told:
        written = _DOT.sub(".", _AT.sub("@", plain))
        return told in plain or told in written
    digits = re.sub(r"\D", "", _western(told))
    if len(digits) >= SHORTEST_NUMBER:
        return any(digits[-SHORTEST_NUMBER:] in number for number in numbers)
    return len(told) > SHORTEST_PART and any(char.isalpha() for char in told) and told in plain
