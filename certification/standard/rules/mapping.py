"""What a mapping file must hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from ..states import Relation, SchemeKind
from .checking import CODE_OF_LIST, Check, Path, Problem

FORMAT = 1
SCHEME = {"title": 200, "publisher": 200, "version": 200, "source": 400, "note": 2000}


def validate_mapping(doc: Any, indicators: Collection[str] | None) -> list[Problem]:
    """Every problem of a mapping file; `indicators` are the codes of its edition, None when that is not in force."""
    check = Check()
    top = check.mapping(doc, (), _("the file"))
    if top is None:
        return check.problems
    check.only(top, (), _("the file"), ("format", "scheme", "edition", "items"))
    if top.get("format") != FORMAT:
        fix = _("Write format: %(n)s.") % {"n": FORMAT}
        check.say(("format",), _("format"), str(FORMAT), top.get("format"), fix)
    if indicators is None:
        fix = _("Mappings are made to an edition in force: load and issue that edition first.")
        check.say(("edition",), _("edition"), _("the number of an edition in force"), top.get("edition"), fix)
    _check_scheme(check, top.get("scheme"))
    seen: set[str] = set()
    for index, value in enumerate(check.rows(top, (), _("the file"), "items")):
        _check_item(check, value, ("items", index), seen, indicators)
    return check.problems


def _check_scheme(check: Check, value: Any) -> None:
    place, path = _("the scheme"), ("scheme",)
    row = check.mapping(value, path, place)
    if row is None:
        return
    check.only(row, path, place, ("code", "kind", *SCHEME))
    check.code(row, path, place, CODE_OF_LIST.pattern, set(), "sa8000")
    check.one_of(row, path, place, "kind", SchemeKind.values)
    for key, longest in SCHEME.items():
        check.text(row, path, place, key, longest)


def _check_item(
    check: Check, value: Any, path: Path, seen: set[str], indicators: Collection[str] | None
) -> None:
    place = _("item %(n)s") % {"n": int(path[-1]) + 1}
    row = check.mapping(value, path, place)
    if row is None:
        return
    check.only(row, path, place, ("code", "title", "source", "general_knowledge", *Relation.values))
    check.code(row, path, place, r"[^\s].{0,39}", seen, "7")
    check.text(row, path, place, "title", 300)
    check.text(row, path, place, "source", 400, needed=False)
    general = row.get("general_knowledge", False)
    if not isinstance(general, bool):
        fix = _("Write general_knowledge: true where no source at hand confirms the wording.")
        check.say((*path, "general_knowledge"), place, _("true or false"), general, fix)
    if general and row.get(Relation.FULL):
        fix = _("Use partial or related: what no source confirms cannot be said to ask the same.")
        check.say((*path, "full"), f"{place}, full", _("nothing under general_knowledge"), row["full"], fix)
    _check_codes(check, row, path, place, indicators)


def _check_codes(
    check: Check, row: Mapping[str, Any], path: Path, place: str, indicators: Collection[str] | None
) -> None:
    named: set[str] = set()
    for relation in Relation.values:
        codes = row.get(relation, [])
        at = (*path, relation)
        if not isinstance(codes, list):
            fix = _('Write %(key)s: ["1.1.1"].') % {"key": relation}
            check.say(at, f"{place}, {relation}", _("a list of codes"), codes, fix)
            continue
        for index, code in enumerate(codes):
            where = f"{place}, {relation}"
            if indicators is not None and code not in indicators:
                fix = _("Correct the code; put quotes around a code that looks like a number.")
                check.say((*at, index), where, _("an indicator of this edition"), code, fix)
            elif code in named:
                check.say((*at, index), where, _("each indicator once"), code, _("Keep the stronger word."))
            named.add(str(code))
    if not named:
        fix = _("Name at least one indicator under full, partial or related, or leave the item out.")
        check.say(path, place, _("at least one indicator"), None, fix)
