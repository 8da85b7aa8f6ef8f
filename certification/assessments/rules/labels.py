"""Labels that hide a fee: how a watched word is found in a label. Pure; the words themselves are rows of the scheme.

Latin script is compared as iris.matching compares names, word by word, so that case, accents and spacing do not
matter and an inflected form is found. Other scripts are compared as written, and once more by the sound of their
consonants, so that a word of Nepali written in Latin letters is found too. A match is a question, never a verdict.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from certification.assessments.states import Category
from iris.matching import tokens

# Endings of cases and numbers that a word may have more of than the term, in letters.
ENDING = {"es": 3, "id": 3, "tl": 2, "vi": 0, "pl": 4, "cs": 4, "uk": 4}
# Languages whose words change their last vowel with the case: the vowel is left out of the comparison.
CHANGES_VOWEL = frozenset({"pl", "cs", "uk"})
# Scripts that write no spaces, or whose words take prefixes: found anywhere in the label.
ANYWHERE = frozenset({"Thai", "Mymr", "Khmr", "Hans", "Arab"})
SCRIPTS = {
    "LATIN": "Latn",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "ARABIC": "Arab",
    "CYRILLIC": "Cyrl",
    "SINHALA": "Sinh",
    "TAMIL": "Taml",
    "THAI": "Thai",
    "MYANMAR": "Mymr",
    "KHMER": "Khmr",
    "CJK": "Hans",
}
VOWELS = "aeiouyаеиіоуяюєїьąęóěůúáéíý"
SHORTEST_STEM = 4
SHORTEST_SOUND = 3
CLEAR_SOUND = 4  # fewer consonants are only compared in words that are long
LONG_WORD = 7
# Letters that Arabic, Persian and Urdu write differently, or that people confuse.
_ARABIC = str.maketrans(dict(zip("أإآىیکةۃہھ", "اااييكهههه", strict=True)))
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640\u200b-\u200f]")


@dataclass(frozen=True)
class Watched:
    """One word of the dictionary with what the scheme says about it."""

    term: str
    lang: str
    script: str
    kind: str
    category: str
    why: str
    reviewed: bool = False


@dataclass(frozen=True)
class Disguise:
    """A word in a label that often hides a fee, why it is watched and the category it usually belongs to."""

    term: str
    lang: str
    why: str
    category: str
    kind: str = ""


@dataclass(frozen=True)
class _Text:
    """A label made ready once: its Latin words, its text as written, its words and the sounds of its Latin words."""

    words: tuple[str, ...]
    plain: str
    own_words: tuple[str, ...]
    sounds: tuple[str, ...]


class Dictionary:
    """The watched words of one moment, asked label by label."""

    def __init__(self, words: Iterable[Watched]) -> None:
        self.words = tuple(words)

    def find(self, label: str) -> list[Disguise]:
        """The watched words that this label holds, one per kind of disguise, in the order of the dictionary."""
        text = _read(label)
        found: dict[str, Disguise] = {}
        for word in self.words:
            if word.kind not in found and _holds(text, word):
                found[word.kind] = Disguise(word.term, word.lang, word.why, word.category, word.kind)
        return list(found.values())


def disguises_that_matter(
    found: Sequence[Disguise], *, borne_by_employer: bool, proven: bool
) -> list[Disguise]:
    """Those to show beside a cost: a fee that the employer provably paid hides nothing, a bond does."""
    if borne_by_employer and proven:
        return [disguise for disguise in found if disguise.category == Category.X]
    return list(found)


def script_of(term: str) -> str:
    """The ISO 15924 code of the script a term is written in, by its first letter."""
    letter = next((char for char in term if char.isalpha()), "a")
    return SCRIPTS.get(unicodedata.name(letter, "LATIN").split()[0], "Zyyy")


@lru_cache(maxsize=4_096)
def _read(label: str) -> _Text:
    words = tokens(label).words
    plain = _plain(label)
    return _Text(
        words, plain, tuple(re.split(r"[\s,.;:()/\-]+", plain)), tuple(_clear(word) for word in words)
    )


def _plain(text: str) -> str:
    """Lower case, one space between words, Latin accents and Arabic points dropped; vowel signs of India kept."""
    folded = _MARKS.sub("", unicodedata.normalize("NFKC", text).casefold()).translate(_ARABIC)
    decomposed = unicodedata.normalize("NFD", folded)
    kept = "".join(mark for mark in decomposed if not 0x0300 <= ord(mark) <= 0x036F)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", kept)).strip()


def _holds(text: _Text, word: Watched) -> bool:
    if word.script == "Latn":
        return _in_a_row(text.words, tokens(word.term).words, word.lang)
    plain = _plain(word.term)
    if word.script == "Cyrl":
        return _in_a_row(text.own_words, tuple(plain.split()), word.lang) or _sounds_like(text, word.term)
    if plain in text.plain and (word.script in ANYWHERE or f" {plain}" in f" {text.plain}"):
        return True
    return word.script in {"Deva", "Beng"} and _sounds_like(text, word.term)


def _in_a_row(words: Sequence[str], wanted: Sequence[str], lang: str) -> bool:
    """Whether the wanted words stand side by side in the label, each in some form of its own."""
    if not wanted or len(words) < len(wanted):
        return False
    return any(
        all(_is_form_of(words[start + step], one, lang) for step, one in enumerate(wanted))
        for start in range(len(words) - len(wanted) + 1)
    )


def _is_form_of(word: str, term: str, lang: str) -> bool:
    if word == term:
        return True
    if lang == "en":
        return word in _english_forms(term)
    stem = term.rstrip(VOWELS) if lang in CHANGES_VOWEL and len(term) > SHORTEST_STEM else term
    if len(stem) < SHORTEST_STEM:
        return False
    return word.startswith(stem) and len(word) - len(stem) <= ENDING.get(lang, 0)


def _english_forms(term: str) -> tuple[str, ...]:
    plural = f"{term[:-1]}ies" if term.endswith("y") else f"{term}s"
    return (plural, f"{term}es", f"{term}ed", term.removesuffix("s"))


@lru_cache(maxsize=4_096)
def _sound(word: str) -> str:
    """The consonants of a romanised word, as people spell them differently: v as b, ph as f, no h, no doubles."""
    plain = word.replace("ph", "f").replace("ch", "c").replace("v", "b").replace("w", "b").replace("z", "j")
    bare = re.sub(r"[aeiouyh]", "", plain)
    return re.sub(r"(.)\1+", r"\1", bare)


def _clear(word: str) -> str:
    """The sound of a word of the label, where it says enough to be compared."""
    sound = _sound(word)
    return sound if len(sound) >= CLEAR_SOUND or len(word) >= LONG_WORD else ""


def _sounds_like(text: _Text, term: str) -> bool:
    """Whether the label has the term's words in Latin letters, by their consonants."""
    wanted = tuple(_sound(word) for word in tokens(term).words)
    if not wanted or min(len(sound) for sound in wanted) < SHORTEST_SOUND:
        return False
    width = len(wanted)
    return any(text.sounds[at : at + width] == wanted for at in range(len(text.sounds) - width + 1))
