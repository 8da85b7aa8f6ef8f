"""What is compared of an agency: public facts only, read now from PostgreSQL, for many agencies at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count

from certification.agencies.models import Agency, AgencyEnd, AgencyName, Licence
from certification.agencies.selectors import ends_of
from certification.agencies.states import NameKind
from certification.certificates.models import CertificateChange
from certification.certificates.selectors import StandingFacts, standings_of
from certification.certificates.states import ReasonCode, Standing
from iris.core import clocks
from iris.core.models import Event
from supplychain.watches.rules import digest

SHOWN = 6
LICENCE_ACTS = ("licence_lost", "licence_register_changed")
Facts = dict[str, Any]


def facts_of(agency_ids: Iterable[UUID]) -> dict[UUID, Facts]:
    """The facts of each agency. A fixed number of queries, however many there are."""
    agencies = list(Agency.objects.filter(pk__in=list(agency_ids)))
    keys = [agency.pk for agency in agencies]
    standings = standings_of(agencies)
    former, licences = _former(keys), _licences(keys)
    history, acts = _history(keys)
    ends = ends_of(keys)
    for key, count in _licence_acts(keys).items():
        acts[key] += count
    return {
        agency.pk: {
            "name": agency.legal_name,
            "country": agency.country,
            "former": former[agency.pk],
            "licences": licences[agency.pk],
            "history": history[agency.pk],
            "acts": acts[agency.pk],
            **_standing(standings[agency.pk]),
            **_end(ends.get(agency.pk)),
        }
        for agency in agencies
    }


def _end(end: AgencyEnd | None) -> Facts:
    """How the company ended. Where it goes on there is no such fact, as in everything seen before there was one."""
    if end is None:
        return {}
    heir = end.successor
    told = [end.kind, end.ended_on.isoformat(), str(end.successor_id or "")]
    return {"end": told, "heir": heir.legal_name if heir else ""}


def settled_facts_of(agency_ids: Iterable[UUID], seen: Mapping[UUID, str]) -> dict[UUID, Facts]:
    """The facts; where they differ from the digests seen last, read until two reads agree.

    An act that commits between two queries is then seen whole or not at all.
    """
    keys = list(agency_ids)
    found = facts_of(keys)
    digests = _digests(found)
    if digests == dict(seen):
        return found
    for _try in range(5):
        again = facts_of(keys)
        before, digests = digests, _digests(again)
        if digests == before:
            return again
    raise RuntimeError("The register changed on every read; the next run looks again.")


def _digests(found: Mapping[UUID, Facts]) -> dict[UUID, str]:
    return {key: digest(one) for key, one in found.items()}


def _standing(facts: StandingFacts) -> Facts:
    one = facts.certificate
    valid = facts.valid and one is not None
    told = {
        "standing": str(facts.standing),
        "valid": valid,
        "since": facts.since.isoformat() if facts.since else "",
        "flag": one is not None and not valid and one.reason_code == ReasonCode.CRITICAL_FINDING,
    }
    if one is None or facts.standing is Standing.APPLICANT:
        return {
            **told,
            "certificate": "",
            "revision": 0,
            "expires_on": "",
            "reason": "",
            "note": "",
            "corridors": [],
            "sectors": [],
            "branches": [],
        }
    return {
        **told,
        "certificate": one.number,
        "revision": one.revision,
        "expires_on": one.expires_on.isoformat(),
        "reason": one.reason_code,
        "note": one.public_note,
        "corridors": sorted([row.origin, row.destination] for row in one.corridors.all()),
        "sectors": sorted(one.sectors),
        "branches": sorted(str(branch["name"]) for branch in one.branches),
    }


def _former(keys: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = AgencyName.objects.filter(agency_id__in=keys, kind=NameKind.FORMER).order_by("name")
    for agency_id, name in rows.values_list("agency_id", "name"):
        found[agency_id].append(name)
    return found


def _licences(keys: list[UUID]) -> dict[UUID, list[list[str]]]:
    """Country, number and how it stands: lost (why), ended by its date, or held. Held is the agency's own word."""
    found: dict[UUID, list[list[str]]] = defaultdict(list)
    today = clocks.today()
    for row in Licence.objects.filter(agency_id__in=keys).order_by("country", "number"):
        state = row.lost_why or ("expired" if row.valid_to < today else "held")
        found[row.agency_id].append([row.country, row.number, str(state)])
    return found


def _history(keys: list[UUID]) -> tuple[dict[UUID, list[list[str]]], dict[UUID, int]]:
    """The last lines of each published history, and how many there are: a change that was undone leaves two more."""
    lines: dict[UUID, list[list[str]]] = defaultdict(list)
    counts: dict[UUID, int] = defaultdict(int)
    rows = CertificateChange.objects.filter(certificate__agency_id__in=keys).order_by("at", "created_at")
    for agency_id, on, what in rows.values_list("certificate__agency_id", "on", "what"):
        lines[agency_id] = [*lines[agency_id][-SHOWN + 1 :], [on.isoformat(), what]]
        counts[agency_id] += 1
    return lines, counts


def _licence_acts(keys: list[UUID]) -> dict[UUID, int]:
    """How often a register said something new of a licence: lost and found again leaves its mark here."""
    rows = Event.objects.filter(
        subject_type=Agency._meta.label_lower, subject_id__in=keys, act__in=LICENCE_ACTS
    )
    return dict(
        rows.order_by().values_list("subject_id").annotate(n=Count("pk")).values_list("subject_id", "n")
    )
