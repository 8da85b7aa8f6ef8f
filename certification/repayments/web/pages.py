"""The list, a case, its workers, and the calculation as files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from certification.agencies.selectors import agencies_visible_to, agency_of
from certification.repayments import selectors, services
from certification.repayments.forms.case import ListFilters, OpenForAgencyForm, OpenForm, ReasonForm, TextForm
from certification.repayments.models import Breach, Payment, RepaymentCase, ThirdPartyCheck
from certification.repayments.permissions import (
    answers_breach,
    opens,
    reads_names,
    settles_breach,
    verifies,
    works_on,
)
from certification.repayments.states import PAY_STATES
from certification.repayments.web.acts import acts_for
from certification.repayments.web.finding import READERS, audience, case_or_404, page
from iris.core import clocks, events, files, pdf
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate

MOST_IN_PDF = 1_000


@for_kinds(*READERS)
def cases(request: HttpRequest) -> HttpResponse:
    """Repayment cases, newest first."""
    filters = ListFilters(request.GET or None)
    everything = filters.is_valid() and filters.cleaned_data.get("show") == "all"
    context = {
        "page": paginate(request, selectors.cases_list(request.user, closed=everything)),
        "filters": filters,
        "filtered": everything,
        "audience": audience(request),
        "may_open": _may_open(request),
    }
    return render(request, "repayments/list.html", context)


def _may_open(request: HttpRequest) -> bool:
    agency = agency_of(request.user)
    if agency is not None:
        return opens(agency, request.user)
    return bool(request.user.is_kind("scheme") and request.user.has_role("scheme_manager", "screener"))


@for_kinds("agency", "scheme")
def add(request: HttpRequest) -> HttpResponse:
    """Open a case: the agency for itself, the scheme for an agency."""
    if not _may_open(request):
        raise Http404
    own = agency_of(request.user)
    form: Any = (OpenForm if own else OpenForAgencyForm)(request.POST or None)
    if own is None:
        form.fields["agency"].queryset = agencies_visible_to(request.user).order_by("legal_name")
        form.initial.setdefault("agency", request.GET.get("agency", ""))
    if request.method == "POST" and form.is_valid():
        agency = own or form.cleaned_data["agency"]
        try:
            case = services.open_case(
                agency_id=agency.pk,
                actor=request.user,
                title=form.cleaned_data["title"],
                source_label=form.cleaned_data["source_label"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Case %(number)s is open.") % {"number": case.number})
            return redirect("repayments:case", case.pk)
    return render(request, "repayments/add.html", {"form": form}, status=422 if form.errors else 200)


@for_kinds(*READERS)
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One case: whose move, what is left, the figures, the road of the money."""
    row = case_or_404(request, case_id)
    user = request.user
    figures = selectors.figures_of(row)
    total = figures.total
    return page(
        request,
        "repayments/case.html",
        row,
        steps=selectors.steps_for(row),
        left=selectors.left_to_do(row),
        figures=figures,
        rule=selectors.rule_words(row),
        shares=selectors.shares_of(row, total),
        tells_payers=row.state in selectors.TOLD_STATES,
        instalments=selectors.instalments_of(row),
        progress=selectors.payment_progress(row),
        rates=list(row.rates.all()),
        interest=list(row.late_interest.all()),
        consultations=list(row.consultations.all()[:5]),
        checks=list(row.checks.select_related("file").order_by("-created_at")[:5]),
        breaches=_breaches(row, user),
        moves=acts_for(row, user, "move"),
        work=acts_for(row, user, "work"),
        more=acts_for(row, user, "more"),
        may_write=works_on(row, user) and row.is_open_for_work,
        pays=works_on(row, user) and row.state in PAY_STATES,
        asks=reads_names(row, user) and row.state in PAY_STATES,
        paying=row.state in PAY_STATES,
        events=events.events_of(row, limit=12),
    )


def _breaches(row: RepaymentCase, user: Any) -> list[dict[str, Any]]:
    return [
        {
            "breach": one,
            "may_answer": may(one.give_answer, user) and answers_breach(one, user),
            "may_settle": may(one.settle, user) and settles_breach(one, user),
        }
        for one in row.breaches.select_related("worker", "case__agency")[:20]
    ]


@for_kinds(*READERS)
def breach(request: HttpRequest, case_id: UUID, breach_id: UUID, name: str) -> HttpResponse:
    """Answer a breach, settle it, or refuse the answer."""
    row = case_or_404(request, case_id)
    one = get_or_404(row.breaches.select_related("worker"), pk=breach_id)
    form: Any = {"answer": TextForm, "settle": None, "refuse": ReasonForm}[name]
    form = form(request.POST or None) if form else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _carry_out(name, one, request.user, form)
        except DomainError as error:
            if form is None:
                raise
            form.add_domain_error(error)
        else:
            messages.success(request, _("Kept."))
            return redirect("repayments:case", row.pk)
    return page(request, "repayments/breach.html", row, form, breach=one, name=name)


def _carry_out(name: str, one: Breach, user: Any, form: Any) -> None:
    if name == "answer":
        services.answer_breach(breach_id=one.pk, actor=user, text=form.cleaned_data["text"])
    elif name == "settle":
        services.settle_breach(breach_id=one.pk, actor=user)
    else:
        services.refuse_answer(breach_id=one.pk, actor=user, reason=form.cleaned_data["reason"])


@for_kinds(*READERS)
@require_GET
def calculation(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """The calculation, by codes only, as a workbook or a PDF."""
    row = case_or_404(request, case_id)
    if not selectors.figures_of(row).ready:
        messages.error(request, _("There is no calculation yet: something is still missing for the amounts."))
        return redirect("repayments:case", row.pk)
    if kind == "xlsx":
        data, media = selectors.as_xlsx(row), files.XLSX.media_type
    else:
        data, media = _pdf(row), files.PDF.media_type
    response = HttpResponse(data, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{row.number}-calculation.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _pdf(row: RepaymentCase) -> bytes:
    parts = {one.name.replace(" ", "_").lower(): one for one in selectors.calculation(row)}
    people = parts["workers"].rows
    context = {
        "case": row,
        "scheme_name": settings.SCHEME_NAME,
        "parts": parts,
        "people": people[:MOST_IN_PDF],
        "more": max(0, len(people) - MOST_IN_PDF),
        "figures": selectors.figures_of(row),
        "rule": selectors.rule_words(row),
        "today": clocks.today(),
    }
    return pdf.render("pdf/repayment.html", context)


@for_kinds(*READERS)
def paper(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """The report of a check, or a bank proof for those who may read names: bank documents show them."""
    row = case_or_404(request, case_id)
    check = ThirdPartyCheck.objects.filter(case=row, file_id=file_id).select_related("file").first()
    if check is not None and check.file is not None:
        return files.serve(check.file)
    proof = Payment.objects.filter(worker__case=row, proof_id=file_id).select_related("proof").first()
    if (
        proof is None
        or proof.proof is None
        or not (works_on(row, request.user) or verifies(row, request.user))
    ):
        raise Http404
    return files.serve(proof.proof)
