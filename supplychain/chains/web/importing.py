"""A sheet of the chain: upload, columns, preview, taking in, and what was left out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from iris.core.cells import rejects_csv
from iris.core.errors import BadInput, DomainError
from iris.core.policy import for_roles
from iris.core.web import download, get_or_404
from supplychain.chains import services
from supplychain.chains.forms.importing import ChainColumnsForm, ShapeForm, SheetForm
from supplychain.chains.models import ChainImport
from supplychain.chains.selectors.planning import Action
from supplychain.chains.states import ImportState, Shape

PREVIEW = 6
MOST_SHOWN = 100


def _mine(request: HttpRequest, import_id: UUID) -> ChainImport:
    rows = ChainImport.objects.filter(organisation=request.user.organisation).select_related(
        "file", "organisation"
    )
    return get_or_404(rows, pk=import_id)


@for_roles("sourcing_manager")
def imports(request: HttpRequest) -> HttpResponse:
    """Send a sheet, and the sheets so far."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.upload_sheet(actor=request.user, upload=form.cleaned_data["file"])
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("chains:import_columns", made.pk)
    rows = ChainImport.objects.filter(organisation=request.user.organisation).select_related("person")[:50]
    context = {"form": form, "rows": rows, "tab": "import"}
    return render(request, "chains/imports.html", context, status=422 if form.errors else 200)


@for_roles("sourcing_manager")
def columns(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """How the sheet was read, and which column holds what."""
    row = _mine(request, import_id)
    if row.state != ImportState.UPLOADED:
        return redirect("chains:import_preview", row.pk)
    table = services.table_of(row)
    again = "again" in request.POST
    posted = request.POST if request.method == "POST" else None
    shape = ShapeForm(
        posted if again else None,
        kind=table.layout.kind,
        known=row.layout["sheets"],
        initial=_reading(row),
    )
    form = ChainColumnsForm(
        posted if not again else None, columns=table.columns, shape=Shape(row.shape), initial=row.mapping
    )
    if posted is not None and (shape if again else form).is_valid():
        try:
            if again:
                services.read_again(
                    import_id=row.pk,
                    actor=request.user,
                    shape=shape.cleaned_data["shape"],
                    layout=shape.layout(row.layout),
                )
                return redirect("chains:import_columns", row.pk)
            services.map_sheet(
                import_id=row.pk,
                actor=request.user,
                shape=row.shape,
                mapping=form.mapping(),
                layout=row.layout,
            )
            return redirect("chains:import_preview", row.pk)
        except BadInput as error:
            (shape if again else form).add_domain_error(error)
    context: dict[str, Any] = {
        "row": row,
        "form": form,
        "shape": shape,
        "columns": table.columns,
        "preview": table.rows[:PREVIEW],
        "n_rows": len(table.rows),
        "notes": services.reading_notes(row),
    }
    return render(
        request, "chains/import_columns.html", context, status=422 if form.errors or shape.errors else 200
    )


def _reading(row: ChainImport) -> dict[str, Any]:
    return {
        "shape": row.shape,
        **{name: row.layout[name] for name in ("header_row", "encoding", "delimiter", "sheet")},
    }


@for_roles("sourcing_manager")
@require_GET
def preview(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """What the sheet would do; once taken in, what it did."""
    row = _mine(request, import_id)
    if row.state != ImportState.UPLOADED:
        return render(request, "chains/import_done.html", {"row": row, "rejects": row.rejects[:MOST_SHOWN]})
    if services.missing_columns(row):
        return redirect("chains:import_columns", row.pk)
    plan, _table = services.read_import(row)
    rejected = [one for one in plan.rows if one.action == Action.REJECT]
    context = {
        "row": row,
        "plan": plan,
        "counts": plan.counts,
        "shown": [one for one in plan.rows if one.action != Action.REJECT][:MOST_SHOWN],
        "rejected": rejected[:MOST_SHOWN],
        "n_rejected": len(rejected),
        "n_good": len(plan.rows) - len(rejected),
        "most": MOST_SHOWN,
    }
    return render(request, "chains/import_preview.html", context)


@for_roles("sourcing_manager")
@require_POST
def act(request: HttpRequest, import_id: UUID, name: str) -> HttpResponse:
    """Take the sheet in, or throw it away."""
    if name not in {"commit", "drop"}:
        raise Http404
    row = _mine(request, import_id)
    if name == "drop":
        services.drop_import(import_id=row.pk, actor=request.user)
        messages.success(request, _("Thrown away. Nothing of it was taken in."))
        return redirect("chains:imports")
    services.commit_import(import_id=row.pk, actor=request.user, leave_out="leave_out" in request.POST)
    return redirect("chains:import_preview", row.pk)


@for_roles("sourcing_manager")
@require_GET
def rejects(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The rows to be corrected, as a sheet."""
    row = _mine(request, import_id)
    told = row.rejects
    if row.state == ImportState.UPLOADED:
        plan, table = services.read_import(row)
        cells = dict(table.rows)
        told = [
            [one.number, one.sentences, cells.get(one.number, [])]
            for one in plan.rows
            if one.action == Action.REJECT
        ]
    return download(rejects_csv(row.columns, told), "chain-to-correct.csv")
