"""Numbers of licences: what makes two of them the same, what only makes them look alike, and how they usually look."""

from __future__ import annotations

import re
import unicodedata

from .registers import RegisterSpec

SEPARATORS = "/-\\–—|"
# Signs that people and scanners take for one another. Only ever a hint.
ALIKE = str.maketrans({"o": "0", "q": "0", "i": "1", "l": "1", "s": "5", "b": "8", "z": "2", "g": "6"})
LONGEST_KEY = 240


def plain(text: str) -> str:
    """Compatibility forms folded and the digits of every script as 0 to 9."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(
        str(unicodedata.digit(letter)) if unicodedata.category(letter) == "Nd" else letter
        for letter in folded
    )


def number_key(spec: RegisterSpec | None, number: str) -> str:
    """The number as it is compared: script, case, spaces, marks and the register's own prefix do not count.

    A separator between two groups of digits does count: 12/34 is not 1/234.
    """
    text = plain(number).casefold()
    for prefix in sorted(spec.prefixes if spec else (), key=len, reverse=True):
        text = re.sub(rf"^\W*{re.escape(plain(prefix).casefold())}(?![^\W\d_])[\s:.\-/#№]*", "", text)
    groups = [
        "".join(letter for letter in part if letter.isalnum() or unicodedata.category(letter).startswith("M"))
        for part in re.split(f"[{re.escape(SEPARATORS)}]", text)
    ]
    groups = [group for group in groups if group]
    if spec and spec.drop_zeros:
        groups = [group.lstrip("0") or "0" if group.isdigit() else group for group in groups]
    key = ""
    for group in groups:
        key += f".{group}" if key and key[-1].isdigit() and group[0].isdigit() else group
    return key[:LONGEST_KEY]


def alike_key(key: str) -> str:
    """The same for numbers that look alike at a glance: 0 and O, 1 and I, 5 and S, groups run together."""
    return key.translate(ALIKE).replace(".", "")


def usual_shape(spec: RegisterSpec | None, number: str) -> bool:
    """Whether the number looks as numbers of this register usually do; True where no shape is known."""
    if spec is None or not spec.shapes or not number.strip():
        return True
    text = re.sub(r"\s+", " ", plain(number).strip())
    return any(
        shape.pattern.fullmatch(text) or shape.pattern.fullmatch(text.replace(" ", ""))
        for shape in spec.shapes
    )
