"""Reading checks and receipts."""

import json
from typing import Any

from django.db.models import QuerySet

from iris.accounts.models import User
from supplychain.lookups.models import Lookup


def lookups_visible_to(user: User) -> QuerySet[Lookup]:
    """The checks of the person's own organisation. Nobody else's, the scheme's staff included (R71)."""
    rows = Lookup.objects.select_related("agency", "person", "receipt_pdf__file")
    organisation = user.organisation if user.is_authenticated else None
    return rows.filter(organisation=organisation) if organisation else rows.none()


def receipt_by_number(number: str) -> Lookup | None:
    """The receipt of a number, for the public page that proves it without showing its content."""
    return Lookup.objects.filter(number=number.strip().upper()).first()


def snapshot_of(lookup: Lookup) -> dict[str, Any]:
    """The stored snapshot as data."""
    data: dict[str, Any] = json.loads(lookup.snapshot)
    return data
