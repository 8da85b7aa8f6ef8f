"""What the register says of agencies at the moment of a check, in plain data that is kept for good."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from certification.agencies.models import Agency
from certification.certificates.selectors import standings_of


def facts_of(agency_ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """The facts of each agency, read now from PostgreSQL; one that left the register is not in the answer."""
    agencies = {
        row.pk: row for row in Agency.objects.filter(pk__in=set(agency_ids), enrolled_at__isnull=False)
    }
    standings = standings_of(agencies.values())
    return {key: _plain(row, standings[key]) for key, row in agencies.items()}


def _plain(row: Agency, facts: Any) -> dict[str, Any]:
    return {
        "legal_name": row.legal_name,
        "country": row.country,
        "registration_number": row.registration_number,
        "standing": {
            "code": str(facts.standing),
            "label": str(facts.facts.public),
            "valid": facts.valid,
            "since": facts.since.isoformat() if facts.since else None,
        },
        "certificate": None,
        "licences": [],
    }
