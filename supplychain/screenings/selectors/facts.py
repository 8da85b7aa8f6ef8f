"""What the register says of agencies at the moment of a check, in plain data that is kept for good."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from supplychain.lookups.selectors import AgencyFacts, LicenceFacts, facts_for


def facts_of(agency_ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """The facts of each agency, read now from PostgreSQL; one that left the register is not in the answer."""
    return {key: plain(one) for key, one in facts_for(agency_ids).items()}


def plain(one: AgencyFacts) -> dict[str, Any]:
    """Facts as JSON: standing, certificate and its scope, licences with their source, and what else is public.

    `ended` stands there only where a company ended: the facts of all others hash as they did before there was one.
    """
    ended = {"ended": one.ended.as_json()} if one.ended else {}
    return {
        **ended,
        "legal_name": one.legal_name,
        "country": one.country,
        "registration_number": one.registration_number,
        "standing": {
            "code": one.standing,
            "label": one.label,
            "tone": one.tone,
            "valid": one.valid,
            "since": _day(one.since),
        },
        "certificate": {
            "number": one.certificate_number,
            "expires_on": _day(one.expires_on),
            "corridors": [list(pair) for pair in one.corridors],
            "sectors": list(one.sectors),
        }
        if one.certificate_number
        else None,
        "licences": [_licence(row) for row in one.licences],
        "training": one.level,
        "open_flag": one.open_flag,
        "sub_agents": one.sub_agents,
        "former_names": [row.name for row in one.former_names],
    }


def _licence(row: LicenceFacts) -> dict[str, Any]:
    return {
        "country": row.country,
        "number": row.number,
        "valid_to": _day(row.valid_to),
        "status": row.status,
        "label": row.label,
        "source": row.source,
        "retrieved_at": row.retrieved_at.isoformat(timespec="seconds") if row.retrieved_at else None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
