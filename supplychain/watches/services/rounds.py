"""The full check by the clock. It would find whatever an act failed to announce, and it is the heartbeat."""

from __future__ import annotations

import time
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Count, Q

from iris.core import clocks
from supplychain.watches.models import Entry, Round, Watch
from supplychain.watches.services.checking import check_watch
from supplychain.watches.states import Cause, Outcome, WatchState

_LOCK = 7_305_211
BUDGET = 40.0
BATCH = 100


def go_on(budget: float = BUDGET) -> Round | None:
    """Begin a round when its time has come, and go on with it for some seconds. One process at a time.

    A round that was killed is gone on with by the next run: what it has still to do is read from the rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        row = cursor.fetchone()
        if not row or not row[0]:
            return None
    try:
        return _go_on(budget)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _go_on(budget: float) -> Round | None:
    current = Round.objects.filter(ended_at__isnull=True).first() or _begin()
    if current is None:
        return None
    began = time.monotonic()
    while time.monotonic() - began < budget:
        left = _left(current)[:BATCH]
        if not left:
            return _end(current)
        for watch_id in left:
            check_watch(watch_id=watch_id, cause=Cause.ROUND, round_=current)
    return current


def _begin() -> Round | None:
    last = Round.objects.order_by("-began_at").first()
    every = timedelta(minutes=clocks.number("watch_round_minutes"))
    if last is not None and clocks.now() - last.began_at < every:
        return None
    return Round.objects.create(began_at=clocks.now())


def _left(current: Round) -> list:  # type: ignore[type-arg] # keys of watches
    done = Entry.objects.filter(round=current).values("watch_id")
    rows = Watch.objects.filter(state=WatchState.ACTIVE, created_at__lte=current.began_at)
    return list(rows.exclude(pk__in=done).order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _end(current: Round) -> Round:
    counts = Entry.objects.filter(round=current).aggregate(
        watches=Count("pk"),
        changed=Count("pk", filter=Q(outcome=Outcome.CHANGED)),
        failed=Count("pk", filter=Q(outcome=Outcome.FAILED)),
    )
    current.watches, current.changed, current.failed = counts["watches"], counts["changed"], counts["failed"]
    current.ended_at = clocks.now()
    current.save()
    return current
