"""What an audit firm earns from whom."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from iris.core import clocks
from iris.core.errors import DomainError
from iris.core.policy import for_kinds
from iris.core.web import get_or_404

from .. import selectors, services
from ..forms import BaseFeeFormSet, FeeFormSet, FirmYearForm
from ..models import AuditFirm, FirmYear
from ..permissions import may_manage_firm

PREFIX = "fee"


@for_kinds("scheme", "audit_firm")
def keep_year(request: HttpRequest, firm_id: UUID) -> HttpResponse:
    """Turnover of a year and what was invoiced to each agency, by the firm's manager or the scheme's."""
    firm = get_or_404(selectors.firms_visible_to(request.user), pk=firm_id)
    if not may_manage_firm(firm, request.user):
        raise Http404
    back = (
        reverse("bodies:firm", args=[firm.pk]) if request.user.is_kind("scheme") else reverse("bodies:ours")
    )
    if request.method != "POST":
        last = firm.years.prefetch_related("fees").first()
        return _page(
            request,
            firm,
            back,
            FirmYearForm(initial=_initial(last)),
            FeeFormSet(prefix=PREFIX, initial=_fees(last)),
        )
    form, fees = FirmYearForm(request.POST), FeeFormSet(request.POST, prefix=PREFIX)
    if form.is_valid() and fees.is_valid():
        try:
            services.keep_firm_year(
                firm_id=firm.pk,
                actor=request.user,
                fees=cast(BaseFeeFormSet, fees).fees(form.cleaned_data["currency"]),
                **form.cleaned_data,
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The figures of %s are kept.") % form.cleaned_data["year"])
            return redirect(back)
    return _page(request, firm, back, form, fees)


def _initial(last: FirmYear | None) -> dict[str, Any]:
    if last is None:
        return {"year": clocks.today().year - 1, "currency": "USD"}
    return {"year": last.year, "currency": last.currency, "turnover": str(_amount(last.turnover_minor, last))}


def _fees(last: FirmYear | None) -> list[dict[str, Any]]:
    if last is None:
        return []
    return [
        {"agency": fee.agency_id, "amount": str(_amount(fee.amount_minor, last))} for fee in last.fees.all()
    ]


def _amount(minor: int, year: FirmYear) -> Any:
    return selectors.money(minor, year).amount


def _page(request: HttpRequest, firm: AuditFirm, back: str, form: FirmYearForm, fees: Any) -> HttpResponse:
    wrong = form.is_bound and (form.errors or any(row.errors for row in fees))
    context = {
        "firm": firm,
        "form": form,
        "fees": fees,
        "back": back,
        "scheme": request.user.is_kind("scheme"),
        "warn": clocks.number("revenue_share_warn_percent"),
        "most": clocks.number("revenue_share_most_percent"),
    }
    return render(request, "audits/bodies/keep_year.html", context, status=422 if wrong else 200)
