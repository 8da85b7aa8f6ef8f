"""Opening a name: only for the team, only for a purpose, and never without a row that says so."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core.errors import NotPermitted, ReasonRequired

from .. import permissions
from ..models import IdentityOpened, Sample, SampleMember
from .sealing import Identity, unseal

__all__ = ["Identity", "item_references", "open_member", "open_members"]


@transaction.atomic
def open_member(member_id: UUID, actor: User, purpose: str) -> Identity:
    """The reference, name and contact of a drawn place. Raises NotPermitted to all but the team."""
    member = SampleMember.objects.select_related("sample__frame__audit", "member").get(pk=member_id)
    return _open([member], member.sample, actor, purpose)[0][1]


@transaction.atomic
def open_members(
    sample_id: UUID, actor: User, purpose: str, member_ids: Iterable[UUID]
) -> list[tuple[SampleMember, Identity]]:
    """Several places of one sample at once; each of them is logged."""
    sample = Sample.objects.select_related("frame__audit").get(pk=sample_id)
    members = sample.members.filter(pk__in=list(member_ids)).select_related("member", "stratum")
    return _open(list(members), sample, actor, purpose)


def _open(
    members: list[SampleMember], sample: Sample, actor: User, purpose: str
) -> list[tuple[SampleMember, Identity]]:
    if not permissions.may_open(sample, actor):
        raise NotPermitted(_("Only the auditors of this audit open names."))
    if not purpose.strip():
        raise ReasonRequired(fields={"purpose": [_("Say what you open it for. It is kept on record.")]})
    IdentityOpened.objects.bulk_create(
        [IdentityOpened(member=member, actor=actor, purpose=purpose.strip()) for member in members]
    )
    return [(member, unseal(member.member.identity)) for member in members]


def item_references(members: Iterable[SampleMember], sample: Sample, user: User) -> dict[UUID, str]:
    """References of drawn files, payments and adverts: for the team, and for the agency once they are released.

    Never of people, whoever asks; never the name or contact that a line may hold.
    """
    frame = sample.frame
    released = sample.released_at is not None and frame.audit.is_answered_by(user)
    if frame.of_people or not (released or permissions.may_open(sample, user)):
        return {}
    return {member.pk: unseal(member.member.identity).reference for member in members}
