"""Pages: corridors with their evidence, sectors, the method, and an employer's weights."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from iris.core import clocks
from iris.core.errors import DomainError
from iris.core.places import SECTORS, Corridor, country_name, is_country, sector_name
from iris.core.policy import for_kinds, for_roles
from iris.core.web import paginate
from supplychain.risk import rules, selectors, services
from supplychain.risk.forms import CorridorFilter, WeightsForm
from supplychain.risk.permissions import KINDS, may_weigh
from supplychain.risk.rules import BaseRisk, Weights
from supplychain.risk.states import Band, Input


def _tabs(request: HttpRequest) -> dict[str, Any]:
    return {"employer": request.user.is_kind("employer")}


@for_kinds(*KINDS)
@require_GET
def corridors(request: HttpRequest) -> HttpResponse:
    """Corridors, most to ask about first."""
    form = CorridorFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    on = _day(asked.get("on"))
    origin, destination = asked.get("origin") or "", asked.get("destination") or ""
    pairs = [
        pair
        for pair in selectors.corridors_known()
        if origin in ("", pair[0]) and destination in ("", pair[1])
    ]
    if origin and destination and not pairs and origin != destination:
        pairs = [(origin, destination)]
    rows = [(pair[0], pair[1], selectors.corridor_risk(*pair, on)) for pair in pairs]
    rows.sort(key=lambda row: (-row[2].points, row[2].unknown_points, str(row[2].label)))
    context = {
        "page": paginate(request, rows, per_page=40),
        "filters": form,
        "filtered": any(asked.values()),
        "on": on,
        "past": on != clocks.today(),
        **_tabs(request),
    }
    return render(request, "risk/corridors.html", context)


def _day(given: date | None) -> date:
    today = clocks.today()
    return min(given, today) if given else today


@for_kinds(*KINDS)
@require_GET
def corridor(request: HttpRequest, origin: str, destination: str) -> HttpResponse:
    """One corridor: its inputs, each with source and day, and how its points came to be."""
    if not (is_country(origin) and is_country(destination)) or origin == destination:
        raise Http404
    base = selectors.corridor_risk(origin, destination)
    context = {
        "base": base,
        "corridor": Corridor(origin, destination),
        "names": [country_name(origin), country_name(destination)],
        **_one(base, selectors.corridor_history(origin, destination)),
        **_tabs(request),
    }
    return render(request, "risk/corridor.html", context)


def _one(base: BaseRisk, history: list[selectors.Moment]) -> dict[str, Any]:
    recent = history[-6:]
    return {
        "exact": sum((one.points for one in base.inputs), Decimal(0)),
        "band": Band(base.band),
        "whole": sum(one.weight for one in base.inputs),
        "history": [(moment, Band(moment.band)) for moment in history],
        "points": [{"label": f"{moment.on:%Y}", "value": moment.points} for moment in recent],
    }


@for_kinds(*KINDS)
@require_GET
def sectors(request: HttpRequest) -> HttpResponse:
    """Sectors, most to ask about first."""
    rows = [(code, selectors.sector_risk(code)) for code in SECTORS]
    rows.sort(key=lambda row: (-row[1].points, str(row[1].label)))
    return render(request, "risk/sectors.html", {"rows": rows, **_tabs(request)})


@for_kinds(*KINDS)
@require_GET
def sector(request: HttpRequest, code: str) -> HttpResponse:
    """One sector: its inputs, each with source and day."""
    if code not in SECTORS:
        raise Http404
    base = selectors.sector_risk(code)
    context = {
        "base": base,
        "name": sector_name(code),
        **_one(base, selectors.sector_history(code)),
        **_tabs(request),
    }
    return render(request, "risk/sector.html", context)


@for_kinds(*KINDS)
@require_GET
def method(request: HttpRequest) -> HttpResponse:
    """How a score comes about: every input, every answer, every weight, and the version."""
    own = selectors.weights_of(request.user.organisation) if request.user.is_kind("employer") else None
    context = {
        "method": rules.methods()[-1],
        "versions": list(reversed(rules.methods())),
        "bands": rules.bands_in_words(),
        "tables": rules.method_tables(own),
        "floors": rules.floors_in_words(),
        "own": own,
        **_tabs(request),
    }
    return render(request, "risk/method.html", context)


@for_kinds("employer")
@require_http_methods(["GET", "POST"])
def weights(request: HttpRequest) -> HttpResponse:
    """The employer's weights: what is in force, every version, and what a change would do before it is kept."""
    versions = list(selectors.weight_sets_visible_to(request.user))
    now = selectors.weights_from(versions[0] if versions else None)
    seen = versions[0].number if versions else 0
    may = may_weigh(request.user)
    form = WeightsForm(request.POST or None, weights=now, seen=seen)
    if request.method == "POST" and not may:
        raise Http404
    tried: Weights | None = None
    if request.method == "POST" and form.is_valid():
        tried = Weights(form.values, _("tried"), own=True)
        try:
            services.check_values(form.values)
            if "keep" in request.POST:
                services.change_weights(
                    actor=request.user,
                    values=form.values,
                    reason=form.cleaned_data["reason"],
                    seen=form.cleaned_data["seen"],
                )
                messages.success(
                    request, _("The new weights count from now on. The ones before stay on record.")
                )
                return redirect("risk:weights")
        except DomainError as error:
            form.add_domain_error(error)
            tried = None if error.fields.keys() - {"reason"} or not any(form.values.values()) else tried
    organisation = request.user.organisation
    parties = selectors.parties_of(organisation) if organisation else []
    context = {
        "form": form,
        "may": may,
        "now": now,
        "versions": [(row, _named(selectors.weights_from(row))) for row in versions],
        "tried": tried,
        "total": tried.total if tried else now.total,
        "ranking": selectors.ranking(parties, now, tried or now),
        "inputs": rules.method_tables(now)[0].rows,
        **_tabs(request),
    }
    return render(request, "risk/weights.html", context, status=422 if form.errors else 200)


def _named(weights: Weights) -> list[tuple[Any, int]]:
    return [(Input(code).label, weight) for code, weight in weights.values.items()]


@for_roles("sourcing_manager")
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Back to the scheme's weights, after a look at what that changes."""
    versions = list(selectors.weight_sets_visible_to(request.user)[:1])
    now = selectors.weights_from(versions[0] if versions else None)
    seen = versions[0].number if versions else 0
    errors: list[str] = []
    if request.method == "POST":
        try:
            services.reset_weights(
                actor=request.user,
                reason=request.POST.get("reason", ""),
                seen=int(request.POST["seen"]) if request.POST.get("seen", "").isdigit() else seen,
            )
            messages.success(request, _("The scheme's weights count from now on."))
            return redirect("risk:weights")
        except DomainError as error:
            errors = [str(text) for texts in error.fields.values() for text in texts] or [str(error.message)]
    organisation = request.user.organisation
    parties = selectors.parties_of(organisation) if organisation else []
    default = rules.default_weights()
    context = {
        "errors": errors,
        "now": now,
        "seen": seen,
        "default": default,
        "reason": request.POST.get("reason", ""),
        "ranking": selectors.ranking(parties, now, default),
        **_tabs(request),
    }
    return render(request, "risk/reset.html", context, status=422 if errors else 200)
