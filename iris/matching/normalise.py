"""From a name as written to text that compares: width, case, script, abbreviations, legal form."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from iris.matching.words import LEGAL_FORMS, LEGAL_RUNS, LEGAL_SUFFIXES, SAME_WORDS, STOP_WORDS

MAX_LENGTH = 400
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}", re.UNICODE)
_TRADING_AS = re.compile(r"\s+(?:t/a|trading as|d/b/a|dba)\s+", re.I)


@dataclass(frozen=True)
class Normal:
    """A normalised name: `words` in order without the legal form, and the legal form's `legal` words."""

    words: tuple[str, ...]
    legal: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words joined by single spaces; the legal words when there is nothing else."""
        return " ".join(self.words or self.legal)


def _han_spaced(text: str) -> str:
    """Spaces around each Chinese character, so that transliterated syllables stay words."""
    return "".join(f" {char} " if "CJK UNIFIED" in unicodedata.name(char, "") else char for char in text)


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKC", name[:MAX_LENGTH]).casefold()
    for form in LEGAL_SUFFIXES:
        text = text.replace(form, " ") if text != form else text
    text = _INITIALS.sub(lambda run: run.group().replace(".", ""), text)
    text = text.replace("&", " and ").replace("+", " and ").replace("'", "").replace("’", "")
    text = text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ø", "oe").replace("å", "aa")
    text = anyascii(_han_spaced(text)).lower()
    return re.sub(r"[^a-z0-9]+", " ", text.replace("'", "").replace("`", "")).strip()


def _legal_run_at(words: list[str], index: int) -> int:
    return next((len(run) for run in LEGAL_RUNS if tuple(words[index : index + len(run)]) == run), 0)


@lru_cache(maxsize=65_536)
def tokens(name: str) -> Normal:
    """The normalised name. Empty for a name without a letter or digit."""
    words = _plain(name).split()
    kept: list[str] = []
    legal: list[str] = []
    index = 0
    while index < len(words):
        run = _legal_run_at(words, index)
        if run:
            legal.append("".join(words[index : index + run]))
            index += run
            continue
        word = words[index]
        if word in LEGAL_FORMS:
            legal.append(word)
        else:
            kept.append(SAME_WORDS.get(word, word))
        index += 1
    meaningful = tuple(word for word in kept if word not in STOP_WORDS) or tuple(kept)
    return Normal(meaningful, tuple(legal))


def normalise(name: str) -> str:
    """The comparable text of a name ("Kali-Maru O/S Svcs (Pvt.) Ltd" -> "kali maru o s services")."""
    return tokens(name).text


def key(name: str) -> str:
    """The canonical key: non-legal words sorted and joined; equal keys are the same name in another order or form."""
    normal = tokens(name)
    return " ".join(sorted(normal.words or normal.legal))


def parts(name: str) -> list[str]:
    """The name and, for "X trading as Y", each side: extra rows for an index."""
    sides = [side.strip() for side in _TRADING_AS.split(name) if side.strip()]
    return [name, *sides] if len(sides) > 1 else [name]
