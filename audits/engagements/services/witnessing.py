"""Witness audits: the scheme plans that somebody watches an auditor at work, and keeps how it went."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import lock
from iris.notify import services as notify

from .. import selectors
from ..models import Audit, WitnessAudit
from ..permissions import may_assign
from ..states import WitnessOutcome
from . import telling


@transaction.atomic
def plan_witness(
    *, audit_id: UUID, auditor_id: UUID, witness_id: UUID, planned_on: date, actor: User
) -> WitnessAudit:
    """Plan who watches whom on which audit. Said again for the same people it moves the day."""
    audit = lock(Audit, audit_id)
    if not may_assign(audit, actor):
        raise NotPermitted
    place = audit.team.filter(auditor_id=auditor_id).select_related("auditor").first()
    problems: dict[str, list[str]] = {}
    if place is None or not audit.is_live:
        problems["audit"] = [_("Choose an audit at work in whose team the auditor is.")]
    if audit.team.filter(auditor__person_id=witness_id).exists():
        problems["witness"] = [_("Whoever is in the team does not watch it. Choose somebody else.")]
    elif not any(one.pk == witness_id for one in selectors.witnesses()):
        problems["witness"] = [
            _("Choose a manager or screener of the scheme, or a lead auditor. Deciders keep out of audits.")
        ]
    if planned_on < clocks.today():
        problems["planned_on"] = [_("This day has passed: choose today or later.")]
    if problems or place is None:
        raise BadInput(fields=problems)
    row, made = WitnessAudit.objects.get_or_create(
        audit=audit, auditor=place.auditor, witness_id=witness_id, defaults={"planned_on": planned_on}
    )
    if not made and row.held_on is None:
        row.planned_on = planned_on
        row.save(update_fields=["planned_on"])
    events.record(place.auditor, act="witness_planned", actor=actor, data={"audit": audit.number})
    notify.notify(
        people=[row.witness],
        template="audits/witness_planned",
        context=telling.facts_for_mail(audit)
        | {"auditor": place.auditor.person.label, "day": in_words(planned_on)},
        url=telling.audit_url(audit),
        key=f"witness {row.pk} {planned_on}",
    )
    return row


@transaction.atomic
def record_witness(
    *, witness_audit_id: UUID, actor: User, held_on: date, outcome: str, notes: str
) -> WitnessAudit:
    """Keep how it went, once; by the witness or a manager of the scheme."""
    row = lock(WitnessAudit, witness_audit_id)
    if row.witness_id != actor.pk and not may_assign(row.audit, actor):
        raise NotPermitted
    if row.held_on is not None:
        raise Conflict(_("How this witness audit went is on record already."))
    problems: dict[str, list[str]] = {}
    if held_on > clocks.today():
        problems["held_on"] = [_("This day is still to come: give the day it was held.")]
    if outcome not in WitnessOutcome.values:
        problems["outcome"] = [_("Choose what you conclude from the list.")]
    if not notes.strip():
        problems["notes"] = [_("Write what you saw in a few sentences.")]
    if problems:
        raise BadInput(fields=problems)
    row.held_on, row.outcome, row.notes = held_on, outcome, notes.strip()
    row.save()
    events.record(row.auditor, act="witness_held", actor=actor, data={"outcome": outcome})
    return row
