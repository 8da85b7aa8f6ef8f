"""The scheme looks at a dispute and answers it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.corrections.models import Dispute
from certification.corrections.models.dispute import LONGEST_TEXT
from certification.corrections.permissions import by_answering
from certification.corrections.services.telling import tell_sender
from iris.accounts.models import User
from iris.core import events
from iris.core.errors import BadInput, NotPermitted, TransitionRefused
from iris.core.fsm import act, lock


@transaction.atomic
def look_at_dispute(*, dispute_id: UUID, actor: User) -> Dispute:
    """Take a dispute up: it is this person's from now on."""
    row = lock(Dispute, dispute_id)
    act(row.look_at, actor=actor, data={"reference": row.reference})
    return row


@transaction.atomic
def correct_dispute(*, dispute_id: UUID, actor: User, answer: str) -> Dispute:
    """The entry was wrong: say what is right now. The correction itself is made where the entry comes from."""
    row = lock(Dispute, dispute_id)
    words = answer_of(answer)
    act(row.correct, actor=actor, reason=words, answer=words, data={"reference": row.reference})
    return _answered(row)


@transaction.atomic
def keep_dispute(*, dispute_id: UUID, actor: User, answer: str) -> Dispute:
    """The entry is right: say why."""
    row = lock(Dispute, dispute_id)
    words = answer_of(answer)
    act(row.keep, actor=actor, reason=words, answer=words, data={"reference": row.reference})
    return _answered(row)


def answer_of(text: str) -> str:
    """An answer that is not a book. That there is one, the act itself asks."""
    words = text.strip()
    if len(words) > LONGEST_TEXT:
        told = _("Expected at most %(most)s characters, found %(found)s. Shorten it.")
        raise BadInput(fields={"answer": [told % {"most": LONGEST_TEXT, "found": len(words)}]})
    return words


def _answered(row: Dispute) -> Dispute:
    tell_sender("dispute_answered" if row.sender else "sender_answered", row)
    return row


@transaction.atomic
def show_reply(*, dispute_id: UUID, actor: User, shown: bool) -> Dispute:
    """Show the agency's own words beside its entry while the dispute is open, or show them no longer."""
    row = lock(Dispute, dispute_id)
    if not by_answering(row, actor):
        raise NotPermitted(_("Only the scheme says whether a reply is shown."))
    if shown and not row.reply:
        raise TransitionRefused(_("The agency wrote no reply for the public."))
    if shown and not row.is_open:
        raise TransitionRefused(_("A reply is shown only while the dispute is open."))
    if row.reply_shown != shown:
        row.reply_shown = shown
        row.save(update_fields=["reply_shown"])
        act_name = "reply_shown" if shown else "reply_hidden"
        events.record(row, act=act_name, actor=actor, data={"reference": row.reference})
    return row
