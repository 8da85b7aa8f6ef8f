"""When an auditor cannot audit, as the auditor or the firm says."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import lock

from ..models import Auditor, BusyPeriod
from ..permissions import may_keep_calendar
from ..states import BusyKind


@transaction.atomic
def add_busy(
    *, auditor_id: UUID, actor: User, first: date, last: date, kind: str, note: str = ""
) -> BusyPeriod:
    """Keep days free of audits. Said twice it is kept once; audits planned already stay."""
    auditor = lock(Auditor, auditor_id)
    _require(auditor, actor)
    problems: dict[str, list[str]] = {}
    if last < first:
        problems["last"] = [_("The last day lies before the first: choose the same day or a later one.")]
    elif last < clocks.today():
        problems["last"] = [_("These days have passed: choose today or later.")]
    if kind not in BusyKind.values:
        problems["kind"] = [_("Choose why from the list.")]
    if problems:
        raise BadInput(fields=problems)
    row, made = BusyPeriod.objects.get_or_create(
        auditor=auditor, first=first, last=last, kind=kind, defaults={"note": note.strip()}
    )
    if made:
        events.record(auditor, act="busy_added", actor=actor, data=_days(row))
    return row


@transaction.atomic
def remove_busy(*, busy_id: UUID, actor: User) -> None:
    """The auditor is free on these days again; done already is fine."""
    row = BusyPeriod.objects.filter(pk=busy_id).select_related("auditor__firm").first()
    if row is None:
        return
    _require(row.auditor, actor)
    events.record(row.auditor, act="busy_removed", actor=actor, data=_days(row))
    row.delete()


def _require(auditor: Auditor, actor: User) -> None:
    if not may_keep_calendar(auditor, actor):
        raise NotPermitted


def _days(row: BusyPeriod) -> dict[str, str]:
    return {"first": row.first.isoformat(), "last": row.last.isoformat(), "kind": row.kind}
