"""What is known of agencies, in bulk and read from PostgreSQL at that moment: standing, scope, licences, and the rest.

The number of queries does not grow with the number of agencies; the registers of states add three for each country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.agencies.selectors import Ending
from certification.agencies.states import NameKind
from certification.certificates.models import Certificate
from certification.certificates.selectors import StandingFacts, standings_then
from certification.certificates.states import CertificateState, ReasonCode, Standing
from certification.licences import selectors as registers
from certification.licences.selectors import Asked, LicenceStanding, Note
from certification.training.selectors import levels_of
from iris.core import clocks
from iris.core.days import in_words
from iris.core.prepared import Statement


@dataclass(frozen=True)
class LicenceFacts:
    """One licence: what the agency told, and what the register of that state says, with source and moment."""

    country: str
    number: str
    authority: str
    valid_from: date
    valid_to: date
    told: str
    status: str
    label: str
    tone: str
    icon: str
    raw: str
    raw_language: str
    sentence: str
    register: str
    source: str
    retrieved_at: datetime | None
    hint: str = ""


@dataclass(frozen=True)
class CountryRule:
    """A rule of a country that a reader should know; `concerns` when it touches what this agency told."""

    country: str
    text: str
    source: str
    day: date
    confirmed: bool
    rule: str = ""
    concerns: bool = False
    detail: str = ""


@dataclass(frozen=True)
class FormerName:
    """A name the agency gave up, until when, and why (a merger, a new owner) where it said so."""

    name: str
    used_until: date | None
    note: str = ""


@dataclass(frozen=True)
class AgencyFacts:
    """Everything public about one agency on one day. Complaints are no part of it: nothing is known of them yet."""

    agency_id: UUID
    legal_name: str
    country: str
    registration_number: str
    on: date
    enrolled_on: date
    standing: str
    label: str
    tone: str
    icon: str
    valid: bool
    since: date | None
    certificate: Certificate | None
    certificate_number: str
    expires_on: date | None
    corridors: tuple[tuple[str, str], ...]
    sectors: tuple[str, ...]
    branches: tuple[dict[str, str], ...]
    licences: tuple[LicenceFacts, ...]
    level: str
    level_label: str
    open_flag: bool
    sub_agents: int
    sub_agents_by_country: Mapping[str, int]
    names: tuple[tuple[str, str], ...]
    former_names: tuple[FormerName, ...]
    identifiers: tuple[tuple[str, str, str], ...]
    country_rules: tuple[CountryRule, ...]
    ended: Ending | None = None

    @property
    def concerning_rules(self) -> tuple[CountryRule, ...]:
        """The rules of countries that touch what this agency told."""
        return tuple(one for one in self.country_rules if one.concerns)


_ROWS = """
SELECT a.id, a.organisation_id, a.legal_name, a.country, a.registration_number, a.enrolled_at,
  (SELECT json_agg(json_build_array(n.name, n.kind, n.used_until, n.note) ORDER BY n.kind, n.name, n.id)
     FROM certification_agencies_agencyname n WHERE n.agency_id = a.id),
  (SELECT json_agg(json_build_array(l.country, l.authority, l.number, l.valid_from, l.valid_to)
          ORDER BY l.country, l.valid_to DESC, l.number)
     FROM certification_agencies_licence l WHERE l.agency_id = a.id),
  (SELECT json_agg(json_build_array(i.scheme, i.country, i.value) ORDER BY i.scheme, i.country, i.value)
     FROM certification_agencies_agencyidentifier i WHERE i.agency_id = a.id),
  (SELECT json_object_agg(s.country, s.n) FROM (
     SELECT country, count(*) n FROM certification_agencies_subagent
     WHERE agency_id = a.id AND (since IS NULL OR since <= %(day)s) AND (until IS NULL OR until >= %(day)s)
     GROUP BY country) s),
  EXISTS (SELECT 1 FROM certification_certificates_certificate c WHERE c.agency_id = a.id)
    OR EXISTS (SELECT 1 FROM certification_applications_application p WHERE p.agency_id = a.id),
  EXISTS (SELECT 1 FROM certification_training_seat t WHERE t.organisation_id = a.organisation_id),
  (SELECT json_build_array(e.kind, e.ended_on, e.successor_id,
      (SELECT s.legal_name FROM certification_agencies_agency s WHERE s.id = e.successor_id))
     FROM certification_agencies_agencyend e WHERE e.agency_id = a.id AND e.created_at < %(day)s + 1)
FROM certification_agencies_agency a WHERE a.id = ANY(%(keys)s::uuid[]) AND a.enrolled_at IS NOT NULL
"""
# One agency, as in a single check: planning so many parts takes longer than reading them.
_ONE_ROW = Statement(
    "lookups_facts_of_one",
    _ROWS.replace("ANY(%(keys)s::uuid[])", "$1").replace("%(day)s", "$2"),
    ("uuid", "date"),
)


@dataclass(frozen=True)
class _Told:
    """A licence as the agency told it."""

    country: str
    authority: str
    number: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class _Row:
    """An agency with what hangs on it, by one query."""

    pk: UUID
    organisation_id: UUID
    legal_name: str
    country: str
    registration_number: str
    enrolled_at: datetime
    names: list[tuple[str, str, date | None, str]]
    licences: list[_Told]
    identifiers: tuple[tuple[str, str, str], ...]
    subs: dict[str, int]
    applied: bool
    trained: bool
    ended: Ending | None


def facts_for(agency_ids: Iterable[UUID], *, on: date | None = None) -> dict[UUID, AgencyFacts]:
    """What is known of each of these agencies on a day (today). One that left the register is not in the answer."""
    day = on or clocks.today()
    rows = _rows(agency_ids, day)
    if not rows:
        return {}
    # Who never applied and never trained is not asked about again: most of a large register.
    standings = standings_then(cast(list[Agency], [row for row in rows if row.applied]), day)
    levels = levels_of(cast(list[Agency], [row for row in rows if row.trained]), day)
    nothing = StandingFacts(Standing.ENROLLED)
    licences = _licences(rows, day)
    looks = {one: _look(one) for one in {nothing.standing, *(one.standing for one in standings.values())}}
    found = {}
    for row in rows:
        standing = standings.get(row.pk, nothing)
        look = looks[standing.standing]
        found[row.pk] = _facts(row, day, standing, look, levels.get(row.pk), licences[row.pk])
    return found


def _look(standing: Standing) -> tuple[str, str, str]:
    """A standing in words: label, tone, icon."""
    look = StandingFacts(standing).facts
    return str(look.public), str(look.tone), look.icon


def _rows(agency_ids: Iterable[UUID], day: date) -> list[_Row]:
    keys = sorted({str(one) for one in agency_ids})
    if len(keys) == 1:
        return [_row(*row) for row in _ONE_ROW.rows(keys[0], day)]
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"keys": keys, "day": day})
        return [_row(*row) for row in cursor.fetchall()]


def _row(*row: Any) -> _Row:
    pk, organisation_id, legal_name, country, registration, enrolled_at, *rest = row
    names, licences, identifiers, subs, applied, trained, end = rest
    return _Row(
        pk,
        organisation_id,
        legal_name,
        country,
        registration,
        enrolled_at,
        names=[(name, kind, _day(until), note) for name, kind, until, note in names or ()],
        licences=[
            _Told(where, authority, number, date.fromisoformat(first), date.fromisoformat(last))
            for where, authority, number, first, last in licences or ()
        ],
        identifiers=tuple((scheme, where, value) for scheme, where, value in identifiers or ()),
        subs=dict(sorted((subs or {}).items())),
        applied=applied,
        trained=trained,
        ended=_ending(*end) if end else None,
    )


def _ending(kind: str, ended_on: str, successor: str | None, name: str | None) -> Ending:
    return Ending(kind, date.fromisoformat(ended_on), UUID(successor) if successor else None, name or "")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _licences(agencies: Iterable[_Row], day: date) -> dict[UUID, list[tuple[LicenceFacts, LicenceStanding]]]:
    held = [(agency, row) for agency in agencies for row in agency.licences]
    asked = [Asked(row.country, row.number, agency.legal_name) for agency, row in held]
    answers = registers.standings_of(asked, day)
    found: dict[UUID, list[tuple[LicenceFacts, LicenceStanding]]] = {agency.pk: [] for agency in agencies}
    said: dict[int, _Said] = {}  # licences of a country whose register says nothing share one answer
    for (agency, row), answer in zip(held, answers, strict=True):
        words = said.get(id(answer)) or said.setdefault(id(answer), _said(answer))
        found[agency.pk].append((_licence(row, answer, words, day), answer))
    return found


_Said = tuple[str, str, str, str, str]


def _said(answer: LicenceStanding) -> _Said:
    """An answer in words: label, tone, icon, language of the raw word, sentence."""
    return str(answer.label), answer.tone, answer.icon, answer.language, answer.sentence


def _licence(row: _Told, answer: LicenceStanding, words: _Said, day: date) -> LicenceFacts:
    label, tone, icon, language, sentence = words
    told = "ended" if row.valid_to < day else "coming" if row.valid_from > day else "in_force"
    return LicenceFacts(
        country=row.country,
        number=row.number,
        authority=row.authority,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        told=told,
        status=str(answer.status),
        label=label,
        tone=tone,
        icon=icon,
        raw=answer.raw,
        raw_language=language,
        sentence=sentence,
        register=answer.register,
        source=answer.source,
        retrieved_at=answer.retrieved_at,
        hint=answer.hint,
    )


def _facts(
    agency: _Row,
    day: date,
    standing: StandingFacts,
    look: tuple[str, str, str],
    level: str | None,
    licences: list[tuple[LicenceFacts, LicenceStanding]],
) -> AgencyFacts:
    certificate = standing.certificate
    label, tone, icon = look
    return AgencyFacts(
        agency_id=agency.pk,
        legal_name=agency.legal_name,
        country=agency.country,
        registration_number=agency.registration_number,
        on=day,
        enrolled_on=agency.enrolled_at.date(),
        standing=str(standing.standing),
        label=label,
        tone=tone,
        icon=icon,
        valid=standing.valid,
        since=standing.since,
        certificate=certificate,
        certificate_number=certificate.number if certificate else "",
        expires_on=certificate.expires_on if certificate else None,
        corridors=tuple((row.origin, row.destination) for row in certificate.corridors.all())
        if certificate
        else (),
        sectors=tuple(certificate.sectors) if certificate else (),
        branches=tuple(certificate.branches) if certificate else (),
        licences=tuple(one for one, _answer in licences),
        level=str(level or ""),
        level_label=str(getattr(level, "label", "")),
        open_flag=_open_flag(certificate, day),
        sub_agents=sum(agency.subs.values()),
        sub_agents_by_country=agency.subs,
        names=tuple((name, kind) for name, kind, _until, _note in agency.names if kind != NameKind.FORMER),
        former_names=tuple(
            FormerName(name, until, note)
            for name, kind, until, note in agency.names
            if kind == NameKind.FORMER
        ),
        identifiers=agency.identifiers,
        country_rules=_country_rules(agency.country, licences, agency.subs, day),
        ended=agency.ended,
    )


def _open_flag(certificate: Certificate | None, day: date) -> bool:
    """A critical finding is public only where it suspended the certificate, and is told of today only."""
    return (
        certificate is not None
        and day >= clocks.today()
        and certificate.state == CertificateState.SUSPENDED
        and certificate.reason_code == ReasonCode.CRITICAL_FINDING
    )


def _country_rules(
    home: str, licences: list[tuple[LicenceFacts, LicenceStanding]], subs: Mapping[str, int], day: date
) -> tuple[CountryRule, ...]:
    countries = dict.fromkeys([home, *(one.country for one, _answer in licences), *subs])
    found = []
    for country in countries:
        spec = registers.register_of(country)
        entered = [one.valid_from for one, _answer in licences if one.country == country]
        for note in spec.notes if spec else ():
            found.append(_country_rule(country, note, entered, subs.get(country, 0), day))
    return tuple(sorted(found, key=lambda one: (not one.concerns, not one.rule)))


def _country_rule(country: str, note: Note, entered: list[date], subs: int, day: date) -> CountryRule:
    detail = ""
    if note.rule == "wait_years":
        ends = [clocks.add_months(one, 12 * note.value) for one in entered if note.day <= one <= day]
        waits = [end for end in ends if day < end]
        if waits:
            detail = _("By the day of its entry it waits until %(day)s.") % {"day": in_words(max(waits))}
    elif note.rule == "no_sub_agents" and subs:
        detail = _("This agency has declared %(count)s there.") % {"count": subs}
    return CountryRule(
        country, note.text, note.source, note.day, note.confirmed, note.rule, bool(detail), detail
    )
