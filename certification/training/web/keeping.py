"""The scheme's side: the catalogue of courses and the providers that may give them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from certification.training import services
from certification.training.forms import EntryForm, ProviderForm, ReasonForm
from certification.training.models import CatalogueEntry, Provider
from certification.training.permissions import looks_after_catalogue
from certification.training.rules import rules_on
from certification.training.web.courses import KINDS
from iris.accounts.models import Organisation
from iris.accounts.states import OrganisationKind, OrganisationState, Role
from iris.core import clocks
from iris.core.errors import DomainError
from iris.core.policy import for_kinds, for_roles
from iris.core.web import get_or_404


@for_kinds(*KINDS)
def catalogue(request: HttpRequest) -> HttpResponse:
    """What is taught at which level, and what a level asks."""
    may_keep = looks_after_catalogue(None, request.user)
    form = EntryForm(request.POST or None) if may_keep else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            services.add_entry(actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Added. Providers can give it from now on."))
            return redirect("training:catalogue")
    context = {
        "entries": CatalogueEntry.objects.order_by("retired_on", "code"),
        "rules": rules_on(clocks.today()),
        "form": form,
    }
    return render(request, "training/catalogue.html", context, status=422 if form and form.errors else 200)


@require_POST
@for_roles(Role.SCHEME_MANAGER)
def retire(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """No further courses of this kind."""
    row = get_or_404(CatalogueEntry.objects.all(), pk=entry_id)
    services.retire_entry(entry_id=row.pk, actor=request.user)
    messages.success(request, _("Retired. Courses there are go on and count."))
    return redirect("training:catalogue")


@for_roles(Role.SCHEME_MANAGER)
def providers(request: HttpRequest) -> HttpResponse:
    """Who may give courses, and the form to approve one more."""
    today = clocks.today()
    rows = list(Provider.objects.select_related("organisation"))
    approved = {row.organisation_id for row in rows if row.approved_on(today)}
    others = Organisation.objects.filter(
        kind=OrganisationKind.TRAINING_PROVIDER, state=OrganisationState.ACTIVE
    ).exclude(pk__in=approved)
    form = ProviderForm(others, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.approve_provider(
                organisation_id=form.cleaned_data["organisation"].pk,
                actor=request.user,
                until=form.cleaned_data["until"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Approved from today."))
            return redirect("training:providers")
    context = {
        "rows": [{"provider": row, "approved": row.approved_on(today)} for row in rows],
        "form": form,
        "any_left": others.exists(),
    }
    return render(request, "training/providers.html", context, status=422 if form.errors else 200)


@for_roles(Role.SCHEME_MANAGER)
def end_provider(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """End an approval, with a reason."""
    row = get_or_404(Provider.objects.select_related("organisation"), pk=provider_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_provider(provider_id=row.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Ended. Courses that are announced go on."))
            return redirect("training:providers")
    return render(
        request,
        "training/end_provider.html",
        {"provider": row, "form": form},
        status=422 if form.errors else 200,
    )
