"""The pages of signs: the eleven, one of them, and the table to take away. Never a verdict (R99)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from iris.core.errors import DomainError
from iris.core.policy import for_kinds

from .. import rules, selectors, services
from ..forms import SignForm
from ..services.evidence import OPEN_STATES
from ..states import NOT_A_VERDICT
from .head import DESK, desk_audit, page


@for_kinds(*DESK)
def signs(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """The eleven signs: what was seen, on what it rests, what is done next."""
    audit = desk_audit(request, audit_id)
    return page(
        request,
        "audits/fieldwork/signs.html",
        audit,
        rows=selectors.signs_of(audit),
        source=rules.sign_list(),
        not_a_verdict=NOT_A_VERDICT,
        may_write=audit.state in OPEN_STATES and audit.is_worked_by(request.user),
    )


@for_kinds(*DESK)
def sign(request: HttpRequest, audit_id: UUID, code: str) -> HttpResponse:
    """One sign: what to look for, our indicators against it, and what the team writes."""
    audit = desk_audit(request, audit_id)
    row = next((one for one in selectors.signs_of(audit) if one.sign.code == code), None)
    if row is None:
        raise Http404
    may_write = audit.state in OPEN_STATES and audit.is_worked_by(request.user)
    form = SignForm(
        request.POST if request.method == "POST" else None, row=row, evidence=selectors.evidence_of(audit)
    )
    if request.method == "POST" and may_write and form.is_valid():
        data = dict(form.cleaned_data)
        chosen = [UUID(one) for one in data.pop("evidence")]
        try:
            services.record_sign(
                audit_id=audit.pk,
                actor=request.user,
                sign=code,
                entry=services.SignEntry(evidence_ids=chosen, **data),
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Kept: %s") % row.sign.title)
            return redirect("fieldwork:signs", audit_id=audit.pk)
    return page(
        request,
        "audits/fieldwork/sign.html",
        audit,
        form,
        row=row,
        history=selectors.history_of(audit, code),
        not_a_verdict=NOT_A_VERDICT,
        may_write=may_write,
    )


@for_kinds(*DESK)
def signs_file(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """The signs as a table for a spreadsheet; its first line says what it is not."""
    audit = desk_audit(request, audit_id)
    response = HttpResponse("\ufeff" + selectors.signs_csv(audit), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="signs-{audit.number}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
