"""The agency's documents: library, adding, correcting, downloading."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from certification.agencies import selectors as agencies
from certification.assessments import selectors, services
from certification.assessments.forms import EvidenceForm, UploadForm, VersionForm
from certification.assessments.web.finding import agency_or_404, person_of
from iris.core import clocks, files
from iris.core.errors import DomainError
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate

FILTERS = {
    "": _lazy("All"),
    "soon": _lazy("End soon"),
    "ended": _lazy("Have ended"),
    "unused": _lazy("Shown nowhere"),
    "older": _lazy("Older versions"),
}


@for_kinds("agency")
def library(request: HttpRequest) -> HttpResponse:
    """All documents of the agency, with what each one proves."""
    agency = agencies.agency_of(person_of(request))
    text, only = request.GET.get("q", "").strip(), request.GET.get("only", "")
    rows = (
        selectors.library(agency, text=text, only=only)
        if agency
        else selectors.evidence_visible_to(person_of(request)).none()
    )
    context = {
        "agency": agency,
        "page": paginate(request, rows),
        "q": text,
        "only": only,
        "filters": [{"key": key, "label": label, "current": key == only} for key, label in FILTERS.items()],
        "soon": clocks.deadline(clocks.today(), "evidence_expiry_warning_days"),
        "today": clocks.today(),
    }
    return render(request, "assessments/evidence.html", context)


@for_kinds("agency")
def add(request: HttpRequest) -> HttpResponse:
    """Add a document."""
    agency = agency_or_404(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            twin = services.twin_of(agency, data["file"])
            document = services.add_evidence(
                agency_id=agency.pk,
                actor=person_of(request),
                upload=data["file"],
                title=data["title"],
                kind=data["kind"],
                valid_until=data["valid_until"],
                effective_from=data["effective_from"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            if twin is not None:
                said = _("You have this file already, as “%(title)s”: use that one. Nothing was added.")
                messages.info(request, said % {"title": twin.title})
                return redirect("assessments:evidence_change", twin.pk)
            messages.success(request, _("“%(title)s” is in your documents now.") % {"title": document.title})
            return redirect("assessments:evidence")
    status = 422 if form.is_bound else 200
    return render(request, "assessments/evidence_add.html", {"form": form, "agency": agency}, status=status)


@for_kinds("agency")
def change(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """One document: its versions, where each is shown, and its details while no declared assessment relies on it."""
    document = get_or_404(selectors.evidence_visible_to(person_of(request)), pk=evidence_id)
    names = ("title", "kind", "effective_from", "valid_until")
    form = EvidenceForm(request.POST or None, initial={name: getattr(document, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_evidence(evidence_id=document.pk, actor=person_of(request), **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("assessments:evidence_change", document.pk)
    versions = selectors.versions_of(document)
    context = {
        "form": form,
        "document": document,
        "declared": selectors.is_declared(document),
        "versions": versions,
        "newest": versions[0],
        "uses": selectors.uses_of(versions),
        "today": clocks.today(),
    }
    return render(request, "assessments/evidence_change.html", context, status=422 if form.is_bound else 200)


@for_kinds("agency")
def version(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """Add a newer version; the older one stays where it was declared."""
    document = get_or_404(selectors.evidence_visible_to(person_of(request)), pk=evidence_id)
    form = VersionForm(request.POST, request.FILES) if request.method == "POST" else VersionForm()
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            newer = services.add_version(
                evidence_id=document.pk, actor=person_of(request), upload=data.pop("file"), **data
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            said = _("Version %(n)s of “%(title)s” is in your documents now.")
            messages.success(request, said % {"n": newer.number, "title": newer.title})
            return redirect("assessments:evidence_change", newer.pk)
    context = {"form": form, "document": document}
    return render(request, "assessments/evidence_version.html", context, status=422 if form.is_bound else 200)


@for_kinds("agency", "scheme", "audit_firm")
def download(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """The document as a download, for those who may read it."""
    document = get_or_404(selectors.evidence_visible_to(person_of(request)), pk=evidence_id)
    return files.serve(document.file)
