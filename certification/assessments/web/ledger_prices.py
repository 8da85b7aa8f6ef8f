"""Expected costs: the calculator for everyone who works here, the scheme's table, the agency's answer to an alarm."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from certification.agencies import selectors as agencies
from certification.assessments import permissions, selectors, services
from certification.assessments.forms import (
    CalculatorForm,
    CostChangeForm,
    CostForm,
    PriceAnswerForm,
    RateForm,
    ReasonForm,
)
from certification.assessments.models import CorridorCost, ExchangeRate, in_force
from certification.assessments.selectors import LedgerOrder
from certification.assessments.web.finding import head, own_or_404, person_of
from iris.core.errors import DomainError
from iris.core.places import Corridor, country_name
from iris.core.policy import for_kinds, for_roles


@for_kinds("agency")
def price_answer(request: HttpRequest, assessment_id: UUID, order_id: UUID) -> HttpResponse:
    """Answer the alarm that a job order's price is too low to be employer-pays."""
    assessment = own_or_404(request, assessment_id)
    order = get_object_or_404(assessment.job_orders, pk=order_id)
    back = reverse("assessments:ledger", args=[assessment.pk]) + f"#price-{order.pk}"
    form = PriceAnswerForm(request.POST or None, initial={"answer": order.price_answer})
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_price(
                assessment_id=assessment.pk,
                actor=person_of(request),
                order_id=order.pk,
                answer=form.cleaned_data["answer"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Answered. The alarm stays in sight, with your answer beside it."))
            return redirect(back)
    tables = selectors.cost_tables(assessment.frozen_at)
    price = selectors.price_check(tables, order, list(order.cost_lines.all()))
    context = {**head(request, assessment), "form": form, "order": order, "back": back, "price": price}
    return render(request, "assessments/price_answer.html", context, status=422 if form.is_bound else 200)


@for_kinds("agency", "employer", "scheme", "audit_firm")
@require_GET
def calculator(request: HttpRequest) -> HttpResponse:
    """What places in a corridor are expected to cost an employer, itemised, beside one's own job orders."""
    form = CalculatorForm(request.GET or None, initial={"workers": 1})
    context: dict[str, Any] = {"form": form, "corridors": _corridors()}
    if form.is_bound and form.is_valid():
        context |= _calculated(request, form.cleaned_data)
    return render(request, "assessments/calculator.html", context)


def _calculated(request: HttpRequest, asked: dict[str, Any]) -> dict[str, Any]:
    corridor = Corridor(asked["origin"], asked["destination"])
    tables = selectors.cost_tables()
    components = tables.components(corridor, asked["sector"])
    currency = asked["currency"] or (components[0].low.currency if components else "USD")
    found = selectors.estimate(tables, corridor, currency, asked["sector"])
    return {
        "estimate": found,
        "one": found.shown(),
        "all": found.shown(asked["workers"]),
        "workers": asked["workers"],
        "own": _own_orders(request, corridor),
    }


def _own_orders(request: HttpRequest, corridor: Corridor) -> list[LedgerOrder]:
    """The agency's own job orders of this corridor, with their check."""
    agency = agencies.agency_of(person_of(request))
    assessment = selectors.current_assessment(agency) if agency else None
    if assessment is None:
        return []
    return [row for row in selectors.ledger(assessment) if row.order.corridor == corridor]


def _corridors() -> list[Corridor]:
    pairs = in_force(CorridorCost).order_by().values_list("origin", "destination").distinct()
    return sorted(
        (Corridor(*pair) for pair in pairs),
        key=lambda c: (country_name(c.origin), country_name(c.destination)),
    )


@for_kinds("scheme")
@require_GET
def costs(request: HttpRequest) -> HttpResponse:
    """The scheme's table of expected costs by corridor, and its exchange rates."""
    rows = list(in_force(CorridorCost).select_related("added_by"))
    wanted = request.GET.get("corridor", "").replace("\x00", "")
    corridors = _corridors()
    shown = [row for row in rows if f"{row.origin}-{row.destination}" == wanted] if wanted else []
    context = {
        "corridors": [(f"{c.origin}-{c.destination}", c.text) for c in corridors],
        "wanted": wanted,
        "rows": shown,
        "past": _past(wanted),
        "rates": in_force(ExchangeRate).order_by("currency", "-rate_on"),
        "empty": not rows,
        "may_change": permissions.may_keep_tables(person_of(request)),
    }
    return render(request, "assessments/costs.html", context)


def _past(wanted: str) -> list[CorridorCost]:
    """Components of a corridor that no longer hold, the newest first."""
    origin, _dash, destination = wanted.partition("-")
    rows = CorridorCost.objects.filter(origin=origin, destination=destination, retired_at__isnull=False)
    return list(rows.select_related("retired_by").order_by("-retired_at")[:20])


@require_POST
@for_roles("scheme_manager")
def load(request: HttpRequest) -> HttpResponse:
    """Bring what is shipped into the tables."""
    loaded = services.load_tables()
    said = _("Loaded: %(words)s words, %(costs)s expected costs, %(rates)s exchange rates.")
    messages.success(request, said % {"words": loaded.words, "costs": loaded.costs, "rates": loaded.rates})
    return redirect("assessments:costs")


def _cost_page(
    request: HttpRequest, form: CostForm, title: str, cost: CorridorCost | None = None
) -> HttpResponse:
    context = {"form": form, "title": title, "cost": cost, "back": reverse("assessments:costs")}
    return render(request, "assessments/cost.html", context, status=422 if form.is_bound else 200)


@for_roles("scheme_manager")
def cost_add(request: HttpRequest) -> HttpResponse:
    """Add a component."""
    form = CostForm(
        request.POST or None,
        initial={"origin": request.GET.get("origin", ""), "destination": request.GET.get("destination", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_cost(actor=person_of(request), entry=form.entry())
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("“%(name)s” is expected from now on.") % {"name": made.name})
            return redirect(_corridor_url(made))
    return _cost_page(request, form, _("Add an expected cost"))


@for_roles("scheme_manager")
def cost_change(request: HttpRequest, cost_id: UUID) -> HttpResponse:
    """Replace the figures of a component."""
    cost = get_object_or_404(CorridorCost, pk=cost_id, retired_at=None)
    form = CostChangeForm(request.POST or None, initial=CostForm.initial_of(cost))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.replace_cost(
                cost_id=cost.pk,
                actor=person_of(request),
                entry=form.entry(),
                reason=form.cleaned_data["reason"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("New figures hold from now on. Checks made before keep the old ones.")
            )
            return redirect(_corridor_url(made))
    return _cost_page(request, form, cost.name, cost)


@for_roles("scheme_manager")
def cost_retire(request: HttpRequest, cost_id: UUID) -> HttpResponse:
    """Take a component out, with a reason."""
    cost = get_object_or_404(CorridorCost, pk=cost_id, retired_at=None)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.retire_cost(
                cost_id=cost.pk, actor=person_of(request), reason=form.cleaned_data["reason"]
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("“%(name)s” is expected no longer.") % {"name": cost.name})
            return redirect(_corridor_url(cost))
    title = _("Take “%(name)s” out of the expected costs?") % {"name": cost.name}
    context = {"form": form, "title": title, "button": _("Take it out"), "back": _corridor_url(cost)}
    return render(request, "assessments/retire.html", context, status=422 if form.is_bound else 200)


@for_roles("scheme_manager")
def rate_add(request: HttpRequest) -> HttpResponse:
    """Add an exchange rate."""
    form = RateForm(request.POST or None, initial={"currency": request.GET.get("currency", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_rate(actor=person_of(request), entry=form.entry())
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Rate of %(code)s saved.") % {"code": made.currency})
            return redirect(reverse("assessments:costs") + "#rates")
    context = {"form": form, "back": reverse("assessments:costs") + "#rates"}
    return render(request, "assessments/rate.html", context, status=422 if form.is_bound else 200)


def _corridor_url(cost: CorridorCost) -> str:
    return reverse("assessments:costs") + f"?corridor={cost.origin}-{cost.destination}"
