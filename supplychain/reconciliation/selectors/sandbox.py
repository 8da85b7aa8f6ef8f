"""The service for sandbox keys: the same protocol over the fixed records of the developers' pages."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from iris.core.places import Corridor, sector_name
from iris.developers.selectors import SandboxAgency, sandbox_agencies, sandbox_meant
from supplychain.reconciliation.rules import GIVEN, TYPE, Extension, Query

PAGE = 10


def sandbox_results(query: Query) -> list[dict[str, Any]]:
    """The candidates of one question as the protocol writes them."""
    numbers = [value for _name, value in query.identifiers]
    found = sandbox_meant(query.text, numbers[0] if numbers else "")
    return [
        {
            "id": one.agency.id,
            "name": one.agency.name,
            "description": f"{one.agency.label} · {one.why}",
            "score": round(one.score * 100, 2),
            "match": one.match,
            "type": [{"id": TYPE.id, "name": str(TYPE.name)}],
            "features": [{"id": "name_score", "value": round(one.score * 100, 2)}],
        }
        for one in found[: query.limit]
        if not query.other_type
    ]


def sandbox_suggest(prefix: str, skipped: int) -> list[dict[str, Any]]:
    """Fixed agencies whose name begins so."""
    typed = prefix.strip().casefold()
    rows = [one for one in sandbox_agencies() if typed and one.name.casefold().startswith(typed)]
    return [
        {
            "id": one.id,
            "name": one.name,
            "description": one.label,
            "notable": [{"id": TYPE.id, "name": str(TYPE.name)}],
        }
        for one in rows[skipped : skipped + PAGE]
    ]


def sandbox_extend(wish: Extension) -> dict[str, Any]:
    """The columns known of those asked for; an id that names no fixed agency has empty cells."""
    known = [GIVEN[one] for one in wish.properties if one in GIVEN]
    agencies = {one.id: one for one in sandbox_agencies()}
    rows = {}
    for one in wish.ids:
        cells = _cells(agencies[one.lower()]) if one.lower() in agencies else {}
        rows[one] = {each.id: cells.get(each.id, []) for each in known}
    return {"meta": [{"id": one.id, "name": str(one.name)} for one in known], "rows": rows}


def _cells(one: SandboxAgency) -> dict[str, list[dict[str, Any]]]:
    told: dict[str, list[Any]] = {
        "country": ["NP"],
        "licence_number": [one.licence],
        "registration_number": [one.registration],
        "certificate_number": [one.certificate],
        "status": [one.label],
        "in_force": ["yes" if one.valid else "no"],
        "since": [one.since],
        "expires": [one.expires],
        "corridors": [Corridor(*pair).text for pair in one.corridors] if one.certificate else [],
        "sectors": [sector_name("construction")] if one.certificate else [],
        "open_critical": ["none_published"],
        "legal_name": [one.name],
        "certificate_link": [_link("register:verify_number", one.certificate) if one.certificate else ""],
        "register_link": [_link("register:agency", UUID(one.id))],
        "as_of": [one.as_of],
    }
    cells = {name: [_value(value) for value in values if value] for name, values in told.items()}
    return {**cells, "sub_agents": [{"int": 0}]}


def _value(value: Any) -> dict[str, Any]:
    if isinstance(value, date):
        return {"date": f"{value.isoformat()}T00:00:00Z"}
    return {"str": str(value)}


def _link(name: str, argument: object) -> str:
    return f"{settings.IRIS_PUBLIC_URL}{reverse(name, args=[argument])}"
