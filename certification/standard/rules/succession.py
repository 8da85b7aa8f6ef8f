"""What an edition says of the edition before: which indicator goes on from which, and what falls away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from .checking import Check, Path

Row = Mapping[str, Any]


def indicators_in(top: Row) -> Iterator[tuple[Path, Row]]:
    """Every indicator of a parsed file with its place; parts that are not what they should be are passed over."""
    for at, principle in enumerate(_rows(top.get("principles"))):
        for number, criterion in enumerate(_rows(principle.get("criteria"))):
            for place, row in enumerate(_rows(criterion.get("indicators"))):
                yield ("principles", at, "criteria", number, "indicators", place), row


def _rows(value: Any) -> list[Row]:
    return [row if isinstance(row, Mapping) else {} for row in value] if isinstance(value, list) else []


def check_succession(check: Check, top: Row, previous: Mapping[str, str] | None) -> None:
    """`replaces` and `removed` against the indicators of the edition named by `edition.previous`."""
    head = top.get("edition")
    number = head.get("previous") if isinstance(head, Mapping) else None
    claims = [path for path, row in indicators_in(top) if "replaces" in row]
    if number is None:
        fix = _("Add edition.previous: the number of the edition this one goes on from.")
        for path in claims:
            check.say((*path, "replaces"), _("replaces"), _("edition.previous"), None, fix)
        if top.get("removed"):
            check.say(("removed",), _("removed"), _("edition.previous"), None, fix)
        return
    if not _is_older(check, head, number):
        return
    if previous is None:
        fix = _("Load that edition first, or correct the number.")
        check.say(
            ("edition", "previous"), _("the edition, previous"), _("an edition that is loaded"), number, fix
        )
        return
    went_on = _check_claims(check, top, previous, number)
    _check_removed(check, top, previous, number, went_on)


def _is_older(check: Check, head: Any, number: Any) -> bool:
    own = head.get("number")
    if isinstance(number, int) and not isinstance(number, bool) and isinstance(own, int) and 0 < number < own:
        return True
    fix = _("Write the number of the edition this one goes on from.")
    check.say(("edition", "previous"), _("the edition, previous"), _("a number below its own"), number, fix)
    return False


def _check_claims(check: Check, top: Row, previous: Mapping[str, str], number: int) -> set[str]:
    went_on: set[str] = set()
    for path, row in indicators_in(top):
        code = str(row.get("code"))
        where = _("indicator %(code)s, replaces") % {"code": code}
        if "replaces" not in row:
            if code in previous and same_words(previous[code], row.get("text")):
                went_on.add(code)
            elif code in previous:
                fix = _(
                    "Write replaces: [%(code)s] if it asks for the same thing in other words (answers are kept "
                    "and looked at again), or replaces: [] if it asks for something else."
                ) % {"code": code}
                expected = _("a word on the same code of edition %(n)s, which reads otherwise") % {
                    "n": number
                }
                check.say(path, where, expected, None, fix)
            continue
        value = row["replaces"]
        if not isinstance(value, list):
            fix = _("Write replaces: [A.1.1], or replaces: [] for none.")
            check.say((*path, "replaces"), where, _("a list of codes"), value, fix)
            continue
        for index, old in enumerate(value):
            if old in previous:
                went_on.add(old)
            else:
                expected = _("an indicator of edition %(n)s") % {"n": number}
                fix = _("Correct the code; put quotes around a code that looks like a number.")
                check.say((*path, "replaces", index), where, expected, old, fix)
    return went_on


def _check_removed(
    check: Check, top: Row, previous: Mapping[str, str], number: int, went_on: set[str]
) -> None:
    said: set[str] = set()
    value = top.get("removed") or []
    if not isinstance(value, list):
        fix = _('Write - {code: A.1.1, why: "…"} under it, or leave it out.')
        check.say(("removed",), _("removed"), _("a list"), value, fix)
        return
    for index, entry in enumerate(value):
        path: Path = ("removed", index)
        place = f"removed {index + 1}"
        row = check.mapping(entry, path, place)
        if row is None:
            continue
        check.only(row, path, place, ("code", "why"))
        check.text(row, path, place, "why", 400)
        code = row.get("code")
        if code not in previous:
            expected = _("an indicator of edition %(n)s") % {"n": number}
            check.say((*path, "code"), f"{place}, code", expected, code, _("Correct the code."))
        elif code in went_on:
            fix = _(
                "Remove it here, or take it out of replaces; the same code with the same text also goes on."
            )
            check.say((*path, "code"), f"{place}, code", _("a code nothing goes on from"), code, fix)
        said.add(str(code))
    for code in previous:
        if code not in went_on and code not in said:
            fix = _(
                'Name it in replaces of the indicator that goes on from it, or add - {code: %(code)s, why: "…"}.'
            )
            expected = _("a word on %(code)s of edition %(n)s") % {"code": code, "n": number}
            check.say(("removed",), _("removed"), expected, None, fix % {"code": code})


def same_words(one: Any, other: Any) -> bool:
    """Whether two texts read the same but for line breaks and blanks."""
    return str(one).split() == str(other).split()
