"""Pages: ask, see the answer, keep the receipt; and the public page that proves a receipt."""

import hashlib
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from iris.core import files
from iris.core.errors import DomainError
from iris.core.policy import for_kinds, public
from iris.core.web import get_or_404, paginate
from supplychain.lookups import selectors, services
from supplychain.lookups.forms import FilterForm, LookupForm
from supplychain.lookups.permissions import KINDS


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The question, and the checks made so far."""
    last = selectors.last_relationship(request.user)
    form = LookupForm(
        request.POST or None, initial={"text": request.GET.get("text", ""), "relationship": last}
    )
    if request.method == "POST" and form.is_valid():
        try:
            lookup = services.look_up(actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("lookups:lookup", lookup.pk)
    # Both forms of the page ask for a relationship; an id stands once.
    filters = FilterForm(request.GET or None, auto_id="filter_%s")
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = selectors.filtered(selectors.lookups_visible_to(request.user), user=request.user, **chosen)
    context = {
        "form": form,
        "filters": filters,
        "filtered": any(chosen.values()),
        "page": paginate(request, rows, per_page=25),
    }
    return render(request, "lookups/check.html", context, status=422 if form.errors else 200)


@for_kinds(*KINDS)
@require_GET
def lookup(request: HttpRequest, lookup_id: UUID) -> HttpResponse:
    """One answer with its receipt."""
    row = get_or_404(selectors.lookups_visible_to(request.user), pk=lookup_id)
    snapshot = selectors.snapshot_of(row)
    form = LookupForm(initial={**snapshot["query"], "relationship": row.relationship})
    context = {"lookup": row, "shown": selectors.present(snapshot), "form": form}
    return render(request, "lookups/lookup.html", context)


@for_kinds(*KINDS)
@require_POST
def choose(request: HttpRequest, lookup_id: UUID, agency_id: UUID) -> HttpResponse:
    """The person says which of the names alike is meant: a new check with its own receipt."""
    row = get_or_404(selectors.lookups_visible_to(request.user), pk=lookup_id)
    new = services.look_up(actor=request.user, chosen=agency_id, **selectors.question_of(row))
    return redirect("lookups:lookup", new.pk)


@for_kinds(*KINDS)
@require_POST
def refuse(request: HttpRequest, lookup_id: UUID, agency_id: UUID) -> HttpResponse:
    """The person says which agency is not meant: remembered, and asked again without it."""
    row = get_or_404(selectors.lookups_visible_to(request.user), pk=lookup_id)
    new = services.look_up(actor=request.user, refused=agency_id, **selectors.question_of(row))
    return redirect("lookups:lookup", new.pk)


@for_kinds(*KINDS)
@require_GET
def receipt_pdf(request: HttpRequest, lookup_id: UUID) -> HttpResponse:
    """The receipt's PDF, or a page that waits for it."""
    row = get_or_404(selectors.lookups_visible_to(request.user), pk=lookup_id)
    if hasattr(row, "receipt_pdf"):
        return files.serve(row.receipt_pdf.file)
    services.ask_for_receipt(lookup=row)
    return render(request, "lookups/receipt_waiting.html", {"lookup": row}, status=202)


@for_kinds(*KINDS)
@require_GET
def receipt_json(request: HttpRequest, lookup_id: UUID) -> HttpResponse:
    """The canonical JSON whose SHA-256 is the receipt's hash."""
    row = get_or_404(selectors.lookups_visible_to(request.user), pk=lookup_id)
    response = HttpResponse(row.snapshot, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="receipt-{row.number}.json"'
    return response


@public
@require_http_methods(["GET", "POST"])
def proof(request: HttpRequest, number: str) -> HttpResponse:
    """Proves that a receipt was issued and, with its JSON, that it is unchanged. Shows nothing of its content."""
    row = selectors.receipt_by_number(number)
    matches = None
    if row is not None and request.method == "POST":
        given = request.FILES.get("receipt")
        # A browser sends pasted lines with CR LF and may add a last one; canonical JSON has none of either.
        pasted = request.POST.get("pasted", "").strip().encode()
        if given is not None and (given.size or 0) < files.MAX_BYTES:
            matches = _is(given.read(), row.sha256)
        elif given is not None:
            matches = False
        elif pasted:
            matches = _is(pasted, row.sha256)
    context = {"lookup": row, "number": number[:40], "matches": matches}
    return render(request, "lookups/proof.html", context, status=200 if row else 404)


def _is(data: bytes, sha256: str) -> bool:
    return hashlib.sha256(data).hexdigest() == sha256
