"""The work queue, assigning an audit, and answering the offer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audits.bodies.selectors import candidates_for
from certification.applications.models import Application
from certification.applications.selectors import applications_visible_to, move_for
from certification.applications.states import ApplicationState
from iris.core.errors import DomainError
from iris.core.policy import for_kinds, for_roles
from iris.core.web import get_or_404, paginate

from .. import selectors, services
from ..forms import AcceptForm, DeclineForm, ListFilters, OfferForm, ReasonForm
from ..models import Audit
from ..states import AuditState
from .head import audience, audit_for, page


@for_kinds("audit_firm", "scheme", "agency")
def audits(request: HttpRequest) -> HttpResponse:
    """Audits with state, corridor and the next date; filters stand in the address."""
    person = request.user
    filters = ListFilters(request.GET or None)
    if not person.is_kind("audit_firm"):
        del filters.fields["whose"]
    if person.is_kind("agency"):
        # Filtering by state or place would tell what a page keeps back.
        del filters.fields["state"], filters.fields["country"]
    asked = filters.cleaned_data if filters.is_valid() else {}
    found = selectors.audit_list(
        person,
        show=asked.get("show") or "open",
        mine=asked.get("whose") == "mine",
        kind=asked.get("kind", ""),
        state=asked.get("state", ""),
        country=asked.get("country", ""),
    )
    shown = paginate(request, found)
    return render(
        request,
        "audits/engagements/list.html",
        {
            "page": shown,
            "rows": selectors.queue_rows(shown.object_list, person),
            "filters": filters,
            "filtered": any(request.GET.get(name) for name in filters.fields),
            "audience": audience(request),
            "may_assign": person.is_kind("scheme") and person.has_role("scheme_manager"),
        },
    )


@for_roles("scheme_manager")
def assign(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Choose who audits: the eligible can be chosen, the others are listed with the reasons."""
    application = get_or_404(
        applications_visible_to(request.user)
        .select_related("agency__organisation")
        .prefetch_related("agency__corridors", "agency__sectors", "agency__branches"),
        pk=application_id,
    )
    live = selectors.live_audit_of(application.pk)
    waiting = application.state == ApplicationState.ACCEPTED and live is None
    if not waiting and request.method != "POST":
        return render(request, "audits/engagements/assigned.html", _assigned(application, live))
    form = OfferForm(request.POST or None)
    chosen = request.POST.get("auditor", "")
    quote = None
    if request.method == "POST" and form.is_valid():
        quote = selectors.quotation(form.cleaned_data["staff"], application.agency)
        if "quote" not in request.POST:
            made = _offer(request, form, application, chosen)
            if made is not None:
                messages.success(
                    request, _("The audit is offered to %s, who hears by e-mail.") % made.lead.person.label
                )
                return redirect("reports:audit", audit_id=made.pk)
    candidates = candidates_for(application)
    context = {
        "application": application,
        "move": move_for(application, request.user).on_page(request.path),
        "form": form,
        "quote": quote,
        "chosen": chosen,
        "eligible": [one for one in candidates if one.eligible],
        "others": [one for one in candidates if not one.eligible],
        "past": [one for one in selectors.audits_of(application.pk) if one.state == AuditState.DECLINED],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "audits/engagements/assign.html", context, status=status)


def _assigned(application: Application, live: Audit | None) -> dict[str, Any]:
    can_cancel = live is not None and live.state in (AuditState.PROPOSED, AuditState.OFFERED)
    return {"application": application, "audit": live, "can_cancel": can_cancel}


def _offer(request: HttpRequest, form: OfferForm, application: Application, chosen: str) -> Audit | None:
    try:
        auditor_id = UUID(chosen)
    except ValueError:
        form.add_error(None, _("Choose a lead auditor from the table."))
        return None
    try:
        return services.offer_audit(
            application_id=application.pk,
            auditor_id=auditor_id,
            staff=form.cleaned_data["staff"],
            days=form.cleaned_data["days"],
            days_reason=form.cleaned_data["days_reason"],
            actor=request.user,
        )
    except DomainError as error:
        form.add_domain_error(error)
        return None


@for_kinds("audit_firm")
def offer(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """The offer with what it asks; accept with a declaration, or decline with a reason."""
    return _offer_page(request, audit_for(request, audit_id))


def _offer_page(
    request: HttpRequest, audit: Audit, accept: AcceptForm | None = None, decline: DeclineForm | None = None
) -> HttpResponse:
    if audit.state != AuditState.OFFERED:
        return redirect("reports:audit", audit_id=audit.pk)
    shown = accept if accept is not None and accept.is_bound else decline
    return page(
        request,
        "audits/engagements/offer.html",
        audit,
        shown,
        accept_form=accept or AcceptForm(),
        decline_form=decline or DeclineForm(),
        sectors=list(audit.agency.sectors.all()),
        may_accept=audit.is_led_by(request.user),
        may_decline=audit.is_led_by(request.user) or request.user.has_role("firm_manager"),
    )


@for_kinds("audit_firm")
@require_POST
def accept(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Take the audit."""
    audit = audit_for(request, audit_id)
    form = AcceptForm(request.POST)
    if form.is_valid():
        try:
            services.accept_audit(audit_id=audit.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("The audit is yours. The agency and the scheme hear by e-mail; plan it next.")
            )
            return redirect("reports:audit", audit_id=audit.pk)
    return _offer_page(request, audit, accept=form)


@for_kinds("audit_firm")
@require_POST
def decline(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Give the offer back."""
    audit = audit_for(request, audit_id)
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            services.decline_audit(
                audit_id=audit.pk, actor=request.user, refusal=services.Refusal(**form.cleaned_data)
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The offer is given back. The scheme hears by e-mail."))
            return redirect("engagements:list")
    return _offer_page(request, audit, decline=form)


@for_roles("scheme_manager")
def cancel(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Take an offer back, with the reason."""
    audit = audit_for(request, audit_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_audit(audit_id=audit.pk, actor=request.user, reason=form.cleaned_data["reason"])
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The offer is taken back. Choose another lead auditor."))
            return redirect("engagements:assign", application_id=audit.application_id)
    return page(
        request,
        "audits/engagements/form.html",
        audit,
        form,
        work=_("Take the offer back"),
        button=_("Take the offer back"),
        after=_("%s hears by e-mail. The case waits for an audit firm again.") % audit.lead.person.label,
        danger=True,
    )


@for_kinds("audit_firm")
def declare(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """A member of the team declares no conflict."""
    audit = audit_for(request, audit_id)
    if not audit.team.filter(auditor__person=request.user).exists():
        raise Http404
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.declare_no_conflict(audit_id=audit.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Your declaration is on record."))
            return redirect("reports:audit", audit_id=audit.pk)
    return page(
        request,
        "audits/engagements/form.html",
        audit,
        form,
        work=_("Declare that you have no conflict"),
        button=_("Declare"),
        after=_("It is kept with the audit. Whoever audits an agency does not decide on it."),
        danger=False,
    )
