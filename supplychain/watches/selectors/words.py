"""What changed, in words: before, after, since when, and what to do now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.agencies.states import EndKind, LicenceLoss
from certification.certificates.states import ReasonCode, Standing
from iris.core.days import in_words
from iris.core.places import Corridor, country_name, sector_name
from iris.core.states import facts_of
from supplychain.watches.models import Change, Entry
from supplychain.watches.states import ChangeKind, Outcome

Facts = dict[str, Any]
NOTHING = "–"


@dataclass(frozen=True)
class Line:
    """One difference: its name, how it was, how it is."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One agency's change as pages, e-mails and exports say it."""

    agency_id: str
    name: str
    headline: str
    lines: list[Line]
    since: date | None
    advice: str
    tone: str
    icon: str
    kind: str


def tell_of(change: Change) -> Told:
    """The change of one agency."""
    facts = change.after or change.before or {}
    kinds = [ChangeKind(kind) for kind in change.kinds]
    lines = [line for kind in kinds for line in _lines(kind, change.before or {}, change.after or {})]
    since = facts.get("since") or ""
    member = facts_of(Standing(facts["standing"]))
    return Told(
        agency_id=str(change.agency_id),
        name=str(facts["name"]),
        headline=_headline(kinds[0], lines),
        lines=lines,
        since=date.fromisoformat(since) if since else None,
        advice=_advice(kinds, facts),
        tone=str(member.tone),
        icon=member.icon,
        kind=str(kinds[0]),
    )


def subject_of(entry: Entry, told: list[Told]) -> str:
    """One line for an inbox and for the subject of an e-mail."""
    if len(told) == 1:
        return f"{told[0].name}: {told[0].headline}"
    count = ngettext("%(n)s agency changed", "%(n)s agencies changed", entry.changed) % {"n": entry.changed}
    return f"{count}: {entry.watch.title}"


def standing_label(facts: Facts) -> str:
    """How an agency stands, in the public's words."""
    return str(facts_of(Standing(facts["standing"])).public)


def _headline(kind: ChangeKind, lines: list[Line]) -> str:
    if kind is ChangeKind.ENDED and lines:
        return lines[0].after
    if kind in (ChangeKind.JOINED, ChangeKind.LEFT, ChangeKind.BETWEEN):
        return f"{kind.label} ({lines[0].after})"
    return f"{lines[0].before} → {lines[0].after}" if lines else str(kind.label)


def _lines(kind: ChangeKind, before: Facts, after: Facts) -> list[Line]:
    if kind in (ChangeKind.JOINED, ChangeKind.LEFT):
        return [
            Line(
                str(kind.label),
                NOTHING if kind is ChangeKind.JOINED else _("in this watch"),
                standing_label(after or before),
            )
        ]
    if kind is ChangeKind.BETWEEN:
        new = max(1, after.get("acts", 0) - before.get("acts", 0))
        told = "; ".join(f"{_day(on)} {what}" for on, what in after.get("history", [])[-new:])
        return [Line(str(kind.label), standing_label(before), told or standing_label(after))]
    return [
        Line(str(label), words(before), words(after))
        for label, words in _WORDS[kind]()
        if words(before) != words(after)
    ]


def _end(facts: Facts) -> str:
    if not facts.get("end"):
        return NOTHING
    kind, day, _key = facts["end"]
    if kind == EndKind.MERGED:
        return _("Merged into %(name)s on %(day)s") % {"name": facts["heir"], "day": _day(day)}
    return _("Closed on %(day)s") % {"day": _day(day)}


def _end_words() -> list[tuple[str, Callable[[Facts], str]]]:
    return [(_("The company"), _end)]


def _standing_words() -> list[tuple[str, Callable[[Facts], str]]]:
    return [(_("Certification"), standing_label)]


def _flag_words() -> list[tuple[str, Callable[[Facts], str]]]:
    return [(_("Critical finding open"), lambda facts: _("yes") if facts.get("flag") else _("no"))]


def _licence_words() -> list[tuple[str, Callable[[Facts], str]]]:
    return [(_("Licences"), lambda facts: "; ".join(_licence(row) for row in facts["licences"]) or NOTHING)]


def _scope_words() -> list[tuple[str, Callable[[Facts], str]]]:
    return [
        (
            _("Corridors"),
            lambda facts: "; ".join(Corridor(*pair).text for pair in facts["corridors"]) or NOTHING,
        ),
        (_("Sectors"), lambda facts: ", ".join(str(sector_name(one)) for one in facts["sectors"]) or NOTHING),
        (_("Branches"), lambda facts: ", ".join(facts["branches"]) or NOTHING),
    ]


def _certificate_words() -> list[tuple[str, Callable[[Facts], str]]]:
    return [
        (_("Certificate"), _certificate),
        (_("Valid until"), lambda facts: _day(facts["expires_on"])),
    ]


def _name_words() -> list[tuple[str, Callable[[Facts], str]]]:
    return [
        (_("Legal name"), lambda facts: str(facts["name"])),
        (_("Former names"), lambda facts: ", ".join(facts["former"]) or NOTHING),
    ]


def _note_words() -> list[tuple[str, Callable[[Facts], str]]]:
    return [
        (
            _("Published reason"),
            lambda facts: str(ReasonCode(facts["reason"]).label) if facts["reason"] else NOTHING,
        ),
        (_("Public note"), lambda facts: facts["note"] or NOTHING),
    ]


_WORDS: dict[ChangeKind, Callable[[], list[tuple[str, Callable[[Facts], str]]]]] = {
    ChangeKind.ENDED: _end_words,
    ChangeKind.STANDING: _standing_words,
    ChangeKind.FLAG: _flag_words,
    ChangeKind.LICENCE: _licence_words,
    ChangeKind.SCOPE: _scope_words,
    ChangeKind.CERTIFICATE: _certificate_words,
    ChangeKind.NAME: _name_words,
    ChangeKind.NOTE: _note_words,
}


def _certificate(facts: Facts) -> str:
    if not facts["certificate"]:
        return NOTHING
    return _("%(number)s, revision %(revision)s") % {
        "number": facts["certificate"],
        "revision": facts["revision"],
    }


def _licence(row: Iterable[str]) -> str:
    country, number, state = row
    word = _("as the agency says, held") if state == "held" else str(LicenceLoss(state).label)
    return f"{number} ({country_name(country)}): {word}"


def _day(text: str) -> str:
    day = date.fromisoformat(text) if text else None
    return in_words(day) if day else NOTHING


def _advice(kinds: list[ChangeKind], facts: Facts) -> str:
    """What to do now. Never a verdict on the agency: what the reader can do."""
    standing = Standing(facts["standing"])
    if kinds[0] is ChangeKind.LEFT:
        return _("It no longer fits what you watch. Look at its page to see why.")
    if facts.get("end"):
        return _advice_at_the_end(facts)
    if standing in (Standing.SUSPENDED, Standing.WITHDRAWN, Standing.EXPIRED, Standing.LEFT):
        return _(
            "Stop new recruitment through this agency until the register says it is certified again. "
            "Check on workers already on their way, and write your decision down."
        )
    if standing is Standing.CERTIFIED_WITH_CONDITIONS:
        return _("Check the conditions on its register page before you use it, and note them.")
    if ChangeKind.LICENCE in kinds:
        return _("Check the licence with the authority before you send another job order.")
    if ChangeKind.SCOPE in kinds:
        return _("Check that your corridor, sector and branch are still covered.")
    if not facts["valid"]:
        return _("It is not certified. Do not rely on it until the register says so.")
    if ChangeKind.NAME in kinds:
        return _("Use the new name in contracts and lists. The certificate follows the legal entity.")
    return _("Nothing has to be done. Keep this notice with your records.")


def _advice_at_the_end(facts: Facts) -> str:
    if facts["end"][0] == EndKind.MERGED:
        return _(
            "Its certificate does not go over to %(name)s. A watch of this one agency looks at %(name)s too from now "
            "on; check it before you rely on it, and ask who answers for workers on their way."
        ) % {"name": facts["heir"]}
    return _(
        "Nobody recruits through it any more. Ask who answers for workers on their way, and write your decision down."
    )


def outcome_words(entry: Entry) -> str:
    """An entry of the ledger in one sentence."""
    if entry.outcome == Outcome.CHANGED:
        return ngettext("%(n)s agency changed", "%(n)s agencies changed", entry.changed) % {
            "n": entry.changed
        }
    return str(Outcome(entry.outcome).label)
