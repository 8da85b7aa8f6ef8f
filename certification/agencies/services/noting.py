"""One entry of an agency changed: the event, the duty to report it, and a new look for likenesses."""

from __future__ import annotations

from typing import Any

from certification.agencies.models import Agency
from certification.agencies.services.asking import ask_for_change
from certification.agencies.states import ChangeKind
from iris.core import events, outbox
from iris.core.fsm import Actor

LIKENESS_JOB = "agencies.likeness"
WATCH_JOB = "watches.agency_changed"


def note(
    agency: Agency,
    act: str,
    actor: Actor,
    data: dict[str, Any] | None = None,
    *,
    change: ChangeKind | None = None,
    compare: bool = False,
) -> None:
    """Write the event. Once enrolled: ask for a report where a certificate is held; compare anew where it matters."""
    events.record(agency, act=act, actor=actor, data=data)
    if agency.enrolled_at is None:
        return
    if change is not None:
        ask_for_change(agency, kind=change, seen=act)
    if compare:
        outbox.enqueue(LIKENESS_JOB, agency_id=str(agency.pk))
        outbox.enqueue(WATCH_JOB, agency_id=str(agency.pk))
