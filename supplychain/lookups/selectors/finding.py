"""Which agency is meant: identifiers first, then the canonical name, then names alike."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Q

from certification.agencies.models import Agency, AgencyName, Licence
from certification.agencies.selectors import enrolled_agencies
from certification.certificates.selectors import certificate_by_number
from iris.matching import Candidate, Match, Outcome, decide, key, normalise
from supplychain.lookups.states import How, LookupOutcome

CANDIDATES = 60
SHORTEST_PHONE = 7


@dataclass(frozen=True)
class Similar:
    """One agency that may be meant: the name that matched, its score and why, in words."""

    agency_id: UUID
    name: str
    kind: str
    country: str
    score: float
    why: str


@dataclass(frozen=True)
class Found:
    """The outcome of a search; `similar` is best first, `how` what the best rests on."""

    outcome: LookupOutcome
    how: How | None = None
    similar: list[Similar] = field(default_factory=list)

    @property
    def agency_id(self) -> UUID | None:
        """The one agency found, if one is."""
        return self.similar[0].agency_id if self.outcome is LookupOutcome.FOUND else None


def plain(text: str) -> str:
    """Letters and digits only, upper case: how numbers are compared."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def find(text: str, country: str = "") -> Found:
    """Find the agency a text means. `country` lifts a match, it never hides one."""
    by_number = _by_identifier(text)
    if by_number is not None:
        return by_number
    if not normalise(text):
        return Found(LookupOutcome.INVALID)
    return _by_name(text, country)


def _only(agencies: list[Agency], how: How, why: str) -> Found | None:
    if not agencies:
        return None
    similar = [Similar(one.pk, one.legal_name, "legal", one.country, 1.0, why) for one in agencies]
    if len(similar) == 1:
        return Found(LookupOutcome.FOUND, how, similar)
    return Found(LookupOutcome.AMBIGUOUS, how, similar)


def _by_identifier(text: str) -> Found | None:
    compact = plain(text)
    if len(compact) < 3 or not any(char.isdigit() for char in compact):
        return _by_web(text)
    certificate = certificate_by_number(text)
    if certificate is not None:
        return _only([certificate.agency], How.CERTIFICATE, f"certificate {certificate.number}")
    agencies = enrolled_agencies()
    licensed = Licence.objects.filter(number_key__iexact=compact).values("agency_id")
    found = _only(list(agencies.filter(pk__in=licensed)[:5]), How.LICENCE, f"licence number {text.strip()}")
    registered = agencies.filter(registration_key__iexact=compact)[:5]
    found = found or _only(list(registered), How.REGISTRATION, f"registration number {text.strip()}")
    return found or _by_phone(text, compact) or _by_web(text)


def _by_phone(text: str, compact: str) -> Found | None:
    digits = re.sub(r"\D", "", text)
    if len(digits) < SHORTEST_PHONE or len(digits) < len(compact):
        return None
    tail = digits[-9:]
    near = [
        one
        for one in enrolled_agencies().exclude(phone="").filter(phone__contains=digits[-2:])
        if re.sub(r"\D", "", one.phone).endswith(tail)
    ]
    return _only(near[:5], How.CONTACT, f"phone number ending {tail[-4:]}")


def _by_web(text: str) -> Found | None:
    host = re.fullmatch(r"\s*(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:/\S*)?\s*", text, re.I)
    if host is None:
        return None
    domain = host.group(1).lower()
    sites = enrolled_agencies().filter(
        Q(website__iregex=rf"^https?://(www\.)?{re.escape(domain)}(/|$)") | Q(email__iendswith=f"@{domain}")
    )
    return _only(list(sites[:5]), How.CONTACT, f"web address {domain}")


def _by_name(text: str, country: str) -> Found:
    return _judge(text, candidates(text), country)


def _judge(text: str, rows: list[Candidate], country: str) -> Found:
    if not normalise(text):
        return Found(LookupOutcome.INVALID)
    result = decide(text, rows, country=country)
    wanted = key(text)
    similar = [_similar(match) for match in result.matches]
    same = [one for one in similar if key(one.name) == wanted]
    if result.outcome is Outcome.FOUND:
        return Found(LookupOutcome.FOUND, How.SAME_NAME if same else How.NEAR_NAME, similar)
    return Found(LookupOutcome(result.outcome.value), How.NEAR_NAME if similar else None, similar)


def _similar(match: Match) -> Similar:
    one = match.candidate
    return Similar(UUID(one.id), one.name, one.kind, one.country, match.score, match.explanation.sentence)


def candidates(text: str, limit: int = CANDIDATES) -> list[Candidate]:
    """Names worth scoring: the same canonical key, or alike by trigrams of the normalised text."""
    return candidates_many([text], limit)[0]


_SQL = """
SELECT asked.i, near.agency_id, near.name, near.kind, near.country
FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS asked(normal, key, i)
CROSS JOIN LATERAL (
  SELECT n.agency_id, n.name, n.kind, a.country
  FROM {names} n JOIN {agencies} a ON a.id = n.agency_id
  WHERE a.enrolled_at IS NOT NULL AND (n.key = asked.key OR n.normal %% asked.normal OR n.normal %%> asked.normal)
  ORDER BY greatest(similarity(n.normal, asked.normal), similarity(n.key, asked.key)) DESC, n.id
  LIMIT %s
) near
"""


def candidates_many(texts: Sequence[str], limit: int = CANDIDATES) -> list[list[Candidate]]:
    """`candidates` for many texts in one query."""
    found: list[list[Candidate]] = [[] for _text in texts]
    asked = [(normalise(text), key(text)) for text in texts]
    if not any(normal for normal, _key in asked):
        return found
    sql = _SQL.format(names=AgencyName._meta.db_table, agencies=Agency._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(sql, [[normal for normal, _key in asked], [one for _normal, one in asked], limit])
        for index, agency_id, name, kind, country in cursor.fetchall():
            found[index - 1].append(Candidate(str(agency_id), name, kind, country))
    return found


def find_many(questions: Sequence[tuple[str, str, str]]) -> list[Found]:
    """Find many at once: (identifier, name, country) each, in that order; equal questions are answered once."""
    distinct = list(dict.fromkeys(questions))
    answers: dict[tuple[str, str, str], Found] = {}
    for question in distinct:
        hit = _first_identifier(question)
        if hit is not None:
            answers[question] = hit
    names = [question for question in distinct if question not in answers]
    for question, rows in zip(names, candidates_many([name for _id, name, _country in names]), strict=True):
        answers[question] = _judge(question[1], rows, question[2])
    return [answers[question] for question in questions]


def _first_identifier(question: tuple[str, str, str]) -> Found | None:
    identifier, name, _country = question
    for text in (identifier, name):
        if text and any(char.isdigit() for char in text):
            hit = _by_identifier(text)
            if hit is not None:
                return hit
    return None if name else Found(LookupOutcome.NOT_FOUND)
