"""A screening is started, paused, resumed, cancelled; when no batch is left it is done. Celery only wakes."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from iris.accounts.models import User
from iris.core import clocks, events, outbox
from iris.core.fsm import act, lock
from iris.core.models import OutboxRow
from iris.notify.services import notify
from supplychain.screenings.models import Screening, ScreeningBatch
from supplychain.screenings.selectors import nodes_of
from supplychain.screenings.services.taking import READ_JOB, WORK_JOB
from supplychain.screenings.states import BatchStatus, ScreeningState

DONE_JOB = "watches.screening_done"
WORKERS = 2


@transaction.atomic
def start_screening(*, screening_id: UUID, actor: User) -> Screening:
    """Let the workers at it. Raises Conflict, NotPermitted, TransitionRefused."""
    screening = lock(Screening, screening_id)
    act(screening.start, actor=actor)
    wake_workers(screening)
    return screening


@transaction.atomic
def start_when_ready(*, screening_id: UUID, actor: User) -> Screening:
    """Start now, or as soon as the job that reads the list has made it ready (lists that come by machine)."""
    screening = lock(Screening, screening_id)
    if screening.state == ScreeningState.READING:
        screening.starts_itself = True
        screening.save(update_fields=["starts_itself"])
        return screening
    if screening.state == ScreeningState.READY:
        act(screening.start, actor=actor)
        wake_workers(screening)
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
    wake_workers(screening)
    return screening


@transaction.atomic
def cancel_screening(*, screening_id: UUID, actor: User) -> Screening:
    """Stop for good; what was checked stays."""
    screening = lock(Screening, screening_id)
    act(screening.cancel, actor=actor)
    return screening


def wake_workers(screening: Screening) -> None:
    """Ask for a job for each worker."""
    for _worker in range(WORKERS):
        outbox.enqueue(WORK_JOB, screening_id=str(screening.pk))


@transaction.atomic
def finish_screening(*, screening_id: UUID) -> bool:
    """Close the screening when no batch is left; whoever comes last does it. Safe to run twice."""
    screening = lock(Screening, screening_id)
    left = screening.batches.exclude(status=BatchStatus.DONE).exists()
    if screening.state != ScreeningState.RUNNING or left:
        return False
    nodes = nodes_of(screening)
    own: dict[str, Any] = {"root": nodes.root, "nodes": nodes.packed()}
    act(screening.finish, actor=events.SYSTEM, data={"rows_root": nodes.root}, **own)
    url = reverse("screenings:screening", args=[screening.pk])
    notify(people=[screening.person], template="screenings/done", context={"title": screening.title}, url=url)
    outbox.enqueue(DONE_JOB, screening_id=str(screening.pk))
    return True


def wake_stalled() -> int:
    """Wake screenings that have work left and no job on its way; returns how many."""
    now = clocks.now()
    woken = 0
    for screening in Screening.objects.filter(state=ScreeningState.READING, read_until__lt=now):
        woken += _wake_once(READ_JOB, screening.pk)
    for screening in Screening.objects.filter(state=ScreeningState.RUNNING):
        free = ScreeningBatch.objects.filter(
            Q(status=BatchStatus.WAITING) | Q(status=BatchStatus.LEASED, lease_until__lt=now),
            screening=screening,
        ).exists()
        if free:
            woken += _wake_once(WORK_JOB, screening.pk)
        elif not screening.batches.exclude(status=BatchStatus.DONE).exists():
            finish_screening(screening_id=screening.pk)
    return woken


@transaction.atomic
def _wake_once(job: str, screening_id: UUID) -> int:
    own = OutboxRow.objects.filter(job=job, kwargs__screening_id=str(screening_id))
    if own.filter(status=OutboxRow.State.WAITING).exists():
        return 0
    outbox.enqueue(job, screening_id=str(screening_id))
    return 1
