"""The scheme looks at organisations that ask to be admitted."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from iris.accounts import services
from iris.accounts.forms import EndKeyForm, OrganisationFilters, VetForm
from iris.accounts.models import Organisation
from iris.accounts.permissions import may_vet
from iris.accounts.selectors import (
    members_of,
    organisations_visible_to,
    with_people_count,
    working_keys_of,
)
from iris.accounts.states import OrganisationKind, OrganisationState, Role
from iris.core import events
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.moves import Move
from iris.core.policy import for_kinds, for_roles
from iris.core.web import get_or_404, paginate


@for_kinds(OrganisationKind.SCHEME)
@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation, those that wait first."""
    filters = OrganisationFilters(request.GET)
    rows = with_people_count(organisations_visible_to(request.user)).annotate(
        waits=Q(state=OrganisationState.APPLIED)
    )
    chosen = filters.cleaned_data if filters.is_valid() else {}
    if chosen.get("q"):
        rows = rows.filter(name__icontains=chosen["q"])
    for name in ("kind", "state", "country"):
        if chosen.get(name):
            rows = rows.filter(**{name: chosen[name]})
    context = {
        "filters": filters,
        "filtered": any(chosen.values()),
        "page": paginate(request, rows.order_by("-waits", "name", "id")),
        "waiting": organisations_visible_to(request.user).filter(state=OrganisationState.APPLIED).count(),
    }
    return render(request, "accounts/organisations.html", context)


@for_kinds(OrganisationKind.SCHEME)
@require_http_methods(["GET", "POST"])
def vet(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """One organisation: what it says about itself; admit or refuse it."""
    found = get_or_404(organisations_visible_to(request.user), pk=organisation_id)
    form = VetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accept = form.cleaned_data["outcome"] == "admit"
        try:
            services.vet_organisation(found.pk, request.user, accept, form.cleaned_data["reason"])
        except DomainError as error:
            form.add_domain_error(error)
        else:
            words = (
                _("%(name)s is admitted. Its people get an e-mail.")
                if accept
                else _("%(name)s is not admitted. Its people get an e-mail with your reason.")
            )
            messages.success(request, words % {"name": found.name})
            return redirect("accounts:organisations")
    context = {
        "organisation": found,
        "form": form,
        "may_vet": may(found.admit, request.user),
        "move": _move(found, request),
        "people": members_of(found),
        "keys": working_keys_of(found) if request.user.has_role(Role.SCHEME_MANAGER) else [],
        "events": events.events_of(found),
    }
    return render(request, "accounts/vet.html", context, status=422 if form.errors else 200)


@for_roles(Role.SCHEME_MANAGER)
@require_http_methods(["GET", "POST"])
def end_key(request: HttpRequest, organisation_id: UUID, client_id: UUID) -> HttpResponse:
    """A key that leaked: end it at once, and tell its owner why."""
    found = get_or_404(organisations_visible_to(request.user), pk=organisation_id)
    key = get_or_404(working_keys_of(found), pk=client_id)
    form = EndKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.revoke_api_key(client_id=key.pk, actor=request.user, reason=form.cleaned_data["reason"])
        words = _("The key “%(name)s” opens nothing any more. Its owner gets an e-mail with your reason.")
        messages.success(request, words % {"name": key.name})
        return redirect("accounts:vet", found.pk)
    context = {"form": form, "key": key, "organisation": found}
    return render(request, "accounts/key_end.html", context, status=422 if form.errors else 200)


def _move(organisation: Organisation, request: HttpRequest) -> Move | None:
    if organisation.state != OrganisationState.APPLIED:
        return None
    yours = may_vet(organisation, request.user)
    return Move(
        who=_("Your move") if yours else _("A scheme manager's move"),
        what=_(
            "Check who they are and what they are here for, then admit or refuse them. They get an e-mail."
        ),
        yours=yours,
    )
