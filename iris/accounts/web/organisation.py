"""The organisation a person acts for: facts, people, invitations, keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from iris.accounts import permissions, services
from iris.accounts.forms import ApiKeyForm, FactsForm, InviteForm, RoleForm, RotateForm
from iris.accounts.models import Organisation
from iris.accounts.selectors import (
    api_clients_visible_to,
    has_second_factor,
    invitations_visible_to,
    leaves_a_gap,
    live_scopes_of,
    members_of,
    memberships_visible_to,
    open_invitations_of,
)
from iris.accounts.states import (
    ROLE_DESCRIPTIONS,
    ROLES_OF_KIND,
    SANDBOX_SCOPES,
    ApiMode,
    OrganisationKind,
)
from iris.core import events
from iris.core.errors import DomainError
from iris.core.policy import for_kinds
from iris.core.web import get_or_404

members = for_kinds(*OrganisationKind.values)
View = Callable[..., HttpResponse]
step_up = cast(
    Callable[[View], View],
    reauthentication_required(enabled=lambda request: settings.IRIS_REQUIRE_SECOND_FACTOR),
)


def _own(request: HttpRequest) -> Organisation:
    organisation = request.user.organisation
    if organisation is None:
        raise Http404
    return organisation


def _managed(request: HttpRequest) -> Organisation:
    """One's own organisation, for those who manage it; for its other people these pages do not exist."""
    organisation = _own(request)
    if not permissions.may_manage_people(organisation, request.user):
        raise Http404
    return organisation


@members
@require_GET
def organisation(request: HttpRequest) -> HttpResponse:
    """Everything about one's own organisation on one page."""
    own, person = _own(request), request.user
    manages = permissions.may_manage_people(own, person)
    people = [
        {
            "membership": row,
            "may_change": manages and permissions.may_manage_membership(row, person),
            "you": row.user_id == person.pk,
        }
        for row in members_of(own)
    ]
    context = {
        "organisation": own,
        "manages": manages,
        "people": people,
        "invitations": open_invitations_of(own) if manages else [],
        "keys": api_clients_visible_to(person) if manages else [],
        "roles": [(role.label, ROLE_DESCRIPTIONS[role]) for role in ROLES_OF_KIND[own.kind]],
        "events": events.events_of(own, limit=12),
        "second_factor": has_second_factor(person),
        "second_factor_needed": permissions.needs_second_factor(person),
    }
    return render(request, "accounts/organisation.html", context)


@members
@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest) -> HttpResponse:
    """Change how the organisation is reached."""
    own = _managed(request)
    names = ("website", "contact_name", "contact_email", "contact_phone")
    form = FactsForm(request.POST or None, initial={name: getattr(own, name) for name in names})
    if request.method == "POST" and form.is_valid():
        services.change_facts(organisation_id=own.pk, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The contact details are saved."))
        return redirect("accounts:organisation")
    return render(request, "accounts/facts.html", {"form": form, "organisation": own})


@members
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague."""
    own = _managed(request)
    form = InviteForm(request.POST or None, roles=_roles_to_give(own, request))
    if request.method == "POST" and form.is_valid():
        try:
            sent = services.invite(own, form.cleaned_data["email"], form.cleaned_data["role"], request.user)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": sent.email})
            return redirect("accounts:organisation")
    return render(request, "accounts/invite.html", {"form": form, "organisation": own})


@members
@require_POST
def resend(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Send an invitation again."""
    found = get_or_404(invitations_visible_to(request.user), pk=invitation_id)
    services.resend_invitation(invitation_id=found.pk, actor=request.user)
    messages.success(
        request,
        _("A new link is on its way to %(email)s. The old one no longer works.") % {"email": found.email},
    )
    return redirect("accounts:organisation")


@members
@require_POST
def take_back(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    found = get_or_404(invitations_visible_to(request.user), pk=invitation_id)
    services.revoke_invitation(invitation_id=found.pk, actor=request.user)
    messages.success(request, _("The invitation of %(email)s is taken back.") % {"email": found.email})
    return redirect("accounts:organisation")


@members
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Give a colleague another role, or remove them."""
    own = _managed(request)
    found = get_or_404(memberships_visible_to(request.user), pk=membership_id)
    form = RoleForm(request.POST or None, roles=_roles_to_give(own, request), initial={"role": found.role})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_role(membership_id=found.pk, role=form.cleaned_data["role"], actor=request.user)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("%(name)s has a new role.") % {"name": found.user.label})
            return redirect("accounts:organisation")
    context = {
        "form": form,
        "membership": found,
        "organisation": own,
        "irreplaceable": leaves_a_gap(found),
        "may_change": permissions.may_manage_membership(found, request.user),
        "you": found.user_id == request.user.pk,
    }
    return render(request, "accounts/member.html", context)


@members
@require_POST
def remove(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """End a membership."""
    found = get_or_404(memberships_visible_to(request.user), pk=membership_id)
    services.remove_member(membership_id=found.pk, actor=request.user)
    messages.success(
        request,
        _("%(name)s no longer works for %(organisation)s here.")
        % {"name": found.user.label, "organisation": found.organisation.name},
    )
    request.user.forget_acting()
    return redirect("accounts:start" if found.user_id == request.user.pk else "accounts:organisation")


@members
@never_cache
@require_http_methods(["GET", "POST"])
@step_up
def new_key(request: HttpRequest) -> HttpResponse:
    """Issue an API key; the answer shows its secret, once."""
    own = _managed(request)
    opened = live_scopes_of(own)
    mode = ApiMode.SANDBOX if opened == [] else ApiMode.LIVE
    only = [*SANDBOX_SCOPES] if opened is not None else []
    form = ApiKeyForm(request.POST or None, initial={"mode": mode}, only=only, opened=opened)
    if request.method == "POST" and form.is_valid():
        try:
            client, secret = services.issue_api_key(own, request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            address = f"{settings.IRIS_PUBLIC_URL}/api/v1/agencies/"
            return render(
                request, "accounts/key_issued.html", {"key": client, "secret": secret, "address": address}
            )
    return render(request, "accounts/key_new.html", {"form": form, "organisation": own})


@members
@never_cache
@require_http_methods(["GET", "POST"])
@step_up
def rotate_key(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """A new secret for a key; the answer shows it, once."""
    _managed(request)
    found = get_or_404(api_clients_visible_to(request.user), pk=client_id)
    form = RotateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hours = form.cleaned_data["hours"]
        client, secret = services.rotate_api_key(client_id=found.pk, actor=request.user, hours=hours)
        address = f"{settings.IRIS_PUBLIC_URL}/api/v1/agencies/"
        context = {"key": client, "secret": secret, "address": address}
        return render(request, "accounts/key_issued.html", context)
    return render(request, "accounts/key_rotate.html", {"form": form, "key": found})


@members
@require_http_methods(["GET", "POST"])
def revoke_key(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Ask once, then revoke."""
    _managed(request)
    found = get_or_404(api_clients_visible_to(request.user), pk=client_id)
    if request.method == "POST":
        services.revoke_api_key(client_id=found.pk, actor=request.user)
        messages.success(request, _("The key “%(name)s” opens nothing any more.") % {"name": found.name})
        return redirect(f"{reverse('accounts:organisation')}#keys")
    return render(request, "accounts/key_revoke.html", {"key": found})


def _roles_to_give(own: Organisation, request: HttpRequest) -> list[str]:
    return [role for role in ROLES_OF_KIND[own.kind] if permissions.may_give_role(own, role, request.user)]
