"""What was known when a decision was proposed."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from certification.agencies.models import Agency
from certification.certificates.selectors import standing_of
from iris.accounts.models import Organisation
from iris.core import clocks
from iris.matching import key
from supplychain.chains import selectors as chains
from supplychain.lookups.models import Lookup


def key_of(agency: Agency | None, name: str, country: str) -> str:
    """Under what a recruiter is remembered: the agency, or the name's key with its country."""
    return str(agency.pk) if agency else f"{key(name)}|{country}"[:400]


def basis_of(
    organisation: Organisation,
    agency: Agency | None,
    name: str,
    country: str,
    receipt: Lookup | None,
    source: str,
) -> dict[str, Any]:
    """The snapshot that is hashed into the decision."""
    return {
        "kind": "iris.decision-basis/1",
        "scheme": settings.SCHEME_NAME,
        "at": clocks.now().isoformat(timespec="seconds"),
        "organisation": organisation.name,
        "recruiter": {
            "agency_id": str(agency.pk) if agency else "",
            "name": name,
            "country": agency.country if agency else country,
            "registration_number": agency.registration_number if agency else "",
        },
        "standing": standing_now(agency),
        "findings": findings_about(organisation, agency),
        "receipt": _receipt(receipt),
        "source": source.strip()[:500],
    }


def standing_now(agency: Agency | None) -> dict[str, Any]:
    """The register's word on an agency today; of a recruiter it does not know, that it does not."""
    if agency is None:
        return {"code": "unknown", "label": "Not on the register", "valid": False, "certificate": ""}
    facts = standing_of(agency)
    certificate = facts.certificate
    return {
        "code": str(facts.standing),
        "label": str(facts.standing.label),
        "valid": facts.valid,
        "certificate": certificate.number if certificate else "",
        "expires_on": certificate.expires_on.isoformat() if certificate else "",
    }


def findings_about(organisation: Organisation, agency: Agency | None) -> list[dict[str, str]]:
    """What the employer's own chain shows about this agency, where the chain room tells."""
    findings_of = getattr(chains, "findings_of", None)
    if agency is None or findings_of is None:
        return []
    found = [one for one in findings_of(organisation) if one.party and one.party.agency_id == agency.pk]
    return [
        {"code": str(one.code), "why": str(one.why), "path": " > ".join(party.name for party in one.path)}
        for one in found
    ]


def _receipt(receipt: Lookup | None) -> dict[str, str] | None:
    if receipt is None:
        return None
    return {"number": receipt.number, "sha256": receipt.sha256, "at": receipt.created_at.isoformat()}
