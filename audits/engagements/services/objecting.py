"""The agency objects to a person of the team; the scheme answers, and names another lead where it has to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from audits.bodies.models import Auditor
from audits.bodies.selectors import ineligible_because
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import act, lock

from .. import selectors
from ..models import Audit, Objection, TeamMember
from ..permissions import may_assign, may_object
from ..states import BEFORE_STAGE2, AuditState, ObjectionState, TeamRole
from . import telling


@transaction.atomic
def object_to(*, audit_id: UUID, auditor_id: UUID, actor: User, reason: str) -> Objection:
    """Object to one person of the team, within the days after the agency heard of them and before stage 2.

    Raises BadInput (no such person, too late, no reason), TransitionRefused (stage 2 began), Conflict (said before).
    """
    audit = lock(Audit, audit_id)
    if not may_object(audit, actor):
        raise NotPermitted
    if audit.state not in BEFORE_STAGE2:
        raise TransitionRefused(
            _("An objection comes between the naming of the team and stage 2; the audit is now: %s.")
            % AuditState(audit.state).label
        )
    place = audit.team.filter(auditor_id=auditor_id).select_related("auditor__person").first()
    if place is None:
        raise BadInput(fields={"auditor": [_("Choose somebody of the team of this audit.")]})
    if not reason.strip():
        raise ReasonRequired(fields={"reason": [_("Say why; the scheme decides by your reason.")]})
    _require_in_time(audit, place)
    known = audit.objections.filter(auditor_id=auditor_id).exclude(state=ObjectionState.WITHDRAWN).first()
    if known is not None:
        raise Conflict(
            _("You objected to %(name)s on %(day)s already; its answer stands on the page of the audit.")
            % {"name": place.auditor.person.label, "day": _words(known.created_at.date())}
        )
    objection = Objection.objects.create(
        audit=audit,
        auditor=place.auditor,
        reason=reason.strip(),
        made_by=actor,
        answer_due=clocks.deadline(clocks.today(), "team_objection_answer_days"),
    )
    events.record(objection, act="make", actor=actor, reason=reason)
    events.record(audit, act="objected", actor=actor, data={"auditor": str(auditor_id)})
    telling.tell_scheme(
        audit,
        "audits/objection_made",
        url=reverse("engagements:answer_objection", args=[objection.pk]),
        auditor=place.auditor.person.label,
        reason=reason.strip(),
        due=_words(objection.answer_due),
    )
    return objection


def _require_in_time(audit: Audit, place: TeamMember) -> None:
    last = selectors.objection_last_day(audit, place)
    if clocks.today() > last:
        raise BadInput(
            fields={
                "auditor": [
                    _(
                        "The time to object to %(name)s ended on %(day)s. Write to the scheme if something new came up."
                    )
                    % {"name": place.auditor.person.label, "day": _words(last)}
                ]
            }
        )


def _words(day: date) -> str:
    return in_words(day)


@transaction.atomic
def uphold_objection(
    *, objection_id: UUID, actor: User, answer: str, new_lead_id: UUID | None = None
) -> Objection:
    """The agency is right: the person leaves the team. A lead stays in name until another one is named."""
    objection, audit = _locked(objection_id)
    act(objection.uphold, actor=actor, reason=answer, answer=answer.strip())
    events.record(audit, act="objection_upheld", actor=actor, data={"auditor": str(objection.auditor_id)})
    if objection.auditor_id == audit.lead_id:
        if new_lead_id is not None:
            change_lead(audit_id=audit.pk, auditor_id=new_lead_id, actor=actor, reason=answer)
    else:
        audit.team.filter(auditor_id=objection.auditor_id).delete()
    _tell(objection, audit, str(_("upheld: somebody else audits")))
    return objection


@transaction.atomic
def dismiss_objection(*, objection_id: UUID, actor: User, answer: str) -> Objection:
    """The person stays, for the reason given."""
    objection, audit = _locked(objection_id)
    act(objection.dismiss, actor=actor, reason=answer, answer=answer.strip())
    events.record(audit, act="objection_dismissed", actor=actor, data={"auditor": str(objection.auditor_id)})
    _tell(objection, audit, str(_("dismissed: the person stays in the team")))
    return objection


@transaction.atomic
def withdraw_objection(*, objection_id: UUID, actor: User) -> Objection:
    """The agency takes its objection back."""
    objection, audit = _locked(objection_id)
    act(objection.withdraw, actor=actor)
    events.record(audit, act="objection_withdrawn", actor=actor, data={"auditor": str(objection.auditor_id)})
    return objection


def _locked(objection_id: UUID) -> tuple[Objection, Audit]:
    audit = lock(Audit, Objection.objects.values_list("audit_id", flat=True).get(pk=objection_id))
    objection = lock(Objection, objection_id)
    objection.audit = audit
    return objection, audit


def _tell(objection: Objection, audit: Audit, outcome: str) -> None:
    words = {
        "auditor": objection.auditor.person.label,
        "outcome": outcome,
        "answer": objection.answer,
    }
    telling.tell_agency(audit, "audits/objection_answered", **words)
    telling.tell_team(audit, "audits/objection_answered", **words)


@transaction.atomic
def change_lead(*, audit_id: UUID, auditor_id: UUID, actor: User, reason: str) -> Audit:
    """Name another lead auditor of the same firm before stage 2; the new one declares before going on.

    Raises TransitionRefused (stage 2 began, or why the person may not lead), BadInput, ReasonRequired.
    """
    audit = lock(Audit, audit_id)
    if not may_assign(audit, actor):
        raise NotPermitted
    if audit.lead_id == auditor_id:
        return audit
    if audit.state not in BEFORE_STAGE2:
        raise TransitionRefused(_("Another lead is named between acceptance and stage 2."))
    if not reason.strip():
        raise ReasonRequired(fields={"reason": [_("Say why another person leads; firm and agency read it.")]})
    found = Auditor.objects.select_related("person", "firm__organisation").filter(
        pk=auditor_id, firm_id=audit.firm_id
    )
    new = found.first()
    if new is None:
        raise BadInput(fields={"auditor": [_("Choose a lead auditor of the firm that holds the audit.")]})
    reasons = ineligible_because(new, audit.application)
    if reasons:
        raise TransitionRefused(
            _("%s may not lead this audit.") % new.person.label, code="auditor_ineligible", missing=reasons
        )
    audit.team.filter(auditor_id=audit.lead_id).delete()
    TeamMember.objects.update_or_create(audit=audit, auditor=new, defaults={"role": TeamRole.LEAD})
    old, audit.lead = audit.lead, new
    audit.save(update_fields=["lead"])
    events.record(
        audit, act="change_lead", actor=actor, reason=reason, data={"from": str(old.pk), "to": str(new.pk)}
    )
    telling.tell_team(audit, "audits/lead_named", url=reverse("engagements:declare", args=[audit.pk]))
    telling.tell_agency(
        audit,
        "audits/lead_changed",
        last=_words(clocks.deadline(clocks.today(), "team_objection_days")),
    )
    return audit
