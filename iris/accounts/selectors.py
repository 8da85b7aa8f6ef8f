"""Questions about people and organisations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.db.models import Count, Q, QuerySet

from iris.accounts.models import ApiClient, Invitation, Membership, Organisation, User
from iris.accounts.states import (
    IRREPLACEABLE_ROLES,
    MANAGING_ROLES,
    ROLE_DESCRIPTIONS,
    ApiClientState,
    InvitationState,
    OrganisationKind,
    OrganisationState,
)
from iris.core import clocks

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrOrPromise


def hash_of(secret: str) -> str:
    """What is kept of a random secret."""
    return sha256(secret.encode()).hexdigest()


def acting_memberships(user: User) -> QuerySet[Membership]:
    """Memberships a person may act under now, the oldest first."""
    return user.memberships_to_act()


def chosen_membership(user: User, membership_id: str) -> Membership | None:
    """The membership chosen in a session, when it still stands; otherwise the first."""
    options = user.open_memberships
    chosen = next((membership for membership in options if str(membership.pk) == membership_id), None)
    return chosen or (options[0] if options else None)


def memberships_of(user: User) -> QuerySet[Membership]:
    """Every active membership of a person, organisations still being vetted included."""
    return (
        Membership.objects.filter(user_id=user.pk, active=True)
        .select_related("organisation")
        .order_by("organisation__name", "id")
    )


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """The active people of an organisation."""
    return (
        Membership.objects.filter(organisation_id=organisation.pk, active=True)
        .select_related("user", "organisation")
        .order_by("user__full_name", "id")
    )


def people_of(organisation: Organisation, *roles: str) -> QuerySet[User]:
    """People of an organisation, those with one of the roles when roles are named."""
    members = Membership.objects.filter(organisation_id=organisation.pk, active=True)
    if roles:
        members = members.filter(role__in=roles)
    return User.objects.filter(is_active=True, pk__in=members.values("user_id"))


def people_with_role(role: str) -> QuerySet[User]:
    """Everybody who holds a role in an organisation that may act."""
    return User.objects.filter(
        is_active=True,
        pk__in=Membership.objects.filter(
            role=role, active=True, organisation__state=OrganisationState.ACTIVE
        ).values("user_id"),
    )


def managers_of(organisation: Organisation) -> QuerySet[User]:
    """The people who look after an organisation's members and keys."""
    return people_of(organisation, *MANAGING_ROLES[organisation.kind])


def scheme_organisation() -> Organisation | None:
    """The certification scheme that runs this platform."""
    return (
        Organisation.objects.filter(kind=OrganisationKind.SCHEME, state=OrganisationState.ACTIVE)
        .order_by("created_at")
        .first()
    )


def organisations_visible_to(user: User | AnonymousUser) -> QuerySet[Organisation]:
    """The scheme sees every organisation, everybody else the one they act for."""
    if not isinstance(user, User) or user.acting is None:
        return Organisation.objects.none()
    if user.is_kind(OrganisationKind.SCHEME):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk=user.acting.organisation_id)


def organisations_to_vet(user: User) -> QuerySet[Organisation]:
    """Organisations that asked to be admitted."""
    return organisations_visible_to(user).filter(state=OrganisationState.APPLIED)


def with_people_count(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Add the number of active people as `people_count`."""
    return organisations.annotate(people_count=Count("memberships", filter=Q(memberships__active=True)))


def memberships_visible_to(user: User) -> QuerySet[Membership]:
    """Active memberships of the organisation a person acts for."""
    if user.acting is None:
        return Membership.objects.none()
    return Membership.objects.filter(organisation_id=user.acting.organisation_id, active=True).select_related(
        "user", "organisation"
    )


def invitations_visible_to(user: User) -> QuerySet[Invitation]:
    """Invitations of the organisation a person acts for."""
    if user.acting is None:
        return Invitation.objects.none()
    return Invitation.objects.filter(organisation_id=user.acting.organisation_id).select_related(
        "organisation", "invited_by"
    )


def open_invitations_of(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations nobody answered yet, those whose time is over included."""
    return Invitation.objects.filter(
        organisation_id=organisation.pk, state=InvitationState.OPEN
    ).select_related("organisation", "invited_by")


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation a link belongs to, whatever became of it."""
    return (
        Invitation.objects.filter(token_hash=hash_of(token))
        .select_related("organisation", "invited_by")
        .first()
    )


def confirmed_addresses(user: User) -> list[str]:
    """E-mail addresses a person proved to be theirs."""
    return list(EmailAddress.objects.filter(user_id=user.pk, verified=True).values_list("email", flat=True))


def invitations_for(user: User) -> QuerySet[Invitation]:
    """Invitations to this person's confirmed addresses that can still be accepted."""
    addresses = [email.lower() for email in confirmed_addresses(user)]
    return Invitation.objects.filter(
        email__in=addresses, state=InvitationState.OPEN, expires_at__gt=clocks.now()
    ).select_related("organisation", "invited_by")


def api_client_of(key: str) -> ApiClient | None:
    """The key whose beginning this is, whatever its secret."""
    return ApiClient.objects.filter(prefix=key.partition(".")[0][:16]).first()


def working_keys_of(organisation: Organisation) -> QuerySet[ApiClient]:
    """Keys that open something now, the newest first; for the scheme, which can end them."""
    rows = ApiClient.objects.filter(organisation_id=organisation.pk, state=ApiClientState.ISSUED)
    return rows.filter(expires_at__gt=clocks.now()).select_related("organisation", "issued_by")


def api_clients_visible_to(user: User) -> QuerySet[ApiClient]:
    """API keys of the organisation a person acts for."""
    if user.acting is None:
        return ApiClient.objects.none()
    return ApiClient.objects.filter(organisation_id=user.acting.organisation_id).select_related(
        "organisation", "issued_by"
    )


_live: list[Callable[[Organisation], list[str]]] = []


def ask_before_live(provider: Callable[[Organisation], list[str]]) -> None:
    """Register who knows which scopes the scheme opened to a developer (the room of developers does)."""
    if provider not in _live:
        _live.append(provider)


def live_scopes_of(organisation: Organisation) -> list[str] | None:
    """Scopes its live keys may have; None where they are not limited. Nobody to ask means none."""
    if organisation.kind != OrganisationKind.DEVELOPER:
        return None
    return sorted({scope for provider in _live for scope in provider(organisation)})


def applications_of(user: User) -> QuerySet[Membership]:
    """A person's memberships in organisations that are not admitted (yet)."""
    return (
        Membership.objects.filter(user_id=user.pk, active=True)
        .exclude(organisation__state=OrganisationState.ACTIVE)
        .select_related("organisation")
        .order_by("-created_at", "id")
    )


def leaves_a_gap(membership: Membership, instead: str = "") -> bool:
    """Whether the organisation could no longer act if this person left, or took the role `instead`."""
    kind = membership.organisation.kind
    left = set(
        Membership.objects.filter(
            organisation_id=membership.organisation_id, active=True, user__is_active=True
        )
        .exclude(pk=membership.pk)
        .values_list("role", flat=True)
    ) | {instead}
    if membership.role in IRREPLACEABLE_ROLES.get(kind, ()) and membership.role not in left:
        return True
    return membership.role in MANAGING_ROLES[kind] and not left & set(MANAGING_ROLES[kind])


def has_second_factor(user: User) -> bool:
    """Whether a person set up an authenticator app or a passkey; recovery codes alone do not count."""
    return bool(is_mfa_enabled(user, types=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def demo_people() -> QuerySet[User]:
    """Demo people, for the sign-in page in development and for the demo sign-in."""
    return User.objects.filter(demo=True, is_active=True).order_by("full_name", "id")


@dataclass(frozen=True)
class DemoPerson:
    """One line of the sign-in page's list in development."""

    id: UUID
    name: str
    email: str
    role: str
    organisation: str
    kind: str
    role_description: StrOrPromise


def demo_list() -> list[DemoPerson]:
    """Demo people with their first membership, by kind and name of the organisation."""
    first: dict[UUID, Membership] = {}
    rows = Membership.objects.filter(user__in=demo_people(), active=True).select_related(
        "user", "organisation"
    )
    for membership in rows.order_by("created_at", "id"):
        first.setdefault(membership.user_id, membership)
    order = list(OrganisationKind.values)
    return [
        DemoPerson(
            id=row.user_id,
            name=row.user.label,
            email=row.user.email,
            role=row.get_role_display(),
            organisation=row.organisation.name,
            kind=row.organisation.get_kind_display(),
            role_description=ROLE_DESCRIPTIONS[row.role],
        )
        for row in sorted(
            first.values(),
            key=lambda row: (order.index(row.organisation.kind), row.organisation.name, row.user.full_name),
        )
    ]
