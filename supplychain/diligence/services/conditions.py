"""Conditions: met with what shows it, waived by a second person, reminded of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import clocks, files
from iris.core.errors import Conflict, NotPermitted
from iris.core.fsm import act, lock, may
from supplychain.diligence.models import Condition
from supplychain.diligence.selectors import conditions_in_force
from supplychain.diligence.services.telling import tell_of_condition
from supplychain.diligence.services.writing import said
from supplychain.diligence.states import DecisionState


def _locked(condition_id: UUID) -> Condition:
    row = lock(Condition, condition_id)
    if row.decision.state != DecisionState.IN_FORCE:
        raise Conflict(
            _("Decision %(number)s is not in force, so its conditions are not worked on.")
            % {"number": row.decision.number}
        )
    return row


@transaction.atomic
def meet_condition(
    *, condition_id: UUID, actor: User, note: str, upload: UploadedFile[Any] | None = None
) -> Condition:
    """It has happened: what shows it, with a document where there is one."""
    row = _locked(condition_id)
    if not may(row.meet, actor) and row.decision.organisation_id != getattr(actor.organisation, "pk", None):
        raise NotPermitted()
    text = said(note, "note", _("Say what shows that it is met."))
    if upload is not None:
        row.evidence = files.store(
            upload, organisation_id=row.decision.organisation_id, actor=actor, field="upload"
        )
    data = {"number": row.number, "evidence": row.evidence.sha256 if row.evidence else ""}
    act(row.meet, actor=actor, data=data, note=text)
    return row


@transaction.atomic
def waive_condition(*, condition_id: UUID, actor: User, reason: str) -> Condition:
    """Somebody other than the proposer says that it is not asked for any more."""
    row = _locked(condition_id)
    act(row.waive, actor=actor, reason=reason, data={"number": row.number}, why=reason.strip())
    return row


def remind_of_conditions() -> int:
    """Told once before its last day, and once when it has passed. Returns how many messages."""
    today = clocks.today()
    soon = today + timedelta(days=clocks.number("condition_reminder_days"))
    count = 0
    for row in conditions_in_force().filter(due_on__lte=soon):
        count += tell_of_condition(row, "condition_overdue" if row.due_on < today else "condition_due")
    return count
