"""What an organisation decided about names alike, so that nobody judges the same false match twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from iris.accounts.models import Organisation, User
from iris.matching import key
from supplychain.names.models import MatchDecision
from supplychain.names.states import Verdict

Asked = tuple[str, str]

# Plain SQL because every single check asks it.
_STANDING = """
SELECT d.key, d.country, d.agency_id, d.verdict, p.full_name, d.created_at
FROM supplychain_names_matchdecision d JOIN iris_accounts_user p ON p.id = d.person_id
WHERE d.organisation_id = %s AND d.key = ANY(%s) AND d.verdict <> 'forgotten'
  AND NOT EXISTS (SELECT 1 FROM supplychain_names_matchdecision u WHERE u.undoes_id = d.id)
ORDER BY d.created_at, d.id
"""


@dataclass(frozen=True)
class _Row:
    key: str
    country: str
    agency_id: UUID
    verdict: str
    person: str
    created_at: datetime


@dataclass(frozen=True)
class Remembered:
    """Who is meant by a name, who is not, and who said so last and when."""

    same: UUID | None = None
    not_same: frozenset[UUID] = field(default_factory=frozenset)
    decided_by: str = ""
    decided_at: datetime | None = None


def key_of(text: str, country: str = "") -> Asked:
    """Under what a name is remembered: its canonical key and the country asked for."""
    return key(text), country


def decisions_visible_to(user: User) -> QuerySet[MatchDecision]:
    """Every word of the person's own organisation, newest first; nobody else's."""
    rows = MatchDecision.objects.select_related("agency", "person", "undone_by__person")
    organisation = user.organisation if user.is_authenticated else None
    return rows.filter(organisation=organisation) if organisation else rows.none()


def standing_decisions(user: User) -> QuerySet[MatchDecision]:
    """Those of them that still count: not taken back, and no notes of taking back."""
    return decisions_visible_to(user).filter(undone_by=None).exclude(verdict=Verdict.FORGOTTEN)


def still_counting(decisions: Iterable[str]) -> bool:
    """Whether any of these choices (ids as text) has not been taken back."""
    keys = [UUID(key) for key in decisions]
    return bool(keys) and MatchDecision.objects.filter(pk__in=keys, undone_by=None).exists()


def decisions_for(organisation: Organisation | None, questions: Iterable[Asked]) -> dict[Asked, Remembered]:
    """What the organisation remembers of these (name, country) pairs, keyed by (canonical key, country). One query.

    A word said without a country counts for every country; asked without one, a choice counts when all agree.
    """
    asked = {key_of(text, country) for text, country in questions}
    keys = {one for one, _country in asked if one}
    if organisation is None or not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [str(organisation.pk), list(keys)])
        rows = [_Row(*row) for row in cursor.fetchall()]
    held: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        held[row.key].append(row)
    found = {one: _merged(held[one[0]], one[1]) for one in asked if one[0] in held}
    return {one: what for one, what in found.items() if what is not None}


def _merged(rows: Sequence[_Row], country: str) -> Remembered | None:
    fitting = [row for row in rows if not country or row.country in ("", country)]
    last: dict[UUID, _Row] = {row.agency_id: row for row in fitting}
    same = [row for row in last.values() if row.verdict == Verdict.SAME]
    if (same and country) or len({row.country for row in same}) == 1:
        same = [max(same, key=lambda row: row.created_at)]
    chosen = same[0] if len(same) == 1 else None
    refused = frozenset(row.agency_id for row in last.values() if row.verdict == Verdict.NOT_SAME)
    if chosen is None and not refused:
        return None
    by = chosen or max(
        (row for row in last.values() if row.verdict == Verdict.NOT_SAME), key=lambda row: row.created_at
    )
    return Remembered(chosen.agency_id if chosen else None, refused, by.person, by.created_at)
