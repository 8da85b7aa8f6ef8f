"""Reading a list in: what it changes, then the list itself, then who has to know."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from certification.licences import permissions, selectors
from certification.licences.models import Entry, Snapshot
from certification.licences.rules.numbers import alike_key
from certification.licences.rules.reading import ReadEntry, ReadList, read_list
from certification.licences.rules.registers import RegisterSpec, register
from certification.licences.states import KNOWN_WORDS, LicenceStatus, Outcome
from iris.accounts.models import User
from iris.core import clocks, events, files, outbox
from iris.core.errors import BadInput, NotPermitted

CHANGED_JOB = "agencies.licence_register_changed"
LONGEST_SOURCE = 300
BATCH = 2_000


@dataclass(frozen=True)
class Change:
    """One licence of which the register now says something else."""

    kind: str
    number: str
    name: str
    before: str
    after: str
    raw: str = ""


@dataclass
class Preview:
    """What a list would change against the one before it."""

    spec: RegisterSpec
    read: ReadList
    retrieved_at: datetime
    complete: bool
    previous: Snapshot | None
    is_newest: bool
    same_file: bool
    new: int = 0
    gone: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)

    @property
    def shrunk(self) -> bool:
        """Whether so much is gone that the file may be cut off."""
        if self.previous is None or not self.complete or self.same_file:
            return False
        return len(self.read.entries) * 100 < self.previous.held * clocks.number(
            "licence_list_shrink_percent"
        )

    @property
    def summary(self) -> dict[str, int]:
        """How many of each kind."""
        return {"new": self.new, "gone": len(self.gone), "changed": len(self.changed)}


def _spec(code: str) -> RegisterSpec:
    spec = register(code)
    if spec is None:
        known = ", ".join(one.code for one in selectors.registers())
        raise BadInput(
            _("We know no register “%(code)s”. Known: %(known)s.") % {"code": code, "known": known}
        )
    return spec


def preview(
    *, code: str, data: bytes, retrieved_at: datetime | None = None, complete: bool | None = None
) -> Preview:
    """What this file would change. Reads only. Raises BadInput when there is nothing in it to read."""
    spec = _spec(code)
    at = retrieved_at or clocks.now()
    if at > clocks.now() + timedelta(minutes=5):
        raise BadInput(fields={"retrieved_at": [_("A list cannot have been had in the future.")]})
    read = read_list(spec, data)
    if read.why_failed:
        raise BadInput(fields={"file": [read.why_failed]})
    earlier = selectors.snapshots_of(spec.code).filter(outcome=Outcome.READ, retrieved_at__lte=at).first()
    later = selectors.snapshots_of(spec.code).filter(outcome=Outcome.READ, retrieved_at__gt=at).exists()
    whole = spec.complete if complete is None else complete
    same = earlier is not None and earlier.sha256 == hashlib.sha256(data).hexdigest()
    result = Preview(
        spec, read, at, whole, earlier, not later, same and whole == bool(earlier and earlier.complete)
    )
    if not result.same_file:
        _compare(result)
    return result


def _compare(result: Preview) -> None:
    held = {row.key: row for row in selectors.entries_of(result.previous)} if result.previous else {}
    for entry in result.read.entries:
        was = held.pop(entry.key, None)
        if was is None:
            result.new += 1
        elif was.status != entry.status:
            before = str(LicenceStatus(was.status).label)
            result.changed.append(
                Change("changed", entry.number, entry.name, before, str(entry.status.label), entry.raw_status)
            )
    if result.complete:
        for was in held.values():
            before = str(LicenceStatus(was.status).label)
            result.gone.append(
                Change("gone", was.number, was.name, before, str(LicenceStatus.NOT_FOUND.label))
            )


def import_snapshot(
    *,
    code: str,
    data: bytes,
    name: str,
    source: str,
    actor: User | None,
    retrieved_at: datetime | None = None,
    complete: bool | None = None,
    accept_shrunk: bool = False,
) -> Snapshot:
    """Keep a list with all its entries, and wake who has to know of changes.

    Raises BadInput for a file without a list in it, for one that lost most of its entries unless that is accepted,
    and NotPermitted. `actor` None is the system: a connector or the command line.
    """
    if actor is not None and not permissions.may_import(actor, _spec(code).country):
        raise NotPermitted(
            _("The scheme brings lists of registers in, and the authority of a country those of its own."),
            code="not_your_register",
        )
    with transaction.atomic():
        _one_at_a_time(code)
        found = preview(code=code, data=data, retrieved_at=retrieved_at, complete=complete)
        if found.shrunk and not accept_shrunk:
            raise BadInput(fields={"file": [shrunk_sentence(found)]})
        snapshot = _keep(found, data, name, source, actor)
        facts = {
            "register": snapshot.register,
            "held": snapshot.held,
            "sha256": snapshot.sha256,
            **found.summary,
        }
        events.record(snapshot, act="imported", actor=actor or events.SYSTEM, data=facts)
        if found.is_newest and not found.same_file:
            _wake(snapshot, found)
    return snapshot


def shrunk_sentence(found: Preview) -> str:
    """What is wrong with a list that lost most of its entries."""
    return _(
        "The list holds %(now)s licences; the one before held %(then)s. It looks cut off. If the register really "
        "shrank, bring it in by hand and say so."
    ) % {"now": len(found.read.entries), "then": found.previous.held if found.previous else 0}


def _one_at_a_time(code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"licences:{code.upper()}"])


def _keep(found: Preview, data: bytes, name: str, source: str, actor: User | None) -> Snapshot:
    read, previous = found.read, found.previous
    stored = files.store_bytes(
        data,
        name=files.clean_name(name),
        media_type="application/octet-stream",
        organisation_id=None,
        actor=actor,
    )
    same_as = (previous.same_as or previous) if previous and found.same_file else None
    snapshot = Snapshot.objects.create(
        register=found.spec.code,
        outcome=Outcome.READ,
        source=source[:LONGEST_SOURCE],
        retrieved_at=found.retrieved_at,
        imported_by=actor,
        file=stored,
        sha256=stored.sha256,
        complete=found.complete,
        kind=read.kind,
        rows=read.rows,
        held=len(read.entries),
        unusual=read.unusual,
        counts=read.counts,
        columns=read.columns,
        problems=[asdict(one) for one in read.noted],
        more_problems=read.more_problems,
        changes=found.summary,
        same_as=same_as,
    )
    if same_as is None:
        Entry.objects.bulk_create((_entry(snapshot, one) for one in read.entries), batch_size=BATCH)
    return snapshot


def _entry(snapshot: Snapshot, read: ReadEntry) -> Entry:
    return Entry(
        snapshot=snapshot,
        row=read.row,
        number=read.number,
        key=read.key,
        alike=alike_key(read.key),
        name=read.name,
        raw_status=read.raw_status,
        lang=read.lang,
        status=read.status,
        valid_from=read.valid_from,
        valid_to=read.valid_to,
        raw=read.raw,
    )


def _wake(snapshot: Snapshot, found: Preview) -> None:
    """One job for each licence whose word changed, was bad from the start, or that is gone from a whole list."""
    before: dict[str, Entry] = (
        {row.key: row for row in selectors.entries_of(found.previous)} if found.previous else {}
    )
    for row in snapshot.entries.all():
        was = before.pop(row.key, None)
        if _matters(row, was):
            _enqueue(row, snapshot, was.status if was else "")
    if snapshot.complete:
        for row in _gone(before.values()):
            _enqueue(row, snapshot, row.status, gone=True)


def _matters(row: Entry, was: Entry | None) -> bool:
    if row.status not in KNOWN_WORDS:
        return False
    if was is None:
        return row.status not in (LicenceStatus.ACTIVE, LicenceStatus.PENDING)
    return was.status != row.status


def _gone(rows: Iterable[Entry]) -> Iterable[Entry]:
    """What had been known as good and is on the whole list no more."""
    return (row for row in rows if row.status not in (LicenceStatus.REVOKED, LicenceStatus.EXPIRED))


def _enqueue(row: Entry, snapshot: Snapshot, before: str, *, gone: bool = False) -> None:
    outbox.enqueue(
        CHANGED_JOB, entry_id=str(row.pk), snapshot_id=str(snapshot.pk), before=str(before), gone=gone
    )


@transaction.atomic
def record_failure(*, code: str, source: str, why: str, actor: User | None = None) -> Snapshot:
    """Keep that a source could not be had or read. From now on every answer from it is unknown."""
    snapshot = Snapshot.objects.create(
        register=_spec(code).code,
        outcome=Outcome.FAILED,
        source=source[:LONGEST_SOURCE],
        retrieved_at=clocks.now(),
        imported_by=actor,
        why_failed=(why.strip() or _("No reason was given."))[:600],
    )
    events.record(snapshot, act="failed", actor=actor or events.SYSTEM, data={"register": snapshot.register})
    return snapshot
