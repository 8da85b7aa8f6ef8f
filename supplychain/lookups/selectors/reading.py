"""Reading checks and receipts."""

import json
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Min, Q, QuerySet

from certification.agencies.models import Agency
from iris.accounts.models import User
from supplychain.lookups.models import Lookup


def lookups_visible_to(user: User) -> QuerySet[Lookup]:
    """The checks of the person's own organisation. Nobody else's, the scheme's staff included (R71)."""
    rows = Lookup.objects.select_related("agency", "person", "receipt_pdf__file")
    organisation = user.organisation if user.is_authenticated else None
    return rows.filter(organisation=organisation) if organisation else rows.none()


def register_since() -> date | None:
    """The day from which on this register knows anything: its first enrolment."""
    first = Agency.objects.filter(enrolled_at__isnull=False).aggregate(first=Min("enrolled_at"))["first"]
    return first.date() if first else None


def last_event() -> int:
    """Up to which event of the log a receipt was made; 0 before the first was numbered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(seq), 0) FROM iris_core_chainlink")
        return int(cursor.fetchone()[0])


def receipt_by_number(number: str) -> Lookup | None:
    """The receipt of a number, for the public page that proves it without showing its content."""
    return Lookup.objects.filter(number=number.strip().upper()).first()


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
    mine: bool = False,
) -> QuerySet[Lookup]:
    """These checks, narrowed down."""
    given = {"outcome": outcome, "relationship": relationship, "via": via}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    if mine:
        rows = rows.filter(person_id=user.pk)
    text = q.strip().replace("\x00", "")
    if text:
        rows = rows.filter(
            Q(text__icontains=text) | Q(number__icontains=text) | Q(agency__legal_name__icontains=text)
        )
    return rows
