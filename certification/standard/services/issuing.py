"""Bringing an edition into force, letting the one before it go, and telling the rooms above."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from iris.core import outbox
from iris.core.events import SYSTEM
from iris.core.fsm import Actor, act, lock

from ..models import Edition
from ..rules import missing_for_issue
from ..selectors import editions_due, editions_past
from .loading import one_loader_at_a_time

TURNED = (
    "assessments.edition_turned"  # the room above moves or keeps its drafts, by the rule of the new edition
)


@transaction.atomic
def issue_edition(edition_id: UUID, actor: Actor) -> Edition:
    """Bring a final edition into force on or after its first day; the one before it begins to retire.

    Raises Conflict (already issued), NotPermitted and TransitionRefused (with what is missing).
    """
    one_loader_at_a_time()
    edition = lock(Edition, edition_id)
    before = edition.edition_in_force()
    if (
        before is not None
        and before.pk != edition.pk
        and edition.previous_valid_until
        and not missing_for_issue(edition)
    ):
        act(lock(Edition, before.pk).begin_retirement, actor=actor, valid_until=edition.previous_valid_until)
    act(edition.issue, actor=actor, data={"content_hash": edition.content_hash})
    if before is not None:
        outbox.enqueue(TURNED, edition_id=str(edition.pk))
    return edition


@transaction.atomic
def retire_edition(edition_id: UUID, actor: Actor) -> Edition:
    """Close an edition whose last day has passed; certificates on it have ended by then."""
    edition = lock(Edition, edition_id)
    act(edition.retire, actor=actor)
    return edition


def turn_editions(actor: Actor = SYSTEM) -> list[Edition]:
    """What the calendar asks for: issue final editions on their first day, retire others after their last."""
    turned = [issue_edition(row.pk, actor) for row in editions_due() if not missing_for_issue(row)]
    return turned + [retire_edition(row.pk, actor) for row in editions_past()]
