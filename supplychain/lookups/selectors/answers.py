"""What is known of the agency found, for the question asked: status, scope fit, licences, sub-agents, in plain data.

An answer is JSON from the start, so that the page, the receipt and the API show the same thing.
"""

from typing import Any

from certification.agencies.models import Agency, Licence
from certification.certificates.models import Certificate
from certification.certificates.selectors import StandingFacts, standing_of
from iris.core import clocks
from iris.core.places import Corridor, country_name, sector_name
from supplychain.lookups.states import CERTAIN, How

FITS, NO, ASK, NOT_ASKED = "yes", "no", "ask", "not_asked"


def answer_for(
    agency: Agency, *, origin: str = "", destination: str = "", sector: str = ""
) -> dict[str, Any]:
    """Everything public about the agency that bears on the question, read now from PostgreSQL."""
    facts = standing_of(agency)
    return {
        "agency_id": str(agency.pk),
        "legal_name": agency.legal_name,
        "country": agency.country,
        "registration_number": agency.registration_number,
        "names": [{"name": row.name, "kind": row.kind} for row in agency.names.all()],
        "standing": {
            "code": str(facts.standing),
            "label": str(facts.facts.public),
            "tone": facts.facts.tone,
            "valid": facts.valid,
            "since": facts.since.isoformat() if facts.since else None,
        },
        "certificate": _certificate(facts),
        "scope_fit": _scope_fit(facts, origin, destination, sector),
        "licences": [_licence(row) for row in agency.licences.all()],
        "sub_agents": [
            {"name": row.name, "country": row.country, "city": row.city} for row in agency.sub_agents.all()
        ],
    }


def _certificate(facts: StandingFacts) -> dict[str, Any] | None:
    one = facts.certificate
    if one is None:
        return None
    return {
        "number": one.number,
        "revision": one.revision,
        "state": str(one.state),
        "effective_on": one.effective_on.isoformat(),
        "expires_on": one.expires_on.isoformat(),
        "public_note": one.public_note,
        "edition": one.edition.number,
        "audit_firm": one.firm_name,
        "corridors": [[row.origin, row.destination] for row in one.corridors.all()],
        "sectors": list(one.sectors),
    }


def _licence(row: Licence) -> dict[str, Any]:
    """A licence as the agency declared it. Nobody has asked the authority, so it is never called clean."""
    today = clocks.today()
    state = "ended" if row.valid_to < today else "not_yet" if row.valid_from > today else "declared"
    return {
        "country": row.country,
        "authority": row.authority,
        "number": row.number,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat(),
        "state": state,
        "source": "declared by the agency; not asked of the authority",
        "retrieved_at": row.created_at.isoformat(timespec="seconds"),
    }


def _scope_fit(facts: StandingFacts, origin: str, destination: str, sector: str) -> list[dict[str, str]]:
    certificate = facts.certificate if facts.valid else None
    rows: list[dict[str, str]] = []
    if origin and destination:
        asked = Corridor(origin, destination)
        rows.append(_corridor_row(asked, certificate))
    if sector:
        held = certificate.sectors if certificate else []
        words = ", ".join(sector_name(one) for one in held)
        fit = FITS if sector in held else (ASK if certificate else NO)
        rows.append({"what": "sector", "asked": sector_name(sector), "held": words, "fits": fit})
    if certificate:
        until = f"{certificate.expires_on:%-d %B %Y}"
        rows.append(
            {"what": "day", "asked": f"{clocks.today():%-d %B %Y}", "held": f"to {until}", "fits": FITS}
        )
    return rows


def _corridor_row(asked: Corridor, certificate: Certificate | None) -> dict[str, str]:
    held = (
        [Corridor(row.origin, row.destination) for row in certificate.corridors.all()] if certificate else []
    )
    words = ", ".join(f"{country_name(one.origin)} to {country_name(one.destination)}" for one in held)
    return {"what": "corridor", "asked": asked.text, "held": words, "fits": FITS if asked in held else NO}


def verdict_of(snapshot: dict[str, Any]) -> dict[str, str]:
    """Tone and headline code of a snapshot: the one place that decides how sure the page may sound."""
    answer = snapshot.get("answer")
    if not answer:
        tones = {"not_found": "past", "invalid": "care"}
        return {"tone": tones.get(snapshot["outcome"], "unsure"), "code": snapshot["outcome"]}
    misfit = [row for row in answer["scope_fit"] if row["fits"] != FITS]
    if not answer["standing"]["valid"]:
        return {"tone": answer["standing"]["tone"], "code": "not_valid"}
    if misfit:
        return {"tone": "care", "code": "other_scope"}
    if snapshot["how"] not in CERTAIN and snapshot["how"] != How.SAME_NAME:
        return {"tone": "care", "code": "name_alike"}
    if answer["standing"]["code"] == "certified_with_conditions":
        return {"tone": "care", "code": "with_conditions"}
    return {"tone": "good", "code": "certified"}
