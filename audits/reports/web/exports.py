"""A whole case as an archive: ask for it, fetch it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from certification.applications.selectors import applications_visible_to
from iris.core import files
from iris.core.policy import for_kinds
from iris.core.web import get_or_404

from .. import permissions, selectors, services
from .reporting import READERS


@for_kinds(*READERS)
def exports(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The exports of one case that one's organisation asked for; POST asks for another."""
    application = get_or_404(
        applications_visible_to(request.user).select_related("agency"), pk=application_id
    )
    if not permissions.may_export(application, request.user):
        raise Http404
    if request.method == "POST":
        services.ask_for_export(application_id=application.pk, actor=request.user)
        messages.success(request, _("The archive is being made. You hear by e-mail when it is ready."))
        return redirect("reports:exports", application_id=application.pk)
    rows = list(selectors.exports_visible_to(request.user).filter(application=application)[:20])
    making = any(row.made_at is None and not row.problem for row in rows)
    context = {"application": application, "exports": rows, "making": making}
    return render(request, "audits/reports/exports.html", context)


@for_kinds(*READERS)
def export_file(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """One archive, once it is made."""
    found = get_or_404(selectors.exports_visible_to(request.user), pk=export_id)
    if found.file is None or not permissions.may_export(found.application, request.user):
        raise Http404
    return files.serve(found.file)
