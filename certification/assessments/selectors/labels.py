"""The dictionary of disguises: as it was at a moment, as the scheme keeps it, as workers read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from babel import Locale
from django.utils.translation import get_language

from certification.assessments import shipped
from certification.assessments.models import LabelTerm, in_force
from certification.assessments.rules import Dictionary, Watched
from certification.assessments.states import DisguiseKind


@dataclass(frozen=True)
class WordGroup:
    """The watched words of one kind in one language, with the reason once."""

    kind: DisguiseKind
    why: str
    terms: list[str]


@dataclass(frozen=True)
class Language:
    """A language of the dictionary, in the reader's words and in its own."""

    code: str
    name: str
    own_name: str
    rtl: bool


def dictionary_at(at: datetime | None = None) -> Dictionary:
    """The words that were watched at a moment; those shipped where the scheme has loaded none yet."""
    fields = ("term", "lang", "script", "kind", "category", "why", "reviewed")
    rows = in_force(LabelTerm, at).order_by("created_at", "valid_from", "pk").values_list(*fields)
    words = [Watched(*row) for row in rows]
    if not words and not LabelTerm.objects.exists():
        words = [word.watched for word in shipped.words()]
    return Dictionary(words)


def languages_of(words: Iterable[Watched]) -> list[Language]:
    """The languages there are words in, by their name."""
    return sorted((language(code) for code in {word.lang for word in words}), key=lambda row: row.name)


def language(code: str) -> Language:
    """How a language is called here and there."""
    locale = Locale.parse(code, sep="-")
    own = locale.get_display_name() or code
    name = locale.get_display_name((get_language() or "en").replace("-", "_")) or own
    return Language(code, name, own, locale.text_direction == "rtl")


def word_groups(words: Iterable[Watched], lang: str) -> list[WordGroup]:
    """What workers read: the words of one language by kind, each kind with its reason."""
    groups: dict[str, WordGroup] = {}
    for word in words:
        if word.lang == lang:
            group = groups.setdefault(word.kind, WordGroup(DisguiseKind(word.kind), word.why, []))
            group.terms.append(word.term)
    order = list(DisguiseKind)
    return sorted(groups.values(), key=lambda group: order.index(group.kind))
