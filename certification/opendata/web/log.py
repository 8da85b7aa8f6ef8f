"""The log of the register, for people and for machines. Public; nothing here needs a key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from certification.opendata import selectors
from certification.opendata.models import LogEntry, TreeHead
from certification.opendata.rules.entries import moment
from certification.opendata.states import EVENT_TONES
from iris.core import clocks, problems
from iris.core.errors import BadInput, DomainError
from iris.core.places import Corridor
from iris.core.policy import public
from iris.core.web import get_or_404, paginate

VERIFIER = Path(__file__).resolve().parent.parent / "published" / "verify_register.py"
LONGEST_NUMBER = 12


@public
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Every act, newest first; one certificate's with ?certificate=."""
    number = request.GET.get("certificate", "").replace("\x00", "").strip()[:60]
    rows = selectors.lines_of(number).order_by("-index") if number else selectors.lines()
    page = paginate(request, rows, per_page=25)
    context = {
        "page": page,
        "rows": [_shown(row) for row in page.object_list],
        "head": selectors.last_head(),
        "size": selectors.size_of_log(),
        "number": number,
        "base": settings.IRIS_PUBLIC_URL.rstrip("/"),
        "now": clocks.now(),
    }
    return render(request, "opendata/log.html", context)


@public
@require_safe
def line(request: HttpRequest, index: int) -> HttpResponse:
    """One line: in words, as it is hashed, and with its proof."""
    row = get_or_404(LogEntry.objects.all(), index=index)
    head = selectors.last_head()
    size = max(head.size if head else 0, index + 1)
    _row, path = selectors.inclusion_proof(index, size)
    context = {"row": _shown(row), "path": path, "size": size, "head": head, "now": clocks.now()}
    return render(request, "opendata/line.html", context)


def _shown(row: LogEntry) -> dict[str, Any]:
    told = row.told
    corridors = [Corridor(*one.split("-")).text for one in told["corridors"]]
    return {"row": row, "told": told, "tone": EVENT_TONES.get(row.kind, "past"), "corridors": corridors}


@public
@require_GET
def head(request: HttpRequest) -> JsonResponse:
    """The newest signed head; ?size= for the one of a size."""
    asked = request.GET.get("size")
    try:
        row = selectors.last_head() if asked is None else selectors.head_with_size(_whole(request, "size"))
    except DomainError as error:
        return _refused(error)
    if row is None:
        return _problem(404, "not_found", _("No head of that size was signed."))
    return _open(head_told(row))


@public
@require_GET
def entries(request: HttpRequest) -> JsonResponse:
    """Lines from ?start= to ?end= (without it), at most a thousand: the text that is hashed, and its hash."""
    try:
        start = _whole(request, "start", 0)
        rows = selectors.entries_between(start, _whole(request, "end", start + 100))
    except DomainError as error:
        return _refused(error)
    told = [{"index": row.index, "text": row.text, "hash": row.hash} for row in rows]
    return _open({"entries": told, "size": selectors.size_of_log()})


@public
@require_GET
def inclusion(request: HttpRequest) -> JsonResponse:
    """That line ?index= stands in the log of ?size= lines."""
    try:
        index = _whole(request, "index")
        size = _whole(request, "size", selectors.size_of_log())
        row, path = selectors.inclusion_proof(index, size)
    except DomainError as error:
        return _refused(error)
    told = {"index": index, "size": size, "text": row.text, "hash": row.hash, "path": path}
    return _open({**told, "root": selectors.root_of(size)})


@public
@require_GET
def consistency(request: HttpRequest) -> JsonResponse:
    """That the log of ?first= lines is the beginning of that of ?second=."""
    try:
        first = _whole(request, "first")
        second = _whole(request, "second", selectors.size_of_log())
        path = selectors.consistency_proof(first, second)
    except DomainError as error:
        return _refused(error)
    roots = {"first_root": selectors.root_of(first), "second_root": selectors.root_of(second)}
    return _open({"first": first, "second": second, "path": path, **roots})


@public
@require_safe
def verifier(request: HttpRequest) -> FileResponse:
    """The program that checks all of it, with nothing but Python's own library."""
    reply = FileResponse(VERIFIER.open("rb"), as_attachment=True, filename=VERIFIER.name)
    reply["Content-Type"] = "text/x-python; charset=utf-8"
    reply["Access-Control-Allow-Origin"] = "*"
    return reply


def head_told(row: TreeHead) -> dict[str, Any]:
    """A head as machines read it."""
    return {"size": row.size, "root": row.root, "at": moment(row.at), "signature": row.signature}


def _whole(request: HttpRequest, name: str, default: int | None = None) -> int:
    text = request.GET.get(name, "")
    if not text and default is not None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST_NUMBER:
        raise BadInput(_("`%(name)s` is a whole number from 0, such as 12.") % {"name": name})
    return int(text)


def _open(told: dict[str, Any]) -> JsonResponse:
    """Readable from any page of any site: there is nothing here that is not everybody's."""
    reply = JsonResponse({**told, "as_of": moment(clocks.now())}, json_dumps_params={"ensure_ascii": False})
    reply["Access-Control-Allow-Origin"] = "*"
    return reply


def _refused(error: DomainError) -> JsonResponse:
    return _problem(422, error.code, str(error.message))


def _problem(status: int, code: str, title: str) -> JsonResponse:
    told = problems.body(status, code, title)
    reply = JsonResponse(told, status=status, content_type="application/problem+json")
    reply["Access-Control-Allow-Origin"] = "*"
    return reply
