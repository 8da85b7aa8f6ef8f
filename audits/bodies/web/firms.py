"""The scheme's pages for audit firms and auditors."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from iris.core import clocks, events
from iris.core.errors import DomainError
from iris.core.policy import for_kinds, for_roles
from iris.core.web import get_or_404

from .. import rules, selectors, services
from ..forms import ApproveFirmForm, AuditorForm, EndApprovalForm, NewAuditorForm, TieForm
from ..models import Auditor
from ..permissions import may_manage_bodies
from ..states import language_name


@for_kinds("scheme")
def firms(request: HttpRequest) -> HttpResponse:
    """Firms with their approval, and admitted firms that wait for one."""
    return render(
        request,
        "audits/bodies/firms.html",
        {
            "firms": list(selectors.firms_list(request.user)),
            "waiting": list(selectors.organisations_to_approve()),
            "today": clocks.today(),
            "may_manage": may_manage_bodies(request.user),
        },
    )


@for_kinds("scheme")
def firm(request: HttpRequest, firm_id: UUID) -> HttpResponse:
    """One firm: its approval, its auditors with what they may audit, their ties."""
    one = get_or_404(selectors.firms_visible_to(request.user), pk=firm_id)
    return render(
        request,
        "audits/bodies/firm.html",
        {
            "firm": one,
            "auditors": [_auditor_row(auditor) for auditor in selectors.auditors_of(one)],
            "today": clocks.today(),
            "years": selectors.years_of([one]),
            "events": events.events_of(one, limit=10),
            "may_manage": may_manage_bodies(request.user),
            "may_add": selectors.members_to_approve(one).exists(),
        },
    )


def _auditor_row(auditor: Auditor) -> dict[str, Any]:
    today = clocks.today()
    return {
        "auditor": auditor,
        "approved": rules.is_within(today, auditor.approved_from, auditor.approved_until),
        "languages": ", ".join(language_name(code) for code in auditor.languages),
        "ties": [
            {"tie": tie, "facts": selectors.tie_facts(tie)}
            for tie in sorted(auditor.ties.all(), key=lambda one: one.since)
        ],
    }


@for_roles("scheme_manager")
def approve_firm(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Approve an admitted organisation to audit."""
    organisation = get_or_404(selectors.organisations_to_approve(), pk=organisation_id)
    form = ApproveFirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.approve_firm(
                organisation_id=organisation.pk, actor=request.user, **form.cleaned_data
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("%s may audit now. Approve its auditors next.") % organisation.name)
            return redirect("bodies:firm", firm_id=made.pk)
    return _form(
        request,
        form,
        work=_("Approve %s") % organisation.name,
        button=_("Approve the firm"),
        back=reverse("bodies:firms"),
        firm=None,
    )


@for_roles("scheme_manager")
def end_approval(request: HttpRequest, firm_id: UUID) -> HttpResponse:
    """End a firm's approval with a reason."""
    one = get_or_404(selectors.firms_visible_to(request.user), pk=firm_id)
    form = EndApprovalForm(request.POST or None, initial={"until": clocks.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.end_firm_approval(firm_id=one.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The approval of %s has its end.") % one)
            return redirect("bodies:firm", firm_id=one.pk)
    return _form(
        request,
        form,
        work=_("End the approval of %s") % one,
        button=_("End the approval"),
        back=reverse("bodies:firm", args=[one.pk]),
        firm=one,
    )


@for_roles("scheme_manager")
def add_auditor(request: HttpRequest, firm_id: UUID) -> HttpResponse:
    """Approve a member of the firm as auditor."""
    one = get_or_404(selectors.firms_visible_to(request.user), pk=firm_id)
    form = NewAuditorForm(request.POST or None, people=selectors.members_to_approve(one))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            auditor = services.approve_auditor(
                firm_id=one.pk,
                person_id=data["person"].pk,
                actor=request.user,
                competence=_competence(data),
                approved_from=data["approved_from"],
                approved_until=data["approved_until"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("%s is approved.") % auditor.person.label)
            return redirect("bodies:firm", firm_id=one.pk)
    return _form(
        request,
        form,
        work=_("Approve an auditor of %s") % one,
        button=_("Approve the auditor"),
        back=reverse("bodies:firm", args=[one.pk]),
        firm=one,
    )


@for_roles("scheme_manager")
def change_auditor(request: HttpRequest, auditor_id: UUID) -> HttpResponse:
    """Change what an auditor is approved for."""
    auditor = get_or_404(Auditor.objects.select_related("person", "firm__organisation"), pk=auditor_id)
    form = AuditorForm(request.POST or None, auditor=auditor)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.change_auditor(
                auditor_id=auditor.pk,
                actor=request.user,
                competence=_competence(data, auditor),
                approved_from=data["approved_from"],
                approved_until=data["approved_until"],
                reason=data["reason"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The approval of %s is changed.") % auditor.person.label)
            return redirect("bodies:auditor", auditor_id=auditor.pk)
    return _form(
        request,
        form,
        work=_("Approval of %s") % auditor.person.label,
        button=_("Keep the changes"),
        back=reverse("bodies:firm", args=[auditor.firm_id]),
        firm=auditor.firm,
    )


@for_roles("scheme_manager")
def add_tie(request: HttpRequest, auditor_id: UUID) -> HttpResponse:
    """Write down a tie of an auditor with an agency."""
    auditor = get_or_404(Auditor.objects.select_related("person", "firm__organisation"), pk=auditor_id)
    form = TieForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.add_tie(
                auditor_id=auditor.pk,
                agency_id=data["agency"].pk,
                kind=data["kind"],
                since=data["since"],
                until=data["until"],
                note=data["note"],
                actor=request.user,
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("The tie is on record. It counts from now on when audits are assigned.")
            )
            return redirect("bodies:auditor", auditor_id=auditor.pk)
    return _form(
        request,
        form,
        work=_("Tie of %s with an agency") % auditor.person.label,
        button=_("Put it on record"),
        back=reverse("bodies:firm", args=[auditor.firm_id]),
        firm=auditor.firm,
    )


def _competence(data: dict[str, Any], auditor: Auditor | None = None) -> services.Competence:
    return services.Competence(
        lead=data["lead"],
        languages=data["languages"],
        countries=data["countries"],
        sectors=data["sectors"],
        corridors=auditor.corridors if auditor else (),
    )


def _form(request: HttpRequest, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "audits/bodies/form.html", {"form": form, **context}, status=status)
