"""What a file of the Standard must hold, and what an edition needs to come into force. No database here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from iris.core import clocks
from iris.core.errors import Text

from .states import Element, PublicText, Severity

FORMAT = 1
STATUSES = ("draft", "consultation", "final")
Path = tuple[str | int, ...]
CODE_OF_LIST = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
PRINCIPLE_CODE = re.compile(r"[A-Z]|[1-9][0-9]?")
NUMBER = r"[1-9][0-9]?"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a file: where, what was expected, what is there and what to do."""

    place: str
    expected: str
    found: str
    fix: str
    path: Path = ()

    def __str__(self) -> str:
        return _("%(place)s: expected %(expected)s, found %(found)s. %(fix)s") % vars(self)


def missing_for_issue(edition: Any) -> list[Text]:
    """What is left before an edition can come into force; empty when ready."""
    left: list[Text] = []
    if not edition.final:
        left.append(_("Its file does not say status: final."))
    if edition.valid_from > clocks.today():
        left.append(_("It comes into force only on %(day)s.") % {"day": f"{edition.valid_from:%-d %B %Y}"})
    before = edition.edition_in_force()
    if before is not None and edition.previous_valid_until is None:
        left.append(_("Its file does not say until when edition %(n)s stays valid.") % {"n": before.number})
    if before is not None and before.valid_from >= edition.valid_from:
        left.append(
            _("Edition %(n)s, in force now, has the same or a later first day.") % {"n": before.number}
        )
    return left


def validate_document(doc: Any) -> list[Problem]:
    """Every problem of a document of the Standard, in reading order; empty when it can be loaded."""
    check = _Check()
    top = check.mapping(doc, (), _("the file"))
    if top is None:
        return check.problems
    check.only(
        top,
        (),
        _("the file"),
        ("format", "edition", "reference_note", "evidence_kinds", "sources", "principles"),
    )
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
    return check.problems


class _Check:
    """Collects problems, so that one reading of a file tells all of them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def say(self, path: Path, place: str, expected: str, found: Any, fix: str) -> None:
        self.problems.append(Problem(place, expected, _shown(found), fix, path))

    def mapping(self, value: Any, path: Path, place: str) -> Mapping[str, Any] | None:
        if isinstance(value, Mapping):
            return value
        self.say(
            path,
            place,
            _("a block of `key: value` lines"),
            value,
            _("Compare with standards/edition-1.yaml."),
        )
        return None

    def only(self, row: Mapping[str, Any], path: Path, place: str, keys: Iterable[str]) -> None:
        known = tuple(keys)
        for key in row:
            if key not in known:
                fix = _("Remove it, or correct its spelling: %(keys)s.") % {"keys": ", ".join(known)}
                self.say((*path, str(key)), place, _("only known keys"), key, fix)

    def text(
        self,
        row: Mapping[str, Any],
        path: Path,
        place: str,
        key: str,
        longest: int = 4000,
        needed: bool = True,
    ) -> str:
        value = row.get(key)
        where = f"{place}, {key}"
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or not value.strip():
            fix = _('Write %(key)s: "…"; put quotes around numbers and codes.') % {"key": key}
            self.say((*path, key), where, _("a text"), value, fix)
            return ""
        if len(value) > longest:
            expected = _("at most %(n)s characters") % {"n": longest}
            self.say((*path, key), where, expected, len(value), _("Shorten it."))
        return value

    def one_of(
        self, row: Mapping[str, Any], path: Path, place: str, key: str, allowed: Iterable[str]
    ) -> None:
        choices = tuple(allowed)
        if row.get(key) not in choices:
            expected = _("one of %(choices)s") % {"choices": ", ".join(choices)}
            self.say((*path, key), f"{place}, {key}", expected, row.get(key), _("Choose one of them."))

    def day(
        self, row: Mapping[str, Any], path: Path, place: str, key: str, needed: bool = True
    ) -> date | None:
        value = row.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None or needed:
            self.say(
                (*path, key),
                f"{place}, {key}",
                _("a day such as 2026-05-03"),
                value,
                _("Write it without quotes."),
            )
        return None

    def rows(self, row: Mapping[str, Any], path: Path, place: str, key: str) -> list[Any]:
        value = row.get(key)
        if isinstance(value, list) and value:
            return value
        self.say(
            (*path, key),
            f"{place}, {key}",
            _("a list with at least one entry"),
            value,
            _("Add the first entry."),
        )
        return []

    def code(self, row: Any, path: Path, place: str, pattern: str, seen: set[str], example: str) -> str:
        value = row.get("code")
        where = f"{place}, code"
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            fix = _(
                "Codes follow from the code above them; put quotes around a code that looks like a number."
            )
            self.say(
                (*path, "code"), where, _("a code such as %(example)s") % {"example": example}, value, fix
            )
            return ""
        if value in seen:
            self.say((*path, "code"), where, _("a code used once"), value, _("Give it the next free number."))
        seen.add(value)
        return value


def _shown(value: Any) -> str:
    if value is None:
        return _("nothing")
    text = " ".join(str(value).split())
    if isinstance(value, str):
        text = f'"{text}"'
    return text if len(text) <= 80 else text[:77] + "…"


def _check_edition(check: _Check, value: Any) -> None:
    place, path = _("the edition"), ("edition",)
    row = check.mapping(value, path, place)
    if row is None:
        return
    texts = {"title": 200, "summary": 4000, "language": 12, "copyright": 200, "licence": 200}
    days = ("valid_from", "previous_valid_until", "references_revised")
    check.only(row, path, place, ("number", "status", "public_text", *texts, *days))
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


def _check_labels(check: _Check, top: Mapping[str, Any], key: str) -> set[str]:
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
    check: _Check, value: Any, path: Path, kinds: set[str], sources: set[str], seen: set[str]
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
    check: _Check, value: Any, path: Path, parent: str, kinds: set[str], sources: set[str], seen: set[str]
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
    check: _Check, value: Any, path: Path, parent: str, kinds: set[str], sources: set[str], seen: set[str]
) -> None:
    place = _("indicator %(code)s") % {"code": _code_or_place(value, path)}
    row = check.mapping(value, path, place)
    if row is None:
        return
    texts = ("text", "question", "guidance")
    lists = ("element", "severity", "evidence", "applicable", "references")
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
    check: _Check, row: Mapping[str, Any], path: Path, place: str, sources: set[str]
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
