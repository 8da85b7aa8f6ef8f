"""What the pages of this room share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from audits.engagements import selectors as engagements
from audits.engagements.models import Audit

from ..models import Interview
from ..permissions import may_interview, may_read_interviews

READERS = ("audit_firm", "scheme")


def audit_for(request: HttpRequest, audit_id: UUID) -> Audit:
    """The audit, for its firm and the scheme; an agency's people get 404."""
    audits = engagements.with_plan(engagements.audits_worked_on_by(request.user))
    audit = audits.filter(pk=audit_id).first()
    if audit is None:
        raise Http404
    return audit


def worked_audit_for(request: HttpRequest, audit_id: UUID) -> Audit:
    """The audit, for people who hold its interviews; for everybody else the page does not exist."""
    audit = audit_for(request, audit_id)
    if not may_interview(audit, request.user):
        raise Http404
    return audit


def interview_for(request: HttpRequest, interview_id: UUID) -> Interview:
    """One interview, for those who may read it; else 404."""
    one = Interview.objects.select_related("audit", "interviewer").filter(pk=interview_id).first()
    if one is None:
        raise Http404
    one.audit = audit_for(request, one.audit_id)
    if not may_read_interviews(one.audit, request.user):
        raise Http404
    return one


def page(request: HttpRequest, template: str, audit: Audit, form: Any = None, **context: Any) -> HttpResponse:
    """A page of an audit; 422 when its form has problems."""
    status = 422 if form is not None and form.is_bound and form.errors else 200
    shared = {
        "audit": audit,
        "move": engagements.move_for(audit, request.user).on_page(request.path),
        "audience": "auditor",
        "corridors": engagements.corridor_words(audit),
        "form": form,
    }
    return render(request, template, {**shared, **context}, status=status)


def unseen(response: HttpResponse) -> HttpResponse:
    """Nothing of this page is kept by a browser or anything between."""
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    return response
