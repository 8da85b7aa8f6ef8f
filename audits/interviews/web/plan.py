"""Planning an interview, with who it is on its way into the vault."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from iris.core.errors import DomainError
from iris.core.policy import for_kinds

from .. import services
from ..forms import DetailsForm
from .head import interview_for, page, worked_audit_for


@for_kinds("audit_firm")
def plan(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Plan one interview; who it is with is asked next, on its own page."""
    audit = worked_audit_for(request, audit_id)
    form = DetailsForm(request.POST or None, audit=audit)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = services.plan_interview(audit_id=audit.pk, actor=request.user, details=form.details())
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("%s is planned. Now seal who it is with.") % made.label)
            return redirect("interviews:identity", interview_id=made.pk)
    return page(request, "audits/interviews/plan.html", audit, form, interview=None)


@for_kinds("audit_firm")
def change(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Change what is planned, before consent is given."""
    one = interview_for(request, interview_id)
    form = DetailsForm(request.POST or None, audit=one.audit, interview=one)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_interview(interview_id=one.pk, actor=request.user, details=form.details())
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("%s is changed.") % one.label)
            return redirect("interviews:interview", interview_id=one.pk)
    return page(request, "audits/interviews/plan.html", one.audit, form, interview=one)
