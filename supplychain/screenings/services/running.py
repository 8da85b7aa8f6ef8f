"""Workers claim rows by lease, check them, and write each result once. Celery only wakes."""

import hashlib
import uuid
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from certification.agencies.models import Agency
from certification.certificates.selectors import StandingFacts, standings_of
from iris.accounts.models import User
from iris.core import clocks, events, outbox
from iris.core.fsm import act, lock
from iris.core.models import OutboxRow
from iris.notify.services import notify
from supplychain.lookups.selectors import Found, find_many
from supplychain.screenings.models import Screening, ScreeningRow
from supplychain.screenings.states import RowResult, RowStatus, ScreeningState

WORK_JOB = "screenings.work"
CHUNK = 200
LEASE = timedelta(seconds=45)
WORKERS = 2
CHUNKS_A_JOB = 10


@transaction.atomic
def start_screening(*, screening_id: UUID, actor: User) -> Screening:
    """Let the workers at it. Raises Conflict, NotPermitted, TransitionRefused."""
    screening = lock(Screening, screening_id)
    act(screening.start, actor=actor)
    _wake(screening)
    return screening


@transaction.atomic
def pause_screening(*, screening_id: UUID, actor: User) -> Screening:
    """Workers finish the rows they hold and take no more."""
    screening = lock(Screening, screening_id)
    act(screening.pause, actor=actor)
    return screening


@transaction.atomic
def resume_screening(*, screening_id: UUID, actor: User) -> Screening:
    """Go on where it stopped."""
    screening = lock(Screening, screening_id)
    act(screening.resume, actor=actor)
    _wake(screening)
    return screening


@transaction.atomic
def cancel_screening(*, screening_id: UUID, actor: User) -> Screening:
    """Stop for good; what was checked stays."""
    screening = lock(Screening, screening_id)
    act(screening.cancel, actor=actor)
    return screening


def _wake(screening: Screening) -> None:
    for _worker in range(WORKERS):
        outbox.enqueue(WORK_JOB, screening_id=str(screening.pk))


def work(*, screening_id: UUID, chunks: int = CHUNKS_A_JOB) -> int:
    """Check up to `chunks` chunks of rows, then hand on to a fresh job. Returns the rows checked. Safe to run twice."""
    checked = 0
    for _turn in range(chunks):
        claimed = _claim(screening_id)
        if not claimed:
            _finish(screening_id)
            return checked
        lease, rows = claimed
        _store(lease, rows, find_many([_question(row) for row in rows]))
        checked += len(rows)
    with transaction.atomic():
        outbox.enqueue(WORK_JOB, screening_id=str(screening_id))
    return checked


def _claim(screening_id: UUID) -> tuple[UUID, list[ScreeningRow]] | None:
    """Take waiting rows, and rows whose worker let its lease run out."""
    lease, now = uuid.uuid4(), clocks.now()
    with transaction.atomic():
        if not Screening.objects.filter(pk=screening_id, state=ScreeningState.RUNNING).exists():
            return None
        rows = list(
            ScreeningRow.objects.select_for_update(skip_locked=True)
            .filter(screening_id=screening_id)
            .filter(Q(status=RowStatus.WAITING) | Q(status=RowStatus.LEASED, lease_until__lt=now))
            .order_by("number")[:CHUNK]
        )
        if not rows:
            return None
        ScreeningRow.objects.filter(pk__in=[row.pk for row in rows]).update(
            status=RowStatus.LEASED, lease=lease, lease_until=now + LEASE
        )
    return lease, rows


def _question(row: ScreeningRow) -> tuple[str, str, str]:
    return row.identifier, row.name, row.country


def _store(lease: UUID, rows: list[ScreeningRow], found: list[Found]) -> None:
    """Write the results of rows that are still ours; a row whose lease was lost is somebody else's now."""
    now = clocks.now()
    agencies = {
        one.pk: one for one in Agency.objects.filter(pk__in=[hit.agency_id for hit in found if hit.agency_id])
    }
    standings = standings_of(agencies.values())
    with transaction.atomic():
        ours = set(
            ScreeningRow.objects.select_for_update()
            .filter(pk__in=[row.pk for row in rows], lease=lease, status=RowStatus.LEASED)
            .values_list("pk", flat=True)
        )
        changed = []
        for row, hit in zip(rows, found, strict=True):
            if row.pk in ours:
                _fill(row, hit, standings)
                row.checked_at = now
                changed.append(row)
        ScreeningRow.objects.bulk_update(
            changed,
            [
                "status", "result", "outcome", "how", "agency", "standing", "score", "similar", "checked_at",
                "lease", "lease_until",
            ],
            batch_size=CHUNK,
        )  # fmt: skip


def _fill(row: ScreeningRow, hit: Found, standings: dict[UUID, StandingFacts]) -> None:
    row.status = RowStatus.DONE
    row.lease = row.lease_until = None
    row.outcome = str(hit.outcome)
    row.how = str(hit.how or "") if hit.agency_id else ""
    row.agency_id = hit.agency_id
    row.score = hit.similar[0].score if hit.similar else 0
    row.similar = [
        {
            "agency_id": str(one.agency_id),
            "name": one.name,
            "country": one.country,
            "score": one.score,
            "why": one.why,
        }
        for one in hit.similar[:5]
    ]
    if hit.agency_id:
        facts = standings[hit.agency_id]
        row.standing = str(facts.standing)
        row.result = RowResult.CERTIFIED if facts.valid else RowResult.NOT_CERTIFIED
    else:
        row.result = RowResult.TO_RESOLVE if hit.similar else RowResult.NOT_FOUND


@transaction.atomic
def _finish(screening_id: UUID) -> None:
    """Close the screening when no row is left; whoever comes last does it."""
    screening = lock(Screening, screening_id)
    left = screening.rows.filter(status__in=[RowStatus.WAITING, RowStatus.LEASED]).exists()
    if screening.state != ScreeningState.RUNNING or left:
        return
    root = merkle_root(screening)
    act(screening.finish, actor=events.SYSTEM, root=root, data={"rows_root": root})
    person = screening.person
    url = reverse("screenings:screening", args=[screening.pk])
    notify(people=[person], template="screenings/done", context={"title": screening.title}, url=url)


def merkle_root(screening: Screening) -> str:
    """The Merkle root (SHA-256, an odd leaf is carried up) over the results of the rows in order."""
    fields = ("number", "name", "country", "identifier", "result", "agency_id", "standing", "score")
    rows = screening.rows.order_by("number").values_list(*fields).iterator(chunk_size=5_000)
    level = [hashlib.sha256("\x1f".join(str(part) for part in row).encode()).digest() for row in rows]
    while len(level) > 1:
        pairs = [
            hashlib.sha256(level[i] + level[i + 1]).digest() if i + 1 < len(level) else level[i]
            for i in range(0, len(level), 2)
        ]
        level = pairs
    return level[0].hex() if level else hashlib.sha256(b"").hexdigest()


def wake_stalled() -> int:
    """Wake running screenings that have rows to do and no job on its way; returns how many."""
    now = clocks.now()
    stalled = 0
    for screening in Screening.objects.filter(state=ScreeningState.RUNNING):
        busy = OutboxRow.objects.filter(
            job=WORK_JOB, kwargs__screening_id=str(screening.pk), status__in=["waiting", "leased"]
        ).exclude(status="leased", lease_until__lt=now)
        free = screening.rows.filter(
            Q(status=RowStatus.WAITING) | Q(status=RowStatus.LEASED, lease_until__lt=now)
        ).exists()
        if free and not busy.filter(status="waiting").exists():
            with transaction.atomic():
                outbox.enqueue(WORK_JOB, screening_id=str(screening.pk))
            stalled += 1
        elif not free and not busy.exists():
            _finish(screening.pk)
    return stalled
