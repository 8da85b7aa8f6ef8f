"""A sheet of one of the agency's lists: upload, columns, preview, taking in, and what was left out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from certification.agencies import selectors, services
from certification.agencies.forms.importing import ListColumnsForm, SheetForm
from certification.agencies.models import Agency, AgencyImport
from certification.agencies.rules.sheet import COLUMNS
from certification.agencies.selectors.planning import Action, exported
from certification.agencies.states import ImportState, ListPage
from iris.core.cells import rejects_csv, table_csv
from iris.core.errors import BadInput, DomainError
from iris.core.policy import for_kinds
from iris.core.sheet_forms import ReadingForm
from iris.core.web import download, get_or_404

from .reading import person, visible

PREVIEW = 6
MOST_SHOWN = 100


def _page(page: str) -> ListPage:
    if page not in ListPage.values:
        raise Http404
    return ListPage(page)


def _mine(request: HttpRequest, import_id: UUID) -> AgencyImport:
    return get_or_404(selectors.imports_visible_to(person(request)), pk=import_id)


def _frame(request: HttpRequest, agency: Agency, page: ListPage) -> dict[str, Any]:
    return {
        "agency": agency,
        "list_title": page.label,
        "list_url": reverse(f"agencies:{page.value}", args=[agency.pk]),
        "import_url": reverse("agencies:import", args=[agency.pk, page.value]),
        "may_change": selectors.may_change(agency, person(request)),
    }


@for_kinds("agency")
def imports(request: HttpRequest, agency_id: UUID, page: str) -> HttpResponse:
    """Send a sheet, and the sheets so far."""
    kind, agency = _page(page), visible(request, agency_id)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.upload_sheet(
                agency_id=agency.pk, actor=person(request), page=kind, upload=form.cleaned_data["file"]
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("agencies:import_columns", made.pk)
    context = {
        **_frame(request, agency, kind),
        "form": form,
        "rows": agency.imports.filter(page=kind).select_related("person")[:30],
        "columns": [label for label, _others in COLUMNS[kind].values()],
        "export_url": reverse("agencies:list_csv", args=[agency.pk, kind.value]),
    }
    return render(request, "agencies/imports/upload.html", context, status=422 if form.errors else 200)


@for_kinds("agency")
@require_GET
def list_csv(request: HttpRequest, agency_id: UUID, page: str) -> HttpResponse:
    """The list as it is, with our column names: to be written on and brought in again."""
    kind, agency = _page(page), visible(request, agency_id)
    names = list(COLUMNS[kind])
    labels = [str(label) for label, _others in COLUMNS[kind].values()]
    return download(table_csv(labels, exported(agency, kind, names)), f"{kind.value.replace('_', '-')}.csv")


@for_kinds("agency")
def columns(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """How the sheet was read, and which column holds what."""
    row = _mine(request, import_id)
    if row.state != ImportState.UPLOADED:
        return redirect("agencies:import_preview", row.pk)
    table = services.table_of(row)
    again = "again" in request.POST
    posted = request.POST if request.method == "POST" else None
    reading = ReadingForm(
        posted if again else None, kind=table.layout.kind, known=row.layout["sheets"], initial=row.layout
    )
    form = ListColumnsForm(
        posted if not again else None,
        columns=row.columns,
        page=ListPage(row.page),
        initial=row.mapping,
    )
    if posted is not None and (reading if again else form).is_valid():
        try:
            if again:
                services.read_sheet_again(
                    import_id=row.pk, actor=person(request), layout=reading.layout(row.layout)
                )
                return redirect("agencies:import_columns", row.pk)
            services.map_sheet(import_id=row.pk, actor=person(request), mapping=form.mapping())
            return redirect("agencies:import_preview", row.pk)
        except BadInput as error:
            (reading if again else form).add_domain_error(error)
    context = {
        **_frame(request, row.agency, ListPage(row.page)),
        "row": row,
        "form": form,
        "reading": reading,
        "columns": table.columns,
        "preview": table.rows[:PREVIEW],
        "n_rows": len(table.rows),
        "notes": list(row.layout.get("notes", ())),
    }
    status = 422 if form.errors or reading.errors else 200
    return render(request, "agencies/imports/columns.html", context, status=status)


@for_kinds("agency")
@require_GET
def preview(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """What the sheet would do; once taken in, what it did."""
    row = _mine(request, import_id)
    frame = {**_frame(request, row.agency, ListPage(row.page)), "row": row}
    if row.state != ImportState.UPLOADED:
        told = {**frame, "counts": _counted(row.result), "rejects": row.rejects[:MOST_SHOWN]}
        return render(request, "agencies/imports/done.html", told)
    if services.missing_columns(row):
        return redirect("agencies:import_columns", row.pk)
    plan, _table = services.read_import(row)
    good = plan.having(Action.ADD, Action.CHANGE, Action.SAME)
    context = {
        **frame,
        "plan": plan,
        "counts": _counted(plan.counts),
        "shown": good[:MOST_SHOWN],
        "n_good": len(good),
        "wrong": [one for each in plan.rejects for one in each.wrong][:MOST_SHOWN],
        "n_rejected": len(plan.rejects),
        "most": MOST_SHOWN,
    }
    return render(request, "agencies/imports/preview.html", context)


def _counted(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(str(action.label), counts[action.value]) for action in Action if action.value in counts]


@for_kinds("agency")
@require_POST
def act(request: HttpRequest, import_id: UUID, name: str) -> HttpResponse:
    """Take the sheet in, or throw it away."""
    if name not in {"commit", "drop"}:
        raise Http404
    row = _mine(request, import_id)
    if name == "drop":
        services.drop_import(import_id=row.pk, actor=person(request))
        messages.success(request, _("Thrown away. Nothing of it was taken in."))
        return redirect("agencies:import", row.agency_id, row.page)
    services.commit_import(import_id=row.pk, actor=person(request), leave_out="leave_out" in request.POST)
    return redirect("agencies:import_preview", row.pk)


@for_kinds("agency")
@require_GET
def rejects(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The rows to be corrected, as a sheet that can be corrected and uploaded again."""
    row = _mine(request, import_id)
    told = row.rejects
    if row.state == ImportState.UPLOADED:
        told = services.rejects_of(*services.read_import(row))
    return download(rejects_csv(row.columns, told), "rows-to-correct.csv")
