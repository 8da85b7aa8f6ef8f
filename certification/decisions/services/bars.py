"""Writing bars, and refusing whoever is barred."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.decisions.models import Bar
from certification.decisions.permissions import may_bar
from certification.decisions.selectors import refusal_by_ties, tie_in_words
from certification.decisions.states import CONSULTANCY_KINDS, BarKind
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import lock

if TYPE_CHECKING:
    from iris.accounts.models import User

__all__ = ["bar", "bar_by_hand", "cool_off_ends", "extend_bar", "refuse_barred", "tie_in_words"]


def cool_off_ends(last_day: date) -> date:
    """Last day of the bar of somebody whose training, advice or employment ended on `last_day`."""
    return clocks.add_months(last_day, clocks.number("consultancy_cooloff_months", on=last_day))


@transaction.atomic
def bar(
    *,
    agency: Agency,
    person: User,
    kind: BarKind | str,
    since: date,
    until: date | None = None,
    source: str,
    actor: Any,
) -> Bar:
    """Write down why `person` may not decide on `agency`. Said twice from one source, it is kept once, never shorter.

    Takes the agency's row first, as a decision does: a bar and a decision of the same moment meet one after the other.
    """
    if until is not None and until < since:
        raise BadInput(fields={"until": [_("The bar would end before it begins. Give a later last day.")]})
    if not source.strip():
        raise BadInput(
            fields={"source": [_("Say where this is known from, for example the number of the audit.")]}
        )
    lock(Agency, agency.pk)
    known = Bar.objects.filter(agency=agency, person=person, kind=kind, source=source).first()
    if known is not None:
        return _extended(known, until, actor)
    row = Bar.objects.create(
        agency=agency, person=person, kind=BarKind(kind), since=since, until=until, source=source.strip()
    )
    events.record(
        row,
        act="written",
        actor=actor,
        data={"agency": str(agency.pk), "person": str(person.pk), "kind": str(kind)},
    )
    return row


@transaction.atomic
def bar_by_hand(
    *, agency: Agency, person: User, kind: str, since: date, ended_on: date | None, source: str, actor: User
) -> Bar:
    """A tie that a scheme manager, or the decider themselves, tells us about.

    Training, advice and employment that ended bar for the cool-off; a conflict and a tie that goes on, for good.
    """
    if not may_bar(actor, person):
        raise NotPermitted(_("Only a scheme manager records ties of others. You can record your own."))
    if since > clocks.today():
        raise BadInput(fields={"since": [_("This day is in the future. Give the first day of the tie.")]})
    if ended_on is not None and ended_on < since:
        raise BadInput(
            fields={"ended_on": [_("This is before the tie began. Give a later day or leave it empty.")]}
        )
    wears_off = ended_on is not None and kind in CONSULTANCY_KINDS
    return bar(
        agency=agency,
        person=person,
        kind=kind,
        since=since,
        until=cool_off_ends(ended_on) if wears_off and ended_on else None,
        source=source,
        actor=actor,
    )


@transaction.atomic
def extend_bar(*, bar_id: UUID, until: date | None, actor: Any) -> Bar:
    """Move the end of a bar later, or make it hold for good (None). Never earlier: the database refuses that too."""
    row = lock(Bar, bar_id)
    if row.until is None or (until is not None and until < row.until):
        raise BadInput(fields={"until": [_("A bar can only be made longer. Give a later day.")]})
    return _extended(row, until, actor)


def _extended(row: Bar, until: date | None, actor: Any) -> Bar:
    if row.until is None or (until is not None and until <= row.until):
        return row
    row.until = until
    row.save(update_fields=["until"])
    events.record(row, act="extended", actor=actor, data={"until": until.isoformat() if until else None})
    return row


def refuse_barred(agency: Agency, person: User) -> None:
    """Refuse, in words, anyone who may not decide on this agency today."""
    refusal = refusal_by_ties(agency, person)
    if refusal is not None:
        raise NotPermitted(refusal.sentence, code=refusal.code)
