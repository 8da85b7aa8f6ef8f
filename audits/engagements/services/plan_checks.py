"""What a plan holds, and what is wrong with one: each problem on its field, with the way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from audits.bodies.models import Auditor
from audits.bodies.selectors import clashes_of
from iris.core import clocks
from iris.core.days import in_words
from iris.core.errors import BadInput

from .. import rules
from ..models import Audit
from ..states import Notice

# Notices whose reason is written down.
EXPLAINED = (Notice.SHORT, Notice.UNANNOUNCED)
Problems = dict[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One place, on which days and by whom; left open: all days of stage 2, the whole team."""

    place: str
    address: str = ""
    city: str = ""
    country: str = ""
    first_day: date | None = None
    last_day: date | None = None
    people: Sequence[UUID] = ()


@dataclass(frozen=True)
class PlanInput:
    """The plan as the lead auditor writes it."""

    objectives: str
    scope: str
    criteria: str
    sites: str
    languages: Sequence[str]
    stage1_on: date
    stage2_from: date
    stage2_to: date
    notice: str = Notice.ANNOUNCED
    notice_reason: str = ""
    team: Sequence[UUID] = ()
    visits: Sequence[Visit] = ()
    window_from: date | None = None
    window_to: date | None = None
    interview_languages: Sequence[str] = ()
    interpreter: bool = False
    remote: bool = False
    clash_reason: str = ""


def words(day: date | None) -> str:
    """A day as people read it."""
    return in_words(day) if day else ""


def check_plan(audit: Audit, plan: PlanInput) -> None:
    """Raise BadInput with everything that is wrong, field by field."""
    problems: Problems = {}
    _check_order(plan, problems)
    _check_notice(audit, plan, problems)
    for number, visit in enumerate(plan.visits):
        _check_visit(plan, visit, f"visit-{number}", problems)
    for name in ("objectives", "scope", "criteria"):
        if not getattr(plan, name).strip():
            problems[name] = [_("Write this in a sentence or two; the agency reads it.")]
    if not plan.visits and not plan.sites.strip():
        problems["sites"] = [_("Name at least one place you will visit.")]
    if not plan.languages:
        problems["languages"] = [_("Choose at least one language of the audit.")]
    if problems:
        raise BadInput(fields=problems)


def _check_order(plan: PlanInput, problems: Problems) -> None:
    if plan.stage1_on < clocks.today():
        problems["stage1_on"] = [_("This day has passed: choose today or later.")]
    if plan.stage2_from < plan.stage1_on:
        problems["stage2_from"] = [_("Stage 2 follows stage 1: choose %s or later.") % words(plan.stage1_on)]
    if plan.stage2_to < plan.stage2_from:
        problems["stage2_to"] = [
            _("The last day lies before the first: choose %s or later.") % words(plan.stage2_from)
        ]


def _check_notice(audit: Audit, plan: PlanInput, problems: Problems) -> None:
    if plan.notice not in rules.notices_for(audit.kind):
        problems["notice"] = [
            _("The agency applied for this audit and knows that it comes: announce it, or tell it a window.")
        ]
    elif plan.notice == Notice.SEMI:
        _check_window(plan, problems)
    elif "stage2_from" not in problems and not rules.notice_is_kept(
        plan.notice, plan.stage2_from, clocks.today()
    ):
        problems["stage2_from"] = [
            _(
                "An announced visit needs %(days)s days of notice: choose %(day)s or later, or shorten the notice."
            )
            % {
                "days": clocks.number("audit_notice_days"),
                "day": words(rules.earliest_visit(clocks.today())),
            }
        ]
    if plan.notice == Notice.SHORT and not plan.notice_reason.strip():
        problems["notice_reason"] = [_("Say why the notice is shorter; the agency reads it.")]


def _check_window(plan: PlanInput, problems: Problems) -> None:
    first, last = plan.window_from, plan.window_to
    earliest = rules.earliest_visit(clocks.today())
    if first is None or last is None:
        missing = "window_from" if first is None else "window_to"
        problems[missing] = [_("Say in which window the visit lies; the agency is told the window.")]
        return
    if first < earliest:
        problems["window_from"] = [
            _("The window is told %(days)s days before it opens: choose %(day)s or later.")
            % {"days": clocks.number("audit_notice_days"), "day": words(earliest)}
        ]
    if plan.stage2_from < first or plan.stage2_to > last:
        problems["stage2_from"] = [
            _("The visit lies outside its window: choose days from %(first)s to %(last)s.")
            % {"first": words(first), "last": words(last)}
        ]
    elif (last - first) <= (plan.stage2_to - plan.stage2_from):
        problems["window_to"] = [
            _("The window is no longer than the visit and gives the day away: make it longer.")
        ]


def _check_visit(plan: PlanInput, visit: Visit, prefix: str, problems: Problems) -> None:
    if not visit.place.strip():
        problems[f"{prefix}-place"] = [_("Name the place.")]
    first, last = visit.first_day or plan.stage2_from, visit.last_day or plan.stage2_to
    if last < first:
        problems[f"{prefix}-last_day"] = [
            _("The last day lies before the first: choose %s or later.") % words(first)
        ]
    elif first < plan.stage2_from or last > plan.stage2_to:
        problems[f"{prefix}-first_day"] = [
            _("A visit lies within stage 2: choose days from %(first)s to %(last)s.")
            % {"first": words(plan.stage2_from), "last": words(plan.stage2_to)}
        ]


def clashes_of_plan(audit: Audit, plan: PlanInput) -> list[str]:
    """What the team's calendars already hold on the planned days, each as a sentence."""
    names = {
        one.pk: one.person.label
        for one in Auditor.objects.filter(pk__in={audit.lead_id, *plan.team}).select_related("person")
    }
    found: list[str] = []
    for first, last in ((plan.stage1_on, plan.stage1_on), (plan.stage2_from, plan.stage2_to)):
        for auditor_id, rows in clashes_of(list(names), first, last, audit).items():
            found += [
                _("%(name)s is busy: %(what)s, %(days)s.")
                % {"name": names[auditor_id], "what": row.what, "days": row.days}
                for row in rows
            ]
    return list(dict.fromkeys(found))
