"""The scheme says that a company is no more: merged into another agency, or closed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies import permissions, selectors
from certification.agencies.models import Agency, AgencyEnd
from certification.agencies.rules import LONGEST_TEXT, in_words
from certification.agencies.services.noting import WATCH_JOB
from certification.agencies.states import EndKind
from iris.accounts.models import User
from iris.core import clocks, events, outbox
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import lock


@transaction.atomic
def end_agency(
    *,
    agency_id: UUID,
    actor: User,
    kind: str,
    ended_on: date | None,
    reason: str,
    successor_id: UUID | None = None,
) -> AgencyEnd:
    """Say how and when a company ended. Its certificate is not touched: that is decided by itself.

    Raises NotPermitted, BadInput (a day to come, no successor, a circle), Conflict where it has been said.
    """
    agency = lock(Agency, agency_id)
    if not permissions.may_end(agency, actor):
        raise NotPermitted()
    known = selectors.ends_of([agency.pk]).get(agency.pk)
    if known is not None:
        sentence = _("%(who)s has said so already: %(how)s, %(day)s.")
        who, how = known.said_by.label, known.get_kind_display()
        raise Conflict(sentence % {"who": who, "how": how, "day": in_words(known.ended_on)})
    wrong = _wrong(agency, kind, ended_on, reason, successor_id)
    if wrong:
        raise BadInput(fields=wrong)
    assert ended_on is not None, "checked above"
    row = AgencyEnd.objects.create(
        agency=agency,
        kind=kind,
        ended_on=ended_on,
        successor_id=successor_id if kind == EndKind.MERGED else None,
        reason=reason.strip(),
        said_by=actor,
    )
    data = {"kind": kind, "on": str(ended_on), "successor": str(row.successor_id or "")}
    events.record(agency, act="ended", actor=actor, reason=row.reason, data=data)
    outbox.enqueue(WATCH_JOB, agency_id=str(agency.pk))
    return row


def _wrong(
    agency: Agency, kind: str, ended_on: date | None, reason: str, successor_id: UUID | None
) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if kind not in EndKind.values:
        wrong["kind"] = [_("Say whether it was merged or closed.")]
    if ended_on is None:
        wrong["ended_on"] = [_("Enter the day on which it ended.")]
    elif ended_on > clocks.today():
        wrong["ended_on"] = [_("This day is still to come. Say it once it has happened.")]
    if not reason.strip():
        wrong["reason"] = [_("Say how you know, in a sentence.")]
    elif len(reason.strip()) > LONGEST_TEXT:
        wrong["reason"] = [_("Write at most %(most)s characters.") % {"most": f"{LONGEST_TEXT:,}"}]
    if kind == EndKind.MERGED and (sentence := _no_successor(agency, successor_id)):
        wrong["successor"] = [sentence]
    return wrong


def _no_successor(agency: Agency, successor_id: UUID | None) -> str:
    """Why this cannot be the one that took the agency over; empty when it can."""
    if successor_id is None:
        return _("Choose the agency that took it over. Where none did, the company was closed.")
    if not selectors.enrolled_agencies().filter(pk=successor_id).exists():
        return _("That agency is not on the register. Search for it again.")
    if agency.pk in (successor_id, *selectors.heirs_of(successor_id)):
        return _("An agency cannot be taken over by itself, nor by one that it took over. Choose another.")
    return ""
