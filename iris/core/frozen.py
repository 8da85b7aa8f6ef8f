"""The product standing still: all may be read, nothing written, and old answers do not pass for the present.

Switched on by whoever runs it: IRIS_FROZEN_SINCE in the environment (for a copy, or a database that only reads) or
`manage.py freeze`, which writes a row that every process looks at. While it lasts a request that would write is refused
before any code of a room runs, the connection itself refuses writes, jobs and sweeps rest, and every page and answer
says as of when it is. After `frozen_valid_hours` nothing is said of any certificate at all: unknown, ask.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from iris.core import clocks, problems
from iris.core.errors import Frozen
from iris.core.models import Freeze

RETRY_SECONDS = 900
HEADER = "Iris-As-Of"
READING = ("GET", "HEAD", "OPTIONS")
READS = (
    "SELECT",
    "WITH",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "SET",
    "SHOW",
    "RESET",
    "EXPLAIN",
    "DECLARE",
    "FETCH",
)
# What says nothing of a certificate as of now: dated files, the log, how the product is, how it looks.
DATED = ("/health/", "/open-data/", "/register/log/", "/static/", "/standard/", "/theme/")
API = "/api/"


class _Seen:
    """What this process saw last, and when."""

    at = 0.0
    since: datetime | None = None


def since() -> datetime | None:
    """As of when the product stands still; None while it runs."""
    if settings.IRIS_FROZEN_SINCE:
        return datetime.fromisoformat(settings.IRIS_FROZEN_SINCE)
    pause = settings.IRIS_FREEZE_LOOK_SECONDS
    if pause is not None and time.monotonic() - _Seen.at >= pause:
        look()
    return _Seen.since


def look() -> datetime | None:
    """Read the switch in the database now."""
    _Seen.since = (
        Freeze.objects.filter(until__isnull=True).order_by("since").values_list("since", flat=True).first()
    )
    _Seen.at = time.monotonic()
    return _Seen.since


def as_of() -> str:
    """The moment of which an answer of now speaks, as it is written in answers."""
    return _text(since() or clocks.now())


def too_old(moment: datetime) -> bool:
    """Whether answers as of that moment may no longer be given for the present."""
    return clocks.now() - moment > timedelta(hours=clocks.number("frozen_valid_hours"))


def _refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    text = str(sql)
    words = text.lstrip(" (\n").split(None, 1)
    if not words or words[0].upper().rstrip(";") not in READS or " FOR UPDATE" in text:
        raise Frozen()
    return execute(sql, params, many, context)


@contextlib.contextmanager
def reading_only() -> Iterator[None]:
    """Nothing is written through this connection in the block, whatever the code tries."""
    alone = not connection.in_atomic_block
    with connection.execute_wrapper(_refuse):
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SET default_transaction_read_only = on")
        try:
            yield
        finally:
            if alone and connection.connection is not None:
                with connection.cursor() as cursor:
                    cursor.execute("SET default_transaction_read_only = off")


class FrozenMiddleware:
    """First of those that touch the database. Says as of when every answer is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        moment = since()
        if moment is None:
            began = clocks.now()  # what is read is read after it
            reply = self.get_response(request)
            if not reply.has_header(HEADER):
                reply[HEADER] = _text(began)
            return reply
        with reading_only():
            if request.method not in READING:
                reply = refused(request, moment, writing=True)
            elif too_old(moment) and not request.path.startswith(DATED):
                reply = refused(request, moment, writing=False)
            else:
                reply = self.get_response(request)
        reply[HEADER] = _text(moment)
        reply["Cache-Control"] = "no-store"
        return reply


def refused(request: HttpRequest, moment: datetime, *, writing: bool) -> HttpResponse:
    """503 with what to do: a page for people, problem+json for machines."""
    code = "frozen" if writing else "status_unknown"
    title = (
        _("Nothing can be sent or changed for now. What you sent was not taken in.")
        if writing
        else _(
            "What is known here is too old to rely on. Whether a certificate is valid is unknown: ask the scheme."
        )
    )
    if request.path.startswith(API) or request.path.endswith(".json"):
        told = problems.body(503, code, title)
        more = {"as_of": _text(moment), "valid": None}
        reply: HttpResponse = JsonResponse(
            {**told, **more}, status=503, content_type="application/problem+json"
        )
    else:
        context = {"writing": writing, "title": title, "moment": moment}
        reply = render(request, "errors/frozen.html", context, status=503)
    reply["Retry-After"] = str(RETRY_SECONDS)
    return reply


class Sessions(SessionMiddleware):
    """Sessions that are only read while the product stands still."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save, except then."""
        if since() is not None:
            return response
        return super().process_response(request, response)


def frame(request: HttpRequest) -> dict[str, Any]:
    """For every page's ribbon."""
    return {"frozen_since": since()}


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
