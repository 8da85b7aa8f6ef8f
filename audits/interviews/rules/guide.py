"""The guide, the consent and the hotlines as data. Pure: files in, dataclasses out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_DATA = Path(__file__).resolve().parents[1] / "data"
ENGLISH = "en"
RIGHT_TO_LEFT = frozenset({"ar", "ur", "fa"})


@dataclass(frozen=True)
class Said:
    """A text in the language asked for, or in English where that is missing."""

    text: str
    lang: str
    fallback: bool = False
    reviewed: bool = False

    @property
    def rtl(self) -> bool:
        """Whether it runs from right to left."""
        return is_rtl(self.lang)


@dataclass(frozen=True)
class Question:
    """One question of the guide with its answers."""

    id: str
    group: str
    kinds: tuple[str, ...]
    indicators: tuple[str, ...]
    answers: tuple[str, ...]
    signs: frozenset[str]
    against: frozenset[str]
    ilo: int | None
    text: str


@dataclass(frozen=True)
class Group:
    """Questions that stand on one page."""

    id: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Guide:
    """One version of the guide."""

    version: str
    source: str
    groups: tuple[Group, ...]
    questions: Mapping[str, Question]
    answers: Mapping[str, str]
    ilo: Mapping[int, str]

    def groups_for(self, kind: str) -> list[Group]:
        """The pages for one kind of person, only with the questions meant for it."""
        found = []
        for group in self.groups:
            asked = tuple(one for one in group.questions if kind in one.kinds)
            if asked:
                found.append(Group(group.id, group.title, asked))
        return found

    def title(self, group: Group, lang: str) -> Said:
        """A group's title as said in a language."""
        return _said("groups", group.id, group.title, lang)

    def ask(self, question: Question, lang: str) -> Said:
        """A question as said in a language."""
        return _said("questions", question.id, question.text, lang)

    def answer(self, code: str, lang: str) -> Said:
        """An answer as said in a language."""
        return _said("answers", code, self.answers.get(code, code), lang)


@dataclass(frozen=True)
class Consent:
    """The consent text in one language."""

    version: str
    lang: str
    title: str
    points: tuple[str, ...]
    ask: str
    fallback: bool
    reviewed: bool

    @property
    def rtl(self) -> bool:
        """Whether it runs from right to left."""
        return is_rtl(self.lang)


@dataclass(frozen=True)
class Hotline:
    """Where a person in danger can call. Without a number the page says that none is on file."""

    country: str
    name: str = ""
    channel: str = "phone"
    number: str = ""
    source: str = ""
    reviewed: bool = False


@cache
def _file(name: str) -> Any:
    return yaml.safe_load((_DATA / name).read_text(encoding="utf-8"))


@cache
def _translation(lang: str) -> Mapping[str, Any]:
    path = _DATA / "languages" / f"{lang}.yaml"
    if not lang.isalpha() or not path.is_file():
        return {}
    found: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@cache
def languages() -> tuple[str, ...]:
    """Languages in which the guide and the consent are written."""
    return (ENGLISH, *sorted(path.stem for path in (_DATA / "languages").glob("*.yaml")))


def is_rtl(lang: str) -> bool:
    """Whether a language is written from right to left."""
    return lang in RIGHT_TO_LEFT


def _said(part: str, key: str, english: str, lang: str) -> Said:
    if lang == ENGLISH:
        return Said(english, ENGLISH, reviewed=bool(_file("guide.yaml")["reviewed"]))
    translated = _translation(lang)
    text = translated.get(part, {}).get(key)
    if not text:
        return Said(english, ENGLISH, fallback=True)
    return Said(str(text), lang, reviewed=bool(translated.get("reviewed")))


@cache
def guide() -> Guide:
    """The guide in force."""
    data = _file("guide.yaml")
    groups = tuple(
        Group(
            row["id"],
            row["title"],
            tuple(_question(one, row, data["sets"]) for one in row["questions"]),
        )
        for row in data["groups"]
    )
    return Guide(
        version=str(data["version"]),
        source=data["source"],
        groups=groups,
        questions={one.id: one for group in groups for one in group.questions},
        answers={str(code): text for code, text in data["answers"].items()},
        ilo={int(number): text for number, text in data["ilo"].items()},
    )


def _question(row: Mapping[str, Any], group: Mapping[str, Any], sets: Mapping[str, list[str]]) -> Question:
    return Question(
        id=row["id"],
        group=group["id"],
        kinds=tuple(row.get("kinds", group["kinds"])),
        indicators=tuple(str(code) for code in row["indicators"]),
        answers=tuple(sets[row.get("set", "yes_no")]),
        signs=frozenset(row.get("sign", ())),
        against=frozenset(row.get("against", row.get("sign", ()))),
        ilo=row.get("ilo"),
        text=row["text"],
    )


@cache
def consent(lang: str) -> Consent:
    """The consent text in a language; in English, and saying so, where it is not written in it."""
    data = _file("guide.yaml")["consent"]
    translated = _translation(lang).get("consent")
    own = translated is not None and str(translated["version"]) == str(data["version"])
    words: Any = translated if own else data
    return Consent(
        version=str(data["version"]),
        lang=lang if own else ENGLISH,
        title=words["title"],
        points=tuple(words["points"]),
        ask=words["ask"],
        fallback=not own and lang != ENGLISH,
        reviewed=bool(_translation(lang).get("reviewed")) if own else False,
    )


@cache
def _hotlines() -> Mapping[str, Hotline]:
    return {row["country"]: Hotline(**row) for row in _file("hotlines.yaml")}


def hotline_on_file(country: str) -> Hotline:
    """What the data says for a country; an entry without a number where it says nothing."""
    return _hotlines().get(country, Hotline(country=country))


def hotlines_on_file() -> list[Hotline]:
    """Every entry of the data."""
    return list(_hotlines().values())
