"""How much two agencies resemble each other, and why. Pure: facts in, reasons with weights out. Never a verdict."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from django.utils.translation import gettext as _

from certification.agencies.states import LikenessStrength
from iris import matching

_DATA = Path(__file__).with_name("likeness.yaml")
PERSON_CODES = ("identity", "born", "officer")
SHORTEST_PHONE = 7
PHONE_TAIL = 9


@dataclass(frozen=True)
class Weights:
    """likeness.yaml as read."""

    points: dict[str, int]
    hard: frozenset[str]
    standing: int
    declared: int
    common_from: int
    common_percent: int
    soft_cap: int
    shown_from: int
    strong: int
    medium: int
    near_name: float
    address_words: dict[str, str]
    open_domains: frozenset[str]


@functools.cache
def weights() -> Weights:
    """The weights in force."""
    data: dict[str, Any] = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return Weights(
        points={code: int(row["points"]) for code, row in data["reasons"].items()},
        hard=frozenset(code for code, row in data["reasons"].items() if row["hard"]),
        standing=data["standing"],
        declared=data["declared"],
        common_from=data["common"]["from"],
        common_percent=data["common"]["percent"],
        soft_cap=data["soft_cap"],
        shown_from=data["shown_from"],
        strong=data["strength"]["strong"],
        medium=data["strength"]["medium"],
        near_name=data["near_name"] / 100,
        address_words=data["address_words"],
        open_domains=frozenset(data["open_domains"]),
    )


@dataclass(frozen=True)
class Shared:
    """One fact that both agencies have: which kind, in words, who it is about, and how many agencies have it."""

    code: str
    words: str
    about: str = ""
    held_by: int = 2
    score: float = 1.0
    other_words: str = ""
    mark: str = ""

    def turned(self) -> Shared:
        """The same, told from the other side."""
        return replace(self, words=self.other_words or self.words, other_words=self.words)


@dataclass(frozen=True)
class Context:
    """What is known of the other agency and of the two together."""

    weighs: bool = False
    standing_words: str = ""
    declared: str = ""


@dataclass(frozen=True)
class Weighed:
    """The reasons with their points, the sum, and what it amounts to."""

    points: int
    strength: LikenessStrength
    reasons: list[dict[str, Any]]

    @property
    def shown(self) -> bool:
        """Whether it is worth a person's time."""
        return self.points >= weights().shown_from


def weigh(shared: Iterable[Shared], context: Context) -> Weighed:
    """Put the facts together. Soft facts alone are capped; of one person only the strongest fact counts."""
    known = weights()
    facts = _strongest_per_person(shared)
    reasons = [_reason(fact) for fact in facts]
    hard = any(fact.code in known.hard for fact in facts)
    total = sum(int(reason["points"]) for reason in reasons)
    if not hard:
        total = min(total, known.soft_cap) if context.weighs else 0
    if context.weighs and reasons:
        points = known.standing if hard else 0
        reasons.append({"code": "standing", "points": points, "words": context.standing_words})
        total += points
    if context.declared and reasons:
        reasons.append({"code": "declared", "points": known.declared, "words": context.declared})
        total += known.declared
    total = max(0, total)
    return Weighed(total, strength_of(total), reasons)


def strength_of(points: int) -> LikenessStrength:
    """Weak, medium or strong."""
    if points >= weights().strong:
        return LikenessStrength.STRONG
    return LikenessStrength.MEDIUM if points >= weights().medium else LikenessStrength.WEAK


def _strongest_per_person(shared: Iterable[Shared]) -> list[Shared]:
    best: dict[tuple[str, str], Shared] = {}
    for fact in shared:
        group = "person" if fact.code in PERSON_CODES else fact.code
        place = (group, fact.about or fact.words)
        known = best.get(place)
        if known is None or _points(fact) > _points(known):
            best[place] = fact
    names = [fact for fact in best.values() if fact.code == "name"]
    rest = [fact for fact in best.values() if fact.code != "name"]
    return [*rest, *sorted(names, key=_points)[-1:]]


def _points(fact: Shared) -> int:
    known = weights()
    points = known.points[fact.code] * fact.score
    if fact.held_by >= known.common_from:
        points *= known.common_percent / 100
    return round(points)


def _reason(fact: Shared) -> dict[str, Any]:
    return {
        "code": fact.code,
        "points": _points(fact),
        "words": fact.words,
        "other_words": fact.other_words,
        "held_by": fact.held_by,
        "mark": fact.mark,
    }


def sentence(reason: dict[str, Any]) -> str:
    """A reason in words, for a person to check."""
    words = str(reason.get("words", ""))
    other = str(reason.get("other_words", "") or words)
    told = {
        "identity": _("The same owner or director by the number of an identity document: %(words)s."),
        "identifier": _("The same number in a register: %(words)s."),
        "licence": _("The same licence number: %(words)s."),
        "born": _("An owner or director of the same name, born in the same year: %(words)s."),
        "domain": _("The same web or mail address: %(words)s."),
        "phone": _("The same phone number: %(words)s."),
        "address": _("The same address: %(words)s."),
        "name": _("A near name: “%(words)s” and “%(other)s”."),
        "officer": _(
            "An owner or director of the same name; nothing else says it is the same person: %(words)s."
        ),
        "standing": _("Standing. %(words)s."),
        "declared": _("Named as its %(words)s by one of the two: that speaks for an open link."),
    }.get(str(reason.get("code")), "%(words)s")
    text = told % {"words": words, "other": other}
    held = int(reason.get("held_by", 2))
    if held >= weights().common_from:
        text += " " + _("%(count)s agencies have it, so it says less.") % {"count": held}
    return text


# -- what is compared ---------------------------------------------------------------------------------------------


def phone_key(phone: str) -> str:
    """The last nine digits: with or without the country code, in any script; empty when there are too few."""
    digits = "".join(str(unicodedata.digit(sign)) for sign in phone if sign.isdigit())
    digits = digits.lstrip("0")
    return digits[-PHONE_TAIL:] if len(digits) >= SHORTEST_PHONE else ""


def domain_of(address: str) -> str:
    """The domain of an e-mail or web address; empty for one where anybody has a mailbox or page."""
    text = address.strip().lower()
    if "://" in text:
        host = urlsplit(text).hostname or ""
    elif "@" in text:
        host = text.rpartition("@")[2]
    else:
        host = text.partition("/")[0]
    host = host.removeprefix("www.").rstrip(".")
    known = weights().open_domains
    return "" if not host or "." not in host or host in known else host


def address_key(address: str, city: str, country: str) -> str:
    """An address as it compares: plain letters, the same abbreviations, words in order of the alphabet.

    Empty when there is no digit in it: a street or quarter alone is no address two agencies share.
    """
    plain = matching.normalise(re.sub(r"[,;\n/#.-]+", " ", address))
    known = weights().address_words
    words = [known.get(word, word) for word in plain.split()]
    kept = sorted({word for word in words if word} - set(matching.normalise(city).split()))
    if len(kept) < 2 or not any(sign.isdigit() for word in kept for sign in word):
        return ""
    return f"{country}|{matching.normalise(city)}|{' '.join(kept)}"


def person_key(name: str) -> str:
    """A person's name as it compares: plain letters, words in order of the alphabet."""
    return matching.key(name)
