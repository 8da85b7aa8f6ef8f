"""Where a person without an organisation begins: enrol, apply, or accept an invitation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from iris.accounts import services
from iris.accounts.forms import ApplyForm
from iris.accounts.models import Membership, User
from iris.accounts.selectors import applications_of, invitation_by_token, invitations_for
from iris.accounts.states import APPLYING_KINDS, KIND_DESCRIPTIONS, OrganisationKind, OrganisationState
from iris.core import events
from iris.core.errors import DomainError
from iris.core.moves import Move
from iris.core.policy import public, signed_in
from iris.core.web import get_or_404

ICONS: dict[str, str] = {
    OrganisationKind.AGENCY: "plane-departure",
    OrganisationKind.EMPLOYER: "building-factory-2",
    OrganisationKind.AUDIT_FIRM: "clipboard-check",
    OrganisationKind.GOVERNMENT: "building-bank",
    OrganisationKind.TRAINING_PROVIDER: "school",
    OrganisationKind.CASEWORKER: "lifebuoy",
    OrganisationKind.DEVELOPER: "code",
}


def _address_of(kind: str) -> str:
    """Where an organisation of this kind comes in."""
    own_doors = {OrganisationKind.AGENCY: "agencies:enrol", OrganisationKind.DEVELOPER: "developers:sign_up"}
    if kind in own_doors:
        try:
            return reverse(own_doors[OrganisationKind(kind)])
        except NoReverseMatch:
            return ""
    return reverse("accounts:apply", args=[kind])


@signed_in
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What are you here for?"""
    kinds = [OrganisationKind.AGENCY, *APPLYING_KINDS, OrganisationKind.DEVELOPER]
    choices = [
        {
            "title": OrganisationKind(kind).label,
            "what": KIND_DESCRIPTIONS[kind],
            "icon": ICONS[kind],
            "url": url,
        }
        for kind in kinds
        if (url := _address_of(kind))
    ]
    context = {
        "choices": choices,
        "applications": applications_of(request.user),
        "invitations": invitations_for(request.user),
    }
    return render(request, "accounts/start.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask the scheme to admit an organisation."""
    if kind not in APPLYING_KINDS:
        raise Http404
    person = request.user
    initial = {"contact_name": person.full_name, "contact_email": person.email}
    form = ApplyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            facts = services.OrganisationFacts(kind=kind, **form.cleaned_data)
            organisation = services.apply_organisation(actor=person, facts=facts)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("accounts:applied", organisation.pk)
    context = {"form": form, "kind": OrganisationKind(kind).label, "what": KIND_DESCRIPTIONS[kind]}
    return render(request, "accounts/apply.html", context)


@signed_in
@require_GET
def applied(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """How one's own application stands."""
    membership = get_or_404(applications_of(request.user), organisation_id=organisation_id)
    organisation = membership.organisation
    move = Move(
        who=_("The scheme is looking at your application"),
        what=_(
            "It checks who you are and writes to you by e-mail. Until then there is nothing for you to do."
        ),
    )
    context = {"organisation": organisation, "move": move, "events": events.events_of(organisation)}
    return render(request, "accounts/applied.html", context)


@public
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in an invitation opens, signed in or not."""
    found = invitation_by_token(token)
    person = request.user
    if request.method == "POST":
        if not isinstance(person, User):
            return redirect(f"{reverse('account_login')}?next={request.path}")
        return _join(request, services.accept_invitation(token, person))
    mine = (
        isinstance(person, User)
        and found is not None
        and invitations_for(person).filter(pk=found.pk).exists()
    )
    context = {"invitation": found, "mine": mine, "path": request.path}
    response = render(request, "accounts/invitation.html", context, status=200 if found else 404)
    response["Cache-Control"] = "no-store"
    return response


@signed_in
@require_POST
def accept(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Accept an invitation listed on the start page."""
    found = get_or_404(invitations_for(request.user), pk=invitation_id)
    return _join(request, services.accept_open_invitation(invitation_id=found.pk, user=request.user))


def _join(request: HttpRequest, joined: Membership) -> HttpResponse:
    request.user.forget_acting()
    if joined.organisation.state != OrganisationState.ACTIVE:
        return redirect("accounts:applied", joined.organisation_id)
    membership = services.switch(request, joined.organisation_id)
    messages.success(request, _("You now work for %(name)s.") % {"name": membership.organisation.name})
    return redirect("accounts:organisation")
