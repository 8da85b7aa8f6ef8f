"""The self-assessment as an Excel workbook: download, upload, look at every change, save."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from certification.assessments import selectors, services
from certification.assessments.forms import WorkbookForm
from certification.assessments.models import WorkbookReturn
from certification.assessments.web.finding import head, own_or_404, person_of
from iris.core import files
from iris.core.errors import BadInput, Conflict, DomainError
from iris.core.policy import for_kinds
from iris.core.workbooks import WorkbookRefused


@for_kinds("agency")
def workbook(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Download the workbook, or give it back. What cannot be taken is told cell by cell."""
    assessment = own_or_404(request, assessment_id)
    if not assessment.is_open:
        raise Http404
    form = WorkbookForm()
    refused: WorkbookRefused | None = None
    if request.method == "POST":
        form = WorkbookForm(request.POST, request.FILES)
        form.is_valid()
        upload = request.FILES.get("file")
        try:
            services.return_workbook(assessment_id=assessment.pk, actor=person_of(request), upload=upload)
        except WorkbookRefused as error:
            refused = error
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("assessments:workbook_check", assessment.pk)
    waiting = WorkbookReturn.objects.filter(assessment=assessment, uploaded_by=person_of(request)).first()
    context = {**head(request, assessment), "form": form, "refused": refused, "waiting": waiting}
    return render(
        request, "assessments/workbook.html", context, status=422 if request.method == "POST" else 200
    )


@for_kinds("agency")
def download(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """The workbook of an open self-assessment."""
    assessment = own_or_404(request, assessment_id)
    if not assessment.is_open:
        raise Http404
    response = HttpResponse(selectors.workbook(assessment), content_type=files.XLSX.media_type)
    response["Content-Disposition"] = f"attachment; filename={selectors.workbook_name(assessment)}"
    response["Cache-Control"] = "private, no-store"
    return response


@for_kinds("agency")
def check(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Every change the workbook would make, then and now; saved when the person says so."""
    assessment = own_or_404(request, assessment_id)
    returned = WorkbookReturn.objects.filter(assessment=assessment, uploaded_by=person_of(request)).first()
    if returned is None or not assessment.is_open:
        return redirect("assessments:workbook", assessment.pk)
    refusals: list[str] = []
    if request.method == "POST":
        try:
            result = services.apply_workbook(
                return_id=returned.pk,
                actor=person_of(request),
                seen=_seen(request),
                choices=_choices(request),
            )
        except Conflict as error:
            refusals = [str(error.message)]
        except BadInput as error:
            refusals = [str(text) for texts in error.fields.values() for text in texts]
        else:
            return _done(request, assessment.pk, len(result.saved), len(result.unchanged))
    rows = selectors.workbook_diff(returned)
    context = {
        **head(request, assessment),
        "returned": returned,
        "rows": rows,
        "conflicts": sum(len(row.conflicts) for row in rows),
        "notes": returned.rows["notes"],
        "refusals": refusals,
    }
    return render(request, "assessments/workbook_check.html", context, status=422 if refusals else 200)


def _done(request: HttpRequest, assessment_id: UUID, saved: int, confirmed: int) -> HttpResponse:
    said = ngettext("%(n)s answer taken from the workbook.", "%(n)s answers taken from the workbook.", saved)
    text = said % {"n": saved}
    if confirmed:
        text += " " + ngettext("%(n)s answer confirmed.", "%(n)s answers confirmed.", confirmed) % {
            "n": confirmed
        }
    messages.success(request, text)
    return redirect("assessments:assessment", assessment_id)


def _seen(request: HttpRequest) -> dict[str, int]:
    return {
        name.removeprefix("seen-"): int(str(value))
        for name, value in request.POST.items()
        if name.startswith("seen-") and str(value).isdigit()
    }


def _choices(request: HttpRequest) -> dict[tuple[str, str], str]:
    """`choice-<code>-<field>` -> web or sheet."""
    found = {}
    for name, value in request.POST.items():
        if name.startswith("choice-") and value in ("web", "sheet"):
            code, _dash, part = name.removeprefix("choice-").rpartition("-")
            found[(code, part)] = str(value)
    return found


@require_POST
@for_kinds("agency")
def discard(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Throw the returned workbook away."""
    assessment = own_or_404(request, assessment_id)
    returned = WorkbookReturn.objects.filter(assessment=assessment, uploaded_by=person_of(request)).first()
    if returned is not None:
        services.discard_workbook(return_id=returned.pk, actor=person_of(request))
        messages.success(request, _("The workbook was thrown away. No answer was changed."))
    return redirect(reverse("assessments:workbook", args=[assessment.pk]))
