"""One screening: its preview, its progress, its rows, its export."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from iris.core import events
from iris.core.policy import for_kinds
from iris.core.states import facts_of
from supplychain.screenings import selectors, services
from supplychain.screenings.forms import RowFilter
from supplychain.screenings.models import Screening
from supplychain.screenings.permissions import KINDS, may_run
from supplychain.screenings.states import RowResult, ScreeningState
from supplychain.screenings.web.lists import mine

ACTS = {
    "start": services.start_screening,
    "pause": services.pause_screening,
    "resume": services.resume_screening,
    "cancel": services.cancel_screening,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST_NUMBER = 2_000_000_000


def number_of(request: HttpRequest, name: str) -> int | None:
    """A row's number from the address; None when there is none or it is no number."""
    text = request.GET.get(name, "")
    return min(int(text[:20]), LARGEST_NUMBER) if text.isascii() and text.isdigit() else None


@for_kinds(*KINDS)
@require_GET
def screening(request: HttpRequest, screening_id: UUID) -> HttpResponse:
    """Progress, counts and rows."""
    row = mine(request, screening_id)
    if row.state == ScreeningState.UPLOADED:
        return redirect("screenings:mapping", row.pk)
    filters = RowFilter(request.GET or None)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    wanted: dict[str, Any] = {"result": chosen.get("result", ""), "text": chosen.get("text", "")}
    lines = selectors.page_of(
        row, after=number_of(request, "after") or 0, before=number_of(request, "before"), **wanted
    )
    context = {
        "screening": row,
        "may_act": may_run(row, request.user),
        "move": selectors.move_for(row),
        "progress": selectors.progress_of(row),
        "preview": selectors.preview_of(row),
        "tally": _tally(row),
        "filters": filters,
        "filtered": any(wanted.values()),
        "page": lines,
        "earlier": selectors.earlier_of(row) if row.state == ScreeningState.DONE else None,
        "provable": row.state == ScreeningState.DONE and selectors.provable(row.pk) is not None,
        "events": events.events_of(row, limit=8),
        "running": row.state in {ScreeningState.RUNNING, ScreeningState.READING},
        "here": request.path,
    }
    return render(request, "screenings/screening.html", context)


def _tally(row: Screening) -> list[dict[str, Any]]:
    counts = selectors.counts_by_result(row)
    return [
        {
            "tone": facts_of(one).tone,
            "icon": facts_of(one).icon,
            "label": one.label,
            "n": counts[one.value],
            "url": f"?result={one.value}#rows",
        }
        for one in RowResult
    ]


@for_kinds(*KINDS)
@require_POST
def act(request: HttpRequest, screening_id: UUID, name: str) -> HttpResponse:
    """Start, pause, resume or cancel."""
    row = mine(request, screening_id)
    ACTS[name](screening_id=row.pk, actor=request.user)
    return redirect("screenings:screening", row.pk)


@for_kinds(*KINDS)
@require_GET
def export(request: HttpRequest, screening_id: UUID, kind: str) -> HttpResponseBase:
    """The result as CSV or XLSX, original columns first, sent while it is made; `?result=` takes only those rows."""
    row = mine(request, screening_id)
    result = request.GET.get("result", "")
    result = result if result in RowResult.values else ""
    parts = selectors.as_csv(row, result) if kind == "csv" else selectors.as_xlsx(row, result)
    return sent(parts, f"{row.title.rsplit('.', 1)[0]}-screened{'-' + result if result else ''}.{kind}")


def sent(parts: Iterator[bytes], name: str) -> HttpResponseBase:
    """A file that is sent while it is made; what it is follows from its name."""
    kind = "text/csv; charset=utf-8" if name.endswith(".csv") else XLSX
    answer = StreamingHttpResponse(parts, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "private, no-store"
    return answer


@for_kinds(*KINDS)
@require_GET
def proof(request: HttpRequest, screening_id: UUID, number: int) -> HttpResponse:
    """The proof of one row: its record, its facts, and the path to the root of the screening."""
    row = mine(request, screening_id)
    found = selectors.proof_of(row, number)
    if found is None:
        return render(request, "screenings/no_proof.html", {"screening": row, "number": number}, status=404)
    answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="proof-row-{number}.json"'
    return answer
