"""What a file of the Standard must hold, and what an edition needs to come into force. No database here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from iris.core import clocks
from iris.core.days import in_words
from iris.core.errors import Text

from ..states import Element, OpenCases, PublicText, Severity
from .checking import CODE_OF_LIST, NUMBER, Check, Path, Problem
from .succession import check_succession
from .translations import check_languages, check_translations

FORMAT = 1
STATUSES = ("draft", "consultation", "final")
PRINCIPLE_CODE = re.compile(r"[A-Z]|[1-9][0-9]?")


def missing_for_issue(edition: Any) -> list[Text]:
    """What is left before an edition can come into force; empty when ready."""
    left: list[Text] = []
    if not edition.final:
        left.append(_("Its file does not say status: final."))
    if edition.valid_from > clocks.today():
        left.append(_("It comes into force only on %(day)s.") % {"day": in_words(edition.valid_from)})
    before = edition.edition_in_force()
    if before is not None and edition.previous_valid_until is None:
        left.append(_("Its file does not say until when edition %(n)s stays valid.") % {"n": before.number})
    if before is not None and before.valid_from >= edition.valid_from:
        left.append(
            _("Edition %(n)s, in force now, has the same or a later first day.") % {"n": before.number}
        )
    return left


TOP = (
    "format",
    "edition",
    "reference_note",
    "evidence_kinds",
    "sources",
    "principles",
    "removed",
    "translations",
)


def validate_document(doc: Any, previous: Mapping[str, str] | None = None) -> list[Problem]:
    """Every problem of a document of the Standard, in reading order; empty when it can be loaded.

    `previous` holds the indicators of the edition it goes on from, text by code; None when that is not known.
    """
    check = Check()
    top = check.mapping(doc, (), _("the file"))
    if top is None:
        return check.problems
    check.only(top, (), _("the file"), TOP)
    if top.get("format") != FORMAT:
        check.say(
            ("format",),
            _("format"),
            str(FORMAT),
            top.get("format"),
            _("Write format: %(n)s.") % {"n": FORMAT},
        )
    _check_edition(check, top.get("edition"))
    check.text(top, (), _("the file"), "reference_note")
    kinds = _check_labels(check, top, "evidence_kinds")
    sources = _check_labels(check, top, "sources")
    seen: set[str] = set()
    for index, row in enumerate(check.rows(top, (), _("the file"), "principles")):
        _check_principle(check, row, ("principles", index), kinds, sources, seen)
    check_succession(check, top, previous)
    check_translations(check, top, check_languages(check, top))
    return check.problems


def _check_edition(check: Check, value: Any) -> None:
    place, path = _("the edition"), ("edition",)
    row = check.mapping(value, path, place)
    if row is None:
        return
    texts = {"title": 200, "summary": 4000, "language": 12, "copyright": 200, "licence": 200}
    days = ("valid_from", "previous_valid_until", "references_revised")
    choices = ("status", "public_text", "open_cases", "open_cases_until", "previous", "languages")
    check.only(row, path, place, ("number", *choices, *texts, *days))
    number = row.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= 9999:
        check.say(
            (*path, "number"), f"{place}, number", _("a whole number from 1"), number, _("Write number: 1.")
        )
    for key, longest in texts.items():
        check.text(row, path, place, key, longest)
    check.one_of(row, path, place, "status", STATUSES)
    check.one_of(row, path, place, "public_text", PublicText.values)
    first = check.day(row, path, place, "valid_from")
    check.day(row, path, place, "references_revised")
    until = check.day(row, path, place, "previous_valid_until", needed=False)
    if first and until and until < first:
        fix = _("Old certificates stay valid for a time after the new edition begins.")
        check.say((*path, "previous_valid_until"), place, _("a day not before valid_from"), until, fix)
    _check_open_cases(check, row, first, until)


def _check_open_cases(check: Check, row: Mapping[str, Any], first: date | None, until: date | None) -> None:
    """What happens to drafts on the edition before: they move by themselves, or may stay until a day."""
    place, path = _("the edition"), ("edition",)
    if "open_cases" in row:
        check.one_of(row, path, place, "open_cases", OpenCases.values)
    last = check.day(row, path, place, "open_cases_until", needed=False)
    if last is None:
        return
    at = (*path, "open_cases_until")
    if row.get("open_cases") == OpenCases.MIGRATE:
        fix = _("Remove it: with open_cases: migrate, drafts move on the first day.")
        check.say(at, f"{place}, open_cases_until", _("nothing"), last, fix)
    elif (first and last < first) or (until and last > until):
        fix = _("Drafts may stay on the edition before as long as certificates on it are valid, not longer.")
        expected = _("a day from valid_from to previous_valid_until")
        check.say(at, f"{place}, open_cases_until", expected, last, fix)


def _check_labels(check: Check, top: Mapping[str, Any], key: str) -> set[str]:
    """A list of {code, label}; returns its codes."""
    seen: set[str] = set()
    for index, value in enumerate(check.rows(top, (), _("the file"), key)):
        path: Path = (key, index)
        place = f"{key} {index + 1}"
        row = check.mapping(value, path, place)
        if row is None:
            continue
        check.only(row, path, place, ("code", "label"))
        check.code(row, path, place, CODE_OF_LIST.pattern, seen, "training_record")
        check.text(row, path, place, "label", 200)
    return seen


def _check_principle(
    check: Check, value: Any, path: Path, kinds: set[str], sources: set[str], seen: set[str]
) -> None:
    place = _("principle %(code)s") % {"code": _code_or_place(value, path)}
    row = check.mapping(value, path, place)
    if row is None:
        return
    check.only(row, path, place, ("code", "title", "intent", "criteria"))
    code = check.code(row, path, place, PRINCIPLE_CODE.pattern, seen, "A")
    check.text(row, path, place, "title", 200)
    check.text(row, path, place, "intent")
    for index, criterion in enumerate(check.rows(row, path, place, "criteria")):
        _check_criterion(check, criterion, (*path, "criteria", index), code or "?", kinds, sources, seen)


def _check_criterion(
    check: Check, value: Any, path: Path, parent: str, kinds: set[str], sources: set[str], seen: set[str]
) -> None:
    place = _("criterion %(code)s") % {"code": _code_or_place(value, path)}
    row = check.mapping(value, path, place)
    if row is None:
        return
    check.only(row, path, place, ("code", "title", "text", "indicators"))
    code = check.code(row, path, place, re.escape(parent) + r"\." + NUMBER, seen, f"{parent}.1")
    check.text(row, path, place, "title", 200)
    check.text(row, path, place, "text")
    for index, indicator in enumerate(check.rows(row, path, place, "indicators")):
        _check_indicator(check, indicator, (*path, "indicators", index), code or "?", kinds, sources, seen)


def _check_indicator(
    check: Check, value: Any, path: Path, parent: str, kinds: set[str], sources: set[str], seen: set[str]
) -> None:
    place = _("indicator %(code)s") % {"code": _code_or_place(value, path)}
    row = check.mapping(value, path, place)
    if row is None:
        return
    texts = ("text", "question", "guidance")
    lists = ("element", "severity", "evidence", "applicable", "references", "replaces")
    check.only(row, path, place, ("code", *texts, *lists))
    check.code(row, path, place, re.escape(parent) + r"\." + NUMBER, seen, f"{parent}.1")
    for key in texts:
        check.text(row, path, place, key)
    check.text(row, path, place, "applicable", needed=False)
    check.one_of(row, path, place, "element", Element.values)
    check.one_of(row, path, place, "severity", Severity.values)
    for index, kind in enumerate(check.rows(row, path, place, "evidence")):
        if kind not in kinds:
            fix = _("Correct it, or add it to evidence_kinds at the top of the file.")
            check.say(
                (*path, "evidence", index), f"{place}, evidence", _("a code of evidence_kinds"), kind, fix
            )
    _check_references(check, row, path, place, sources)


def _check_references(
    check: Check, row: Mapping[str, Any], path: Path, place: str, sources: set[str]
) -> None:
    value = row.get("references", [])
    where = f"{place}, references"
    if not isinstance(value, list):
        fix = _('Write - {source: ILO, number: "GP 7"} under it, or leave it out.')
        check.say((*path, "references"), where, _("a list"), value, fix)
        return
    for index, entry in enumerate(value):
        at = (*path, "references", index)
        reference = check.mapping(entry, at, where)
        if reference is None:
            continue
        check.only(reference, at, where, ("source", "number"))
        check.text(reference, at, where, "number", 40)
        if reference.get("source") not in sources:
            fix = _("Correct it, or add it to sources at the top of the file.")
            check.say((*at, "source"), where, _("a code of sources"), reference.get("source"), fix)


def _code_or_place(value: Any, path: Path) -> str:
    """The code of a row for people; its position where it has none."""
    code = value.get("code") if isinstance(value, Mapping) else None
    return str(code) if code else _("number %(n)s") % {"n": int(path[-1]) + 1}
