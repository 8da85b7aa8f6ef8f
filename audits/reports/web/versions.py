"""Versions of a report: their PDFs, and correcting a final one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from audits.engagements.states import AuditState
from audits.findings import selectors as findings
from iris.core import files
from iris.core.errors import DomainError
from iris.core.policy import for_kinds

from .. import selectors, services
from ..forms import CorrectForm
from .reporting import READERS, audit_for, page


@for_kinds(*READERS)
def version_pdf(request: HttpRequest, audit_id: UUID, number: int) -> HttpResponse:
    """The PDF of one version; while it is being made, a word about that."""
    one = audit_for(request, audit_id)
    version = selectors.version_visible_to(request.user, one, number)
    if version is None:
        raise Http404
    printed = getattr(version, "printed", None)
    if printed is None:
        services.ask_for_pdf(version_id=version.pk)
        messages.info(request, _("The PDF is being made. Come back in a minute."))
        return redirect("reports:report", audit_id=one.pk)
    return files.serve(printed.file)


@for_kinds("audit_firm")
def correct(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Send a corrected final report."""
    one = audit_for(request, audit_id)
    written = selectors.report_of(one)
    if written is None or one.state != AuditState.REPORTED or not one.is_led_by(request.user):
        raise Http404
    initial = {name: getattr(written, name) for name in ("summary", "strengths", "limits")}
    form = CorrectForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        text = services.ReportText(
            summary=data["summary"], strengths=data["strengths"], limits=data["limits"]
        )
        try:
            services.correct_report(audit_id=one.pk, actor=request.user, reason=data["reason"], text=text)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("The corrected report is sent. The earlier version is marked as superseded.")
            )
            return redirect("reports:report", audit_id=one.pk)
    return page(
        request,
        "audits/reports/write.html",
        one,
        form,
        work=_("Correct the report"),
        button=_("Send the corrected report"),
        after=_("Agency and scheme hear what was wrong. What you recommended stays as it was."),
        findings=findings.in_order(findings.findings_of(one, request.user)),
        notes=[],
        notes_title="",
        report=written,
    )
