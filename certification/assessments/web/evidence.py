"""The agency's documents: library, adding, correcting, downloading."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from certification.agencies import selectors as agencies
from certification.assessments import selectors, services
from certification.assessments.forms import EvidenceForm, UploadForm
from certification.assessments.web.finding import agency_or_404, person_of
from iris.core import clocks, files
from iris.core.errors import DomainError
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate


@for_kinds("agency")
def library(request: HttpRequest) -> HttpResponse:
    """All documents of the agency, with what each one proves."""
    agency = agencies.agency_of(person_of(request))
    rows = (
        selectors.evidence_library(agency)
        if agency
        else selectors.evidence_visible_to(person_of(request)).none()
    )
    text = request.GET.get("q", "").strip()
    if text:
        rows = rows.filter(title__icontains=text[:100])
    context = {
        "agency": agency,
        "page": paginate(request, rows),
        "q": text,
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
            document = services.add_evidence(
                agency_id=agency.pk,
                actor=person_of(request),
                upload=data["file"],
                title=data["title"],
                kind=data["kind"],
                valid_until=data["valid_until"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("“%(title)s” is in your documents now.") % {"title": document.title})
            return redirect("assessments:evidence")
    status = 422 if form.is_bound else 200
    return render(request, "assessments/evidence_add.html", {"form": form, "agency": agency}, status=status)


@for_kinds("agency")
def change(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """Correct the details of a document; the file itself stays."""
    document = get_or_404(selectors.evidence_visible_to(person_of(request)), pk=evidence_id)
    initial = {"title": document.title, "kind": document.kind, "valid_until": document.valid_until}
    form = EvidenceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_evidence(evidence_id=document.pk, actor=person_of(request), **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("assessments:evidence")
    context = {"form": form, "document": document, "declared": selectors.is_declared(document)}
    return render(request, "assessments/evidence_change.html", context, status=422 if form.is_bound else 200)


@for_kinds("agency", "scheme", "audit_firm")
def download(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """The document as a download, for those who may read it."""
    document = get_or_404(selectors.evidence_visible_to(person_of(request)), pk=evidence_id)
    return files.serve(document.file)
