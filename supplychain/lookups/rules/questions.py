"""What may be asked: how a text is cleaned without losing anything of it, and why some texts name nobody. Pure."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from itertools import islice

from iris.matching import tokens

LETTERS_AND_DIGITS = ("L", "N")
SCRIPTS = (
    "LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC",
    "DEVANAGARI", "BENGALI", "TAMIL", "THAI", "HANGUL", "CJK", "HIRAGANA",
    "KATAKANA", "SINHALA", "MYANMAR", "KHMER", "ETHIOPIC",
)  # fmt: skip
TOGETHER = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL"})


@dataclass(frozen=True)
class Asked:
    """One question: who is meant, and for which case the certificate should hold."""

    text: str
    country: str = ""
    origin: str = ""
    destination: str = ""
    sector: str = ""
    branch: str = ""
    on: date | None = None


def unseen(text: str) -> list[str]:
    """Characters of a text that nobody can see or type, each by its code, once."""
    found = [
        one for one in text if unicodedata.category(one) in ("Cc", "Cs", "Co", "Cn") and one not in "\t\n\r"
    ]
    return [f"U+{ord(one):04X}" for one in dict.fromkeys(found)]


def clean(text: str) -> str:
    """The text with spaces in place of characters that cannot be seen, and with single spaces."""
    if text.isprintable():  # nothing of these kinds, and no space but the plain one
        return " ".join(text.split())
    plain = "".join(" " if unicodedata.category(one) in ("Cc", "Cs", "Co", "Cn") else one for one in text)
    return " ".join(plain.split())


def problem_with(text: str) -> str:
    """Why a text names nobody: `nothing`, `one_letter`, `legal_form`; empty when it may be searched."""
    signs = list(islice((one for one in text if unicodedata.category(one)[0] in LETTERS_AND_DIGITS), 2))
    if not signs:
        return "nothing"
    if len(signs) == 1 and not _stands_for_a_word(signs[0]):
        return "one_letter"
    normal = tokens(text)
    if not normal.words:
        return "legal_form" if normal.legal else "nothing"
    return ""


def mixed_scripts(text: str) -> list[str]:
    """Words whose letters are of two scripts, as when a Cyrillic letter stands for a Latin one that looks alike."""
    return [word for word in text.split() if len(_scripts(word)) > 1]


def _stands_for_a_word(sign: str) -> bool:
    return _script(sign) in TOGETHER


def _scripts(word: str) -> set[str]:
    found = {_script(one) for one in word if unicodedata.category(one)[0] == "L"} - {""}
    return {"EAST"} if found and found <= TOGETHER else found


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    if name.startswith("FULLWIDTH LATIN"):
        return "LATIN"
    return next((script for script in SCRIPTS if name.startswith(script)), "")
