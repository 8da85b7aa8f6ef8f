"""/health/live: the process answers. /health/ready: everything a person's work needs is up, else what is missing."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from kombu import Connection

from iris.core import clocks
from iris.core.models import Heartbeat
from iris.core.policy import public

FRESH = timedelta(seconds=30)


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
    return JsonResponse(
        {"status": "ready" if good else "not ready", "parts": parts}, status=200 if good else 503
    )


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
