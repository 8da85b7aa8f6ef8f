"""Sheets in and out: workers, payments, confirmations, the list for the bank."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from certification.repayments import selectors, services
from certification.repayments.forms import PurposeListForm, UploadForm
from certification.repayments.models import SheetDraft
from certification.repayments.permissions import reads_names, works_on
from certification.repayments.states import PAY_STATES
from certification.repayments.web.finding import READERS, case_or_404, page
from iris.core.errors import DomainError
from iris.core.money import Money
from iris.core.policy import for_kinds
from iris.core.sheets import harmless
from iris.core.web import get_or_404


@for_kinds(*READERS)
@require_GET
def empty(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty sheet with its header."""
    if kind not in selectors.SHEETS:
        raise Http404
    return _csv(selectors.empty_sheet(kind), f"repayment-{kind}.csv")


def _csv(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@for_kinds("agency")
def upload(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Send a sheet of workers and costs; nothing is saved before the preview."""
    row = case_or_404(request, case_id)
    if not works_on(row, request.user) or not row.is_open_for_work:
        return redirect("repayments:case", row.pk)
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES, case=row) if posted else UploadForm(case=row)
    if posted and form.is_valid():
        try:
            draft = services.keep_sheet(
                case_id=row.pk, actor=request.user, upload=form.cleaned_data["upload"]
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("repayments:preview", row.pk, draft.pk)
    return page(request, "repayments/upload.html", row, form, kind="workers")


@for_kinds("agency")
def preview(request: HttpRequest, case_id: UUID, draft_id: UUID) -> HttpResponse:
    """What the sheet would do; then it is saved whole, or thrown away."""
    row = case_or_404(request, case_id)
    draft = get_or_404(SheetDraft.objects.filter(case=row, made_by=request.user), pk=draft_id)
    if request.method == "POST" and "drop" in request.POST:
        services.drop_sheet(draft_id=draft.pk, actor=request.user)
        return redirect("repayments:case", row.pk)
    if request.method == "POST":
        found = services.import_sheet(draft_id=draft.pk, actor=request.user)
        said = _("%(workers)s workers and %(lines)s costs saved.")
        messages.success(request, said % {"workers": found.workers, "lines": found.lines})
        return redirect("repayments:workers", row.pk)
    problems: list[str] = []
    shown = services.SheetPreview()
    try:
        shown = services.read_draft(draft, request.user)
        problems = shown.problems
    except DomainError as error:
        problems = [str(text) for texts in error.fields.values() for text in texts] or [str(error.message)]
    return page(
        request,
        "repayments/preview.html",
        row,
        draft=draft,
        found=shown,
        problems=problems[:50],
        more=max(0, len(problems) - 50),
    )


@for_kinds(*READERS)
def records(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Payments or confirmations by code, from a sheet: all of it, or with every problem named, nothing."""
    row = case_or_404(request, case_id)
    allowed = works_on(row, request.user) if kind == "payments" else reads_names(row, request.user)
    if row.state not in PAY_STATES or not allowed:
        return redirect("repayments:case", row.pk)
    run: Callable[..., int] = (
        services.import_payments if kind == "payments" else services.import_confirmations
    )
    more: Any = {"with_proof": True} if kind == "payments" else {}
    posted = request.method == "POST"
    form = (
        UploadForm(request.POST, request.FILES, case=row, **more) if posted else UploadForm(case=row, **more)
    )
    if posted and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value is not None}
        try:
            count = run(case_id=row.pk, actor=request.user, **given)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("%(n)s rows taken in.") % {"n": count})
            return redirect("repayments:case", row.pk)
    return page(request, "repayments/upload.html", row, form, kind=kind)


@for_kinds("agency")
def bank_list(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The list for the bank: names and accounts, opened for a purpose by whoever pays."""
    row = case_or_404(request, case_id)
    if not works_on(row, request.user) or not row.instalments.exists():
        return redirect("repayments:case", row.pk)
    form = PurposeListForm(request.POST or None, case=row)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["instalment"]
        try:
            found = services.open_bank_list(case_id=row.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            out = io.StringIO()
            writer = csv.writer(out)
            writer.writerow(
                [_("Code"), _("Worker"), _("Bank account"), _("Instalment"), _("Amount"), _("Currency")]
            )
            for worker, who, minor in found:
                amount = str(Money(minor, row.currency).amount)
                cells = [worker.code, who.name, who.bank, str(number), amount, row.currency]
                writer.writerow([harmless(cell) for cell in cells])
            return _csv(b"\xef\xbb\xbf" + out.getvalue().encode(), f"{row.number}-bank-{number}.csv")
    return page(request, "repayments/bank.html", row, form)
