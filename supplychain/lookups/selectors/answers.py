"""What is known of the agency found, for the question asked, in plain data.

An answer is JSON from the start, so that the page, the receipt and the API show the same thing.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from certification.certificates.models import Certificate
from iris.core import clocks
from iris.core.days import in_words
from iris.core.places import Corridor, country_name, sector_name
from iris.matching import normalise
from supplychain.lookups.rules import Asked
from supplychain.lookups.selectors.facts import AgencyFacts, CountryRule, LicenceFacts
from supplychain.lookups.selectors.finding import Found
from supplychain.lookups.states import CERTAIN, IDENTIFIED, How

FITS, NO, ASK = "yes", "no", "ask"


def answer_for(facts: AgencyFacts, asked: Asked, found: Found) -> dict[str, Any]:
    """Everything public about the agency that bears on the question, as it was read from PostgreSQL."""
    return {
        "agency_id": str(facts.agency_id),
        "legal_name": facts.legal_name,
        "country": facts.country,
        "registration_number": facts.registration_number,
        "on": facts.on.isoformat(),
        "then": facts.on < clocks.today(),
        "on_register": facts.enrolled_on <= facts.on,
        "names": [{"name": name, "kind": kind} for name, kind in facts.names],
        "former_names": [
            {"name": one.name, "until": _iso(one.used_until), "note": one.note} for one in facts.former_names
        ],
        "identifiers": [
            {"scheme": scheme, "country": country, "value": value}
            for scheme, country, value in facts.identifiers
        ],
        "standing": {
            "code": facts.standing,
            "label": facts.label,
            "tone": facts.tone,
            "valid": facts.valid,
            "since": _iso(facts.since),
        },
        "ended": facts.ended.as_json() if facts.ended else None,
        "certificate": _certificate(facts),
        "scope_fit": scope_fit(facts, asked, found),
        "licences": [_licence(row) for row in facts.licences],
        "open_critical": "published" if facts.open_flag else "none_published",
        "complaints": "not_available",
        "training": {"level": facts.level, "label": facts.level_label},
        "sub_agents": {"declared": facts.sub_agents, "by_country": dict(facts.sub_agents_by_country)},
        "country_rules": [_rule(one) for one in facts.country_rules],
    }


def _iso(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None


def _certificate(facts: AgencyFacts) -> dict[str, Any] | None:
    one = facts.certificate
    if one is None:
        return None
    now = facts.on >= clocks.today()
    return {
        "number": one.number,
        "revision": one.revision,
        "effective_on": one.effective_on.isoformat(),
        "expires_on": one.expires_on.isoformat(),
        "public_note": one.public_note if now else "",
        "edition": one.edition.number,
        "audit_firm": one.firm_name,
        "legal_name": one.legal_name,
        "country": one.country,
        "corridors": [list(pair) for pair in facts.corridors],
        "sectors": list(facts.sectors),
        "branches": list(facts.branches),
    }


def _licence(row: LicenceFacts) -> dict[str, Any]:
    """A licence as told and as its register has it. Unknown is unknown, never clean."""
    return {
        "country": row.country,
        "authority": row.authority,
        "number": row.number,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat(),
        "told": row.told,
        "status": row.status,
        "label": row.label,
        "tone": row.tone,
        "raw": row.raw,
        "sentence": row.sentence,
        "register": row.register,
        "source": row.source,
        "retrieved_at": row.retrieved_at.isoformat(timespec="seconds") if row.retrieved_at else None,
        "hint": row.hint,
    }


def _rule(one: CountryRule) -> dict[str, Any]:
    return {
        "country": one.country,
        "text": one.text,
        "detail": one.detail,
        "source": one.source,
        "day": one.day.isoformat(),
        "confirmed": one.confirmed,
        "rule": one.rule,
        "concerns": one.concerns,
    }


def scope_fit(facts: AgencyFacts, asked: Asked, found: Found) -> list[dict[str, str]]:
    """For each part of the question whether the certificate covers it: yes, no or ask, each with its reason."""
    certificate = facts.certificate if facts.valid else None
    rows = [_entity(facts, asked, found, certificate)]
    if asked.origin and asked.destination:
        rows.append(_corridor(facts, asked, certificate))
    if asked.branch:
        rows.append(_branch(facts, asked, certificate))
    if asked.sector:
        rows.append(_sector(facts, asked, certificate))
    rows.append(_day(facts, certificate))
    return rows


def _row(what: str, asked: str, held: str, fits: str, why: str) -> dict[str, str]:
    return {"what": what, "asked": asked, "held": held, "fits": fits, "why": why}


def _no_certificate(facts: AgencyFacts) -> str:
    return (
        _("No certificate was in force.") if facts.on < clocks.today() else _("No certificate is in force.")
    )


def _entity(
    facts: AgencyFacts, asked: Asked, found: Found, certificate: Certificate | None
) -> dict[str, str]:
    held = ", ".join(part for part in (facts.legal_name, country_name(facts.country)) if part)
    words = asked.text[:80]
    first = found.similar[0] if found.similar else None
    if asked.country and asked.country != facts.country:
        why = _("You asked for %(country)s. A company of the same name there would be another entity.") % {
            "country": country_name(asked.country)
        }
        return _row("entity", words, held, ASK, why)
    if certificate and certificate.country != facts.country:
        why = _("The certificate names an entity in %(country)s.") % {
            "country": country_name(certificate.country)
        }
        return _row("entity", words, held, ASK, why)
    if found.how in IDENTIFIED:
        return _row("entity", words, held, FITS, _("The number is its own."))
    if found.how in CERTAIN:
        return _row("entity", words, held, FITS, _("Your organisation said that this one is meant."))
    if found.how == How.SAME_NAME and first is not None:
        return _same_name(words, held, first.kind)
    why = {
        How.CONTACT: _("Offices share phones and addresses. Ask for its licence or registration number."),
    }.get(
        found.how or How.NEAR_NAME, _("Only the name is alike. Ask for its licence or registration number.")
    )
    return _row("entity", words, held, ASK, why)


def _same_name(words: str, held: str, kind: str) -> dict[str, str]:
    if kind == "former":
        why = _("This is a name it had before. Another company may use it now: ask for a number.")
        return _row("entity", words, held, ASK, why)
    why = {
        "trading": _("This is its trading name."),
        "local": _("This is its name in another script."),
    }.get(kind, _("This is its legal name."))
    return _row("entity", words, held, FITS, why)


def _corridor(facts: AgencyFacts, asked: Asked, certificate: Certificate | None) -> dict[str, str]:
    wanted = Corridor(asked.origin, asked.destination)
    held = "; ".join(Corridor(*pair).text for pair in facts.corridors) if certificate else ""
    if certificate is None:
        return _row("corridor", wanted.text, held, NO, _no_certificate(facts))
    if (asked.origin, asked.destination) in facts.corridors:
        return _row("corridor", wanted.text, held, FITS, _("The certificate names this corridor."))
    return _row("corridor", wanted.text, held, NO, _("The certificate does not name this corridor."))


def _sector(facts: AgencyFacts, asked: Asked, certificate: Certificate | None) -> dict[str, str]:
    wanted = sector_name(asked.sector)
    held = ", ".join(sector_name(one) for one in facts.sectors) if certificate else ""
    if certificate is None:
        return _row("sector", wanted, held, NO, _no_certificate(facts))
    if asked.sector in facts.sectors:
        return _row("sector", wanted, held, FITS, _("The certificate names this sector."))
    why = _("The certificate does not name it. Ask whether the work belongs to a sector that it names.")
    return _row("sector", wanted, held, ASK, why)


def _branch(facts: AgencyFacts, asked: Asked, certificate: Certificate | None) -> dict[str, str]:
    """An office is covered when the certificate names it, or is the head office itself."""
    if certificate is None:
        return _row("branch", asked.branch, "", NO, _no_certificate(facts))
    head = [certificate.city] if certificate.city else []
    places = [(one.get("name", ""), one.get("city", "")) for one in facts.branches]
    shown = [_("Head office") + (f" ({certificate.city})" if certificate.city else "")]
    shown += [", ".join(part for part in pair if part) for pair in places]
    held = "; ".join(shown)
    wanted = set(normalise(asked.branch).split())
    names = [set(normalise(f"{name} {city}").split()) for name, city in places]
    names += [set(normalise(f"{city} head office main").split()) for city in head or [""]]
    noise = {"office", "branch", "in", "at"}
    wanted = (wanted - noise) or wanted
    if wanted and any(wanted <= one for one in names):
        return _row("branch", asked.branch, held, FITS, _("The certificate names this office."))
    if any(wanted & (one - noise) for one in names):
        why = _("An office with a name like this is named. Ask which office it is.")
        return _row("branch", asked.branch, held, ASK, why)
    why = _("The certificate does not name this office. It may work from there without being covered.")
    return _row("branch", asked.branch, held, NO, why)


def _day(facts: AgencyFacts, certificate: Certificate | None) -> dict[str, str]:
    words = in_words(facts.on)
    if certificate is None:
        return _row("day", words, "", NO, _no_certificate(facts))
    held = _("%(first)s to %(last)s") % {
        "first": in_words(certificate.effective_on),
        "last": in_words(certificate.expires_on),
    }
    return _row(
        "day",
        words,
        held,
        FITS,
        _("The certificate was in force.")
        if facts.on < clocks.today()
        else _("The certificate is in force."),
    )


def _surely(snapshot: dict[str, Any]) -> bool:
    """Whether it is surely the agency that is meant."""
    entity = next(row["fits"] for row in snapshot["answer"]["scope_fit"] if row["what"] == "entity")
    return entity == FITS and (snapshot["how"] in CERTAIN or snapshot["how"] == How.SAME_NAME)


def verdict_of(snapshot: dict[str, Any]) -> dict[str, str]:
    """Tone and headline code of a snapshot: the one place that decides how sure the page may sound."""
    answer = snapshot.get("answer")
    if not answer:
        tones = {"not_found": "past", "invalid": "care"}
        return {"tone": tones.get(snapshot["outcome"], "unsure"), "code": snapshot["outcome"]}
    if not answer["standing"]["valid"]:
        return {"tone": answer["standing"]["tone"], "code": "not_valid"}
    if answer.get("ended") and _surely(snapshot):
        return {"tone": "care", "code": "ended"}
    fits = {row["what"]: row["fits"] for row in answer["scope_fit"]}
    if any(fit != FITS for what, fit in fits.items() if what != "entity"):
        return {"tone": "care", "code": "other_scope"}
    if snapshot["how"] not in CERTAIN and snapshot["how"] != How.SAME_NAME:
        return {"tone": "care", "code": "name_alike"}
    if fits.get("entity", FITS) != FITS:
        return {"tone": "care", "code": "entity_unsure"}
    if answer["standing"]["code"] == "certified_with_conditions":
        return {"tone": "care", "code": "with_conditions"}
    return {"tone": "good", "code": "certified"}
