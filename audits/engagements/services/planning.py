"""The plan of an audit and the declarations of its team."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audits.bodies.models import Auditor
from audits.bodies.selectors import ineligible_because
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock

from ..models import Audit, AuditPlan, ConflictDeclaration, PlannedVisit, TeamMember
from ..states import LIVE, Notice, TeamRole
from . import telling
from .plan_checks import EXPLAINED, PlanInput, Visit, check_plan, clashes_of_plan, words


@transaction.atomic
def plan_audit(*, audit_id: UUID, actor: User, plan: PlanInput) -> Audit:
    """Write the plan and tell the agency what its notice lets it know; a later plan replaces it.

    Raises BadInput on the fields to correct: dates in order, notice kept or its lack explained, visits within the
    days, team eligible, clashes in the team's calendars explained.
    """
    audit = lock(Audit, audit_id)
    check_plan(audit, plan)
    clashes = clashes_of_plan(audit, plan)
    if clashes and not plan.clash_reason.strip():
        raise BadInput(
            fields={"clash_reason": [*clashes, _("Choose other days, or say here why they are kept.")]}
        )
    act(
        audit.plan,
        actor=actor,
        reason=plan.clash_reason if clashes else "",
        data={
            "stage1": str(plan.stage1_on),
            "stage2": [str(plan.stage2_from), str(plan.stage2_to)],
            "notice": plan.notice,
        },
        stage1_on=plan.stage1_on,
        stage2_from=plan.stage2_from,
        stage2_to=plan.stage2_to,
        told_on=_told_on(audit, plan),
    )
    _set_team(audit, plan.team)
    kept = _keep_plan(audit, plan, bool(clashes))
    _keep_visits(audit, kept, plan)
    tell_plan(audit, kept)
    return audit


def _told_on(audit: Audit, plan: PlanInput) -> date | None:
    if plan.notice == Notice.UNANNOUNCED:
        return plan.stage2_from
    if audit.order is not None and audit.order.told_from > clocks.today():
        return audit.order.told_from
    return None


def _keep_plan(audit: Audit, plan: PlanInput, clashes: bool) -> AuditPlan:
    before = AuditPlan.objects.filter(audit=audit).first()
    semi = plan.notice == Notice.SEMI
    kept, _made = AuditPlan.objects.update_or_create(
        audit=audit,
        defaults={
            "objectives": plan.objectives.strip(),
            "scope": plan.scope.strip(),
            "criteria": plan.criteria.strip(),
            "sites": plan.sites.strip() or ", ".join(visit.place.strip() for visit in plan.visits),
            "languages": list(plan.languages),
            "notice": plan.notice,
            "notice_reason": plan.notice_reason.strip() if plan.notice in EXPLAINED else "",
            "window_from": plan.window_from if semi else None,
            "window_to": plan.window_to if semi else None,
            "interview_languages": list(plan.interview_languages),
            "interpreter": plan.interpreter,
            "remote": plan.remote,
            "clash_reason": plan.clash_reason.strip() if clashes else "",
            "version": before.version + 1 if before else 1,
            "most_visits": max(before.most_visits if before else 0, len(plan.visits), 1),
            "told_at": None,
        },
    )
    return kept


def _keep_visits(audit: Audit, kept: AuditPlan, plan: PlanInput) -> None:
    team = {place.auditor_id for place in audit.team.all()}
    visits = plan.visits or [Visit(place=plan.sites.strip()[:200])]
    kept.visits.all().delete()
    for position, visit in enumerate(visits):
        row = PlannedVisit.objects.create(
            plan=kept,
            position=position,
            place=visit.place.strip(),
            address=visit.address.strip(),
            city=visit.city.strip(),
            country=visit.country,
            first_day=visit.first_day or plan.stage2_from,
            last_day=visit.last_day or plan.stage2_to,
        )
        row.people.set(Auditor.objects.filter(pk__in=team & set(visit.people) or team))


@transaction.atomic
def tell_plan(audit: Audit, kept: AuditPlan) -> None:
    """Tell the agency once what it may know: the days, the window of a semi-announced visit, or nothing yet."""
    if audit.is_hidden or kept.told_at is not None or kept.notice == Notice.UNANNOUNCED:
        return
    if kept.notice == Notice.SEMI:
        assert kept.window_from is not None
        assert kept.window_to is not None
        telling.tell_agency(
            audit,
            "audits/planned_window",
            stage1=words(audit.stage1_on),
            window_from=words(kept.window_from),
            window_to=words(kept.window_to),
        )
    else:
        telling.tell_agency(
            audit,
            "audits/planned",
            stage1=words(audit.stage1_on),
            stage2_from=words(audit.stage2_from),
            stage2_to=words(audit.stage2_to),
        )
    kept.told_at = clocks.now()
    kept.save()


def tell_due_plans() -> int:
    """Plans that the agency could not know of when they were sent, and may today; returns how many were told."""
    rows = AuditPlan.objects.filter(
        told_at__isnull=True, audit__told_on__lte=clocks.today(), audit__state__in=LIVE
    ).exclude(notice=Notice.UNANNOUNCED)
    ids = list(rows.values_list("audit_id", flat=True)[:200])
    for audit_id in ids:
        with transaction.atomic():
            audit = lock(Audit, audit_id)
            tell_plan(audit, AuditPlan.objects.select_for_update(of=("self",)).get(audit=audit))
    return len(ids)


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
