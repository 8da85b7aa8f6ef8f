"""A person may be in danger: stop, show whom to call, tell the scheme without a word of what was said."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from audits.engagements import services as engagements
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import act, lock
from iris.core.places import is_country

from ..models import HotlineEntry, Interview, SafeguardCase
from ..permissions import may_keep_hotlines, may_read_interviews
from ..states import RUNNING, SafeguardOutcome, StopReason


@transaction.atomic
def safeguard(*, interview_id: UUID, actor: User, immediate: bool) -> SafeguardCase:
    """Stop the interview if it runs, open the case, tell the scheme. Pressed twice, it is one case and one message."""
    interview = lock(Interview, interview_id)
    if not may_read_interviews(interview.audit, actor):
        raise NotPermitted
    if interview.state in RUNNING:
        act(interview.stop, actor=actor, why=StopReason.SAFEGUARD)
    case = SafeguardCase.objects.filter(interview=interview).first()
    if case is None:
        case = SafeguardCase.objects.create(
            interview=interview, immediate=immediate, opened_by=actor, opened_on=clocks.today()
        )
        events.record(case, act="open", actor=actor, data={"immediate": immediate})
        _tell(case, actor)
    elif immediate and not case.immediate:
        _mark_immediate(case, actor)
    return case


@transaction.atomic
def raise_danger(*, case_id: UUID, actor: User) -> SafeguardCase:
    """Say that the danger is immediate."""
    case = lock(SafeguardCase, case_id)
    if not may_read_interviews(case.interview.audit, actor):
        raise NotPermitted
    if not case.immediate:
        _mark_immediate(case, actor)
    return case


def _mark_immediate(case: SafeguardCase, actor: User) -> None:
    case.immediate = True
    case.save(update_fields=["immediate"])
    events.record(case, act="immediate", actor=actor)
    _tell(case, actor)


def _tell(case: SafeguardCase, actor: User) -> None:
    template = "audits/safeguard_now" if case.immediate else "audits/safeguard"
    url = reverse("interviews:safeguarding")
    engagements.tell_scheme(case.interview.audit, template, url=url)
    if case.interview.audit.lead.person_id != actor.pk:
        engagements.tell_team(case.interview.audit, template, url=url)


@transaction.atomic
def close_case(*, case_id: UUID, actor: User, outcome: str) -> SafeguardCase:
    """End a case with what became of it."""
    case = lock(SafeguardCase, case_id)
    if outcome not in SafeguardOutcome.values:
        raise BadInput(fields={"outcome": [_("Choose from the list how it ended.")]})
    act(case.close, actor=actor, outcome=outcome)
    return case


@transaction.atomic
def enter_hotline(
    *, actor: User, country: str, name: str, channel: str, number: str, source: str
) -> HotlineEntry:
    """Enter a number for a country; the last entry counts and every earlier one stays on record."""
    if not may_keep_hotlines(actor):
        raise NotPermitted
    problems: dict[str, list[str]] = {}
    if not is_country(country):
        problems["country"] = [_("Choose a country.")]
    if not number.strip():
        problems["number"] = [_("Write the number as it is dialled.")]
    if not source.strip():
        problems["source"] = [
            _("Say where the number is from, for example the page and the day it was called.")
        ]
    if problems:
        raise BadInput(fields=problems)
    made = HotlineEntry.objects.create(
        country=country,
        name=name.strip(),
        channel=channel.strip(),
        number=number.strip(),
        source=source.strip(),
        entered_by=actor,
        entered_on=clocks.today(),
    )
    events.record(made, act="entered", actor=actor, data={"country": country})
    return made
