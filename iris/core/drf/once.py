"""`Idempotency-Key`: the same request sent again within a day has one effect and gets the same bytes.

The answer is kept in the transaction of its effect. A second request with the same key waits at the unique index until
the first has committed or failed: PostgreSQL keeps the order, and a process that dies leaves neither effect nor answer.

An answer is kept packed, up to MOST_KEPT bytes. Of a longer one only the fact is kept: the request is not carried out
again, and whoever repeats it is told that, never another answer in its place.
"""

import base64
import hashlib
import re
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.request import Request

from iris.core import clocks
from iris.core.drf.answers import Refusal
from iris.core.models import KeptAnswer
from iris.core.vault import Vault, VaultClosed

if TYPE_CHECKING:
    from rest_framework.response import Response
    from rest_framework.views import APIView

METHODS = ("POST", "PUT", "PATCH", "DELETE")
KEEP = timedelta(hours=24)
WAIT_SECONDS = 10
LONGEST = 255
MOST_KEPT = 256 * 1024  # packed and sealed; some two to five megabytes of JSON
MOST_PACKED = 8 * 1024 * 1024  # longer ones are not even tried
PACKED = "z:"  # answers kept by earlier versions stand without it, as they were
KEPT_HEADERS = ("Content-Type", "Location", "Retry-After", "Link", "Content-Language")
# Answers hold secrets that are shown once: kept as sealed as the secrets themselves.
_vault = Vault("kept answers")
_ALLOWED = re.compile(rf"[\x21-\x7e]{{1,{LONGEST}}}")
_CLAIM = """
INSERT INTO iris_core_keptanswer (client_id, key, fingerprint, at, status, headers, body)
VALUES (%s, %s, %s, %s, 0, '{}', '') ON CONFLICT (client_id, key) DO NOTHING RETURNING id
"""
Handler = Callable[..., HttpResponseBase]


class _NotKept(Exception):
    """The answer is an error of ours: nothing of the request stays."""


def key_of(request: Request) -> str:
    """The key of a request, or empty. Raises Refusal for one that is no key."""
    key = request.headers.get("Idempotency-Key", "")
    if not key or request.method not in METHODS or getattr(request.auth, "pk", None) is None:
        return ""
    if not _ALLOWED.fullmatch(key):
        text = _("An Idempotency-Key has 1 to %(most)s visible ASCII characters, such as a UUID.")
        raise Refusal(400, "idempotency_key_invalid", text % {"most": LONGEST})
    return key


def fingerprint_of(request: Request) -> str:
    """What makes two requests the same: method, address and bytes; of a form its fields and files, not its boundary."""
    told = hashlib.sha256()
    kind = request.content_type.partition(";")[0].strip().lower()
    for part in (str(request.method), request.get_full_path(), kind):
        told.update(part.encode() + b"\n")
    if kind.startswith("multipart/"):
        _tell_form(request, told)
    else:
        told.update(request._request.body)
    return told.hexdigest()


def _tell_form(request: Request, told: Any) -> None:
    form: Any = request.data
    for name in sorted(form):
        for value in form.getlist(name):
            told.update(name.encode() + b"=")
            if hasattr(value, "chunks"):
                for chunk in value.chunks():
                    told.update(chunk)
                value.seek(0)
            else:
                told.update(str(value).encode())
            told.update(b"\n")


def guarded(view: "APIView", handler: Handler, key: str) -> Handler:
    """The handler, run at most once for this client's key."""

    def run(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert request.auth is not None
        client_id, fingerprint = request.auth.pk, fingerprint_of(request)
        answers: list[HttpResponseBase] = []
        try:
            with transaction.atomic():
                number = _claim(client_id, key, fingerprint)
                if number is None:
                    return _again(client_id, key, fingerprint)
                answers.append(_first(view, handler, request, args, kwargs))
                _keep(number, answers[0])
        except _NotKept:
            pass
        return answers[0]

    return run


def _claim(client_id: UUID, key: str, fingerprint: str) -> int | None:
    """The number of our row; None when another request has the key. Waits for one that is being answered."""
    now = clocks.now()
    KeptAnswer.objects.filter(client_id=client_id, key=key, at__lte=now - KEEP).delete()
    try:
        with transaction.atomic(), connection.cursor() as sql:
            sql.execute("SELECT current_setting('lock_timeout')")
            before = sql.fetchone()[0]
            sql.execute(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
            sql.execute(_CLAIM, [client_id, key, fingerprint, now])
            row = sql.fetchone()
            sql.execute("SELECT set_config('lock_timeout', %s, true)", [before])
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") not in ("55P03", "57014"):
            raise
        text = _("The first request with this Idempotency-Key is still being answered. Ask again.")
        raise Refusal(409, "idempotency_in_flight", text, wait=WAIT_SECONDS) from error
    return row[0] if row else None


def _first(view: "APIView", handler: Handler, request: Request, args: Any, kwargs: Any) -> HttpResponseBase:
    try:
        with transaction.atomic():
            response = handler(request, *args, **kwargs)
            failed = response.status_code >= 400
            if failed:
                transaction.set_rollback(True)
    except (
        Exception
    ) as error:  # the view's own handler tells what it knows; the rest goes on up, and rolls back
        response = view.handle_exception(error)
    response = view.finalize_response(request, cast("Response", response), *args, **kwargs)
    if hasattr(response, "render") and not getattr(response, "is_rendered", True):
        response.render()
    return response


def _keep(number: int, response: HttpResponseBase) -> None:
    if response.status_code >= 500 or getattr(response, "streaming", False):
        transaction.set_rollback(True)
        raise _NotKept
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    content = response.content if isinstance(response, HttpResponse) else b""
    kept = b""
    if len(content) <= MOST_PACKED:
        sealed = _vault.seal(PACKED + base64.b64encode(zlib.compress(content)).decode())
        kept = sealed if len(sealed) <= MOST_KEPT else b""
    KeptAnswer.objects.filter(pk=number).update(status=response.status_code, headers=headers, body=kept)


def _again(client_id: UUID, key: str, fingerprint: str) -> HttpResponse:
    kept = KeptAnswer.objects.get(client_id=client_id, key=key)
    if kept.fingerprint != fingerprint:
        text = _("This Idempotency-Key came with another request before. Use a new key for a new request.")
        raise Refusal(422, "idempotency_key_reused", text)
    response = HttpResponse(_opened(kept), status=kept.status)
    for name, value in kept.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response


def _opened(kept: KeptAnswer) -> bytes:
    if not kept.body:
        text = _("This request was carried out. Its answer was too long to keep: look at what it made.")
        raise Refusal(409, "conflict", text)
    try:
        text = _vault.open(kept.body)
        packed = base64.b64decode(text.removeprefix(PACKED))
        return zlib.decompress(packed) if text.startswith(PACKED) else packed
    except VaultClosed as error:
        text = _("This request was carried out, but its answer can no longer be read. Look at what it made.")
        raise Refusal(409, "conflict", text) from error


def forget() -> int:
    """Drop answers a day old."""
    count, _by_model = KeptAnswer.objects.filter(at__lte=clocks.now() - KEEP).delete()
    return count
