"""The decision log: list, one decision, a new one, its conditions."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.agencies.models import Agency
from certification.agencies.selectors import enrolled_agencies
from iris.core import clocks, events, files
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate
from supplychain.diligence import selectors, services
from supplychain.diligence.forms.deciding import ApprovalForm, DecisionForm, FilterForm, MeetForm, ReasonForm
from supplychain.diligence.models import Condition, Decision
from supplychain.diligence.permissions import KINDS, may_work, works_on
from supplychain.diligence.states import ConditionState, DecisionState

NOW = (DecisionState.IN_FORCE, DecisionState.PROPOSED)


@for_kinds(*KINDS)
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Decisions, the ones that count now first."""
    form = FilterForm(request.GET or None)
    rows = selectors.decisions_visible_to(request.user)
    values = form.cleaned_data if form.is_valid() else {}
    state = values.get("state", "")
    if state != "all":
        rows = rows.filter(state=state) if state else rows.filter(state__in=NOW)
    if values.get("q"):
        rows = rows.filter(Q(name__icontains=values["q"]) | Q(number__icontains=values["q"]))
    if values.get("outcome"):
        rows = rows.filter(outcome=values["outcome"])
    overdue = Q(conditions__state=ConditionState.OPEN, conditions__due_on__lt=clocks.today())
    if values.get("overdue"):
        rows = rows.filter(overdue).distinct()
    organisation = request.user.organisation
    assert organisation is not None
    context = {
        "page": paginate(request, rows, per_page=50),
        "filters": form,
        "filtered": any(values.values()),
        "may_work": may_work(request.user),
        "conditions": selectors.open_conditions(organisation)[:10],
        "settings": selectors.settings_of(organisation),
    }
    return render(request, "diligence/list.html", context)


@for_kinds(*KINDS)
@require_GET
def decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """One decision: what it says, on what it rests, its conditions and its history."""
    row = get_or_404(selectors.decisions_visible_to(request.user), pk=decision_id)
    basis = json.loads(row.basis)
    now = selectors.standing_now(row.agency)
    context = {
        "row": row,
        "basis": basis,
        "now": now,
        "changed": now["code"] != basis["standing"]["code"],
        "why_approval": selectors.reasons_in_words(row),
        "conditions": [_condition(one, request.user) for one in row.conditions.all()],
        "history": [one for one in selectors.history_of(row) if one.pk != row.pk],
        "may_approve": may(row.approve, request.user),
        "may_withdraw": may(row.withdraw, request.user),
        "may_work": works_on(row, request.user),
        "events": events.events_of(row, limit=12),
    }
    return render(request, "diligence/decision.html", context)


def _condition(row: Condition, user: Any) -> dict[str, Any]:
    force = row.decision.state == DecisionState.IN_FORCE
    return {
        "row": row,
        "may_meet": force and may(row.meet, user),
        "may_waive": force and may(row.waive, user),
    }


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new decision; the agency, the receipt and the source may come with the address."""
    if not may_work(request.user):
        raise Http404
    agency = _agency(request)
    organisation = request.user.organisation
    assert organisation is not None
    initial = {
        "receipt_number": request.GET.get("receipt", ""),
        "source": request.GET.get("source", "")[:300],
        "name": request.GET.get("name", "")[:300],
        "country": request.GET.get("country", ""),
    }
    form = DecisionForm(
        request.POST or None, organisation=organisation, person=request.user, agency=agency, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = _decide(request, form, agency)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _said(row))
            return redirect("diligence:decision", row.pk)
    now = selectors.decision_about(organisation, agency.pk) if agency else None
    context = {
        "form": form,
        "agency": agency,
        "standing": selectors.standing_now(agency),
        "findings": selectors.findings_about(organisation, agency),
        "now": now,
    }
    return render(request, "diligence/add.html", context, status=422 if form.errors else 200)


def _agency(request: HttpRequest) -> Agency | None:
    text = request.GET.get("agency", "")
    if not text:
        return None
    try:
        key = UUID(text)
    except ValueError as error:
        raise Http404 from error
    return get_or_404(enrolled_agencies(), pk=key)


def _decide(request: HttpRequest, form: DecisionForm, agency: Agency | None) -> Decision:
    data = form.cleaned_data
    return services.decide(
        actor=request.user,
        agency_id=agency.pk if agency else None,
        name=data.get("name", ""),
        country=data.get("country", ""),
        outcome=data["outcome"],
        reason=data["reason"],
        conditions=form.conditions(),
        approver=data["approver"],
        receipt_number=data["receipt_number"],
        source=data["source"],
    )


def _said(row: Decision) -> str:
    if row.state == DecisionState.IN_FORCE:
        return _("Decision %(number)s is in force.") % {"number": row.number}
    return _("Decision %(number)s waits for a second person; they get an e-mail.") % {"number": row.number}


@for_kinds(*KINDS)
@require_POST
def approve(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """A second person agrees."""
    row = get_or_404(selectors.decisions_visible_to(request.user), pk=decision_id)
    services.approve_decision(decision_id=row.pk, actor=request.user)
    messages.success(request, _("Approved. The decision is in force."))
    return redirect("diligence:decision", row.pk)


@for_kinds(*KINDS)
@require_POST
def withdraw(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """The proposer takes it back."""
    row = get_or_404(selectors.decisions_visible_to(request.user), pk=decision_id)
    services.withdraw_decision(decision_id=row.pk, actor=request.user)
    messages.success(request, _("Taken back. It stays in the history."))
    return redirect("diligence:decision", row.pk)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """A second person does not agree."""
    row = get_or_404(selectors.decisions_visible_to(request.user), pk=decision_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.decline_decision(
                decision_id=row.pk, actor=request.user, reason=form.cleaned_data["reason"]
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Declined with your reason."))
            return redirect("diligence:decision", row.pk)
    words = {
        "title": _("Decline the decision"),
        "after": _("The proposer gets the reason by e-mail."),
        "danger": True,
    }
    return _act(request, row, form, words)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def condition(request: HttpRequest, condition_id: UUID, name: str) -> HttpResponse:
    """Meet a condition, or waive it."""
    rows = Condition.objects.filter(decision__in=selectors.decisions_visible_to(request.user))
    row = get_or_404(rows.select_related("decision__organisation"), pk=condition_id)
    meets = name == "meet"
    form = (MeetForm if meets else ReasonForm)(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            if meets:
                services.meet_condition(condition_id=row.pk, actor=request.user, **form.cleaned_data)
            else:
                services.waive_condition(condition_id=row.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Met.") if meets else _("Waived with your reason."))
            return redirect("diligence:decision", row.decision_id)
    words = {
        "title": _("The condition is met") if meets else _("Waive the condition"),
        "text": row.text,
        "after": _("It stays in the log with its day and your name."),
    }
    return _act(request, row.decision, form, words)


def _act(request: HttpRequest, row: Decision, form: Any, words: dict[str, Any]) -> HttpResponse:
    context = {"row": row, "form": form, "text": "", "danger": False, **words}
    return render(request, "diligence/act.html", context, status=422 if form.errors else 200)


@for_kinds(*KINDS)
@require_GET
def evidence(request: HttpRequest, condition_id: UUID) -> HttpResponse:
    """The document that shows a condition met."""
    rows = Condition.objects.filter(decision__in=selectors.decisions_visible_to(request.user))
    row = get_or_404(rows.select_related("evidence"), pk=condition_id)
    if row.evidence is None:
        raise Http404
    return files.serve(row.evidence)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def approval(request: HttpRequest) -> HttpResponse:
    """For which decisions a second person is asked."""
    if not may_work(request.user) or request.user.organisation is None:
        raise Http404
    row = selectors.settings_of(request.user.organisation)
    form = ApprovalForm(request.POST or None, initial={"approval": row.approval})
    if request.method == "POST" and form.is_valid():
        services.change_approval(actor=request.user, approval=form.cleaned_data["approval"])
        messages.success(request, _("Kept. It holds for decisions from now on."))
        return redirect("diligence:list")
    return render(request, "diligence/approval.html", {"form": form}, status=422 if form.errors else 200)
