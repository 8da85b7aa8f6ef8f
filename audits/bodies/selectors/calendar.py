"""When auditors are busy: what they say themselves, and the days of their audits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from ..models import Auditor, BusyPeriod
from ..rules import Clash
from ..states import BusyKind
from .offers import Busy, busy_above


def calendar_clashes(auditor: Auditor, first: date, last: date, except_audit: Any = None) -> list[Clash]:
    """What already lies in these days, both counted; `except_audit` (an audit or its id) is left out."""
    return clashes_of([auditor.pk], first, last, except_audit).get(auditor.pk, [])


def clashes_of(
    auditors: Collection[UUID], first: date, last: date, except_audit: Any = None
) -> dict[UUID, list[Clash]]:
    """The clashes of many auditors, by auditor, in two queries and those of the rooms above."""
    left_out = getattr(except_audit, "pk", except_audit)
    found: dict[UUID, list[Clash]] = {}
    for row in busy_days(auditors, first, last):
        if left_out is None or row.thing_id != left_out:
            found.setdefault(row.auditor_id, []).append(Clash(row.first, row.last, row.what))
    return found


def busy_days(auditors: Collection[UUID], first: date, last: date) -> list[Busy]:
    """Everything that touches these days, by day."""
    own = BusyPeriod.objects.filter(auditor_id__in=auditors, first__lte=last, last__gte=first)
    rows = [Busy(row.auditor_id, row.first, row.last, _words(row), row.pk) for row in own] + busy_above(
        auditors, first, last
    )
    return sorted(rows, key=lambda row: (row.first, row.last, row.what))


def _words(row: BusyPeriod) -> str:
    kind = str(BusyKind(row.kind).label)
    return f"{kind} ({row.note})" if row.note else kind
