"""Place and release holds; delete what is past its years and not held, and leave a tombstone."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from iris.accounts.models import Organisation, User
from iris.accounts.states import OrganisationKind
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired
from iris.core.fsm import lock
from iris.core.models import EventPayload
from supplychain.dossiers.models import Hold, Tombstone
from supplychain.dossiers.permissions import may_make, works_on
from supplychain.dossiers.selectors.retention import ORDER, due_keys, records_of, years_of
from supplychain.dossiers.states import RecordClass

BATCH = 200


@transaction.atomic
def place_hold(
    *, actor: User, reason: str, kind: str = "", agency_id: UUID | None = None, until: date | None = None
) -> Hold:
    """From now on nothing it covers is deleted. Without a class: everything; with an agency: what is about it."""
    organisation = actor.organisation
    if organisation is None or not may_make(actor):
        raise NotPermitted(_("Only sourcing managers of an employer place holds."))
    if not reason.strip():
        raise ReasonRequired(fields={"reason": [ReasonRequired.default_message]})
    if kind and kind not in RecordClass.values:
        raise BadInput(fields={"kind": [_("Choose a class of records, or everything.")]})
    if until is not None and until <= clocks.today():
        raise BadInput(
            fields={"until": [_("Expected a day to come, or none: then it stands until released.")]}
        )
    row = Hold.objects.create(
        organisation=organisation,
        kind=kind,
        agency=Agency.objects.get(pk=agency_id) if agency_id else None,
        reason=reason.strip(),
        placed_by=actor,
        until=until,
    )
    events.record(row, act="placed", actor=actor, reason=row.reason, data={"kind": kind})
    return row


@transaction.atomic
def release_hold(*, hold_id: UUID, actor: User, reason: str) -> Hold:
    """Somebody other than who placed it says that it is needed no more."""
    row = lock(Hold, hold_id)
    if not works_on(row, actor):
        raise NotPermitted()
    if row.placed_by_id == actor.pk:
        raise NotPermitted(_("You placed this hold, so a colleague releases it."))
    if row.released_at is not None:
        raise Conflict(_("This hold is released already."))
    if not reason.strip():
        raise ReasonRequired(fields={"reason": [ReasonRequired.default_message]})
    row.released_at, row.released_by, row.release_reason = clocks.now(), actor, reason.strip()
    row.save()
    events.record(row, act="released", actor=actor, reason=row.release_reason)
    return row


def delete_expired() -> int:
    """The sweep: every employer, every class, in the order in which records rest on each other. Returns how many."""
    gone = 0
    for organisation in Organisation.objects.filter(kind=OrganisationKind.EMPLOYER).order_by("pk"):
        for kind in ORDER:
            keys = due_keys(organisation, kind)
            for start in range(0, len(keys), BATCH):
                gone += _delete(organisation, kind, keys[start : start + BATCH])
    return gone


def _delete(organisation: Organisation, kind: str, keys: list[UUID]) -> int:
    """One batch; where something still rests on one of them, one by one, and that one stays."""
    try:
        return _delete_all(organisation, kind, keys)
    except DatabaseError:
        if len(keys) == 1:
            return 0
    return sum(_delete(organisation, kind, [key]) for key in keys)


@transaction.atomic
def _delete_all(organisation: Organisation, kind: str, keys: list[UUID]) -> int:
    rows = list(records_of(organisation, kind).filter(pk__in=keys).order_by("ended", "pk"))
    stone = Tombstone.objects.create(
        organisation=organisation,
        kind=kind,
        count=len(rows),
        first_on=min(row.ended for row in rows).date(),
        last_on=max(row.ended for row in rows).date(),
        sha256=fingerprint(rows),
        years=years_of(kind),
        at=clocks.now(),
    )
    EventPayload.objects.filter(event__subject_id__in=keys).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT iris_retention_delete(%s, %s::uuid[])", [str(kind), [str(key) for key in keys]]
        )
        paths = [path for (path,) in cursor.fetchall()]
    data = {"kind": str(kind), "count": stone.count, "sha256": stone.sha256}
    events.record(stone, act="deleted", actor=events.SYSTEM, data=data)
    transaction.on_commit(lambda: _unlink(paths))
    return len(rows)


def fingerprint(rows: list[Any]) -> str:
    """SHA-256 over one line for each record, sorted: its number or id, and its own hash where it has one."""
    lines = sorted(f"{getattr(row, 'number', row.pk)} {_own_hash(row)}\n" for row in rows)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _own_hash(row: Any) -> str:
    for name in ("sha256", "basis_sha256", "rows_root"):
        if getattr(row, name, ""):
            return str(getattr(row, name))
    return "-"


def _unlink(paths: list[str]) -> None:
    for path in paths:
        (Path(settings.IRIS_FILES_ROOT) / path).unlink(missing_ok=True)
