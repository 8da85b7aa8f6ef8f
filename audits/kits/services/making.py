"""Taking a kit along, and giving one up."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import act, lock

from .. import selectors
from ..models import Kit
from ..rules import shape
from ..selectors.workbook import signature_of
from ..states import KitState


@transaction.atomic
def make_kit(*, audit_id: UUID, actor: User) -> Kit:
    """Take the audit along as it is now. Asked twice while nothing changed, it is the same kit."""
    audit = lock(Audit, audit_id)
    if not audit.is_worked_by(actor):
        raise NotPermitted
    if not selectors.may_take(audit, actor):
        raise TransitionRefused(
            _("A kit is taken along once stage 1 is closed as ready, and until the draft report is sent.")
        )
    base = selectors.snapshot(audit)
    digest = shape.base_hash(base)
    same = Kit.objects.filter(audit=audit, made_by=actor, state=KitState.OUT, base_hash=digest).first()
    if same is not None:
        return same
    last = Kit.objects.filter(audit=audit).aggregate(last=Max("number"))["last"] or 0
    kit = Kit(audit=audit, number=last + 1, made_by=actor, made_at=clocks.now(), base=base, base_hash=digest)
    kit.signature = signature_of(kit)
    kit.save()
    events.record(kit, act="make", actor=actor, data={"number": kit.number, "base": digest})
    return kit


@transaction.atomic
def abandon_kit(*, kit_id: UUID, actor: User, reason: str) -> Kit:
    """Say that nothing is expected of a kit any more. If it turns up after all it can still be given back."""
    kit = lock(Kit, kit_id)
    if not reason.strip():
        raise ReasonRequired(fields={"reason": [_("Say what became of it, for example: tablet broken.")]})
    act(kit.abandon, actor=actor, reason=reason, because=reason.strip())
    return kit
