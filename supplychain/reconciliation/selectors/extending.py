"""Columns for entities: what the public register says of each agency at that moment."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from iris.core import clocks
from iris.core.days import in_words
from iris.core.places import Corridor, sector_name
from supplychain.lookups.selectors import AgencyFacts, LicenceFacts, facts_for
from supplychain.reconciliation.rules import GIVEN, Extension

Values = list[dict[str, Any]]
DATED = {"status", "in_force", "since", "ended", "open_critical", "licence_number"}


def extend(wish: Extension) -> dict[str, Any]:
    """The columns known of those asked for, and a row for each id; an id that names no agency has empty cells."""
    known = [GIVEN[one] for one in wish.properties if one in GIVEN]
    now = clocks.now()
    ids = {one: agency for one in wish.ids if (agency := agency_id(one)) is not None}
    facts = facts_for(ids.values())
    rows = {}
    for one in wish.ids:
        found = facts.get(ids[one]) if one in ids else None
        rows[one] = {each.id: _cell(each.id, found, now) for each in known}
    return {"meta": [{"id": one.id, "name": _heading(one.id, now)} for one in known], "rows": rows}


def agency_id(text: str) -> UUID | None:
    """The agency an id names, written as our service writes it; None for anything else."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text.lower() else None


def _heading(column: str, now: datetime) -> str:
    name = str(GIVEN[column].name)
    if column not in DATED:
        return name
    return _("%(name)s as of %(day)s") % {"name": name, "day": in_words(now)}


def _cell(column: str, facts: AgencyFacts | None, now: datetime) -> Values:
    return _CELLS[column](facts, now) if facts is not None else []


def _text(value: str) -> Values:
    return [{"str": value}] if value else []


def _texts(values: Sequence[str]) -> Values:
    return [{"str": one} for one in values]


def _day(value: date | None) -> Values:
    return [{"date": f"{value.isoformat()}T00:00:00Z"}] if value else []


def _licence(one: LicenceFacts) -> str:
    """The number with its country and standing in words; unknown is unknown, never clean."""
    read = in_words(one.retrieved_at) if one.retrieved_at else ""
    words = {"number": one.number, "country": one.country, "label": one.label, "day": read}
    if read:
        return _("%(country)s %(number)s: %(label)s (register read %(day)s)") % words
    return _("%(country)s %(number)s: %(label)s") % words


def _certificate_link(facts: AgencyFacts) -> str:
    if not facts.certificate_number:
        return ""
    return settings.IRIS_PUBLIC_URL + reverse("register:verify_number", args=[facts.certificate_number])


_CELLS: dict[str, Callable[[AgencyFacts, datetime], Values]] = {
    "country": lambda one, now: _text(one.country),
    "licence_number": lambda one, now: _texts([_licence(row) for row in one.licences]),
    "registration_number": lambda one, now: _text(one.registration_number),
    "certificate_number": lambda one, now: _text(one.certificate_number),
    "status": lambda one, now: _text(one.label),
    "in_force": lambda one, now: _text("yes" if one.valid else "no"),
    "since": lambda one, now: _day(one.since),
    "ended": lambda one, now: _text(one.ended.brief if one.ended else ""),
    "ended_on": lambda one, now: _day(one.ended.on if one.ended else None),
    "expires": lambda one, now: _day(one.expires_on),
    "corridors": lambda one, now: _texts([Corridor(*pair).text for pair in one.corridors]),
    "sectors": lambda one, now: _texts([sector_name(row) for row in one.sectors]),
    "training": lambda one, now: _text(one.level_label),
    "open_critical": lambda one, now: _text("published" if one.open_flag else "none_published"),
    "sub_agents": lambda one, now: [{"int": one.sub_agents}],
    "legal_name": lambda one, now: _text(one.legal_name),
    "certificate_link": lambda one, now: _text(_certificate_link(one)),
    "register_link": lambda one, now: _text(
        settings.IRIS_PUBLIC_URL + reverse("register:agency", args=[one.agency_id])
    ),
    "as_of": lambda one, now: [{"date": now.strftime("%Y-%m-%dT%H:%M:%SZ")}],
}
