"""The plan of an audit and the declarations of its team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audits.bodies.models import Auditor
from audits.bodies.selectors import ineligible_because
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock

from .. import rules
from ..models import Audit, AuditPlan, ConflictDeclaration, TeamMember
from ..states import LIVE, Notice, TeamRole
from . import telling


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


@transaction.atomic
def plan_audit(*, audit_id: UUID, actor: User, plan: PlanInput) -> Audit:
    """Write the plan and send it to the agency; a later plan replaces it.

    Raises BadInput on the fields to correct: dates in order, notice kept or its lack explained, team eligible.
    """
    audit = lock(Audit, audit_id)
    _check_dates(plan)
    act(
        audit.plan,
        actor=actor,
        data={"stage1": str(plan.stage1_on), "stage2": [str(plan.stage2_from), str(plan.stage2_to)]},
        stage1_on=plan.stage1_on,
        stage2_from=plan.stage2_from,
        stage2_to=plan.stage2_to,
    )
    AuditPlan.objects.update_or_create(
        audit=audit,
        defaults={
            "objectives": plan.objectives.strip(),
            "scope": plan.scope.strip(),
            "criteria": plan.criteria.strip(),
            "sites": plan.sites.strip(),
            "languages": list(plan.languages),
            "notice": plan.notice,
            "notice_reason": plan.notice_reason.strip() if plan.notice == Notice.SHORT else "",
        },
    )
    _set_team(audit, plan.team)
    telling.tell_agency(
        audit,
        "audits/planned",
        stage1=_words(plan.stage1_on),
        stage2_from=_words(plan.stage2_from),
        stage2_to=_words(plan.stage2_to),
    )
    return audit


def _words(day: date) -> str:
    return date_format(day, "j F Y")


def _check_dates(plan: PlanInput) -> None:
    today = clocks.today()
    problems: dict[str, list[str]] = {}
    if plan.stage1_on < today:
        problems["stage1_on"] = [_("This day has passed: choose today or later.")]
    if plan.stage2_from < plan.stage1_on:
        problems["stage2_from"] = [_("Stage 2 follows stage 1: choose %s or later.") % _words(plan.stage1_on)]
    elif not rules.notice_is_kept(plan.notice, plan.stage2_from, today):
        problems["stage2_from"] = [
            _(
                "An announced visit needs %(days)s days of notice: choose %(day)s or later, or shorten the notice."
            )
            % {"days": clocks.number("audit_notice_days"), "day": _words(rules.earliest_visit(today))}
        ]
    if plan.stage2_to < plan.stage2_from:
        problems["stage2_to"] = [
            _("The last day lies before the first: choose %s or later.") % _words(plan.stage2_from)
        ]
    if plan.notice == Notice.SHORT and not plan.notice_reason.strip():
        problems["notice_reason"] = [_("Say why the notice is shorter; the agency reads it.")]
    for name in ("objectives", "scope", "criteria", "sites"):
        if not getattr(plan, name).strip():
            problems[name] = [_("Write this in a sentence or two; the agency reads it.")]
    if not plan.languages:
        problems["languages"] = [_("Choose at least one language of the audit.")]
    if problems:
        raise BadInput(fields=problems)


def _set_team(audit: Audit, chosen: Sequence[UUID]) -> None:
    """Put the chosen auditors beside the lead; whoever has declared stays on record."""
    wanted = set(chosen) - {audit.lead_id}
    places = {place.auditor_id: place for place in audit.team.filter(role=TeamRole.AUDITOR)}
    for gone in set(places) - wanted:
        if not audit.declarations.filter(auditor_id=gone).exists():
            places[gone].delete()
    for auditor in Auditor.objects.filter(pk__in=wanted - set(places), firm_id=audit.firm_id):
        reasons = ineligible_because(auditor, audit.application, as_lead=False)
        if reasons:
            raise BadInput(fields={"team": [f"{auditor.person.label}: {' '.join(reasons)}"]})
        TeamMember.objects.create(audit=audit, auditor=auditor, role=TeamRole.AUDITOR)


@transaction.atomic
def declare_no_conflict(*, audit_id: UUID, actor: User, no_conflict: bool, text: str) -> ConflictDeclaration:
    """A member of the team declares no conflict. With a conflict the lead takes the person out of the plan."""
    audit = lock(Audit, audit_id)
    place = audit.team.filter(auditor__person=actor).select_related("auditor").first()
    if place is None or not audit.concerns_firm(actor) or audit.state not in LIVE:
        raise NotPermitted
    if audit.declarations.filter(auditor=place.auditor).exists():
        raise Conflict(_("You have declared already."))
    problems = {}
    if not no_conflict:
        problems["no_conflict"] = [_("Tick this to declare. If you have a conflict, tell the lead auditor.")]
    if not text.strip():
        problems["text"] = [_("Say in a sentence what you checked, for example past work and family ties.")]
    if problems:
        raise BadInput(fields=problems)
    declaration = ConflictDeclaration.objects.create(
        audit=audit, auditor=place.auditor, clear=True, text=text.strip(), declared_at=clocks.now()
    )
    events.record(audit, act="declare_no_conflict", actor=actor)
    telling.bar_team(audit, actor)
    return declaration
