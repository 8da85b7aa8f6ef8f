"""Languages of an edition: what it declares that it carries must be there, whole, and for known codes only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .checking import Check, Path

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
EDITION = "edition"
LENGTHS = {"title": 200}


class Extent(models.TextChoices):
    """How much of an edition stands in another language."""

    TITLES = "titles", gettext_lazy("Titles")
    TEXTS = "texts", gettext_lazy("Titles, texts and questions")
    FULL = "full", gettext_lazy("The whole text with its guidance")


_FIELDS = {
    EDITION: {Extent.TITLES: ("title",), Extent.TEXTS: ("title", "summary")},
    "principle": {Extent.TITLES: ("title",), Extent.TEXTS: ("title", "intent")},
    "criterion": {Extent.TITLES: ("title",), Extent.TEXTS: ("title", "text")},
    "indicator": {
        Extent.TITLES: (),
        Extent.TEXTS: ("text", "question"),
        Extent.FULL: ("text", "question", "guidance"),
    },
}


def fields_of(kind: str, extent: str) -> tuple[str, ...]:
    """Which texts of a part a language of that extent carries."""
    found = _FIELDS[kind]
    return found.get(Extent(extent), found.get(Extent.TEXTS, ()))


def needed_texts(top: Mapping[str, Any], extent: str) -> dict[str, tuple[str, ...]]:
    """Every text a language must carry, by code, in reading order."""
    needed = {EDITION: fields_of(EDITION, extent)}
    for principle in _rows(top.get("principles")):
        needed[str(principle.get("code"))] = fields_of("principle", extent)
        for criterion in _rows(principle.get("criteria")):
            needed[str(criterion.get("code"))] = fields_of("criterion", extent)
            for row in _rows(criterion.get("indicators")):
                names = fields_of("indicator", extent)
                if extent == Extent.FULL and row.get("applicable"):
                    names += ("applicable",)
                if names:
                    needed[str(row.get("code"))] = names
    return needed


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def check_languages(check: Check, top: Mapping[str, Any]) -> dict[str, str]:
    """The languages an edition declares beside its own: their extent by code."""
    head = top.get("edition")
    head = head if isinstance(head, Mapping) else {}
    value = head.get("languages")
    if value is None:
        return {}
    path: Path = ("edition", "languages")
    if not isinstance(value, list):
        fix = _("Write - {code: fr, extent: titles} under it, or leave it out.")
        check.say(path, _("the edition, languages"), _("a list"), value, fix)
        return {}
    found: dict[str, str] = {}
    for index, entry in enumerate(value):
        at = (*path, index)
        place = _("language %(n)s") % {"n": index + 1}
        row = check.mapping(entry, at, place)
        if row is None:
            continue
        check.only(row, at, place, ("code", "extent"))
        check.one_of(row, at, place, "extent", Extent.values)
        code = row.get("code")
        if not isinstance(code, str) or not LANGUAGE.fullmatch(code) or code == head.get("language"):
            expected = _("a language code such as fr, other than that of the edition")
            check.say((*at, "code"), f"{place}, code", expected, code, _("Correct it, or remove the entry."))
        elif code in found:
            check.say(
                (*at, "code"), f"{place}, code", _("each language once"), code, _("Remove one of the two.")
            )
        elif row.get("extent") in Extent.values:
            found[code] = str(row["extent"])
    return found


def check_translations(check: Check, top: Mapping[str, Any], declared: Mapping[str, str]) -> None:
    """Each declared language is there and whole; no other is; and every code in it is one of the edition."""
    given = top.get("translations") or {}
    if not isinstance(given, Mapping):
        check.say(
            ("translations",),
            _("translations"),
            _("a block by language"),
            given,
            _("Write fr: and its texts."),
        )
        return
    for code, extent in declared.items():
        if code not in given:
            fix = _(
                "Put it under translations.%(code)s or in a file of its own beside this one, whose name ends in "
                ".%(code)s.yaml; or take the language out of edition.languages."
            ) % {"code": code}
            place = _("language %(code)s") % {"code": code}
            check.say(
                ("edition", "languages"), place, _("the texts this edition declares to carry"), None, fix
            )
        else:
            _check_one(
                check, given[code], ("translations", code), code, needed_texts(top, extent), _codes(top)
            )
    for code in given:
        if code not in declared:
            fix = _("Add - {code: %(code)s, extent: titles} to edition.languages, or remove it.") % {
                "code": code
            }
            check.say(("translations", code), _("translations"), _("declared languages only"), code, fix)


def _codes(top: Mapping[str, Any]) -> set[str]:
    return set(needed_texts(top, Extent.TEXTS))


def _check_one(
    check: Check,
    value: Any,
    path: Path,
    language: str,
    needed: Mapping[str, tuple[str, ...]],
    codes: set[str],
) -> None:
    place = _("language %(code)s") % {"code": language}
    row = check.mapping(value, path, place)
    if row is None:
        return
    known = {"note", *codes}
    for key in row:
        if str(key) not in known:
            fix = _("Correct the code, or remove it; put quotes around codes that look like numbers.")
            check.say((*path, str(key)), place, _("codes of this edition"), key, fix)
    check.text(row, path, place, "note", 400)
    for code, names in needed.items():
        at = (*path, code)
        where = f"{place}, {code}"
        if not isinstance(row.get(code), Mapping):
            expected = _("a block with %(names)s") % {"names": ", ".join(names)}
            fix = _("Translate it, or declare a smaller extent for this language.")
            check.say(at, where, expected, row.get(code), fix)
            continue
        for name in names:
            check.text(row[code], at, where, name, LENGTHS.get(name, 4000))
        check.only(
            row[code], at, where, ("title", "summary", "intent", "text", "question", "guidance", "applicable")
        )
