"""Writing bars, and taking decisions with four eyes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.decisions.models import Bar, Decision
from certification.decisions.permissions import may_bar
from certification.decisions.selectors import barred, open_decision_for
from certification.decisions.states import CONSULTANCY_KINDS, BarKind
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import act, lock

if TYPE_CHECKING:
    from iris.accounts.models import User


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


@transaction.atomic
def open_decision(
    *, agency: Agency, subject_label: str, subject_id: UUID, question: str, facts: dict[str, Any], actor: Any
) -> Decision:
    """The open decision about a subject: the one there is, or a new one."""
    lock(Agency, agency.pk)
    known = open_decision_for(subject_label, subject_id)
    if known is not None:
        return known
    decision = Decision.objects.create(
        agency=agency, subject_label=subject_label, subject_id=subject_id, question=question, facts=facts
    )
    events.record(
        decision, act="opened", actor=actor, data={"subject": subject_label, "subject_id": str(subject_id)}
    )
    return decision


@transaction.atomic
def decide(*, decision_id: UUID, actor: User, outcome: str, reasons: str) -> Decision:
    """Take a decision, once, with reasons.

    Raises NotPermitted (code `barred`) naming each tie to a decider who has one, `not_permitted` to anyone who is
    no decider, ReasonRequired without reasons, Conflict when somebody else decided first.
    """
    agency_id = Decision.objects.values_list("agency_id", flat=True).get(pk=decision_id)
    agency = lock(Agency, agency_id)
    refuse_barred(agency, actor)
    decision = lock(Decision, decision_id)
    act(
        decision.decide,
        actor=actor,
        reason=reasons,
        outcome=outcome,
        reasons=reasons.strip(),
        data={"outcome": outcome},
    )
    return decision


def refuse_barred(agency: Agency, person: User, on: date | None = None) -> None:
    """Refuse, in words, anyone who may not decide on this agency."""
    ties = barred(agency, person, on)
    if ties:
        raise NotPermitted(
            _("You may not decide on %(agency)s: %(ties)s. Somebody else has to decide.")
            % {"agency": agency.legal_name, "ties": "; ".join(tie_in_words(tie) for tie in ties)},
            code="barred",
        )
    if agency.organisation.memberships.filter(user=person, active=True).exists():
        raise NotPermitted(
            _("You may not decide on %(agency)s: you belong to it. Somebody else has to decide.")
            % {"agency": agency.legal_name},
            code="barred",
        )


def tie_in_words(tie: Bar) -> str:
    """One bar as a clause: what, where we know it from, and for how long it holds."""
    what = {
        BarKind.AUDITED: _("you audited it"),
        BarKind.TRAINED: _("you trained it"),
        BarKind.ADVISED: _("you advised it"),
        BarKind.EMPLOYED: _("you worked for it"),
        BarKind.CONFLICT: _("you have a conflict of interest"),
    }[BarKind(tie.kind)]
    if tie.until is None:
        return _("%(what)s (%(source)s)") % {"what": what, "source": tie.source}
    until = f"{tie.until.day} {tie.until:%B %Y}"
    return _("%(what)s (%(source)s, until %(until)s)") % {"what": what, "source": tie.source, "until": until}
