"""Reaching an organisation that another one names: a job order names its employer.

An organisation that works here is reached through its own people, never through an address somebody else typed. One
that is not here yet is asked to come by invitation, and waits for the scheme like any other that applies: nobody
brings a partner of their own making.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import Invitation, Membership, Organisation, User
from iris.accounts.selectors import people_of, scheme_organisation
from iris.accounts.services.invitations import issue_invitation, refuse_flood
from iris.accounts.services.organisations import create_organisation
from iris.accounts.services.people import clean_email
from iris.accounts.services.telling import tell
from iris.accounts.states import FIRST_ROLE, InvitationState, OrganisationKind, OrganisationState, Role
from iris.core import events
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import lock
from iris.matching import key


@transaction.atomic
def reach_employer(*, actor: User, name: str, country: str, email: str) -> Organisation:
    """The employer of this name, found among those who are here or asked to come.

    The answer does not tell whether it was here before. Raises BadInput, NotPermitted, Conflict (very many today).
    """
    if not actor.is_kind(OrganisationKind.AGENCY) or actor.organisation is None:
        raise NotPermitted()
    address = clean_email(email)
    if Membership.objects.filter(
        organisation_id=actor.organisation.pk, active=True, user__email=address
    ).exists():
        raise BadInput(
            fields={"email": [_("This is an address of your own agency. Give the employer’s own contact.")]}
        )
    if not name.strip():
        raise BadInput(fields={"name": [_("Give the employer’s name.")]})
    return (
        _here(name, country, address)
        or _waiting(address, name)
        or _asked_to_come(actor, name, country, address)
    )


def _here(name: str, country: str, address: str) -> Organisation | None:
    """An admitted employer: the one the address belongs to, else the one of this very name in this country."""
    admitted = Organisation.objects.filter(kind=OrganisationKind.EMPLOYER, state=OrganisationState.ACTIVE)
    own = admitted.filter(memberships__active=True, memberships__user__email=address).distinct()
    if own.count() == 1:
        return own.first()
    same = [row for row in admitted.filter(country=country) if key(row.name) == key(name)]
    return same[0] if len(same) == 1 else None


def _waiting(address: str, name: str) -> Organisation | None:
    """One that still waits for the scheme, known by the same address; never by its name alone."""
    applied = Organisation.objects.filter(kind=OrganisationKind.EMPLOYER, state=OrganisationState.APPLIED)
    known = applied.filter(memberships__active=True, memberships__user__email=address) | applied.filter(
        invitations__email=address, invitations__state=InvitationState.OPEN
    )
    return next((row for row in known.distinct() if key(row.name) == key(name)), None)


def _asked_to_come(actor: User, name: str, country: str, address: str) -> Organisation:
    assert actor.organisation is not None  # asked above
    agency = lock(Organisation, actor.organisation.pk)
    refuse_flood(agency)
    purpose = _("Named as employer on a job order of %(agency)s, who gave %(email)s as its contact.")
    made = create_organisation(
        OrganisationKind.EMPLOYER,
        name,
        country,
        actor,
        purpose=purpose % {"agency": agency.name, "email": address},
        contact_email=address,
    )
    invitation = Invitation(
        organisation=made, email=address, role=FIRST_ROLE[OrganisationKind.EMPLOYER], invited_by=actor
    )
    issue_invitation(invitation)
    events.record(
        agency,
        act="invitation_sent",
        actor=actor,
        reason=f"{made.name}: {address}",
        data={"invitation": str(invitation.pk), "role": str(invitation.role)},
    )
    scheme = scheme_organisation()
    if scheme is not None:
        tell(
            people_of(scheme, Role.SCHEME_MANAGER),
            "accounts/organisation_applied",
            url=f"/scheme/organisations/{made.pk}/",
            organisation=made.name,
            kind=str(made.get_kind_display()),
            reason="",
        )
    return made
