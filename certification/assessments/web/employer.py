"""The employer's word: the agency asks, the employer confirms or disputes, each on its own pages."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from certification.assessments import permissions, selectors, services
from certification.assessments.forms import AskEmployerForm, DisputeForm
from certification.assessments.models import EmployerRequest
from certification.assessments.web.finding import head, own_or_404, person_of
from iris.core import files
from iris.core.errors import DomainError
from iris.core.policy import for_kinds
from iris.core.web import get_or_404


@for_kinds("agency")
def ask(request: HttpRequest, assessment_id: UUID, order_id: UUID) -> HttpResponse:
    """Ask the employer named on a job order to confirm its costs."""
    assessment = own_or_404(request, assessment_id)
    order = get_object_or_404(assessment.job_orders, pk=order_id)
    back = reverse("assessments:ledger", args=[assessment.pk]) + f"#employer-{order.pk}"
    form = AskEmployerForm(request.POST or None, initial={"country": order.destination})
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_employer(
                assessment_id=assessment.pk, actor=person_of(request), order_id=order.pk, **form.cleaned_data
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("Asked. The employer sees the costs of this job order and nothing else.")
            )
            return redirect(back)
    context = {**head(request, assessment), "form": form, "order": order, "back": back}
    return render(request, "assessments/ask_employer.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_kinds("agency")
def withdraw(request: HttpRequest, assessment_id: UUID, request_id: UUID) -> HttpResponse:
    """Take back a request that named the wrong employer."""
    assessment = own_or_404(request, assessment_id)
    services.withdraw_request(request_id=request_id, actor=person_of(request))
    messages.success(request, _("Taken back. You can ask another contact now."))
    return redirect("assessments:ledger", assessment.pk)


@for_kinds("employer")
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """Every job order that names this employer."""
    found = selectors.with_lines(selectors.requests_visible_to(person_of(request)))
    return render(request, "assessments/employer_orders.html", {"rows": found})


def _asked_or_404(request: HttpRequest, request_id: UUID) -> selectors.Asked:
    rows = selectors.with_lines(selectors.requests_visible_to(person_of(request)).filter(pk=request_id))
    if not rows:
        raise Http404
    return rows[0]


@for_kinds("employer")
@require_GET
def order(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The costs of one job order, each to confirm or dispute."""
    asked = _asked_or_404(request, request_id)
    person = person_of(request)
    context = {
        "asked": asked,
        "may_answer": permissions.may_answer_for(asked.request.organisation_id, person),
    }
    return render(request, "assessments/employer_order.html", context)


@require_POST
@for_kinds("employer")
def confirm(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Confirm the lines whose boxes were ticked, or the one whose button was pressed."""
    chosen = dict(_chosen(one) for one in request.POST.getlist("line"))
    try:
        made = services.confirm_lines(request_id=request_id, actor=person_of(request), fingerprints=chosen)
    except EmployerRequest.DoesNotExist as error:
        raise Http404 from error
    n = len(made)
    messages.success(request, ngettext("%(n)s cost confirmed.", "%(n)s costs confirmed.", n) % {"n": n})
    return redirect("assessments:employer_order", request_id)


def _chosen(text: str) -> tuple[UUID, str]:
    line_id, _colon, fingerprint = text.partition(":")
    try:
        return UUID(line_id), fingerprint
    except ValueError as error:
        raise Http404 from error


@for_kinds("employer")
def dispute(request: HttpRequest, request_id: UUID, line_id: UUID) -> HttpResponse:
    """Say what is wrong with one line."""
    asked = _asked_or_404(request, request_id)
    line = next((line for line in asked.lines if line.pk == line_id), None)
    if line is None:
        raise Http404
    form = DisputeForm(
        request.POST or None,
        request.FILES or None,
        initial={"fingerprint": line.fingerprint, "own_currency": line.currency},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.dispute_line(
                request_id=request_id,
                actor=person_of(request),
                line_id=line_id,
                fingerprint=form.cleaned_data["fingerprint"],
                dispute=form.dispute(),
                upload=form.cleaned_data["upload"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Disputed. The agency is told; it cannot change what you said."))
            return redirect("assessments:employer_order", request_id)
    context = {"asked": asked, "line": line, "form": form}
    context["back"] = reverse("assessments:employer_order", args=[request_id])
    return render(request, "assessments/employer_dispute.html", context, status=422 if form.is_bound else 200)


@for_kinds("employer", "agency", "scheme", "audit_firm")
@require_GET
def proof(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """The document an employer added to a dispute, for those who may read the dispute."""
    said = get_or_404(selectors.statements_visible_to(person_of(request)), pk=statement_id)
    if said.proof is None:
        raise Http404
    return files.serve(said.proof)
