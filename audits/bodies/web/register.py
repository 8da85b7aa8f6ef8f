"""The register of threats to impartiality and its view for the board."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from iris.core import clocks, events
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.policy import for_kinds, for_roles
from iris.core.web import get_or_404, paginate

from .. import selectors, services
from ..forms import CloseThreatForm, RegisterFilters, SafeguardForm, ThreatForm
from ..models import Threat
from ..permissions import may_manage_bodies

BOARD_ROWS = 200


@for_kinds("scheme")
def threats(request: HttpRequest) -> HttpResponse:
    """The register by review day; filters stand in the address."""
    filters = RegisterFilters(request.GET or None)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = selectors.threats_list(request.user, show=chosen.get("show", ""), kind=chosen.get("kind", ""))
    context = {
        "page": paginate(request, rows),
        "filters": filters,
        "filtered": bool(request.GET.get("show") or request.GET.get("kind")),
        "counts": selectors.threat_counts(),
        "may_manage": may_manage_bodies(request.user),
        "today": clocks.today(),
    }
    return render(request, "audits/bodies/threats.html", context)


@for_kinds("scheme")
def board(request: HttpRequest) -> HttpResponse:
    """All that is not closed, with counts and shares of revenue, to print for the board."""
    firms = list(selectors.firms_visible_to(request.user))
    years = selectors.years_of(firms)
    context = {
        "rows": list(selectors.threats_list(request.user)[:BOARD_ROWS]),
        "counts": selectors.threat_counts(),
        "years": years,
        "without": len(firms) - len(years),
        "today": clocks.today(),
        "warn": clocks.number("revenue_share_warn_percent"),
        "most": clocks.number("revenue_share_most_percent"),
    }
    return render(request, "audits/bodies/board.html", context)


@for_roles("scheme_manager")
def new(request: HttpRequest) -> HttpResponse:
    """Write a threat down."""
    form = ThreatForm(request.POST or None, people=services.owners(), initial={"owner": request.user.pk})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.record_threat(
                actor=request.user,
                threat=services.ThreatText(
                    kind=data["kind"],
                    text=data["text"],
                    owner_id=data["owner"].pk,
                    review_on=data["review_on"],
                    safeguard=data["safeguard"],
                    **{
                        f"{name}_id": data[name].pk if data[name] else None
                        for name in ("firm", "auditor", "agency")
                    },
                ),
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The threat is in the register."))
            return redirect("bodies:threat", threat_id=made.pk)
    return _form(request, form, None, _("Write a threat down"), _("Keep it"))


@for_kinds("scheme")
def threat(request: HttpRequest, threat_id: UUID) -> HttpResponse:
    """One threat with what protects against it and what happened."""
    one = get_or_404(selectors.threats_visible_to(request.user), pk=threat_id)
    context = {
        "threat": one,
        "events": events.events_of(one, limit=20),
        "may_safeguard": may(one.safeguard_with, request.user),
        "may_close": may(one.close, request.user),
        "may_reopen": may(one.reopen, request.user),
        "today": clocks.today(),
    }
    return render(request, "audits/bodies/threat.html", context)


@for_roles("scheme_manager")
def safeguard(request: HttpRequest, threat_id: UUID) -> HttpResponse:
    """Say what protects, and when somebody looks again."""
    one = get_or_404(selectors.threats_visible_to(request.user), pk=threat_id)
    form = SafeguardForm(request.POST or None, initial={"safeguard": one.safeguard})
    return _acted(request, form, one, services.safeguard_threat, _("Safeguard"), _("Keep the safeguard"))


@for_roles("scheme_manager")
def close(request: HttpRequest, threat_id: UUID) -> HttpResponse:
    """The threat is gone."""
    one = get_or_404(selectors.threats_visible_to(request.user), pk=threat_id)
    form = CloseThreatForm(request.POST or None)
    return _acted(request, form, one, services.close_threat, _("Close the threat"), _("Close the threat"))


@for_roles("scheme_manager")
def reopen(request: HttpRequest, threat_id: UUID) -> HttpResponse:
    """The threat is back."""
    one = get_or_404(selectors.threats_visible_to(request.user), pk=threat_id)
    form = CloseThreatForm(request.POST or None)

    def again(**words: Any) -> Threat:
        day = clocks.deadline(clocks.today(), "threat_review_days")
        return services.reopen_threat(review_on=day, **words)

    return _acted(request, form, one, again, _("Open the threat again"), _("Open it again"))


def _acted(
    request: HttpRequest, form: Any, one: Threat, service: Any, work: str, button: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            service(threat_id=one.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The register is up to date."))
            return redirect("bodies:threat", threat_id=one.pk)
    return _form(request, form, one, work, button)


def _form(request: HttpRequest, form: Any, one: Threat | None, work: str, button: str) -> HttpResponse:
    context = {"form": form, "threat": one, "work": work, "button": button}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "audits/bodies/threat_form.html", context, status=status)
