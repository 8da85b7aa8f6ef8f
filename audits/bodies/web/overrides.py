"""Reasons that two people of the scheme let through."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.applications.selectors import applications_visible_to
from iris.core.errors import DomainError
from iris.core.policy import for_kinds, for_roles
from iris.core.web import get_or_404, paginate

from .. import selectors, services
from ..forms import OverrideAnswerForm, OverrideForm
from ..models import Override
from ..permissions import may_confirm_override
from .auditors import form_page


@for_kinds("scheme")
def overrides(request: HttpRequest) -> HttpResponse:
    """Every override with its two people and its reason; those that wait first."""
    rows = Override.objects.select_related(
        "auditor__person", "application__agency", "given_by", "answer__person"
    ).order_by(F("answer__created_at").desc(nulls_first=True), "-created_at")
    context = {
        "page": paginate(request, rows),
        "may_answer": may_confirm_override(request.user),
        "me": request.user,
    }
    return render(request, "audits/bodies/overrides.html", context)


@for_roles("scheme_manager")
def ask(request: HttpRequest, application_id: UUID, auditor_id: UUID) -> HttpResponse:
    """Ask to let one reason through; it counts once somebody else confirms it."""
    application = get_or_404(
        applications_visible_to(request.user).select_related("agency__organisation"), pk=application_id
    )
    auditor = get_or_404(selectors.auditors_visible_to(request.user), pk=auditor_id)
    key = request.GET.get("reason", "")
    back = reverse("bodies:overrides")
    named = next((one for one in selectors.ineligible_because(auditor, application) if one.key == key), None)
    if named is None and request.method != "POST":
        messages.info(request, _("This reason does not stand any more."))
        return redirect(back)
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_override(
                auditor_id=auditor.pk,
                application_id=application.pk,
                actor=request.user,
                key=key,
                reason=form.cleaned_data["reason"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("It waits for a second person of the scheme, who hears by e-mail."))
            return redirect(back)
    work = _("Let through for %(who)s, %(case)s: %(what)s") % {
        "who": auditor.person.label,
        "case": application.number,
        "what": named or "",
    }
    return form_page(
        request, form, work=work, button=_("Ask to let it through"), back=back, firm=auditor.firm
    )


@for_roles("scheme_manager", "decider")
def answer(request: HttpRequest, override_id: UUID) -> HttpResponse:
    """The second person's word."""
    override = get_or_404(
        Override.objects.select_related("auditor__person", "application__agency", "given_by"), pk=override_id
    )
    if override.standing != "waiting" and request.method != "POST":
        return redirect("bodies:overrides")
    form = OverrideAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_override(
                override_id=override.pk,
                actor=request.user,
                confirmed=form.cleaned_data["confirmed"] == "yes",
                reason=form.cleaned_data["reason"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Your answer is on record."))
            return redirect("bodies:overrides")
    context = {"override": override, "form": form, "own": override.given_by_id == request.user.pk}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "audits/bodies/answer_override.html", context, status=status)
