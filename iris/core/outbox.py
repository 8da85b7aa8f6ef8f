"""What must happen after a change: a row in the same transaction, woken after commit, swept when forgotten.

Celery carries only the row's id. A job is claimed with a lease, may run twice, and is tried again with growing pauses.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from celery import current_app, shared_task
from django.db import transaction
from django.db.models import F, Q

from iris.core import clocks, frozen
from iris.core.models import OutboxRow, SweepRun

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=6)
MAX_ATTEMPTS = 8
PATIENCE = timedelta(seconds=5)
Job = Callable[..., None]

_quiet: ContextVar[bool] = ContextVar("outbox_quiet", default=False)
_jobs: dict[str, tuple[Job, str]] = {}
sweeps: dict[str, tuple[Callable[[], None], float]] = {}


def job(name: str, queue: str = "default") -> Callable[[Job], Job]:
    """Register a job of a room's tasks.py under a stable name. Keyword arguments are JSON; safe to run twice."""

    def register(function: Job) -> Job:
        _jobs[name] = (function, queue)
        return function

    return register


def expect(name: str) -> None:
    """Name a job that a room above may define. Where none does, its rows are done and nothing happens."""
    _jobs.setdefault(name, (_nobody_listens, "default"))


def _nobody_listens(**kwargs: Any) -> None:
    """The room that would act on this job is not installed."""


def sweep(name: str, every: float) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a periodic task (seconds). Beat wakes it; it reads dates in rows."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        sweeps[name] = (function, every)
        return function

    return register


def enqueue(name: str, *, queue: str = "default", **kwargs: Any) -> OutboxRow:
    """Ask for a job in the caller's transaction; it is woken after commit."""
    row = OutboxRow.objects.create(job=name, queue=queue, kwargs=kwargs)
    transaction.on_commit(lambda: wake(row.id, row.queue))
    return row


def enqueue_at(at: datetime, name: str, *, queue: str = "default", **kwargs: Any) -> OutboxRow:
    """Ask for a job at a later moment: nobody is woken now, the sweep finds the row when it is due."""
    return OutboxRow.objects.create(job=name, queue=queue, kwargs=kwargs, due_at=at)


@contextmanager
def quiet() -> Iterator[None]:
    """Wake nobody in the block: the rows wait for the sweep (large imports, seeds)."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def wake(row_id: UUID, queue: str) -> None:
    """Tell a worker about a row. A broker that is down is no loss: the sweep finds the row."""
    if _quiet.get():
        return
    try:
        current_app.send_task("iris.core.run_job", args=[str(row_id)], queue=queue, retry=False)
    except Exception as error:  # any broker failure: the row stays and the sweep wakes it
        log.warning("Broker did not take job %s: %s", row_id, error)


def _claim(row_id: UUID | str) -> OutboxRow | None:
    now = clocks.now()
    with transaction.atomic():
        row = (
            OutboxRow.objects.select_for_update(skip_locked=True)
            .filter(pk=row_id)
            .filter(Q(status="waiting") | Q(status="leased", lease_until__lt=now))
            .first()
        )
        if row is None:
            return None
        row.status = OutboxRow.State.LEASED
        row.attempts += 1
        row.lease_until = now + LEASE
        row.save(update_fields=["status", "attempts", "lease_until"])
        return row


def run(row_id: UUID | str) -> bool:
    """Claim and run one row; True when it is done. A failure is kept with its reason and tried again later."""
    if frozen.since() is not None:
        return False
    row = _claim(row_id)
    if row is None:
        return False
    try:
        function, _queue = _jobs[row.job]
        function(**row.kwargs)
    except Exception as error:  # a job may fail in any way; the row remembers it
        log.exception("Job %s (%s) failed, attempt %s", row.job, row.id, row.attempts)
        over = row.attempts >= MAX_ATTEMPTS
        OutboxRow.objects.filter(pk=row.pk).update(
            status=OutboxRow.State.FAILED if over else OutboxRow.State.WAITING,
            due_at=clocks.now() + timedelta(seconds=min(600, 5 * 2**row.attempts)),
            last_error=f"{type(error).__name__}: {error}"[:2_000],
            lease_until=None,
        )
        return False
    OutboxRow.objects.filter(pk=row.pk).update(
        status=OutboxRow.State.DONE, done_at=clocks.now(), lease_until=None, last_error=""
    )
    return True


def wake_forgotten(limit: int = 200) -> int:
    """Wake rows that are due and whose message was lost or whose worker died; returns how many.

    So many of each queue: where one queue has no worker, its rows must not stand before those of the others.
    """
    now = clocks.now()
    rows = OutboxRow.objects.filter(
        Q(status="waiting", due_at__lt=now - PATIENCE) | Q(status="leased", lease_until__lt=now)
    )
    queues = list(rows.order_by("queue").values_list("queue", flat=True).distinct())
    found = [row for queue in queues for row in rows.filter(queue=queue).order_by("due_at")[:limit]]
    for row in found:
        wake(row.id, row.queue)
    return len(found)


def forget(name: str, needless: Callable[[dict[str, Any]], bool]) -> int:
    """Drop waiting rows of a job that have nothing left to do; returns how many."""
    rows = OutboxRow.objects.filter(job=name, status=OutboxRow.State.WAITING)
    keys = [row.pk for row in rows.iterator() if needless(row.kwargs)]
    OutboxRow.objects.filter(pk__in=keys).delete()
    return len(keys)


def run_all(limit: int = 1_000) -> int:
    """Run every waiting row here and now, oldest first, also those that jobs add (tests, seed); returns how many.

    Rows asked for at a later moment (`enqueue_at`) wait for it.
    """
    count = 0
    later = Q(due_at__gt=F("created_at") + timedelta(seconds=1))
    while count < limit:
        rows = OutboxRow.objects.filter(status="waiting", attempts=0)
        row = rows.exclude(later & Q(due_at__gt=clocks.now())).order_by("created_at").first()
        if row is None:
            break
        run(row.id)
        count += 1
    return count


@shared_task(name="iris.core.run_job")
def run_job(row_id: str) -> None:
    """Celery's way in for jobs."""
    run(row_id)


@shared_task(name="iris.core.run_sweep")
def run_sweep(name: str) -> None:
    """Celery's way in for sweeps; how it went is kept in the sweep's own row."""
    if frozen.since() is not None:
        return
    function, every = sweeps[name]
    began = clocks.now()
    try:
        function()
    except Exception as error:  # a sweep may fail in any way; its row says so and beat runs it again
        SweepRun.note(name, every, began, f"{type(error).__name__}: {error}"[:2_000])
        raise
    SweepRun.note(name, every, began)


def retry(row_id: UUID) -> bool:
    """Let a job that was given up try again from the start; False where it was not given up (any more)."""
    waiting = OutboxRow.objects.filter(pk=row_id, status=OutboxRow.State.FAILED).update(
        status=OutboxRow.State.WAITING, attempts=0, due_at=clocks.now()
    )
    if waiting:
        transaction.on_commit(
            lambda: wake(row_id, OutboxRow.objects.values_list("queue", flat=True).get(pk=row_id))
        )
    return bool(waiting)
