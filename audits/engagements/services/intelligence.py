"""What people outside told the auditors before they came (R27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted, TransitionRefused
from iris.core.fsm import lock

from ..models import Audit, PriorNote
from ..permissions import may_work
from ..states import AuditState, PriorSource

NOTED_IN = (AuditState.PLANNED, AuditState.STAGE1, AuditState.STAGE1_CLOSED, AuditState.STAGE2)


@dataclass(frozen=True)
class Heard:
    """Who told what, and when."""

    source: str
    heard_on: date
    text: str
    confidential: bool = False


@transaction.atomic
def note_prior(*, audit_id: UUID, actor: User, heard: Heard) -> PriorNote:
    """Keep what someone outside said. It is never changed: a correction is another note."""
    audit = lock(Audit, audit_id)
    if not may_work(audit, actor):
        raise NotPermitted
    if audit.state not in NOTED_IN:
        raise TransitionRefused(_("Notes of this kind are taken from the plan until the report is drafted."))
    problems: dict[str, list[str]] = {}
    if heard.source not in PriorSource.values:
        problems["source"] = [_("Choose who it came from.")]
    if heard.heard_on > clocks.today():
        problems["heard_on"] = [_("This day lies ahead: give the day on which you heard it.")]
    if not heard.text.strip():
        problems["text"] = [_("Write what you were told.")]
    if problems:
        raise BadInput(fields=problems)
    row = PriorNote.objects.create(
        audit=audit,
        source=heard.source,
        heard_on=heard.heard_on,
        text=heard.text.strip(),
        confidential=heard.confidential,
        author=actor,
    )
    events.record(audit, act="note_prior", actor=actor, data={"source": heard.source})
    return row
