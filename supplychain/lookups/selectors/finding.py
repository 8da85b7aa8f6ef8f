"""Which agency is meant: identifiers first, then the canonical name, then names alike."""

import re
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, Q
from django.db.models.functions import Greatest

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
    result = decide(text, candidates(text), country=country)
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
    normal = normalise(text)
    rows = (
        AgencyName.objects.filter(agency__enrolled_at__isnull=False)
        .filter(Q(key=key(text)) | Q(normal__trigram_similar=normal) | Q(normal__trigram_word_similar=normal))
        .annotate(near=Greatest(TrigramSimilarity("normal", normal), TrigramSimilarity("key", key(text))))
        .order_by(F("near").desc(), "id")
        .select_related("agency")[:limit]
    )
    return [Candidate(str(row.agency_id), row.name, row.kind, row.agency.country) for row in rows]
