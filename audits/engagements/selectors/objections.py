"""Objections of agencies to auditors as their readers may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from audits.bodies.selectors import Reason, candidates_for
from audits.bodies.states import ReasonCode
from certification.applications.models import Application
from iris.accounts.models import User
from iris.core import clocks
from iris.core.days import in_words
from iris.core.moves import Todo

from ..models import Audit, Objection, TeamMember
from ..permissions import may_assign, may_object
from ..states import BEFORE_STAGE2, ObjectionState, TeamRole
from .audits import audits_visible_to
from .offers import Panel


def objections_visible_to(user: User) -> QuerySet[Objection]:
    """Those of the audits a person may see."""
    return Objection.objects.filter(audit__in=audits_visible_to(user)).select_related(
        "audit__agency__organisation", "audit__firm__organisation", "audit__lead__person", "auditor__person"
    )


def objection_last_day(audit: Audit, place: TeamMember) -> date:
    """Until when the agency may object to this person: some days after it heard the name."""
    told = place.created_at
    if place.role == TeamRole.LEAD and audit.accepted_at is not None:
        told = max(told, audit.accepted_at)
    return clocks.deadline(told, "team_objection_days")


@dataclass(frozen=True)
class Place:
    """Somebody of the team to whom the agency may still object."""

    place: TeamMember
    last_day: date


def open_to_objection(audit: Audit) -> list[Place]:
    """The people of the team to whom the agency may object today."""
    if audit.state not in BEFORE_STAGE2:
        return []
    settled = {one.auditor_id for one in audit.objections.all() if one.state != ObjectionState.WITHDRAWN}
    places = [
        Place(one, objection_last_day(audit, one))
        for one in audit.team.all()
        if one.auditor_id not in settled
    ]
    return [one for one in places if clocks.today() <= one.last_day]


def lead_candidates(audit: Audit) -> list[tuple[str, str]]:
    """Who of the firm may lead instead, as choices."""
    found = candidates_for(audit.application, firm=audit.firm)
    return [
        (str(one.auditor.pk), one.auditor.person.label)
        for one in found
        if one.eligible and one.auditor.pk != audit.lead_id
    ]


def upheld_reasons(application: Application) -> dict[UUID, list[Reason]]:
    """Whoever an agency rightly objected to is not given to it again."""
    rows = Objection.objects.filter(audit__agency_id=application.agency_id, state=ObjectionState.UPHELD)
    found: dict[UUID, list[Reason]] = {}
    for row in rows:
        assert row.answered_at is not None
        day = in_words(row.answered_at)
        sentence = _("The agency's objection was upheld on %s.") % day
        found.setdefault(row.auditor_id, []).append(Reason(ReasonCode.OBJECTION, sentence))
    return found


def objection_panel(audit: Audit, user: User) -> Panel | None:
    """The team as the agency may object to it, and what was objected and answered."""
    objections = list(audit.objections.select_related("auditor__person", "made_by"))
    places = open_to_objection(audit) if may_object(audit, user) else []
    if not objections and not places:
        return None
    return Panel(
        "audits/engagements/_objections.html",
        {
            "objections": objections,
            "places": places,
            "may_answer": may_assign(audit, user),
            "may_take_back": may_object(audit, user),
            "reasons": not user.is_kind("audit_firm"),
            "needs_lead": may_assign(audit, user)
            and any(
                one.state == ObjectionState.UPHELD and one.auditor_id == audit.lead_id for one in objections
            ),
        },
    )


def objection_todos(user: User) -> list[Todo]:
    """Objections that a manager of the scheme has to answer."""
    if not (user.is_kind("scheme") and user.has_role("scheme_manager")):
        return []
    rows = Objection.objects.filter(state=ObjectionState.OPEN).select_related(
        "auditor__person", "audit__agency"
    )
    return [
        Todo(
            title=_("Answer the objection to %(name)s: %(agency)s")
            % {"name": one.auditor.person.label, "agency": one.audit.agency.legal_name},
            url=reverse("engagements:answer_objection", args=[one.pk]),
            what=one.audit.number,
            due=one.answer_due,
            icon="message-report",
        )
        for one in rows.order_by("answer_due")[:50]
    ] + _lead_todos()


def _lead_todos() -> list[Todo]:
    rows = Objection.objects.filter(
        state=ObjectionState.UPHELD, auditor_id=F("audit__lead_id"), audit__state__in=BEFORE_STAGE2
    ).select_related("audit__agency")
    return [
        Todo(
            title=_("Name another lead auditor: %s") % one.audit.agency.legal_name,
            url=reverse("engagements:change_lead", args=[one.audit_id]),
            what=one.audit.number,
            icon="user-search",
        )
        for one in rows[:50]
    ]
