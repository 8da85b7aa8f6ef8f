"""Who may do what to organisations, their people and their keys. Everything reads `user.acting` only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iris.accounts.states import (
    IRREPLACEABLE_ROLES,
    MANAGING_ROLES,
    SELF_ENROLLED_KINDS,
    OrganisationKind,
    OrganisationState,
    Role,
)

if TYPE_CHECKING:
    from iris.accounts.models import ApiClient, Invitation, Membership, Organisation, User


def may_enrol_itself(organisation: Organisation, user: User) -> bool:
    """Anyone may bring an agency or build software; the scheme itself is set up by its operator."""
    return organisation.kind in SELF_ENROLLED_KINDS


def may_vet(organisation: Organisation, user: User) -> bool:
    """Scheme managers vet, and nobody vets an organisation of their own."""
    if not (user.is_kind(OrganisationKind.SCHEME) and user.has_role(Role.SCHEME_MANAGER)):
        return False
    return not organisation.memberships.filter(user_id=user.id, active=True).exists()


def may_read_organisation(organisation: Organisation, user: User) -> bool:
    """Its own people, and the scheme."""
    if user.acting is None:
        return False
    return user.acting.organisation_id == organisation.id or user.is_kind(OrganisationKind.SCHEME)


def may_manage_people(organisation: Organisation, user: User) -> bool:
    """Invite, change roles, remove: a manager of that very organisation, acting for it."""
    acting = user.acting
    if acting is None or acting.organisation_id != organisation.id:
        return False
    return organisation.state == OrganisationState.ACTIVE and acting.role in MANAGING_ROLES[organisation.kind]


def may_follow_the_agency(organisation: Organisation, user: User) -> bool:
    """Only agencies change their own name (the room of agencies says who); others stay as they were vetted."""
    if organisation.kind != OrganisationKind.AGENCY or user.acting is None:
        return False
    return user.acting.organisation_id == organisation.id


def may_manage_keys(organisation: Organisation, user: User) -> bool:
    """Issue and revoke API keys: the same people."""
    return may_manage_people(organisation, user)


def may_give_role(organisation: Organisation, role: str, user: User) -> bool:
    """Give or take a role. Who speaks for the organisation is decided by those who do, not by managers."""
    if not may_manage_people(organisation, user):
        return False
    own = IRREPLACEABLE_ROLES.get(organisation.kind, ())
    return role not in own or user.has_role(*own)


def may_manage_membership(membership: Membership, user: User) -> bool:
    """Change or remove a member of the organisation."""
    return may_give_role(membership.organisation, membership.role, user)


def may_manage_invitation(invitation: Invitation, user: User) -> bool:
    """Resend or take back an invitation."""
    return may_give_role(invitation.organisation, invitation.role, user)


def may_accept_invitation(invitation: Invitation, user: User) -> bool:
    """Only the person whose confirmed address was invited."""
    if not user.is_authenticated:
        return False
    from allauth.account.models import EmailAddress

    addresses = EmailAddress.objects.filter(user_id=user.pk, verified=True).values_list("email", flat=True)
    return invitation.email in {address.lower() for address in addresses}


def may_manage_api_client(client: ApiClient, user: User) -> bool:
    """Rotate a key."""
    return may_manage_keys(client.organisation, user)


def may_revoke_api_client(client: ApiClient, user: User) -> bool:
    """Its organisation's managers; and a manager of the scheme, who may hear of a leak before they do."""
    if user.is_kind(OrganisationKind.SCHEME) and user.has_role(Role.SCHEME_MANAGER):
        return True
    return may_manage_api_client(client, user)


def needs_second_factor(user: User) -> bool:
    """Scheme staff, auditors and deciders hold other people's futures: a password is not enough for them."""
    return user.is_kind(OrganisationKind.SCHEME, OrganisationKind.AUDIT_FIRM) or user.has_role(Role.DECIDER)
