"""More time on a clock: the agency asks, a decider without a tie to it answers with a reason (R39)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.decisions.selectors import bars_on, deciders
from iris.accounts.models import User
from iris.core import events
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import act, lock
from iris.notify import services as notify

from .. import selectors
from ..models import Extension, Finding
from ..permissions import may_answer
from ..states import Clock, ExtensionState
from .following import follow
from .telling import facts_of, tell_agency, tell_team


@transaction.atomic
def ask_extension(
    *, finding_id: UUID, actor: User, clock: str, wanted: date | None, reason: str
) -> Extension:
    """Ask for more time on a clock that runs, until its day at the latest."""
    finding = lock(Finding, finding_id)
    if not may_answer(finding, actor):
        raise NotPermitted
    if clock not in Clock.values:
        raise BadInput(fields={"clock": [_("Choose what you need more time for.")]})
    refusal = selectors.refusal_to_extend(finding, clock)
    if refusal:
        raise TransitionRefused(refusal, code="extension_not_possible")
    day = finding.day_of(clock)
    assert day is not None
    _check_wish(finding, clock, day, wanted, reason)
    assert wanted is not None
    made = Extension.objects.create(
        finding=finding, clock=clock, due_before=day, wanted=wanted, reason=reason.strip(), asked_by=actor
    )
    data = {"clock": clock, "due": day.isoformat(), "wanted": wanted.isoformat()}
    events.record(finding, act="ask_extension", actor=actor, reason=reason, data=data)
    words = _words(made)
    tell_team(finding, "audits/extension_asked", **words)
    notify.notify(
        people=deciders()
        .exclude(pk__in=bars_on(made.agency).order_by().values("person_id"))
        .exclude(memberships__organisation_id=made.agency.organisation_id),
        template="audits/extension_asked",
        context=facts_of(finding) | words,
        url=reverse("findings:extension", args=[finding.pk, made.pk]),
    )
    return made


def _check_wish(finding: Finding, clock: str, day: date, wanted: date | None, reason: str) -> None:
    problems: dict[str, list[str]] = {}
    last = selectors.last_day_to_grant(finding, clock)
    if wanted is None:
        problems["wanted"] = [_("Give the day until which you need the time.")]
    elif wanted <= day:
        problems["wanted"] = [_("It is due on %s now: give a later day.") % in_words(day)]
    elif last is not None and wanted > last:
        problems["wanted"] = [
            _("The scheme gives time until %s at most: give that day or an earlier one.") % in_words(last)
        ]
    if not reason.strip():
        problems["reason"] = [_("Say why the time is not enough and what is done meanwhile.")]
    if problems:
        raise BadInput(fields=problems)


@transaction.atomic
def decide_extension(
    *, extension_id: UUID, actor: User, grant: bool, reason: str, until: date | None = None
) -> Extension:
    """Grant more time, until the wanted day or an earlier one, or refuse it. Both with a reason."""
    finding = lock(Finding, Extension.objects.values_list("finding_id", flat=True).get(pk=extension_id))
    wish = lock(Extension, extension_id)
    if wish.state == ExtensionState.ASKED:
        refusal = selectors.refusal_to_decide(wish, actor)
        if refusal:
            raise NotPermitted(refusal)
        if not reason.strip():
            raise ReasonRequired(fields={"reason": [_("Give the reason; agency and auditors read it.")]})
        if finding.running.get(Clock(wish.clock)) != wish.due_before:
            raise Conflict(_("This clock does not run any more: there is nothing to put off."))
    if grant:
        last = until or wish.wanted
        if not wish.due_before < last <= wish.wanted:
            raise BadInput(
                fields={
                    "until": [
                        _("Choose a day after %(due)s, and not after %(wanted)s, the day that was asked for.")
                        % {
                            "due": in_words(wish.due_before),
                            "wanted": in_words(wish.wanted),
                        }
                    ]
                }
            )
        act(wish.grant, actor=actor, reason=reason, until=last, because=reason.strip())
        finding.put_off(wish.clock, last)
        finding.save()
    else:
        act(wish.refuse, actor=actor, reason=reason, because=reason.strip())
    _tell_answer(finding, wish, actor, reason)
    follow(finding)
    return wish


def _tell_answer(finding: Finding, wish: Extension, actor: User, reason: str) -> None:
    name = "grant_extension" if wish.granted_until else "refuse_extension"
    data = {"clock": wish.clock, "due": wish.due_before.isoformat()}
    if wish.granted_until:
        data["until"] = wish.granted_until.isoformat()
    events.record(finding, act=name, actor=actor, reason=reason, data=data)
    template = "audits/extension_granted" if wish.granted_until else "audits/extension_refused"
    words = _words(wish) | {"answer": reason.strip()}
    if wish.granted_until:
        words["until"] = in_words(wish.granted_until)
    tell_agency(finding, template, **words)
    tell_team(finding, template, **words)


@transaction.atomic
def take_back_extension(*, extension_id: UUID, actor: User) -> Extension:
    """The agency no longer needs the time."""
    finding = lock(Finding, Extension.objects.values_list("finding_id", flat=True).get(pk=extension_id))
    wish = lock(Extension, extension_id)
    act(wish.take_back, actor=actor)
    events.record(finding, act="take_back_extension", actor=actor, data={"clock": wish.clock})
    return wish


def _words(wish: Extension) -> dict[str, str]:
    return {
        "clock": str(wish.get_clock_display()),
        "due": in_words(wish.due_before),
        "wanted": in_words(wish.wanted),
        "reason": wish.reason,
    }
