"""Reading a parsed file with care: every problem is kept, with its place, what was expected and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

Path = tuple[str | int, ...]
CODE_OF_LIST = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
NUMBER = r"[1-9][0-9]?"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a file: where, what was expected, what is there and what to do."""

    place: str
    expected: str
    found: str
    fix: str
    path: Path = ()
    file: str = ""  # where it is not in the file that was asked for, the name of the one it is in

    @property
    def address(self) -> str:
        """The path as people and tools write it: principles[2].criteria[0].indicators[3].code."""
        return path_text(self.path)

    def __str__(self) -> str:
        return _("%(place)s: expected %(expected)s, found %(found)s. %(fix)s") % vars(self)


def path_text(path: Path) -> str:
    """A place in a file: `principles[2].criteria[0].code`; keys with dots in brackets: `texts["A.1"].title`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", part):
            text += f".{part}" if text else part
        else:
            text += f'["{part}"]'
    return text


class Check:
    """Collects problems, so that one reading of a file tells all of them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def say(self, path: Path, place: str, expected: str, found: Any, fix: str) -> None:
        self.problems.append(Problem(place, expected, shown(found), fix, path))

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


def shown(value: Any) -> str:
    if value is None:
        return _("nothing")
    text = " ".join(str(value).split())
    if isinstance(value, str):
        text = f'"{text}"'
    return text if len(text) <= 80 else text[:77] + "…"
