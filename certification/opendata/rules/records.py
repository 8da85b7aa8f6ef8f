"""What the files of open data hold, row by row. Pure; only what the register shows, and no natural person.

Officers, addresses of people, and who decided or signed stand on the register's pages where they have a reason and can
be corrected. They are not in files that anybody may copy for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from certification.agencies.models import Agency
    from certification.agencies.selectors import Ending
    from certification.certificates.models import Certificate
    from certification.certificates.selectors import StandingFacts

SCHEMA_OF_KIND = {"private": "Company", "non_profit": "Organization", "public": "PublicBody"}
PREFIX = "recruitment-register-"
Field = tuple[str, str, str]
AGENCY_FIELDS: tuple[Field, ...] = (
    ("id", "string", "Never reused; the address of the agency on the register ends in it"),
    ("legal_name", "string", "As registered"),
    ("other_names", "array", "Trading, local and former names"),
    ("registration_number", "string", "Number in the register of companies of its country"),
    ("kind", "string", "private, non_profit or public"),
    ("country", "string", "ISO 3166-1 alpha-2, where it has its seat"),
    ("city", "string", ""),
    (
        "standing",
        "string",
        "How it stands as of the moment of the file; only certified* and reduced_scope are valid",
    ),
    (
        "valid",
        "boolean",
        "Whether a certificate may be relied on, within its scope, as of the moment of the file",
    ),
    ("since", "date", "Since when it stands so"),
    ("certificate", "string", "Number of the certificate that speaks for it; empty without one"),
    ("url", "string", "The page that counts"),
    (
        "ended",
        "string",
        "How the company ended: merged or closed; empty where it goes on. Its certificate is decided by itself",
    ),
    ("ended_on", "date", "The day on which it was merged or closed"),
    (
        "successor_id",
        "string",
        "Which agency of these files took it over; empty where that one is not in them",
    ),
    ("successor_name", "string", "Who took it over. A certificate does not go over with a company"),
)
CERTIFICATE_FIELDS: tuple[Field, ...] = (
    ("id", "string", "Of one revision; never reused"),
    ("number", "string", ""),
    ("revision", "integer", "The highest one of a number counts"),
    ("agency_id", "string", "The agency in agencies.csv"),
    ("legal_name", "string", "As it was on the day of issue"),
    ("registration_number", "string", "As it was on the day of issue"),
    ("country", "string", "ISO 3166-1 alpha-2"),
    ("status", "string", "What this revision is worth as of the moment of the file"),
    ("valid", "boolean", "Whether it may be relied on, within its scope, as of the moment of the file"),
    ("status_since", "date", ""),
    ("reason_code", "string", "Why it is not what it was"),
    ("corridors", "array", "Countries of origin and of work, as NP-QA"),
    ("sectors", "array", ""),
    ("branches", "array", "Offices covered besides the head office: name, city, country"),
    ("edition", "integer", "Edition of the Standard it was audited against"),
    ("audit_firm", "string", ""),
    ("decided_on", "date", ""),
    ("effective_on", "date", ""),
    ("expires_on", "date", "The last day"),
    ("issued_at", "datetime", ""),
    ("url", "string", "The page that counts"),
)


def agency_row(
    agency: Agency, standing: StandingFacts, base: str, ending: Ending | None = None
) -> dict[str, Any]:
    """One line of agencies. New columns stand behind the old ones."""
    names = [one.name for one in agency.names.all() if one.kind != "legal"]
    return {
        "id": str(agency.pk),
        "legal_name": agency.legal_name,
        "other_names": sorted(names),
        "registration_number": agency.registration_number,
        "kind": agency.kind,
        "country": agency.country,
        "city": agency.city,
        "standing": str(standing.standing),
        "valid": standing.valid,
        "since": standing.since.isoformat() if standing.since else None,
        "certificate": standing.certificate.number if standing.certificate else "",
        "url": f"{base}/register/{agency.pk}/",
        "ended": ending.kind if ending else "",
        "ended_on": ending.on.isoformat() if ending else None,
        "successor_id": str(ending.successor_id) if ending and ending.successor_id else "",
        "successor_name": ending.successor_name if ending else "",
    }


def certificate_row(row: Certificate, standing: StandingFacts, base: str) -> dict[str, Any]:
    """One line of certificates."""
    return {
        "id": str(row.pk),
        "number": row.number,
        "revision": row.revision,
        "agency_id": str(row.agency_id),
        "legal_name": row.legal_name,
        "registration_number": row.registration_number,
        "country": row.country,
        "status": str(standing.standing),
        "valid": standing.valid,
        "status_since": standing.since.isoformat() if standing.since else None,
        "reason_code": row.reason_code,
        "corridors": sorted(f"{one.origin}-{one.destination}" for one in row.corridors.all()),
        "sectors": sorted(row.sectors),
        "branches": row.branches,
        "edition": row.edition.number,
        "audit_firm": row.firm_name,
        "decided_on": row.decided_on.isoformat(),
        "effective_on": row.effective_on.isoformat(),
        "expires_on": row.expires_on.isoformat(),
        "issued_at": row.issued_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "url": f"{base}/verify/{row.number}/",
    }


def entities_of_agency(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An agency for FollowTheMoney: a company, an organisation or a public body; and who took it over."""
    yield _entity(
        row["id"],
        SCHEMA_OF_KIND.get(row["kind"], "LegalEntity"),
        {
            "name": [row["legal_name"]],
            "alias": row["other_names"],
            "registrationNumber": [row["registration_number"]],
            "jurisdiction": [row["country"].lower()],
            "country": [row["country"].lower()],
            "status": [row["standing"]],
            "dissolutionDate": [row["ended_on"] or ""],
            "sourceUrl": [row["url"]],
        },
    )
    if row["successor_id"]:
        yield _entity(
            f"{row['id']}-succession",
            "Succession",
            {
                "predecessor": [PREFIX + row["id"]],
                "successor": [PREFIX + row["successor_id"]],
                "date": [row["ended_on"]],
                "sourceUrl": [row["url"]],
            },
        )


def entities_of_certificate(row: dict[str, Any], scheme: str) -> Iterator[dict[str, Any]]:
    """A certificate: an identification of its holder, given by the scheme from one day to another.

    FollowTheMoney's License is an asset without a holder; Identification has number, holder, authority and dates.
    """
    scope = ", ".join([*row["corridors"], *row["sectors"]])
    yield _entity(
        row["id"],
        "Identification",
        {
            "holder": [PREFIX + row["agency_id"]],
            "number": [row["number"]],
            "type": ["Certificate of ethical recruitment"],
            "authority": [scheme],
            "country": [row["country"].lower()],
            "startDate": [row["effective_on"]],
            "endDate": [row["expires_on"]],
            "recordId": [f"{row['number']} revision {row['revision']}"],
            "description": [f"{row['status']} since {row['status_since']}; covers {scope}"],
            "sourceUrl": [row["url"]],
        },
    )


def _entity(key: str, schema: str, properties: dict[str, list[str]]) -> dict[str, Any]:
    filled = {name: [one for one in values if one] for name, values in properties.items()}
    return {
        "id": PREFIX + key,
        "schema": schema,
        "properties": {name: values for name, values in filled.items() if values},
    }
