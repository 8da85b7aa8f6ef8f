"""The files of open data: what there is, how to check it, and the files themselves. Public, without a key."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certification.opendata import selectors, services
from certification.opendata.models import Dump
from certification.opendata.rules import package, records
from certification.opendata.rules.entries import moment
from certification.opendata.states import DumpKind
from iris.core import clocks
from iris.core.policy import public
from iris.core.web import get_or_404, paginate

BESIDE = ("manifest.json", "manifest.jws", "open-data.zip")
MOST_MANIFESTS = 100
TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".jws": "application/jose",
    ".zip": "application/zip",
}


@public
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Today's files, their schema and licence, how to check them, and earlier days."""
    full = selectors.last_full()
    context = {
        "full": full,
        "files": _files_of(full),
        "delta": _beside(full),
        "delta_files": _files_of(_beside(full)),
        "page": paginate(request, selectors.dumps(), per_page=20),
        "tables": [("agencies.csv", records.AGENCY_FIELDS), ("certificates.csv", records.CERTIFICATE_FIELDS)],
        "licence": package.LICENCE,
        "base": settings.IRIS_PUBLIC_URL.rstrip("/"),
        "days": clocks.number("open_data_keep_days"),
        "now": clocks.now(),
    }
    return render(request, "opendata/open_data.html", context)


def _beside(full: Dump | None) -> Dump | None:
    return selectors.dumps().filter(kind=DumpKind.DELTA, day=full.day).first() if full else None


def _files_of(row: Dump | None) -> list[dict[str, Any]]:
    """What the manifest names, and the three files beside it, where they still are."""
    if row is None:
        return []
    folder = services.folder_of(row)
    beside = [
        {"name": name, "bytes": (folder / name).stat().st_size, "sha256": "", "what": ""}
        for name in BESIDE
        if (folder / name).is_file()
    ]
    return [*row.files, *beside]


@public
@require_safe
def index(request: HttpRequest) -> JsonResponse:
    """Every manifest of the chain, newest first; the files of some days are gone, their hashes are not."""
    wanted = request.GET.get("before", "")
    rows = Dump.objects.select_related("end").order_by("-as_of", "kind")
    try:
        rows = rows.filter(day__lt=date.fromisoformat(wanted)) if wanted else rows
    except ValueError as error:
        raise Http404 from error
    base = settings.IRIS_PUBLIC_URL.rstrip("/")
    told = [
        {
            "name": row.folder,
            "kind": row.kind,
            "as_of": moment(row.as_of),
            "since": moment(row.since) if row.since else None,
            "manifest_sha256": row.manifest_sha256,
            "previous_manifest_sha256": row.previous_sha256,
            "signature": row.signature,
            "counts": row.counts,
            "files": {one["name"]: f"{base}/open-data/{row.folder}/{one['name']}" for one in row.files}
            if not hasattr(row, "end")
            else None,
        }
        for row in _whole_days(rows)
    ]
    reply = JsonResponse({"licence": package.LICENCE, "as_of": moment(clocks.now()), "dumps": told})
    reply["Access-Control-Allow-Origin"] = "*"
    return reply


def _whole_days(rows: QuerySet[Dump]) -> list[Dump]:
    """About so many, never half a day: whoever goes on before the last day would miss the other half."""
    found = list(rows[:MOST_MANIFESTS])
    if len(found) < MOST_MANIFESTS:
        return found
    last = found[-1].day
    return [*(row for row in found if row.day != last), *rows.filter(day=last)]


@public
@require_safe
def file(request: HttpRequest, folder: str, name: str) -> FileResponse:
    """One file, as its manifest names it."""
    row = get_or_404(selectors.dumps(), folder=folder)
    known = {str(one["name"]) for one in json.loads(row.manifest)["files"]} | set(BESIDE)
    path = services.folder_of(row) / name
    if name not in known or not path.is_file():
        raise Http404
    reply = FileResponse(path.open("rb"), as_attachment=True, filename=f"{folder}-{name}")
    reply["Content-Type"] = TYPES[path.suffix]
    reply["Access-Control-Allow-Origin"] = "*"
    reply["Iris-As-Of"] = moment(row.as_of)
    return reply
