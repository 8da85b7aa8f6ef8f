"""The agency's objection to an auditor, the scheme's answer, another lead, and witness audits."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audits.bodies.models import Auditor
from iris.core import clocks
from iris.core.errors import DomainError
from iris.core.policy import for_kinds, for_roles
from iris.core.web import get_or_404

from .. import selectors, services
from ..forms import AnswerObjectionForm, ChangeLeadForm, ObjectionForm, PlanWitnessForm, RecordWitnessForm
from ..models import WitnessAudit
from ..permissions import may_assign, may_object
from ..states import BEFORE_STAGE2, ObjectionState
from .head import audit_for, page


@for_kinds("agency")
def new(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Object to a person of the team."""
    audit = audit_for(request, audit_id)
    places = selectors.open_to_objection(audit) if may_object(audit, request.user) else []
    if not places and request.method != "POST":
        messages.info(request, _("There is nobody of the team to object to now."))
        return redirect("reports:audit", audit_id=audit.pk)
    people = [(str(one.place.auditor_id), one.place.auditor.person.label) for one in places]
    form = ObjectionForm(
        request.POST or None, people=people, initial={"auditor": request.GET.get("person", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.object_to(
                audit_id=audit.pk,
                auditor_id=UUID(form.cleaned_data["auditor"]),
                actor=request.user,
                reason=form.cleaned_data["reason"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("Your objection is with the scheme. Stage 1 does not start before it is answered.")
            )
            return redirect("reports:audit", audit_id=audit.pk)
    return page(
        request,
        "audits/engagements/form.html",
        audit,
        form,
        work=_("Object to an auditor"),
        button=_("Object"),
        after=_("The scheme answers within %s days. You can take the objection back until then.")
        % clocks.number("team_objection_answer_days"),
        danger=False,
    )


@for_roles("scheme_manager")
def answer(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """Uphold or dismiss an objection, with the reason."""
    objection = get_or_404(selectors.objections_visible_to(request.user), pk=objection_id)
    audit = audit_for(request, objection.audit_id)
    if objection.state != ObjectionState.OPEN and request.method != "POST":
        return redirect("reports:audit", audit_id=audit.pk)
    leads = selectors.lead_candidates(audit) if objection.auditor_id == audit.lead_id else None
    form = AnswerObjectionForm(request.POST or None, leads=leads)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if data["outcome"] == "uphold":
                lead = data.get("new_lead") or ""
                services.uphold_objection(
                    objection_id=objection.pk,
                    actor=request.user,
                    answer=data["answer"],
                    new_lead_id=UUID(lead) if lead else None,
                )
            else:
                services.dismiss_objection(
                    objection_id=objection.pk, actor=request.user, answer=data["answer"]
                )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The objection is answered. Agency and firm hear by e-mail."))
            return redirect("reports:audit", audit_id=audit.pk)
    return page(
        request,
        "audits/engagements/answer_objection.html",
        audit,
        form,
        objection=objection,
        is_lead=objection.auditor_id == audit.lead_id,
    )


@for_kinds("agency")
@require_POST
def withdraw(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """Take an objection back."""
    objection = get_or_404(selectors.objections_visible_to(request.user), pk=objection_id)
    services.withdraw_objection(objection_id=objection.pk, actor=request.user)
    messages.success(request, _("Your objection is taken back."))
    return redirect("reports:audit", audit_id=objection.audit_id)


@for_roles("scheme_manager")
def change_lead(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Name another lead auditor of the same firm before stage 2."""
    audit = audit_for(request, audit_id)
    if (audit.state not in BEFORE_STAGE2 or not may_assign(audit, request.user)) and request.method != "POST":
        return redirect("reports:audit", audit_id=audit.pk)
    form = ChangeLeadForm(request.POST or None, leads=selectors.lead_candidates(audit))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_lead(
                audit_id=audit.pk,
                auditor_id=UUID(form.cleaned_data["auditor"]),
                actor=request.user,
                reason=form.cleaned_data["reason"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Another lead auditor is named. Firm and agency hear by e-mail."))
            return redirect("reports:audit", audit_id=audit.pk)
    return page(
        request,
        "audits/engagements/form.html",
        audit,
        form,
        work=_("Name another lead auditor"),
        button=_("Name the lead auditor"),
        after=_(
            "The person declares that there is no conflict before the audit goes on. The agency may object."
        ),
        danger=False,
    )


@for_roles("scheme_manager")
def plan_witness(request: HttpRequest, auditor_id: UUID) -> HttpResponse:
    """Plan that somebody watches an auditor at work."""
    auditor = get_or_404(Auditor.objects.select_related("person"), pk=auditor_id)
    audits = [
        (str(one.pk), f"{one.number}, {one.agency.legal_name}")
        for one in selectors.audits_to_witness(auditor)
    ]
    people = [(str(one.pk), one.label) for one in selectors.witnesses() if one.pk != auditor.person_id]
    form = PlanWitnessForm(request.POST or None, audits=audits, people=people)
    back = reverse("bodies:auditor", args=[auditor.pk])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.plan_witness(
                audit_id=UUID(data["audit"]),
                auditor_id=auditor.pk,
                witness_id=UUID(data["witness"]),
                planned_on=data["planned_on"],
                actor=request.user,
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The witness audit is planned. Whoever watches hears by e-mail."))
            return redirect(back)
    return _witness(
        request,
        form,
        auditor,
        _("Plan a witness audit"),
        _("Plan the witness audit"),
        empty="" if audits else _("%s is in no audit at work now.") % auditor.person.label,
    )


@for_kinds("scheme", "audit_firm")
def record_witness(request: HttpRequest, witness_audit_id: UUID) -> HttpResponse:
    """Say how a witness audit went."""
    row: WitnessAudit = get_or_404(selectors.witness_audits(request.user), pk=witness_audit_id)
    form = RecordWitnessForm(request.POST or None, initial={"held_on": clocks.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.record_witness(witness_audit_id=row.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The witness audit is on record."))
            if request.user.is_kind("scheme"):
                return redirect("bodies:auditor", auditor_id=row.auditor_id)
            return redirect("engagements:list")
    return _witness(request, form, row.auditor, _("Witness audit %s") % row.audit.number, _("Keep it"))


def _witness(
    request: HttpRequest, form: object, auditor: Auditor, work: str, button: str, empty: str = ""
) -> HttpResponse:
    bound = getattr(form, "is_bound", False) and getattr(form, "errors", None)
    scheme = request.user.is_kind("scheme")
    back = reverse("bodies:auditor", args=[auditor.pk]) if scheme else reverse("engagements:list")
    context = {
        "form": form,
        "auditor": auditor,
        "work": work,
        "button": button,
        "back": back,
        "empty": empty,
        "scheme": scheme,
    }
    return render(request, "audits/engagements/witness.html", context, status=422 if bound else 200)
