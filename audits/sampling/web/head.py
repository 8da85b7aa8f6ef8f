"""What the pages of lists and samples share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from audits.engagements import selectors as engagements
from audits.engagements.models import Audit

from .. import selectors
from ..models import Frame, Sample

READERS = ("agency", "audit_firm", "scheme")
DESK = ("audit_firm", "scheme")
SENDERS = ("agency", "audit_firm")


def audit_for(request: HttpRequest, audit_id: UUID) -> Audit:
    """The audit for whoever may read it, once a firm has accepted it; else 404."""
    audits = engagements.with_plan(engagements.audits_visible_to(request.user))
    audit = audits.filter(pk=audit_id, accepted_at__isnull=False).first()
    if audit is None:
        raise Http404
    return audit


def list_for(request: HttpRequest, audit_id: UUID, frame_id: UUID) -> Frame:
    """A list of an audit for whoever may read the audit."""
    frame = selectors.frame_of(audit_for(request, audit_id), frame_id)
    if frame is None:
        raise Http404
    return frame


def sample_for(request: HttpRequest, audit_id: UUID, sample_id: UUID) -> Sample:
    """A sample of an audit for whoever may read the audit."""
    found = selectors.sample_of(audit_for(request, audit_id), sample_id)
    if found is None:
        raise Http404
    return found


def page(request: HttpRequest, template: str, audit: Audit, form: Any = None, **context: Any) -> HttpResponse:
    """A page under the head that all pages of an audit share; 422 when its form has problems. Never cached."""
    status = 422 if form is not None and form.is_bound and form.errors else 200
    shared = {
        "audit": audit,
        "move": engagements.move_for(audit, request.user).on_page(request.path),
        "audience": "agency" if request.user.is_kind("agency") else "auditor",
        "corridors": engagements.corridor_words(audit),
        "works": audit.is_worked_by(request.user),
        "leads": audit.is_led_by(request.user),
        "form": form,
    }
    response = render(request, template, {**shared, **context}, status=status)
    add_never_cache_headers(response)
    return response
