"""What a certificate and a firm's recognition are in the words of UNTP 0.7.0, on the W3C data model 2.0.

The whole mapping stands here and nowhere else: UNTP broke between 0.6.1 and 0.7.0 and 1.0 is announced. The agency is
`issuedToParty`, the audit firm is `auditor`, the scheme is `issuer`: three names that no context maps to one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

VERSION = "0.7.0"
CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://vocabulary.uncefact.org/untp/0.7.0/context/"]
TOPICS = (("forced-labour", "Forced labour"), ("labour-rights", "Labour rights"))
TOPIC_BASE = "https://vocabulary.uncefact.org/conformity-topic/"
Json = dict[str, Any]


@dataclass(frozen=True)
class Named:
    """Something with an address and a name; a number where a register gave it one."""

    id: str
    name: str
    number: str = ""


@dataclass(frozen=True)
class Entry:
    """A place on a status list."""

    purpose: str
    index: int
    list_url: str


@dataclass(frozen=True)
class Frame:
    """What every credential says of itself."""

    id: str
    issuer: Named
    valid_from: datetime
    valid_until: datetime | None
    entries: Sequence[Entry]
    terms_url: str


@dataclass(frozen=True)
class ConformityFacts:
    """What a revision of a certificate says, with the address of everything it names."""

    number: str
    revision: int
    certificate_url: str
    attestation_url: str
    agency: Named
    agency_country: str
    other_names: Sequence[str]
    auditor: Named | None
    auditor_anchor_url: str
    scheme: Named
    standard: Named
    criteria: Sequence[Named]
    assessed_on: date
    corridors: Sequence[tuple[str, str]]
    sectors: Sequence[str]
    sites: Sequence[str]
    conditions: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True)
class IdentityFacts:
    """What the recognition of an audit firm says."""

    firm: Named
    country: str
    recognised_on: date
    register: Named
    registrar: Named
    scope_url: str


def conformity(frame: Frame, facts: ConformityFacts) -> Json:
    """A Digital Conformity Credential."""
    return {
        **_frame(frame, "DigitalConformityCredential"),
        "name": f"Certificate of ethical recruitment {facts.number}, revision {facts.revision}",
        "credentialSubject": _attestation(frame, facts),
    }


def identity(frame: Frame, facts: IdentityFacts) -> Json:
    """A Digital Identity Anchor: the scheme vouches for an audit firm."""
    return {
        **_frame(frame, "DigitalIdentityAnchor"),
        "name": f"Recognition of {facts.firm.name} as an audit firm",
        "credentialSubject": {
            "type": ["RegisteredIdentity"],
            "id": facts.firm.id,
            "registeredName": facts.firm.name,
            "registeredId": facts.firm.number,
            "registeredDate": facts.recognised_on.isoformat(),
            "country": facts.country,
            "idScheme": {
                "type": ["IdentifierScheme"],
                "id": facts.register.id,
                "name": facts.register.name,
            },
            "registrar": _party(facts.registrar),
            "registerType": "accreditation",
            "registrationScope": [facts.scope_url],
        },
    }


def for_w3c(credential: Json, entries: Sequence[Entry]) -> Json:
    """The same credential with every status entry, the index as the text that the W3C asks for.

    UNTP's schema knows one entry only, with a number.
    """
    return {
        **credential,
        "credentialStatus": [{**_entry(one), "statusListIndex": str(one.index)} for one in entries],
    }


def status_list(
    *,
    url: str,
    issuer: str,
    purpose: str,
    encoded: str,
    ttl: int,
    valid_from: datetime,
    valid_until: datetime,
) -> Json:
    """A Bitstring Status List credential."""
    return {
        "@context": CONTEXT[:1],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": stamp(valid_from),
        "validUntil": stamp(valid_until),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded,
            "ttl": ttl,
        },
    }


def terms(base: str) -> Json:
    """The context of our own words: who audited, and what the certificate covers."""
    names = (
        "auditor",
        "scope",
        "corridors",
        "origin",
        "destination",
        "sectors",
        "sites",
        "country",
        "otherNames",
    )
    return {"@context": {"@version": 1.1, **{name: f"{base}#{name}" for name in names}}}


def stamp(at: datetime) -> str:
    """A moment as the schemas write it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _frame(frame: Frame, kind: str) -> Json:
    found: Json = {
        "@context": [*CONTEXT, frame.terms_url],
        "type": [kind, "VerifiableCredential"],
        "id": frame.id,
        "issuer": {"type": ["CredentialIssuer"], "id": frame.issuer.id, "name": frame.issuer.name},
        "validFrom": stamp(frame.valid_from),
        "credentialStatus": _entry(frame.entries[0]),
    }
    if frame.valid_until is not None:
        found["validUntil"] = stamp(frame.valid_until)
    return found


def _entry(entry: Entry) -> Json:
    return {
        "type": "BitstringStatusListEntry",
        "id": f"{entry.list_url}#{entry.index}",
        "statusPurpose": entry.purpose,
        "statusListIndex": entry.index,
        "statusListCredential": entry.list_url,
    }


def _attestation(frame: Frame, facts: ConformityFacts) -> Json:
    agency = {**_party(facts.agency), "country": facts.agency_country, "otherNames": list(facts.other_names)}
    found: Json = {
        "type": ["ConformityAttestation"],
        "id": facts.attestation_url,
        "name": f"Certificate of ethical recruitment {facts.number}",
        "assessorLevel": "3rdParty",
        "assessmentLevel": "scheme-cab",
        "attestationType": "certification",
        "issuedToParty": agency,
        "referenceScheme": {"type": ["ConformityScheme"], "id": facts.scheme.id, "name": facts.scheme.name},
        "conformityCertificate": {
            "linkURL": facts.certificate_url,
            "linkName": "The certificate and its state of today",
            "mediaType": "text/html",
        },
        "conformityAssessment": [_assessment(facts)],
        "scope": {
            "corridors": [{"origin": one, "destination": other} for one, other in facts.corridors],
            "sectors": list(facts.sectors),
            "sites": list(facts.sites),
        },
    }
    if facts.auditor is not None:
        found["auditor"] = _party(facts.auditor)
        found["authorisation"] = [_authorisation(frame, facts, facts.auditor)]
    return found


def _authorisation(frame: Frame, facts: ConformityFacts, auditor: Named) -> Json:
    return {
        "type": ["Endorsement"],
        "name": f"{auditor.name} audits for {frame.issuer.name}",
        "issuingAuthority": _party(frame.issuer),
        "endorsementEvidence": {
            "linkURL": facts.auditor_anchor_url,
            "linkName": "Digital Identity Anchor of the audit firm",
            "mediaType": "application/vc+jwt",
        },
    }


def _assessment(facts: ConformityFacts) -> Json:
    return {
        "type": ["ConformityAssessment"],
        "id": f"{facts.attestation_url}#assessment",
        "name": f"Audit against {facts.standard.name}",
        "assessmentCriteria": [
            {"type": ["Criterion"], "id": one.id, "name": one.name} for one in facts.criteria
        ],
        "assessmentDate": facts.assessed_on.isoformat(),
        "assessedPerformance": [
            {"score": {"code": "conforms", "definition": "Meets every criterion that applies."}}
        ],
        "assessedOrganisation": _party(facts.agency),
        "referenceStandard": [{"type": ["Standard"], "id": facts.standard.id, "name": facts.standard.name}],
        "specifiedCondition": list(facts.conditions),
        "conformityTopic": [
            {"type": ["ConformityTopic"], "id": TOPIC_BASE + code, "name": name} for code, name in TOPICS
        ],
        "conformance": True,
    }


def _party(named: Named) -> Json:
    found: Json = {"type": ["Party"], "id": named.id, "name": named.name}
    return {**found, "registeredId": named.number} if named.number else found
