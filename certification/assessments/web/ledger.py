"""The employer-pays cost ledger."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.assessments import selectors, services
from certification.assessments.forms import CostLineForm, JobOrderForm, SettlementForm
from certification.assessments.models import Assessment, CostLine, JobOrder
from certification.assessments.states import Category
from certification.assessments.web.finding import assessment_or_404, head, library_of, own_or_404, person_of
from iris.core.errors import DomainError
from iris.core.policy import for_kinds


@for_kinds("agency", "scheme", "audit_firm")
def ledger(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Every job order with its costs, two answers per cost, totals by payer."""
    assessment = assessment_or_404(request, assessment_id)
    orders = selectors.ledger(assessment, person_of(request))
    context = {
        **head(request, assessment),
        "orders": orders,
        "to_answer": sum(len(order.to_answer) for order in orders),
        "uncovered": selectors.corridors_without_order(assessment, orders),
        "alarms": sum(order.alarm for order in orders),
        "burdens": selectors.burdens_by_corridor(orders) if any(o.worker_borne for o in orders) else [],
    }
    return render(request, "assessments/ledger.html", context)


@for_kinds("agency")
def order_new(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Add a job order."""
    return _order(request, own_or_404(request, assessment_id), None)


@for_kinds("agency")
def order_edit(request: HttpRequest, assessment_id: UUID, order_id: UUID) -> HttpResponse:
    """Correct a job order."""
    assessment = own_or_404(request, assessment_id)
    return _order(request, assessment, get_object_or_404(assessment.job_orders, pk=order_id))


def _order(request: HttpRequest, assessment: Assessment, order: JobOrder | None) -> HttpResponse:
    initial = JobOrderForm.initial_of(order) if order else {}
    if not order and "origin" in request.GET:
        initial = {name: request.GET.get(name, "") for name in ("origin", "destination")}
    form = JobOrderForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_job_order(
                assessment_id=assessment.pk,
                actor=person_of(request),
                entry=form.entry(),
                order_id=order.pk if order else None,
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            if order:
                messages.success(request, _("Job order saved."))
                return redirect(_ledger_url(assessment) + f"#order-{saved.pk}")
            messages.success(request, _("Job order added. Now its costs, one by one."))
            return redirect("assessments:line_new", assessment.pk, saved.pk)
    context = {**head(request, assessment), "form": form, "order": order, "back": _ledger_url(assessment)}
    return render(request, "assessments/order.html", context, status=422 if form.is_bound else 200)


@for_kinds("agency")
def order_remove(request: HttpRequest, assessment_id: UUID, order_id: UUID) -> HttpResponse:
    """Ask once, then take a job order out of the draft."""
    assessment = own_or_404(request, assessment_id)
    order = get_object_or_404(assessment.job_orders, pk=order_id)
    if request.method == "POST":
        services.remove_job_order(assessment_id=assessment.pk, actor=person_of(request), order_id=order.pk)
        messages.success(request, _("Job order %(ref)s is out of the ledger.") % {"ref": order.reference})
        return redirect(_ledger_url(assessment))
    context = {
        **head(request, assessment),
        "title": _("Take job order %(ref)s out of the ledger?") % {"ref": order.reference},
        "text": _("Its costs go with it. The log keeps that it was there."),
        "button": _("Take it out"),
        "back": _ledger_url(assessment),
    }
    return render(request, "assessments/remove.html", context)


@for_kinds("agency")
def line_new(request: HttpRequest, assessment_id: UUID, order_id: UUID) -> HttpResponse:
    """Add a cost to a job order."""
    assessment = own_or_404(request, assessment_id)
    return _line(request, assessment, get_object_or_404(assessment.job_orders, pk=order_id), None)


@for_kinds("agency")
def line_edit(request: HttpRequest, assessment_id: UUID, line_id: UUID) -> HttpResponse:
    """Correct a cost."""
    assessment = own_or_404(request, assessment_id)
    line = _line_or_404(assessment, line_id)
    return _line(request, assessment, line.job_order, line)


def _line(
    request: HttpRequest, assessment: Assessment, order: JobOrder, line: CostLine | None
) -> HttpResponse:
    data = request.POST.copy() if request.method == "POST" else None
    library = library_of(assessment.agency)
    problem: DomainError | None = None
    upload = request.FILES.get("upload")
    if data is not None and upload is not None:
        try:
            proof = services.add_evidence(
                agency_id=assessment.agency_id, actor=person_of(request), upload=upload, kind="payment_proof"
            )
        except DomainError as error:
            problem = error
            problem.fields["upload"] = problem.fields.pop("file", [])
        else:
            data["proof"] = str(proof.pk)
            library = library_of(assessment.agency)
    initial = (
        CostLineForm.initial_of(line) if line else {"currency": order.currency, "should_pay": "employer"}
    )
    form = CostLineForm(data, initial=initial, library=library)
    if data is not None and form.is_valid():
        if problem is not None:
            form.add_domain_error(problem)
        else:
            saved = _save_line(request, assessment, order, line, form)
            if saved is not None:
                return redirect(_after_line(request, assessment, order, saved))
    context = {
        **head(request, assessment),
        "form": form,
        "order": order,
        "line": line,
        "warnings": selectors.dictionary_at(assessment.frozen_at).find(str(form["label"].value() or "")),
        "never": Category.X.label,
        "back": _ledger_url(assessment) + f"#order-{order.pk}",
    }
    return render(request, "assessments/line.html", context, status=422 if form.is_bound else 200)


def _save_line(
    request: HttpRequest, assessment: Assessment, order: JobOrder, line: CostLine | None, form: CostLineForm
) -> CostLine | None:
    try:
        return services.save_cost_line(
            assessment_id=assessment.pk,
            actor=person_of(request),
            order_id=order.pk,
            entry=form.entry(),
            line_id=line.pk if line else None,
            version=form.cleaned_data["version"],
        )
    except DomainError as error:
        form.add_domain_error(error)
        return None


def _after_line(request: HttpRequest, assessment: Assessment, order: JobOrder, saved: CostLine) -> str:
    if saved.needs_answer:
        messages.warning(request, _("Saved. Workers paid this: now say what happened and how it is repaid."))
        return reverse("assessments:line_answer", args=[assessment.pk, saved.pk])
    messages.success(request, _("“%(label)s” saved.") % {"label": saved.label})
    if request.POST.get("then") == "another":
        return reverse("assessments:line_new", args=[assessment.pk, order.pk])
    return _ledger_url(assessment) + f"#order-{order.pk}"


@for_kinds("agency")
def line_remove(request: HttpRequest, assessment_id: UUID, line_id: UUID) -> HttpResponse:
    """Ask once, then take a cost out of the draft."""
    assessment = own_or_404(request, assessment_id)
    line = _line_or_404(assessment, line_id)
    if request.method == "POST":
        services.remove_cost_line(assessment_id=assessment.pk, actor=person_of(request), line_id=line.pk)
        messages.success(request, _("“%(label)s” is out of the ledger.") % {"label": line.label})
        return redirect(_ledger_url(assessment))
    context = {
        **head(request, assessment),
        "title": _("Take “%(label)s” out of the ledger?") % {"label": line.label},
        "text": _("Only if it was entered by mistake. The log keeps its kind, amount and who paid."),
        "button": _("Take it out"),
        "back": reverse("assessments:line_edit", args=[assessment.pk, line.pk]),
    }
    return render(request, "assessments/remove.html", context)


@for_kinds("agency")
def line_answer(request: HttpRequest, assessment_id: UUID, line_id: UUID) -> HttpResponse:
    """Say what happened with a worker-borne cost, how it is repaid, by whom and until when."""
    assessment = own_or_404(request, assessment_id)
    line = _line_or_404(assessment, line_id)
    names = ("version", "response", "repaid_how", "repaid_by", "repaid_on")
    form = SettlementForm(request.POST or None, initial={name: getattr(line, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_worker_borne(
                assessment_id=assessment.pk,
                actor=person_of(request),
                line_id=line.pk,
                settlement=form.settlement(),
                version=form.cleaned_data["version"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("Answered. The cost stays in plain sight of the scheme and the auditors.")
            )
            return redirect(_ledger_url(assessment) + f"#order-{line.job_order_id}")
    context: dict[str, Any] = {
        **head(request, assessment),
        "form": form,
        "line": line,
        "order": line.job_order,
    }
    context["back"] = _ledger_url(assessment)
    context["total"] = line.worker_part.times(line.job_order.workers)
    return render(request, "assessments/line_answer.html", context, status=422 if form.is_bound else 200)


def _line_or_404(assessment: Assessment, line_id: UUID) -> CostLine:
    lines = CostLine.objects.select_related("job_order", "proof").filter(job_order__assessment=assessment)
    return get_object_or_404(lines, pk=line_id)


def _ledger_url(assessment: Assessment) -> str:
    return reverse("assessments:ledger", args=[assessment.pk])
