"""The ledger as a sheet: out, and back in after a preview."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from certification.assessments import selectors, services
from certification.assessments.forms import SheetForm
from certification.assessments.models import Assessment
from certification.assessments.web.finding import assessment_or_404, head, own_or_404, person_of
from iris.core import files
from iris.core.errors import DomainError
from iris.core.models import StoredFile
from iris.core.policy import for_kinds
from iris.core.web import get_or_404

MOST_SHOWN = 50
KINDS = {
    "csv": ("text/csv; charset=utf-8", selectors.as_csv),
    "xlsx": (files.XLSX.media_type, selectors.as_xlsx),
}


@for_kinds("agency", "scheme", "audit_firm")
@require_GET
def export(request: HttpRequest, assessment_id: UUID, kind: str) -> HttpResponse:
    """The ledger as CSV or workbook, without a formula in it."""
    assessment = assessment_or_404(request, assessment_id)
    if kind not in KINDS:
        raise Http404
    media_type, write = KINDS[kind]
    response = HttpResponse(write(assessment), content_type=media_type)
    name = f"ledger-{slugify(assessment.agency.legal_name) or 'agency'}-{assessment.cycle}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@for_kinds("agency")
def upload(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Send a sheet; nothing is saved before the preview."""
    assessment = own_or_404(request, assessment_id)
    posted = request.method == "POST"
    form = SheetForm(request.POST, request.FILES) if posted else SheetForm()
    if posted and form.is_valid():
        try:
            kept = services.keep_sheet(
                assessment_id=assessment.pk, actor=person_of(request), upload=form.cleaned_data["upload"]
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("assessments:ledger_preview", assessment.pk, kept.pk)
    context = {**head(request, assessment), "form": form, "back": _ledger_url(assessment)}
    return render(request, "assessments/ledger_upload.html", context, status=422 if form.is_bound else 200)


@for_kinds("agency")
def preview(request: HttpRequest, assessment_id: UUID, file_id: UUID) -> HttpResponse:
    """What the sheet would do, row by row; then it is saved whole or not at all."""
    assessment = own_or_404(request, assessment_id)
    own = StoredFile.objects.filter(organisation_id=assessment.agency.organisation_id)
    data = files.read(get_or_404(own, pk=file_id))
    if request.method == "POST":
        done = services.import_sheet(assessment_id=assessment.pk, actor=person_of(request), data=data)
        n = len(done.new)
        messages.success(request, ngettext("%(n)s cost saved.", "%(n)s costs saved.", n) % {"n": n})
        return redirect(_ledger_url(assessment))
    context = {**head(request, assessment), "back": _ledger_url(assessment), "found": None, "wrong": ""}
    try:
        found = services.preview_sheet(assessment, data)
    except DomainError as error:
        context["wrong"] = str(error.message) or _first(error)
    else:
        context |= {
            "found": found,
            "shown": found.new[:MOST_SHOWN],
            "problems": found.problems[:MOST_SHOWN],
            "more_problems": max(0, len(found.problems) - MOST_SHOWN),
        }
    return render(request, "assessments/ledger_preview.html", context)


def _first(error: DomainError) -> str:
    return next(
        (str(text) for texts in error.fields.values() for text in texts), _("The sheet cannot be read.")
    )


def _ledger_url(assessment: Assessment) -> str:
    return reverse("assessments:ledger", args=[assessment.pk])
