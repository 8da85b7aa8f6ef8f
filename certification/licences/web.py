"""Pages of the licence registers: coverage for everyone; lists, entries and uploads for the scheme."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iris.core import clocks, files, web
from iris.core.days import moment_in_words
from iris.core.errors import BadInput, DomainError, NotPermitted
from iris.core.models import StoredFile
from iris.core.moves import Fact
from iris.core.policy import for_kinds, for_roles, public

from . import selectors, services
from .forms import ConfirmForm, EntryFilters, UploadForm
from .models import Entry, Snapshot
from .permissions import READERS
from .states import LicenceStatus, Obtained

if TYPE_CHECKING:
    from uuid import UUID

    from iris.accounts.models import User

SALT = "licences.upload"
TICKET_SECONDS = 6 * 3600
MAX_BYTES = 40 * 1024 * 1024
SHOWN = 50
COLUMNS = {
    "number": gettext_lazy("Number"),
    "name": gettext_lazy("Name"),
    "status": gettext_lazy("State"),
    "valid_from": gettext_lazy("Valid from"),
    "valid_to": gettext_lazy("Valid to"),
    "conditions": gettext_lazy("Conditions"),
}


def person(request: HttpRequest) -> User:
    """The signed-in person; the policies of these pages let nobody else in."""
    return request.user


def _spec(code: str) -> selectors.RegisterSpec:
    spec = selectors.register(code)
    if spec is None:
        raise Http404
    return spec


@public
def public_registers(request: HttpRequest) -> HttpResponse:
    """Which countries' registers are read, as of when, and what that is worth."""
    lines = selectors.register_lines()
    context = {"lines": lines, "fresh": sum(line.fresh for line in lines), "now": clocks.now()}
    return render(request, "licences/public.html", context)


@for_kinds(*READERS)
def desk(request: HttpRequest) -> HttpResponse:
    """Every register with its freshness and what is to be done."""
    lines = selectors.register_lines()
    may_import = [line.spec.code for line in lines if selectors.may_import(person(request), line.spec)]
    context = {"lines": lines, "may_import": may_import}
    return render(request, "licences/desk.html", context)


@for_kinds(*READERS)
def register_page(request: HttpRequest, code: str) -> HttpResponse:
    """One register: its newest list with search, its lists, what is known of it."""
    spec = _spec(code)
    line = selectors.register_line(spec)
    filters = EntryFilters(request.GET or None)
    chosen: dict[str, Any] = filters.cleaned_data if filters.is_bound and filters.is_valid() else {}
    rows = (
        selectors.search_entries(spec, line.read, chosen.get("q", ""), chosen.get("status", ""))
        if line.read
        else Entry.objects.none()
    )
    context = {
        "spec": spec,
        "line": line,
        "filters": filters,
        "filtered": any(chosen.values()),
        "page": web.paginate(request, rows),
        "snapshots": list(selectors.snapshots_of(spec.code)[:12]),
        "facts": _facts(spec),
        "may_import": selectors.may_import(person(request), spec),
    }
    return render(request, "licences/register.html", context)


def _facts(spec: selectors.RegisterSpec) -> list[Fact]:
    return [
        Fact(_("Kept by"), spec.authority),
        Fact(_("Law"), spec.law),
        Fact(_("How it comes here"), str(Obtained(spec.obtained).label)),
        Fact(_("Relied on for"), _("%(days)s days") % {"days": spec.stale_days}),
        Fact(_("Terms of the data"), spec.data_terms),
        Fact(
            _("Shape of the list"),
            _("confirmed: %(by)s") % {"by": spec.confirmed_by}
            if spec.confirmed
            else _("not confirmed by a source"),
        ),
    ]


@for_kinds(*READERS)
def snapshot_page(request: HttpRequest, snapshot_id: UUID) -> HttpResponse:
    """One list: what it held, what it changed, what was wrong with it."""
    row = web.get_or_404(Snapshot.objects.select_related("imported_by", "file", "same_as"), pk=snapshot_id)
    counts = [(LicenceStatus(name), n) for name, n in sorted(row.counts.items())]
    context = {"row": row, "spec": row.spec, "counts": counts, "facts": _facts_of_list(request, row)}
    return render(request, "licences/snapshot.html", context)


def _facts_of_list(request: HttpRequest, row: Snapshot) -> list[Fact]:
    facts = [
        Fact(_("Had at"), f"{moment_in_words(row.retrieved_at)} UTC"),
        Fact(_("Source"), row.source),
        Fact(_("Brought in by"), row.imported_by.label if row.imported_by else _("the system")),
    ]
    if row.file:
        theirs = person(request).is_kind("scheme")
        url = reverse("licences:snapshot_file", args=[row.pk]) if theirs else ""
        facts.append(Fact(_("File"), row.file.name, url))
    return facts


@for_kinds("scheme")
def snapshot_file(request: HttpRequest, snapshot_id: UUID) -> HttpResponse:
    """The file as it was had."""
    row = web.get_or_404(Snapshot.objects.select_related("file").exclude(file=None), pk=snapshot_id)
    assert row.file is not None
    return files.serve(row.file)


@for_kinds(*READERS)
def entry_page(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One licence on the register, and what each list said of it."""
    row = web.get_or_404(Entry.objects.select_related("snapshot"), pk=entry_id)
    spec = _spec(row.snapshot.register)
    context = {
        "row": row,
        "spec": spec,
        "standing": selectors.standing_of(spec.country, row.number),
        "history": selectors.history_of(row),
        "raw": list(row.raw.items()),
        "year_note": selectors.year_note(spec.country, row.number),
        "shape_warning": selectors.shape_warning(spec.country, row.number),
    }
    return render(request, "licences/entry.html", context)


# -- bringing a list in ------------------------------------------------------------------------------------


def _importable(request: HttpRequest, code: str) -> selectors.RegisterSpec:
    """The register, for whoever may bring its lists in: an authority only that of its own country."""
    spec = _spec(code)
    if not selectors.may_import(person(request), spec):
        raise Http404
    return spec


@for_roles("scheme_manager", "screener", "reader")
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """The file; then what it would change."""
    spec = _importable(request, code)
    initial = {"retrieved_on": clocks.today(), "source": spec.address, "complete": spec.complete}
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return _preview(request, spec, form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
    context = {"spec": spec, "line": selectors.register_line(spec), "form": form}
    return render(request, "licences/upload.html", context, status=422 if form.errors else 200)


def _preview(request: HttpRequest, spec: selectors.RegisterSpec, data: dict[str, Any]) -> HttpResponse:
    upload = data["file"]
    if upload.size > MAX_BYTES:
        most = MAX_BYTES // 1048576
        raise BadInput(fields={"file": [_("A list may have at most %(most)s MB.") % {"most": most}]})
    body = upload.read()
    found = services.preview(
        code=spec.code, data=body, retrieved_at=_moment(data["retrieved_on"]), complete=data["complete"]
    )
    stored = files.store_bytes(
        body,
        name=files.clean_name(upload.name),
        media_type="application/octet-stream",
        organisation_id=None,
        actor=person(request),
    )
    ticket = signing.dumps(
        {
            "file": str(stored.pk),
            "code": spec.code,
            "source": data["source"],
            "at": found.retrieved_at.isoformat(),
            "complete": found.complete,
            "by": str(person(request).pk),
        },
        salt=SALT,
    )
    return _show_preview(request, spec, found, ConfirmForm(initial={"ticket": ticket}))


def _show_preview(
    request: HttpRequest,
    spec: selectors.RegisterSpec,
    found: services.Preview,
    form: ConfirmForm,
    status: int = 200,
) -> HttpResponse:
    if not found.shrunk:
        del form.fields["accept_shrunk"]
    counts = [(LicenceStatus(name), n) for name, n in sorted(found.read.counts.items())]
    context = {
        "spec": spec,
        "found": found,
        "columns": [(COLUMNS[name], head) for name, head in found.read.columns.items()],
        "form": form,
        "confirm_url": reverse("licences:confirm", args=[spec.code]),
        "back": reverse("licences:upload", args=[spec.code]),
        "counts": counts,
        "changed": found.changed[:SHOWN],
        "more_changed": max(0, len(found.changed) - SHOWN),
        "gone": found.gone[:SHOWN],
        "more_gone": max(0, len(found.gone) - SHOWN),
        "noted": found.read.noted[:SHOWN],
        "more_problems": max(0, len(found.read.noted) - SHOWN) + found.read.more_problems,
    }
    return render(request, "licences/preview.html", context, status=status)


def _moment(day: date) -> datetime:
    """A list of today is as of now, one of another day as of its noon."""
    return clocks.now() if day == clocks.today() else datetime.combine(day, time(12), tzinfo=UTC)


@for_roles("scheme_manager", "screener", "reader")
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Bring in what was shown."""
    spec = _importable(request, code)
    form = ConfirmForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return redirect("licences:upload", spec.code)
    try:
        held = signing.loads(form.cleaned_data["ticket"], salt=SALT, max_age=TICKET_SECONDS)
    except signing.BadSignature:
        messages.warning(request, _("This preview is too old. Choose the file again."))
        return redirect("licences:upload", spec.code)
    if held["by"] != str(person(request).pk) or held["code"] != spec.code:
        raise NotPermitted(_("This preview belongs to another person or register. Choose the file again."))
    stored = StoredFile.objects.get(pk=held["file"])
    data, at = files.read(stored), datetime.fromisoformat(held["at"])
    try:
        snapshot = services.import_snapshot(
            code=spec.code,
            data=data,
            name=stored.name,
            source=held["source"],
            actor=person(request),
            retrieved_at=at,
            complete=held["complete"],
            accept_shrunk=form.cleaned_data.get("accept_shrunk", False),
        )
    except BadInput as error:
        found = services.preview(code=spec.code, data=data, retrieved_at=at, complete=held["complete"])
        form.add_domain_error(error)
        return _show_preview(request, spec, found, form, status=422)
    messages.success(
        request,
        _("The list is in: %(count)s licences. Agencies concerned are told.") % {"count": snapshot.held},
    )
    return redirect("licences:register", spec.code)
