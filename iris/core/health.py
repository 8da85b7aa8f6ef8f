"""/health/live: the process answers. /health/ready: everything a person's work needs is up, else what is missing.

Periodic work that is late or fails is named by /health/ready and shown to scheme managers; it does not make the
product unready, because after a night switched off everything is late and nobody has to be kept out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min, Q
from django.http import HttpRequest, JsonResponse
from kombu import Connection

from iris.core import clocks, outbox, signs
from iris.core.models import Heartbeat, OutboxRow, SweepRun
from iris.core.policy import public

FRESH = timedelta(seconds=30)
SLACK = timedelta(seconds=60)
OTHER_QUEUES = ("pdf", "webhooks")
QUEUES = ("default", *OTHER_QUEUES)
UP, BUSY = "up", "busy"
DEAD = "no sign of life in the last 30 seconds"
DEAF = "its process is there, but took nothing in the last 30 seconds"


# What rooms say is late although its sweep runs: name and a question that is answered with a word, or with nothing.
_checks: list[Callable[[], str]] = []


def offer_check(check: Callable[[], str]) -> None:
    """Let /health/ready ask a room: it answers with the name of what is late, or with an empty string."""
    if check not in _checks:
        _checks.append(check)


@dataclass(frozen=True)
class SweepHealth:
    """One periodic task: when it last ended well, and whether that is too long ago or its last run failed."""

    name: str
    every: timedelta
    ended_at: datetime | None
    error: str
    late: bool

    @property
    def word(self) -> str:
        """failing, late, new (has not run yet) or well."""
        if self.error:
            return "failing"
        if self.late:
            return "late"
        return "well" if self.ended_at else "new"

    @property
    def minutes(self) -> float:
        """Its period in minutes."""
        return self.every.total_seconds() / 60


def sweeps_health() -> list[SweepHealth]:
    """Every periodic task the code registers, by name. Late: three of its periods and a minute without a good end."""
    runs = {run.name: run for run in SweepRun.objects.all()}
    now = clocks.now()
    found = []
    for name, (_function, seconds) in sorted(outbox.sweeps.items()):
        run, every = runs.get(name), timedelta(seconds=seconds)
        ended = run.ended_at if run else None
        since = ended or (run.began_at if run else None)
        late = since is not None and now - since > 3 * every + SLACK
        found.append(SweepHealth(name, every, ended, run.error if run else "", late))
    return found


@dataclass(frozen=True)
class QueueHealth:
    """What is due in one queue: how many jobs wait, the oldest since when, how many are being worked on."""

    waiting: int
    oldest_seconds: int | None
    running: int

    @property
    def behind(self) -> bool:
        """Whether a job waits longer than a worker with nothing to do would leave it."""
        return self.oldest_seconds is not None and self.oldest_seconds >= outbox.PATIENCE.total_seconds()


def queues_health() -> dict[str, QueueHealth]:
    """Every queue that has a worker. A job whose worker died waits again when its lease has run out."""
    now = clocks.now()
    due = Q(status=OutboxRow.State.WAITING, due_at__lte=now)
    due |= Q(status=OutboxRow.State.LEASED, lease_until__lt=now)
    running = Q(status=OutboxRow.State.LEASED, lease_until__gte=now)
    rows = OutboxRow.objects.filter(due | running).values("queue")
    found: dict[str, Any] = {
        row["queue"]: row
        for row in rows.annotate(
            waiting=Count("pk", filter=due),
            oldest=Min("due_at", filter=due),
            held=Count("pk", filter=running),
        ).order_by("queue")
    }
    told = {}
    for queue in QUEUES:
        row = found.get(queue, {"waiting": 0, "oldest": None, "held": 0})
        age = None if row["oldest"] is None else int((now - row["oldest"]).total_seconds())
        told[queue] = QueueHealth(row["waiting"], age, row["held"])
    return told


def _worker(part: str, beats: dict[str, datetime], queue: QueueHealth | None) -> str:
    """Dead: its process gives no sign. Deaf: it does, and takes nothing. Else up, or busy with a queue before it."""
    if not signs.fresh(beats.get(signs.TURNS.format(part)), FRESH):
        return DEAD
    if not signs.fresh(beats.get(part), FRESH):
        return DEAF
    return BUSY if queue is not None and queue.behind else UP


@public
def live(request: HttpRequest) -> JsonResponse:
    """200 as soon as the web process answers."""
    return JsonResponse({"status": "alive"})


@public
def ready(request: HttpRequest) -> JsonResponse:
    """200 with every part "up" or "busy", or 503 naming what is not. What waits in each queue is told beside it."""
    parts = {"web": "up", "database": _database(), "broker": _broker()}
    beats = {row.name: row.at for row in Heartbeat.objects.all()} if parts["database"] == "up" else {}
    queues = queues_health() if parts["database"] == "up" else {}
    for queue in QUEUES:
        parts[signs.part_of(queue)] = _worker(signs.part_of(queue), beats, queues.get(queue))
    parts["beat"] = UP if signs.fresh(beats.get("beat"), FRESH) else DEAD
    good = all(state in (UP, BUSY) for state in parts.values())
    answer: dict[str, Any] = {"status": "ready" if good else "not ready", "parts": parts}
    if parts["database"] == "up":
        answer["queues"] = {
            signs.part_of(queue): {
                "waiting": one.waiting,
                "oldest_waiting_seconds": one.oldest_seconds,
                "running": one.running,
            }
            for queue, one in queues.items()
        }
        answer["periodic"] = {
            word: [one.name for one in sweeps_health() if one.word == word] for word in ("failing", "late")
        }
        told = sorted({name for check in _checks if (name := check())} - set(answer["periodic"]["late"]))
        answer["periodic"]["late"] += told
    return JsonResponse(answer, status=200 if good else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return f"not answering: {type(error).__name__}"
    return "up"


def _broker() -> str:
    try:
        with Connection(settings.CELERY_BROKER_URL, connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except Exception as error:  # kombu raises each transport's own errors
        return f"not answering: {type(error).__name__}"
    return "up"
