"""Reading checks and receipts."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from iris.accounts.models import User
from supplychain.lookups.models import Lookup


def lookups_visible_to(user: User) -> QuerySet[Lookup]:
    """The checks of the person's own organisation. Nobody else's, the scheme's staff included (R71)."""
    rows = Lookup.objects.select_related("agency", "person", "receipt_pdf__file")
    organisation = user.organisation if user.is_authenticated else None
    return rows.filter(organisation=organisation) if organisation else rows.none()


def last_event() -> int:
    """Up to which event of the log a receipt was made; 0 before the first was numbered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(seq), 0) FROM iris_core_chainlink")
        return int(cursor.fetchone()[0])


def receipt_by_number(number: str) -> Lookup | None:
    """The receipt of a number, for the public page that proves it without showing its content."""
    asked = number.strip().upper()
    return Lookup.objects.filter(number=asked).first() if asked.isprintable() else None


def snapshot_of(lookup: Lookup) -> dict[str, Any]:
    """The stored snapshot as data."""
    data: dict[str, Any] = json.loads(lookup.snapshot)
    return data


def question_of(lookup: Lookup) -> dict[str, Any]:
    """What was asked, ready to be asked again."""
    query = snapshot_of(lookup)["query"]
    on = query.pop("on", "")
    return {**query, "on": date.fromisoformat(on) if on else None, "relationship": lookup.relationship}


def last_relationship(user: User) -> str:
    """What the person said last that an agency was to them: offered with the next question."""
    mine = lookups_visible_to(user).filter(person_id=user.pk)
    return mine.order_by("-created_at").values_list("relationship", flat=True).first() or ""


def filtered(
    rows: QuerySet[Lookup],
    *,
    user: User,
    q: str = "",
    outcome: str = "",
    relationship: str = "",
    via: str = "",
    since: date | None = None,
    until: date | None = None,
    mine: bool = False,
) -> QuerySet[Lookup]:
    """These checks, narrowed down; `since` and `until` are days (UTC), both within."""
    given = {"outcome": outcome, "relationship": relationship, "via": via}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    if since:
        rows = rows.filter(created_at__gte=datetime.combine(since, time(0), tzinfo=UTC))
    if until and until < date.max:
        rows = rows.filter(created_at__lt=datetime.combine(until + timedelta(days=1), time(0), tzinfo=UTC))
    if mine:
        rows = rows.filter(person_id=user.pk)
    text = q.strip().replace("\x00", "")
    if text:
        rows = rows.filter(
            Q(text__icontains=text) | Q(number__icontains=text) | Q(agency__legal_name__icontains=text)
        )
    return rows


def receipts_for(
    user: User,
    *,
    since: date | None = None,
    until: date | None = None,
    agency_id: UUID | None = None,
    q: str = "",
    outcome: str = "",
    relationship: str = "",
    via: str = "",
) -> QuerySet[Lookup]:
    """The organisation's checks for a machine, narrowed down; without the texts that the list does not show."""
    rows = filtered(
        lookups_visible_to(user),
        user=user,
        q=q,
        outcome=outcome,
        relationship=relationship,
        via=via,
        since=since,
        until=until,
    )
    if agency_id:
        rows = rows.filter(agency_id=agency_id)
    return rows.select_related(None).defer("snapshot").order_by("created_at")
