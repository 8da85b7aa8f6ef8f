"""Ends of companies as the public may read them: a successor without an entry of its own is named and not linked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from certification.agencies.selectors import Ending, endings_of
from certification.certificates.selectors.standing import agencies_on_register


def public_endings_of(agency_ids: Iterable[UUID], *, on: date | None = None) -> dict[UUID, Ending]:
    """How these companies ended, where they did. One query, and one more where some were taken over."""
    found = endings_of(agency_ids, on=on)
    heirs = {one.successor_id for one in found.values() if one.successor_id}
    if not heirs:
        return found
    known = set(agencies_on_register().filter(pk__in=heirs).values_list("pk", flat=True))
    return {
        key: one if one.successor_id in known else replace(one, successor_id=None)
        for key, one in found.items()
    }
