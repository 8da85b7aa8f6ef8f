"""Workers: the list, one worker, acts on one, opening a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from certification.repayments import forms, selectors, services
from certification.repayments.models import CaseWorker, CostLine, LoanCost, Payment, RepaymentCase
from certification.repayments.permissions import reads_names, verifies, works_on
from certification.repayments.services import (
    ConfirmationEntry,
    LineEntry,
    LoanEntry,
    PaymentEntry,
    TracingEntry,
    WorkerEntry,
)
from certification.repayments.states import PAY_STATES, CaseState
from certification.repayments.web.finding import READERS, case_or_404, page, worker_or_404
from iris.core.errors import DomainError, Text
from iris.core.forms import Form
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate

SHOWS = (("", _("All")), ("left", _("Left")), ("unpaid", _("Not paid yet")), ("held", _("Money held")))


@for_kinds(*READERS)
def workers(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everybody, by code."""
    row = case_or_404(request, case_id)
    show = request.GET.get("show", "")
    figures = selectors.figures_of(row)
    found = paginate(request, selectors.workers_page(row, show))
    lines = [{"worker": one, "amount": figures.by_code.get(one.code)} for one in found.object_list]
    return page(
        request,
        "repayments/workers.html",
        row,
        page=found,
        lines=lines,
        shows=SHOWS,
        show=show,
        may_write=works_on(row, request.user) and row.is_open_for_work,
        paying=row.state in PAY_STATES,
    )


def _worker_entry(data: dict[str, Any]) -> WorkerEntry:
    rest = {name: value for name, value in data.items() if name != "missing"}
    return WorkerEntry(**rest, found=not data["missing"])


@for_kinds("agency")
def add(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write a worker down."""
    row = case_or_404(request, case_id)
    if request.method != "POST" and not (works_on(row, request.user) and row.is_open_for_work):
        return redirect("repayments:case", row.pk)
    form = forms.WorkerForm(request.POST or None, case=row)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_worker(
                case_id=row.pk, actor=request.user, entry=_worker_entry(form.cleaned_data)
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _now("%(code)s is written down. Add what was paid.") % {"code": made.code}
            )
            return redirect("repayments:worker", row.pk, made.pk)
    return page(request, "repayments/worker_add.html", row, form, any_cohort=row.cohorts.exists())


@dataclass(frozen=True)
class Act:
    """One act on a worker."""

    name: str
    label: Text
    form: type[Form]
    run: Callable[[CaseWorker, Any, dict[str, Any]], object]
    allowed: Callable[[RepaymentCase, CaseWorker, Any], bool]
    done: Text
    after: Text = ""
    main: bool = False


def _open(case: RepaymentCase, worker: CaseWorker, user: Any) -> bool:
    return case.is_open_for_work and works_on(case, user)


def _pays(case: RepaymentCase, worker: CaseWorker, user: Any) -> bool:
    return (case.state == CaseState.PAYING or (case.state in PAY_STATES and worker.held_on is not None)) and (
        works_on(case, user)
    )


def _asks(case: RepaymentCase, worker: CaseWorker, user: Any) -> bool:
    return case.state in PAY_STATES and (works_on(case, user) or verifies(case, user))


def _line(worker: CaseWorker, user: Any, data: dict[str, Any]) -> object:
    entry = LineEntry(**data, counts=not data["why_not"].strip())
    return services.add_line(worker_id=worker.pk, actor=user, entry=entry)


def _pay(worker: CaseWorker, user: Any, data: dict[str, Any]) -> object:
    rest = dict(data)
    upload = rest.pop("proof")
    return services.record_payment(worker_id=worker.pk, actor=user, entry=PaymentEntry(**rest), upload=upload)


ACTS: tuple[Act, ...] = (
    Act(
        "cost",
        _("Add a cost"),
        forms.LineForm,
        _line,
        _open,
        _("The cost is kept."),
        main=True,
    ),
    Act(
        "loan",
        _("Add a loan"),
        forms.LoanForm,
        lambda worker, user, data: services.add_loan(
            worker_id=worker.pk, actor=user, entry=LoanEntry(**data)
        ),
        _open,
        _("The loan is kept."),
        _("Only the interest comes on top. What was borrowed stands among the costs."),
    ),
    Act(
        "edit",
        _("Correct"),
        forms.WorkerForm,
        lambda worker, user, data: services.change_worker(
            worker_id=worker.pk, actor=user, entry=_worker_entry(data)
        ),
        lambda case, worker, user: works_on(case, user) and case.state != CaseState.CLOSED,
        _("Corrected."),
    ),
    Act(
        "pay",
        _("Enter a payment"),
        forms.PaymentForm,
        _pay,
        _pays,
        _("The payment is on record."),
        _("The whole part of the instalment, on a line of its own."),
        main=True,
    ),
    Act(
        "confirm",
        _("Write down what the worker confirms"),
        forms.ConfirmForm,
        lambda worker, user, data: services.confirm(
            worker_id=worker.pk, actor=user, entry=ConfirmationEntry(**data)
        ),
        _asks,
        _("What the worker said is on record."),
    ),
    Act(
        "trace",
        _("Log a search"),
        forms.TracingForm,
        lambda worker, user, data: services.trace_worker(
            worker_id=worker.pk, actor=user, entry=TracingEntry(**data)
        ),
        lambda case, worker, user: worker.left and works_on(case, user),
        _("The search is on record."),
    ),
    Act(
        "hold",
        _("Hold the money"),
        forms.HoldForm,
        lambda worker, user, data: services.hold_money(worker_id=worker.pk, actor=user, **data),
        lambda case, worker, user: (
            case.state == CaseState.PAYING
            and not worker.found
            and worker.held_on is None
            and works_on(case, user)
        ),
        _("The money is held. It is never forfeited."),
    ),
)


@for_kinds(*READERS)
def worker(request: HttpRequest, case_id: UUID, worker_id: UUID) -> HttpResponse:
    """One worker by code: costs, how the amount came about, payments, confirmations, searches."""
    row = case_or_404(request, case_id)
    one = worker_or_404(row, worker_id)
    return _page(request, "repayments/worker.html", row, one)


def _page(
    request: HttpRequest, template: str, row: RepaymentCase, one: CaseWorker, form: Any = None, **more: Any
) -> HttpResponse:
    user = request.user
    payments = list(one.payments.select_related("instalment", "proof"))
    said = list(one.confirmations.order_by("-created_at"))
    for paid in payments:
        paid.worker = one
    for word in said:
        word.worker = one
    context = {
        "worker": one,
        "facts": selectors.worker_facts(row, one),
        "lines": list(one.lines.all()),
        "loans": list(one.loans.all()),
        "payments": payments,
        "confirmations": said,
        "attempts": list(one.attempts.order_by("-on", "-created_at")),
        "accesses": list(one.accesses.select_related("person")[:10]),
        "can_do": [act for act in ACTS if act.allowed(row, one, user)],
        "may_write": _open(row, one, user),
        "may_undo": row.state == CaseState.PAYING and works_on(row, user),
        "may_read_name": reads_names(row, user),
        "identity": None,
        "purpose_form": forms.PurposeForm(),
    }
    return page(request, template, row, form, **{**context, **more})


@for_kinds(*READERS)
def act(request: HttpRequest, case_id: UUID, worker_id: UUID, name: str) -> HttpResponse:
    """One act on a worker."""
    row = case_or_404(request, case_id)
    one = worker_or_404(row, worker_id)
    chosen = next((candidate for candidate in ACTS if candidate.name == name), None)
    if chosen is None:
        raise Http404
    if request.method != "POST" and not chosen.allowed(row, one, request.user):
        return redirect("repayments:worker", row.pk, one.pk)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form_class: Any = chosen.form
    form = form_class(*bound, case=row, worker=one)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.run(one, request.user, form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, str(chosen.done))
            return redirect("repayments:worker", row.pk, one.pk)
    return page(request, "repayments/worker_act.html", row, form, worker=one, act=chosen)


@require_POST
@for_kinds("agency", "audit_firm", "caseworker")
def name(request: HttpRequest, case_id: UUID, worker_id: UUID) -> HttpResponse:
    """Open a name for a purpose; the page shows it once."""
    row = case_or_404(request, case_id)
    one = worker_or_404(row, worker_id)
    form = forms.PurposeForm(request.POST)
    identity = None
    if form.is_valid():
        identity = services.open_worker(
            worker_id=one.pk, actor=request.user, purpose=form.cleaned_data["purpose"]
        )
    answer = _page(request, "repayments/worker.html", row, one, form, identity=identity, purpose_form=form)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@for_kinds("agency")
def remove(request: HttpRequest, case_id: UUID, worker_id: UUID, kind: str, part_id: UUID) -> HttpResponse:
    """Take out a cost or a loan, or take a payment back from the record."""
    row = case_or_404(request, case_id)
    one = worker_or_404(row, worker_id)
    if kind == "cost":
        get_or_404(CostLine.objects.filter(worker=one), pk=part_id)
        services.remove_line(line_id=part_id, actor=request.user)
    elif kind == "loan":
        get_or_404(LoanCost.objects.filter(worker=one), pk=part_id)
        services.remove_loan(loan_id=part_id, actor=request.user)
    else:
        get_or_404(Payment.objects.filter(worker=one), pk=part_id)
        services.undo_payment(
            payment_id=part_id,
            actor=request.user,
            reason=request.POST.get("reason", "") or _now("Entered by mistake"),
        )
    messages.success(request, _now("Taken out."))
    return redirect("repayments:worker", row.pk, one.pk)
