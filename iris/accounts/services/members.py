"""Members: adding, changing their role, removing. Each locks the organisation: no two acts at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts import permissions
from iris.accounts.models import Membership, Organisation, User
from iris.accounts.selectors import leaves_a_gap
from iris.accounts.services.telling import tell
from iris.accounts.states import FIRST_ROLE, ROLES_OF_KIND, Role
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from iris.core.fsm import lock


def check_role(organisation: Organisation, role: str) -> Role:
    """The role, when an organisation of this kind has it. Raises BadInput."""
    if role not in ROLES_OF_KIND[organisation.kind]:
        raise BadInput(fields={"role": [_("Choose a role that this kind of organisation has.")]})
    return Role(role)


@transaction.atomic
def add_member(organisation: Organisation, user: User, role: str, actor: Any = None) -> Membership:
    """Make a person a member; who left earlier comes back under the same membership.

    The operator (no actor) may always, the founder may add themselves, else a manager who may give the role.
    Raises Conflict when the person already is a member.
    """
    given = check_role(organisation, role)
    held = lock(Organisation, organisation.pk)
    if actor is not None and actor is not events.SYSTEM and not _may_add(held, user, given, actor):
        raise NotPermitted()
    return put_member(held, user, given, actor or events.SYSTEM)


def put_member(organisation: Organisation, user: User, role: Role, by: Any) -> Membership:
    """Write the membership and its event; the caller has locked the organisation and asked for permission."""
    membership = Membership.objects.filter(organisation_id=organisation.pk, user_id=user.pk).first()
    if membership is not None and membership.active:
        raise Conflict(_("%(name)s already belongs to %(organisation)s.") % _names(user, organisation))
    if membership is None:
        membership = Membership(user=user, organisation=organisation)
    membership.role, membership.active, membership.ended_at = role, True, None
    membership.save()
    user.forget_acting()
    events.record(
        organisation,
        act="member_added",
        actor=by,
        reason=f"{user.label}: {role.label}",  # names stand beside the chain, where they can be erased
        data={"person": str(user.pk), "role": str(role)},
    )
    return membership


@transaction.atomic
def change_role(*, membership_id: UUID | str, role: str, actor: User) -> Membership:
    """Give a member another role. Raises BadInput, NotPermitted, TransitionRefused (last one who could)."""
    membership = _locked(membership_id)
    organisation = membership.organisation
    given = check_role(organisation, role)
    if not (
        permissions.may_give_role(organisation, given, actor)
        and permissions.may_give_role(organisation, membership.role, actor)
    ):
        raise NotPermitted()
    if membership.role == given:
        return membership
    if leaves_a_gap(membership, given):
        raise TransitionRefused(_last_words(membership), code="last_in_role")
    before, membership.role = membership.role, given
    membership.save(update_fields=["role"])
    events.record(
        organisation,
        act="role_changed",
        actor=actor,
        reason=f"{membership.user.label}: {given.label}",
        data={"person": str(membership.user_id), "from": before, "to": str(given)},
    )
    _tell_about(membership, actor, "accounts/role_changed", url="/organisation/")
    return membership


@transaction.atomic
def remove_member(*, membership_id: UUID | str, actor: User) -> Membership:
    """End a membership; the account stays. Raises Conflict, NotPermitted, TransitionRefused (last one)."""
    membership = _locked(membership_id)
    organisation = membership.organisation
    if not permissions.may_give_role(organisation, membership.role, actor):
        raise NotPermitted()
    if leaves_a_gap(membership):
        raise TransitionRefused(_last_words(membership), code="last_in_role")
    membership.active, membership.ended_at = False, clocks.now()
    membership.save(update_fields=["active", "ended_at"])
    events.record(
        organisation,
        act="member_removed",
        actor=actor,
        reason=membership.user.label,
        data={"person": str(membership.user_id), "role": membership.role},
    )
    _tell_about(membership, actor, "accounts/membership_ended", url="/start/")
    return membership


def _may_add(organisation: Organisation, user: User, role: Role, actor: User) -> bool:
    founding = (
        actor.pk == user.pk
        and role == FIRST_ROLE[organisation.kind]
        and not Membership.objects.filter(organisation_id=organisation.pk).exists()
    )
    return founding or permissions.may_give_role(organisation, role, actor)


def _locked(membership_id: UUID | str) -> Membership:
    """An active membership whose organisation is locked first, so that two removals wait for one another."""
    organisation_id = Membership.objects.values_list("organisation_id", flat=True).get(pk=membership_id)
    organisation = lock(Organisation, organisation_id)
    membership = Membership.objects.select_related("user").get(pk=membership_id)
    membership.organisation = organisation
    if not membership.active:
        raise Conflict(
            _("%(name)s no longer belongs to %(organisation)s.") % _names(membership.user, organisation)
        )
    return membership


def _tell_about(membership: Membership, actor: User, template: str, *, url: str) -> None:
    """Tell the person concerned, unless they did it themselves."""
    if membership.user_id != actor.pk:
        tell(
            [membership.user],
            template,
            url=url,
            organisation=membership.organisation.name,
            role=str(membership.get_role_display()),
            actor=actor.label,
        )


def _names(user: User, organisation: Organisation) -> dict[str, str]:
    return {"name": user.label, "organisation": organisation.name}


def _last_words(membership: Membership) -> str:
    return _(
        "%(name)s is the last %(role)s of %(organisation)s. Give someone else this role first: "
        "without it nobody could speak for the organisation."
    ) % {
        **_names(membership.user, membership.organisation),
        "role": membership.get_role_display().lower(),
    }
