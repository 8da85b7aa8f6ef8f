"""Whom an agency resembles: what it has in common with others, and the signals the scheme looks at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Count, Q, QuerySet

from certification.agencies.models import Agency, AgencyName, LikenessKey, LikenessSignal, RelatedCompany
from certification.agencies.rules import in_words
from certification.agencies.rules.likeness import (
    Context,
    Shared,
    Weighed,
    address_key,
    domain_of,
    person_key,
    phone_key,
    sentence,
    weigh,
    weights,
)
from certification.agencies.states import LikenessState
from iris import matching
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind

from .offers import KnownStanding, known_standings

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

MOST_NEAR_NAMES = 40
MOST_SHARING = 60


@dataclass(frozen=True)
class Finding:
    """Two agencies, the later one first, and what they have in common."""

    later: Agency
    earlier: Agency
    weighed: Weighed


def keys_of(agency: Agency) -> list[LikenessKey]:
    """Everything of an agency that is compared with others, once each."""
    rows: dict[tuple[str, str], LikenessKey] = {}

    def add(kind: str, key: str, words: str, detail: str = "") -> None:
        if key:
            row = LikenessKey(agency=agency, kind=kind, key=key[:400], words=words[:400], detail=detail)
            rows.setdefault((kind, row.key), row)

    for officer in agency.officers.all():
        about = person_key(officer.name)
        year = str(officer.birth_year or "")
        add("officer", about, officer.name, year)
        if year:
            add("born", f"{about}|{year}", f"{officer.name}, {year}", about)
        add("identity", officer.identity_key, officer.name, about[:40])
    add(
        "address",
        address_key(agency.address, agency.city, agency.country),
        f"{agency.address}, {agency.city}",
    )
    add("phone", phone_key(agency.phone), agency.phone)
    for branch in agency.branches.all():
        place = f"{branch.address}, {branch.city}"
        add("address", address_key(branch.address, branch.city, branch.country), place)
        add("phone", phone_key(branch.phone), branch.phone)
    for address in (agency.email, agency.website):
        add("domain", domain_of(address), domain_of(address))
    for licence in agency.licences.all():
        add("licence", f"{licence.country}|{licence.number_key}", f"{licence.number} ({licence.country})")
    for each in agency.identifiers.all():
        words = f"{each.get_scheme_display()} {each.value}"
        add("identifier", f"{each.scheme}|{each.country}|{each.key}", words)
    return list(rows.values())


def findings(agency: Agency) -> list[Finding]:
    """Every enrolled agency that resembles this one enough to be looked at, the strongest first.

    A pair weighs the same from whichever side it is looked at.
    """
    shared = _shared_keys(agency)
    for other_id, fact in _near_names(agency):
        shared[other_id].append(fact)
    others = {row.pk: row for row in Agency.objects.filter(pk__in=shared, enrolled_at__isnull=False)}
    standings = known_standings([agency, *others.values()])
    declared = _declared(agency, others)
    found = []
    for other_id, other in others.items():
        earlier, later = sorted((agency, other), key=_age)
        facts = shared[other_id] if later is agency else [fact.turned() for fact in shared[other_id]]
        context = _context(earlier, later, standings, declared.get(other_id, ""))
        weighed = weigh(facts, context)
        if weighed.shown:
            found.append(Finding(later, earlier, weighed))
    return sorted(found, key=lambda each: (-each.weighed.points, str(each.earlier.pk), str(each.later.pk)))


def _age(agency: Agency) -> tuple[Any, ...]:
    return (agency.enrolled_at or agency.created_at, agency.created_at, str(agency.pk))


def _context(earlier: Agency, later: Agency, standings: dict[UUID, KnownStanding], declared: str) -> Context:
    fallen = next((row for row in (earlier, later) if standings[row.pk].weighs), None)
    if fallen is None:
        return Context(declared=declared)
    standing = standings[fallen.pk]
    words = f"{fallen.legal_name}: {standing.label}"
    if standing.since:
        words = f"{words}, {in_words(standing.since)}"
    return Context(weighs=True, standing_words=words, declared=declared)


def _shared_keys(agency: Agency) -> dict[UUID, list[Shared]]:
    """Facts that others hold too. Two years of birth that differ make two people."""
    own = {(row.kind, row.key): row for row in agency.likeness_keys.all()}
    found: dict[UUID, list[Shared]] = defaultdict(list)
    if not own:
        return found
    wanted = Q(pk__in=[])
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in own:
        by_kind[kind].append(key)
    for kind, keys in by_kind.items():
        wanted |= Q(kind=kind, key__in=keys)
    others = LikenessKey.objects.filter(wanted).exclude(agency=agency)
    counts = {
        (row["kind"], row["key"]): row["held"] + 1
        for row in others.values("kind", "key").annotate(held=Count("agency_id", distinct=True))
    }
    for row in others.order_by("kind", "key", "agency_id"):
        held = counts[row.kind, row.key]
        mine = own[row.kind, row.key]
        if held > MOST_SHARING or (row.kind == "officer" and _two_people(mine, row)):
            continue
        about = row.key if row.kind == "officer" else mine.detail if row.kind in ("born", "identity") else ""
        found[row.agency_id].append(
            Shared(
                row.kind,
                mine.words,
                about=about,
                held_by=held,
                other_words=row.words,
                mark=sha256(f"{row.kind}|{row.key}".encode()).hexdigest()[:16],
            )
        )
    return found


def _two_people(mine: LikenessKey, other: LikenessKey) -> bool:
    return bool(mine.detail and other.detail and mine.detail != other.detail)


def _near_names(agency: Agency) -> Iterable[tuple[UUID, Shared]]:
    least = weights().near_name
    for name in agency.names.all():
        if not name.normal:
            continue
        rows = (
            AgencyName.objects.filter(normal__trigram_similar=name.normal)
            .exclude(agency=agency)
            .order_by(TrigramSimilarity("normal", name.normal).desc(), "agency_id", "name")[:MOST_NEAR_NAMES]
        )
        for row in rows:
            score = max(matching.score(name.name, row.name).score, matching.score(row.name, name.name).score)
            if score >= least:
                yield (
                    row.agency_id,
                    Shared(
                        "name",
                        name.name,
                        about=f"{name.pk}:{row.pk}",
                        score=score,
                        other_words=row.name,
                        mark="name",
                    ),
                )


def _declared(agency: Agency, others: dict[UUID, Agency]) -> dict[UUID, str]:
    """How one of two agencies named the other, in words."""
    rows = RelatedCompany.objects.filter(
        Q(agency=agency, enrolled__in=others) | Q(agency__in=others, enrolled=agency)
    )
    return {
        (row.enrolled_id if row.agency_id == agency.pk else row.agency_id): str(
            row.get_kind_display()
        ).lower()
        for row in rows
        if row.enrolled_id is not None
    }


# -- signals ------------------------------------------------------------------------------------------------------


def likenesses_visible_to(user: User | AnonymousUser) -> QuerySet[LikenessSignal]:
    """The scheme only: an agency never learns here what another one said of itself."""
    if not isinstance(user, User) or not user.is_kind(OrganisationKind.SCHEME):
        return LikenessSignal.objects.none()
    return LikenessSignal.objects.select_related("agency", "other", "settled_by")


def likenesses_of(agency: Agency, *, open_only: bool = False) -> list[LikenessSignal]:
    """The signals in which an agency is one of the two."""
    rows = LikenessSignal.objects.filter(Q(agency=agency) | Q(other=agency)).select_related("agency", "other")
    if open_only:
        rows = rows.filter(state=LikenessState.OPEN)
    return list(rows)


def sentences_of(signal: LikenessSignal) -> list[dict[str, object]]:
    """The reasons of a signal in words with what each weighs, the weightiest first."""
    return [
        {
            "text": sentence(reason),
            "points": int(reason.get("points", 0)),
            "code": reason.get("code"),
            "gone": reason.get("gone", ""),
        }
        for reason in signal.reasons_in_order
    ]
