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
from django.http import HttpRequest, JsonResponse
from kombu import Connection

from iris.core import clocks, outbox
from iris.core.models import Heartbeat, SweepRun
from iris.core.policy import public

FRESH = timedelta(seconds=30)
SLACK = timedelta(seconds=60)


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


@public
def live(request: HttpRequest) -> JsonResponse:
    """200 as soon as the web process answers."""
    return JsonResponse({"status": "alive"})


@public
def ready(request: HttpRequest) -> JsonResponse:
    """200 with every part "up", or 503 naming what is not."""
    parts = {"web": "up", "database": _database(), "broker": _broker()}
    beats = {row.name: row.at for row in Heartbeat.objects.all()} if parts["database"] == "up" else {}
    for name in ("worker", "pdf", "beat"):
        at = beats.get(name)
        parts[name] = "up" if at and clocks.now() - at < FRESH else "no sign of life in the last 30 seconds"
    good = all(state == "up" for state in parts.values())
    answer: dict[str, Any] = {"status": "ready" if good else "not ready", "parts": parts}
    if parts["database"] == "up":
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
