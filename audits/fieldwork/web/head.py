"""What the pages of fieldwork share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from audits.engagements import selectors as engagements
from audits.engagements.models import Audit
from audits.engagements.states import AuditState
from certification.standard.models import Indicator

DESK = ("audit_firm", "scheme")


def desk_audit(request: HttpRequest, audit_id: UUID) -> Audit:
    """The audit for firm and scheme, from its acceptance on; else 404."""
    visible = engagements.audits_worked_on_by(request.user)
    return _one(engagements.with_plan(visible).filter(pk=audit_id).first())


def any_audit(request: HttpRequest, audit_id: UUID) -> Audit:
    """The audit for everyone who may see it, the agency included; else 404."""
    visible = engagements.audits_visible_to(request.user)
    return _one(engagements.with_plan(visible).filter(pk=audit_id).first())


def _one(audit: Audit | None) -> Audit:
    if audit is None:
        raise Http404
    return audit


def page(request: HttpRequest, template: str, audit: Audit, form: Any = None, **context: Any) -> HttpResponse:
    """A page of an audit under the head that all of them share; 422 when its form has problems."""
    status = 422 if form is not None and form.is_bound and form.errors else 200
    shared = {
        "audit": audit,
        "move": engagements.move_for(audit, request.user).on_page(request.path),
        "audience": "agency" if request.user.is_kind("agency") else "auditor",
        "corridors": engagements.corridor_words(audit),
        "form": form,
    }
    return render(request, template, {**shared, **context}, status=status)


def indicator_of(audit: Audit, code: str) -> Indicator | None:
    """An indicator of the audited edition by its code; None for none."""
    if not code:
        return None
    found = (
        Indicator.objects.filter(code=code, criterion__principle__edition_id=audit.assessment.edition_id)
        .select_related("criterion__principle")
        .first()
    )
    if found is None:
        raise Http404
    return found


def desk_url(audit: Audit, indicator: Indicator) -> str:
    """The indicator on the rating desk of the stage that is open, or of stage 2."""
    name = "engagements:desk1" if audit.state == AuditState.STAGE1 else "engagements:desk2"
    return reverse(name, args=[audit.pk, indicator.criterion.principle.code]) + f"#{indicator.code}"
