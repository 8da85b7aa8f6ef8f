"""The Standard in the reader's language, and a word where it is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation.trans_real import parse_accept_lang_header

from ..models import Criterion, Edition, Indicator, Principle, Translation
from ..rules import Extent
from ..rules.translations import EDITION, fields_of


def newest_translations(edition: Edition) -> dict[str, Translation]:
    """The newest version of each language an edition was ever loaded in."""
    rows = edition.translations.order_by("language", "-version").distinct("language")
    return {row.language: row for row in rows}


@dataclass(frozen=True)
class Language:
    """A language an edition can be read in."""

    code: str
    name: str
    direction: str = "ltr"


def language(code: str) -> Language:
    """A language by its code, with the name its speakers give it; the code where that is not known."""
    try:
        info = get_language_info(code)
    except KeyError:
        return Language(code, code)
    return Language(code, str(info["name_local"]).capitalize(), "rtl" if info["bidi"] else "ltr")


def languages_of(edition: Edition) -> list[Language]:
    """The languages an edition declares, its own first."""
    return [language(edition.language), *(language(row["code"]) for row in edition.languages)]


@dataclass(frozen=True)
class Reading:
    """An edition as one reader sees it: a part's text in the reader's language where there is one."""

    own: Language
    shown: Language
    extent: str = Extent.FULL
    note: str = ""
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    wanted: Language | None = None  # what the reader asked for, where the edition does not have it

    @property
    def translated(self) -> bool:
        """Whether the page is in another language than the edition's own."""
        return self.shown.code != self.own.code

    @property
    def partly(self) -> bool:
        """Whether some of the text stands in the edition's own language only."""
        return self.translated and self.extent != Extent.FULL

    @property
    def extent_label(self) -> str:
        """How much there is in this language, in words."""
        return str(Extent(self.extent).label)

    def text(self, part: Any, name: str) -> str:
        """One text of an edition, principle, criterion or indicator, in the reader's language or else its own."""
        key = EDITION if isinstance(part, Edition) else part.code
        stored = "text" if name == "intent" else name
        return self.texts.get(key, {}).get(name) or str(getattr(part, stored))

    def language_of(self, part: Any, name: str) -> str:
        """The language that text is in, for the page's lang attribute."""
        kinds = {Edition: EDITION, Principle: "principle", Criterion: "criterion", Indicator: "indicator"}
        names = fields_of(kinds[type(part)], self.extent)
        carried = name in names or (name == "applicable" and "guidance" in names)
        return self.shown.code if self.translated and carried else self.own.code


def reading(edition: Edition, asked: str = "", preferred: Iterable[str] = ()) -> Reading:
    """The edition for a reader who asked for a language, or prefers some over others."""
    own = language(edition.language)
    carried = {row["code"] for row in edition.languages}
    known = {own.code, *carried}
    wanted = language(asked) if asked and not {asked, asked.split("-")[0]} & known else None
    for code in [asked, *preferred]:
        short = code.split("-")[0]
        if code == own.code or short == own.code:
            return Reading(own, own, wanted=wanted)
        found = code if code in carried else short
        if found in carried:
            return _translated(edition, own, found, wanted)
    return Reading(own, own, wanted=wanted)


def _translated(edition: Edition, own: Language, code: str, wanted: Language | None) -> Reading:
    row = edition.translations.filter(language=code).order_by("-version").first()
    if row is None:
        return Reading(own, own, wanted=wanted)
    return Reading(own, language(code), row.extent, row.note, row.texts, wanted)


def preferred_languages(accept: str, user: Any) -> list[str]:
    """What the person chose, then what the browser asks for, in that order."""
    chosen = [user.language] if getattr(user, "is_authenticated", False) and user.language else []
    asked = [code for code, _weight in parse_accept_lang_header(accept or "")]
    return [*(code for code in chosen if code != "en"), *(code for code in asked if code != "*")]
