"""Pages: upload, map, watch, resolve, export."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from iris.core import events
from iris.core.errors import BadInput, DomainError
from iris.core.policy import for_kinds
from iris.core.states import facts_of
from iris.core.web import get_or_404, paginate
from supplychain.screenings import selectors, services
from supplychain.screenings.forms import MappingForm, RowFilter, UploadForm
from supplychain.screenings.models import Screening, ScreeningRow
from supplychain.screenings.permissions import KINDS
from supplychain.screenings.selectors.reading import with_counts
from supplychain.screenings.states import RowResult, ScreeningState

PREVIEW = 8
ACTS = {
    "start": services.start_screening,
    "pause": services.pause_screening,
    "resume": services.resume_screening,
    "cancel": services.cancel_screening,
}


def _mine(request: HttpRequest, screening_id: UUID) -> Screening:
    return get_or_404(selectors.screenings_visible_to(request.user), pk=screening_id)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def screenings(request: HttpRequest) -> HttpResponse:
    """The lists screened so far, and a new one."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            new = services.upload_list(actor=request.user, upload=form.cleaned_data["file"])
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("screenings:mapping", new.pk)
    rows = with_counts(selectors.screenings_visible_to(request.user))
    context = {"form": form, "page": paginate(request, rows, per_page=25)}
    return render(request, "screenings/list.html", context, status=422 if form.errors else 200)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def mapping(request: HttpRequest, screening_id: UUID) -> HttpResponse:
    """How the file was read, with a preview; correct it, then use the mapping."""
    row = _mine(request, screening_id)
    form, table = _mapping_form(request, row)
    if request.method == "POST" and form.is_valid():
        layout = form.layout(row.layout)
        try:
            if "again" in request.POST:
                form, table = _read_again(row, form, layout)
            else:
                services.map_columns(
                    screening_id=row.pk,
                    actor=request.user,
                    mapping=form.mapping(),
                    layout=layout,
                )
                return redirect("screenings:screening", row.pk)
        except BadInput as error:
            form.add_domain_error(error)
    context = {
        "screening": row,
        "form": form,
        "columns": table.columns,
        "preview": table.rows[:PREVIEW],
        "n_rows": len(table.rows),
        "notes": row.layout["notes"],
        "move": selectors.move_for(row),
    }
    return render(request, "screenings/mapping.html", context, status=422 if form.errors else 200)


def _mapping_form(request: HttpRequest, row: Screening):  # type: ignore[no-untyped-def]
    table = selectors.table_of(row)
    initial = {
        **row.mapping,
        **{key: row.layout[key] for key in ("header_row", "encoding", "delimiter", "sheet")},
    }
    data = request.POST if request.method == "POST" else None
    return MappingForm(data, table=table, sheets_known=row.layout["sheets"], initial=initial), table


def _read_again(row: Screening, form: MappingForm, layout: dict[str, object]):  # type: ignore[no-untyped-def]
    table = selectors.table_of(row, layout)
    initial = {**form.cleaned_data}
    return MappingForm(table=table, sheets_known=row.layout["sheets"], initial=initial), table


@for_kinds(*KINDS)
@require_GET
def screening(request: HttpRequest, screening_id: UUID) -> HttpResponse:
    """Progress, counts and rows."""
    row = _mine(request, screening_id)
    if row.state == ScreeningState.UPLOADED:
        return redirect("screenings:mapping", row.pk)
    filters = RowFilter(request.GET or None)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = selectors.rows_of(row, result=chosen.get("result", ""), text=chosen.get("text", ""))
    counts = selectors.counts_by_result(row)
    context = {
        "screening": row,
        "move": selectors.move_for(row),
        "progress": selectors.progress_of(row),
        "tally": [
            {
                "tone": facts_of(one).tone,
                "icon": facts_of(one).icon,
                "label": one.label,
                "n": counts[one.value],
                "url": f"?result={one.value}",
            }
            for one in RowResult
        ],
        "filters": filters,
        "filtered": any(chosen.values()),
        "page": paginate(request, rows),
        "events": events.events_of(row, limit=8),
        "running": row.state == ScreeningState.RUNNING,
    }
    return render(request, "screenings/screening.html", context)


@for_kinds(*KINDS)
@require_POST
def act(request: HttpRequest, screening_id: UUID, name: str) -> HttpResponse:
    """Start, pause, resume or cancel."""
    row = _mine(request, screening_id)
    ACTS[name](screening_id=row.pk, actor=request.user)
    return redirect("screenings:screening", row.pk)


@for_kinds(*KINDS)
@require_POST
def resolve(request: HttpRequest, screening_id: UUID, row_id: int) -> HttpResponse:
    """Which agency a row means: one of the names alike, none, or undo."""
    found = get_or_404(ScreeningRow.objects.filter(screening=_mine(request, screening_id)), pk=row_id)
    answer = request.POST.get("agency", "")
    if answer == "undo":
        services.undo_resolution(row_id=found.pk, actor=request.user)
    else:
        chosen = None if answer == "none" else _agency(answer)
        services.resolve_row(row_id=found.pk, actor=request.user, agency_id=chosen)
    messages.success(request, _("Row %(row)s: noted.") % {"row": found.number})
    back = request.POST.get("back", "")
    query = f"?{back}" if back and "\n" not in back else ""
    return redirect(f"{_url(screening_id)}{query}#rows")


def _agency(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadInput(_("Choose one of the agencies listed, or “None of these”.")) from error


def _url(screening_id: UUID) -> str:
    from django.urls import reverse

    return reverse("screenings:screening", args=[screening_id])


@for_kinds(*KINDS)
@require_GET
def export(request: HttpRequest, screening_id: UUID, kind: str) -> HttpResponse:
    """The result as CSV or XLSX, original columns first."""
    row = _mine(request, screening_id)
    if kind == "csv":
        response = HttpResponse(selectors.as_csv(row), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(
            selectors.as_xlsx(row),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    response["Content-Disposition"] = f'attachment; filename="screening-{row.created_at:%Y-%m-%d}.{kind}"'
    return response
