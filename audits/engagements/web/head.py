"""What the pages of an audit share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from .. import selectors
from ..models import Audit


def audit_for(request: HttpRequest, audit_id: UUID, *, desk: bool = False) -> Audit:
    """The audit, for those who may see it; the auditors' desk only for firm and scheme. Else 404."""
    visible = selectors.audits_worked_on_by if desk else selectors.audits_visible_to
    audit = selectors.with_plan(visible(request.user)).filter(pk=audit_id).first()
    if audit is None:
        raise Http404
    return audit


def audience(request: HttpRequest) -> str:
    """Whose words the states are told in."""
    return "agency" if request.user.is_kind("agency") else "auditor"


def page(request: HttpRequest, template: str, audit: Audit, form: Any = None, **context: Any) -> HttpResponse:
    """A page of an audit under the head that all of them share; 422 when its form has problems."""
    status = 422 if form is not None and form.is_bound and form.errors else 200
    shared = {
        "audit": audit,
        "move": selectors.move_for(audit, request.user).on_page(request.path),
        "audience": audience(request),
        "corridors": selectors.corridor_words(audit),
        "form": form,
    }
    return render(request, template, {**shared, **context}, status=status)
