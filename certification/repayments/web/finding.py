"""What every page of a case asks first, and shows on top."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from certification.repayments import selectors
from certification.repayments.models import CaseWorker, RepaymentCase
from iris.core.web import get_or_404

READERS = ("agency", "scheme", "audit_firm", "caseworker")


def case_or_404(request: HttpRequest, case_id: UUID) -> RepaymentCase:
    """The case, for those who may see it."""
    return get_or_404(selectors.with_context(selectors.cases_visible_to(request.user)), pk=case_id)


def worker_or_404(case: RepaymentCase, worker_id: UUID) -> CaseWorker:
    """One of its workers."""
    worker = get_or_404(case.workers.select_related("cohort"), pk=worker_id)
    worker.case = case
    return worker


def audience(request: HttpRequest) -> str:
    """Whose words a state is shown in."""
    return "agency" if request.user.is_kind("agency") else "auditor"


def page(
    request: HttpRequest, template: str, case: RepaymentCase, form: Any = None, **context: Any
) -> HttpResponse:
    """A page of a case with its head."""
    status = 422 if form is not None and form.is_bound and form.errors else 200
    shared = {
        "case": case,
        "move": selectors.move_for(case, request.user),
        "audience": audience(request),
        "form": form,
    }
    return render(request, template, {**shared, **context}, status=status)
