"""More time: which clocks may be put off, how far, and by whom (R39)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certification.decisions import selectors as decisions
from iris.accounts.models import User
from iris.core import clocks
from iris.core.days import in_words

from .. import rules
from ..models import Extension, Finding
from ..permissions import may_decide_extension
from ..states import Clock, ExtensionState


def last_day_to_grant(finding: Finding, clock: str) -> date | None:
    """The latest day to which a clock can be put off, counted from the day the grade gave."""
    first = finding.first_day_of(clock)
    if first is None:
        return None
    return first + timedelta(days=clocks.number(rules.terms().extension_days[Clock(clock)]))


def refusal_to_extend(finding: Finding, clock: str) -> str:
    """Why no more time can be asked for on a clock now; empty when it can."""
    day = finding.running.get(Clock(clock)) if clock in Clock.values else None
    if day is None:
        return _("This clock does not run now, so there is nothing to put off.")
    if day < clocks.today():
        return _("This was due on %s: more time is asked for until that day, not after it.") % in_words(day)
    rows = [one for one in finding.extensions.all() if one.clock == clock]
    if any(one.state == ExtensionState.ASKED for one in rows):
        return _("More time is asked for already and waits for a decider.")
    times = clocks.number(rules.terms().extension_times)
    if sum(1 for one in rows if one.state == ExtensionState.GRANTED) >= times:
        return _("More time was granted %(times)s times already; that is the most the scheme gives.") % {
            "times": times
        }
    last = last_day_to_grant(finding, clock)
    if last is None or last <= day:
        return _("This clock was put off as far as the scheme allows.")
    return ""


def askable_clocks(finding: Finding) -> list[Clock]:
    """The clocks on which the agency may ask for more time now."""
    return [clock for clock in finding.running if not refusal_to_extend(finding, clock)]


def refusal_to_decide(extension: Extension, user: User) -> str:
    """Why a person may not answer a wish for more time; empty when they may."""
    if not may_decide_extension(extension, user):
        return _("Only a decider of the scheme grants or refuses more time.")
    tied = decisions.refusal_by_ties(extension.agency, user)
    return tied.sentence if tied else ""


def open_extensions() -> QuerySet[Extension]:
    """Wishes that wait for a decider, the nearest day first."""
    return (
        Extension.objects.filter(state=ExtensionState.ASKED)
        .select_related("finding__audit__agency__organisation", "asked_by")
        .order_by("due_before", "created_at")
    )
