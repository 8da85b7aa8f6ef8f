"""Upload a list and say which column holds what."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from iris.core import files, sheets, tables
from iris.core.errors import BadInput, DomainError
from iris.core.policy import for_kinds
from iris.core.sheet_forms import HOW
from iris.core.web import get_or_404, paginate
from supplychain.screenings import rules, selectors, services
from supplychain.screenings.forms import MappingForm, UploadForm
from supplychain.screenings.models import Screening
from supplychain.screenings.permissions import KINDS, may_screen
from supplychain.screenings.states import ScreeningState

PREVIEW = 8
MAPPABLE = {ScreeningState.UPLOADED, ScreeningState.MAPPED, ScreeningState.READY}


def mine(request: HttpRequest, screening_id: UUID) -> Screening:
    """The screening, if it is of the person's organisation."""
    return get_or_404(selectors.screenings_visible_to(request.user), pk=screening_id)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def screenings(request: HttpRequest) -> HttpResponse:
    """The lists screened so far, and a new one."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            new = services.upload_list(actor=request.user, upload=form.cleaned_data["file"])
        except services.AlreadyScreened as error:
            return redirect("screenings:again", error.screening.pk)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("screenings:mapping", new.pk)
    rows = selectors.with_counts(selectors.screenings_visible_to(request.user))
    context = {
        "form": form,
        "may_upload": may_screen(request.user),
        "page": paginate(request, rows, per_page=25),
    }
    return render(request, "screenings/list.html", context, status=422 if form.errors else 200)


@for_kinds(*KINDS)
@require_GET
def again(request: HttpRequest, screening_id: UUID) -> HttpResponse:
    """This very file was screened before: open that, or screen it once more."""
    return render(request, "screenings/again.html", {"screening": mine(request, screening_id)})


@for_kinds(*KINDS)
@require_POST
def recheck(request: HttpRequest, screening_id: UUID) -> HttpResponse:
    """The same file as a new screening."""
    new = services.recheck(screening_id=mine(request, screening_id).pk, actor=request.user)
    return redirect("screenings:mapping", new.pk)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def mapping(request: HttpRequest, screening_id: UUID) -> HttpResponse:
    """How the file was read, with a preview; correct it, then use the mapping."""
    row = mine(request, screening_id)
    if row.state not in MAPPABLE:
        return redirect("screenings:screening", row.pk)
    head = _head(row)
    form = _form(request, row, head)
    again = "again" in request.POST
    if request.method == "POST":
        read_as = form.layout(row.layout) if form.is_valid() or not form.how_errors else row.layout
        try:
            if selectors.layout_of(row, read_as) != selectors.layout_of(row):
                head = tables.look(files.path_of(row.file), selectors.layout_of(row, read_as))
                form = _form(request, row, head)
            if again and not form.how_errors:
                form = _form(request, row, head, read_as)
            elif form.is_valid():
                services.map_columns(
                    screening_id=row.pk, actor=request.user, mapping=form.mapping(), layout=read_as
                )
                return redirect("screenings:screening", row.pk)
        except BadInput as error:
            form.add_domain_error(error)
    context = {
        "screening": row,
        "form": form,
        "columns": head.columns,
        "preview": head.sample[:PREVIEW],
        "n_rows": head.n_rows,
        "notes": [*head.layout.notes],
        "read_as": _words(head.layout),
        "again": again,
        "move": replace(selectors.move_for(row), act_url=""),  # the act is this page
    }
    return render(request, "screenings/mapping.html", context, status=422 if form.errors else 200)


def _head(row: Screening) -> tables.Head:
    """What was seen when the file came, without reading it again."""
    layout = replace(selectors.layout_of(row), notes=tuple(row.layout.get("notes", ())))
    if not row.sample:
        return tables.look(files.path_of(row.file), selectors.layout_of(row))
    sample = tuple((number, cells) for number, cells in row.sample)
    return tables.Head(layout, tuple(row.columns), sample, row.n_lines)


def _words(layout: sheets.Layout) -> str:
    """How the file is read, in one line."""
    names = _("column names in row %(row)s") % {"row": layout.header_row}
    names = names if layout.header_row else _("no column names")
    if layout.kind == "xlsx":
        return _("Sheet “%(sheet)s”, %(names)s") % {"sheet": layout.sheet, "names": names}
    return _("%(encoding)s, columns divided by %(sign)s, %(names)s") % {
        "encoding": dict(sheets.ENCODINGS).get(layout.encoding, layout.encoding),
        "sign": dict(sheets.DELIMITERS).get(layout.delimiter, layout.delimiter),
        "names": names,
    }


def _form(
    request: HttpRequest, row: Screening, head: tables.Head, read_as: dict[str, Any] | None = None
) -> MappingForm:
    """The form as it was sent, or, with `read_as`, for the file as it is read now: columns that it still has stay."""
    layout = row.layout if read_as is None else read_as
    known = {"head": head, "sheets_known": row.layout.get("sheets", [])}
    how = {key: layout.get(key, "") for key in HOW}
    if request.method != "POST":
        return MappingForm(**known, initial={**row.mapping, **how})
    if read_as is None:
        return MappingForm(request.POST, **known, initial={**row.mapping, **how})
    sent = MappingForm(request.POST, **known)
    chosen = sent.mapping() if sent.is_valid() and len(head.columns) == len(row.columns) else None
    return MappingForm(**known, initial={**(chosen or rules.guess_mapping(head.columns)), **how})
