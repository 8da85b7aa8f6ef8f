"""From a name as written to words that compare: width, case, script, abbreviations, legal form.

`parse` gives the words with their marks (used by the index), `tokens` the words alone, `normalise` their text and `key`
the canonical key by which two spellings are the same name.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from anyascii import anyascii

from iris.matching.forms import organisation_types
from iris.matching.words import (
    LEGAL_AT_END,
    LEGAL_AT_START,
    LEGAL_CLASS,
    LEGAL_FORMS,
    LEGAL_JOINED,
    LEGAL_RUNS,
    LEGAL_UNSPACED,
    SAME_WORDS,
    STOP_WORDS,
    TAIL_WORDS,
)

MAX_LENGTH = 400  # characters read of a name; what follows is not compared
LONGEST_WORD = 48  # characters of one word; a longer one is cut into several

BODY, BRACKET, TAIL, TRADING = 0, 1, 2, 3  # where in a name a word stands

_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.\s?){2,}(?![^\W_]{2})", re.UNICODE)
_TRADING_AS = re.compile(r"(?<!\w)(?:t/as?|trading as|d/b/a|dba|doing business as|c/o)(?!\w)", re.I)
_OPENERS = re.compile(r"[(\[{«“„]|\s[-–—|]+\s|(?<!\w)(?:t/a|d/b/a|dba|trading|doing)", re.I)
_BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]?")
_DASH = re.compile(r"\s[-–—|]+\s")
_WORD = re.compile(r"[a-z0-9]+")
_NUMBER_SIGN = re.compile(r"\b(?:no|nr|num|number)\.?\s*(?=\d)")
_ELISION = re.compile(r"(?<!\w)[dl]['’](?=\w{2})")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "œ": "oe", "æ": "ae", "ß": "ss"}
)
_QUOTES = str.maketrans("", "", "'’‘`´ʼʻʹ·")
_UNSPACED = re.compile("|".join(re.escape(form) for form in LEGAL_UNSPACED))
_JOINED = re.compile("|".join(LEGAL_JOINED))
_RUN_STARTS = {run[0] for run in LEGAL_RUNS}
_LONGEST_RUN = max(len(run) for run in LEGAL_RUNS)


@dataclass(frozen=True)
class Normal:
    """A normalised name: `words` in order without the legal form, and the legal form's `legal` words."""

    words: tuple[str, ...]
    legal: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words joined by single spaces; the legal words when there is nothing else."""
        return " ".join(self.words or self.legal)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A name taken apart: non-legal `words`, the `place` of each (BODY, BRACKET, TAIL, TRADING), legal words."""

    words: tuple[str, ...]
    places: tuple[int, ...]
    legal: tuple[str, ...]


def _han_spaced(text: str) -> str:
    """Spaces around each Chinese character, so that transliterated syllables stay words."""
    if not any("㐀" <= char <= "鿿" or char >= "\U00020000" for char in text):
        return text
    return "".join(f" {c} " if "㐀" <= c <= "鿿" or c >= "\U00020000" else c for c in text)


def _segments(text: str) -> list[tuple[int, str]]:
    """The name's parts by place: the body, what stands in brackets, after a dash, after "trading as"."""
    if not _OPENERS.search(text):
        return [(BODY, text)]
    head, *trading = _TRADING_AS.split(text)
    parts: list[tuple[int, str]] = []
    body, *tails = _DASH.split(head)
    if not _WORD.search(anyascii(body)):
        body, tails = head, []
    inside = _BRACKETED.findall(body)
    outside = _BRACKETED.sub(" ", body) if inside else body
    if inside and not _WORD.search(anyascii(outside)):
        inside, outside = [], body
    parts.append((BODY, outside))
    parts.extend((BRACKET, one) for one in inside if one)
    parts.extend((TAIL, one) for one in tails if one.strip())
    if trading and not _WORD.search(anyascii(head)):
        return [(BODY, " ".join(trading))]
    parts.extend((TRADING, one) for one in trading if one.strip())
    return parts


def _legal_marked(text: str, legal: list[str]) -> str:
    """Take off the organisation types that rigour knows (several words or another script)."""
    for found, target in organisation_types(text):
        if len(found) < 5 or (found.isascii() and found.isalpha()):
            continue  # single words are weighed by where they stand
        at = text.find(found)
        while at >= 0:
            end = at + len(found)
            if not (at and text[at - 1].isalnum()) and not (end < len(text) and text[end].isalnum()):
                text = f"{text[:at]} {text[end:]}"
                legal.append("".join(_WORD.findall(anyascii(target).lower())) or target)
                break
            at = text.find(found, end)
    return text


def _ascii_words(text: str, legal: list[str]) -> list[str]:
    text = _legal_marked(text, legal)
    if "'" in text or "’" in text:
        text = _ELISION.sub(" ", text)
    if not text.isascii():
        text = anyascii(_han_spaced(text.translate(_QUOTES).translate(_UMLAUTS))).lower()
    if "." in text:
        text = _INITIALS.sub(lambda run: re.sub(r"[.\s]", "", run.group()) + " ", text)
    if "&" in text or "+" in text:
        text = text.replace("&", " and ").replace("+", " and ")
    if "n" in text:
        text = _NUMBER_SIGN.sub(" ", text)
    words = _WORD.findall(text.replace("'", "").replace("`", ""))
    if any(len(word) > LONGEST_WORD for word in words):
        words = [w[at : at + LONGEST_WORD] for w in words for at in range(0, len(w), LONGEST_WORD)]
    return words


def _runs_out(words: list[str], legal: list[str]) -> list[str]:
    """Take off legal forms of several words ("s r o", "cong ty tnhh")."""
    if not _RUN_STARTS.intersection(words):
        return words
    kept: list[str] = []
    at = 0
    while at < len(words):
        if words[at] in _RUN_STARTS:
            for length in range(min(_LONGEST_RUN, len(words) - at), 1, -1):
                form = LEGAL_RUNS.get(tuple(words[at : at + length]))
                if form:
                    legal.append(form)
                    at += length
                    break
            else:
                kept.append(words[at])
                at += 1
            continue
        kept.append(words[at])
        at += 1
    return kept


def _joined_out(words: list[str], legal: list[str]) -> list[str]:
    """Take off a transliterated legal form, however its syllables were grouped ("Zhushihui She")."""
    joined = "".join(words)
    found = _JOINED.search(joined)
    if found is None or len(found.group()) == len(joined):
        return words
    legal.append(LEGAL_JOINED[found.group()])
    kept: list[str] = []
    at = 0
    for word in words:
        left = word[: max(0, found.start() - at)]
        right = word[max(0, found.end() - at) :] if found.end() > at else word
        at += len(word)
        kept.extend(part for part in (left, right) if part)
    return kept


def _letters_joined(words: list[str]) -> list[str]:
    """Letters standing alone side by side are one word ("A B C Travel" is "abc travel", "O/S" is "os")."""
    if sum(len(word) == 1 for word in words) < 2:
        return words
    kept: list[str] = []
    open_run = False
    for word in words:
        single = len(word) == 1 and word.isalpha()
        if single and open_run:
            kept[-1] += word
        else:
            kept.append(word)
        open_run = single
    return kept


def _split_legal(words: list[str]) -> tuple[list[str], list[str]]:
    """Words and legal words; a short form counts as legal only at an end or beside another."""
    marks = [word in LEGAL_FORMS for word in words]
    last = len(words) - 1
    while last >= 0 and (marks[last] or words[last] in LEGAL_AT_END):
        marks[last] = True
        last -= 1
    for at, (one, two) in enumerate(pairwise(words)):
        if marks[at] and two in LEGAL_AT_END:
            marks[at + 1] = True
        if marks[at + 1] and one in LEGAL_AT_END:
            marks[at] = True
    if words and words[0] in LEGAL_AT_START:
        marks[0] = True
    return (
        [word for word, mark in zip(words, marks, strict=True) if not mark],
        [word for word, mark in zip(words, marks, strict=True) if mark],
    )


def _folded(name: str) -> str:
    text = name[:MAX_LENGTH]
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " if c.isspace() else "" for c in text)
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in text if c.isascii() or unicodedata.category(c)[0] not in "SC")


@lru_cache(maxsize=4_096)
def parse(name: str) -> Parsed:
    """Take a name apart. Empty for a name without a letter or digit of any script."""
    words: list[str] = []
    places: list[int] = []
    legal: list[str] = []
    text = _folded(name)
    if not text.isascii() and _UNSPACED.search(text):
        legal.extend(LEGAL_UNSPACED[form] for form in _UNSPACED.findall(text))
        text = _UNSPACED.sub(" ", text)
    for place, part in _segments(text):
        own = _letters_joined(_runs_out(_ascii_words(part, legal), legal))
        if len(own) > 1:
            own = _joined_out(own, legal)
        own, forms = _split_legal(own)
        legal.extend(forms)
        words.extend(SAME_WORDS.get(word, word) for word in own)
        places.extend([place] * len(own))
    kept = [(word, place) for word, place in zip(words, places, strict=True) if word not in STOP_WORDS]
    if kept and len(kept) < len(words):
        words, places = [word for word, _place in kept], [place for _word, place in kept]
    for at in range(len(words) - 1, 0, -1):
        if places[at] == BODY and words[at] not in TAIL_WORDS:
            break
        places[at] = places[at] or TAIL
    return Parsed(tuple(words), tuple(places), tuple(legal))


def tokens(name: str) -> Normal:
    """The normalised name. Empty for a name without a letter or digit."""
    parsed = parse(name)
    return Normal(parsed.words, parsed.legal)


def normalise(name: str) -> str:
    """The comparable text of a name ("Kali-Maru O/S Svcs (Pvt.) Ltd" -> "kali maru o s services")."""
    return tokens(name).text


def key_of(words: Iterable[str]) -> str:
    """The canonical key of words already normalised."""
    return " ".join(sorted(words))


def key(name: str) -> str:
    """The canonical key: non-legal words sorted and joined; equal keys are the same name in another order or form."""
    parsed = parse(name)
    return key_of(parsed.words or parsed.legal)


def legal_class(legal: Iterable[str]) -> str:
    """What the legal form comes to, writing apart ("private limited" and "ltd" are one)."""
    return " ".join(sorted({LEGAL_CLASS.get(word, word) for word in legal} - {"co"})) if legal else ""


def parts(name: str) -> list[str]:
    """The name and, for "X trading as Y", each side: extra rows for an index."""
    sides = [side.strip() for side in _TRADING_AS.split(name) if side.strip()]
    return [name, *sides] if len(sides) > 1 else [name]
