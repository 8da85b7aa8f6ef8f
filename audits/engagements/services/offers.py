"""Offering an audit, and the lead auditor's answer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from audits.bodies.models import Auditor
from audits.bodies.selectors import ineligible_because
from certification.applications import services as applications
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from certification.decisions import services as decisions
from certification.decisions.states import BarKind
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import act, lock

from .. import rules
from ..models import Audit, AuditNumber, ConflictDeclaration, TeamMember
from ..permissions import may_lead
from ..states import CASE_KINDS, AuditKind, AuditState, TeamRole
from . import telling


@dataclass(frozen=True)
class Refusal:
    """Why an offer is given back; a conflict of interest is kept on record."""

    reason: str
    conflict: bool = False


@transaction.atomic
def offer_audit(
    *,
    application_id: UUID,
    auditor_id: UUID,
    staff: int,
    actor: User,
    days: Decimal | None = None,
    days_reason: str = "",
) -> Audit:
    """Propose an eligible lead auditor and offer the audit to the firm.

    Raises TransitionRefused (why the auditor may not take it), BadInput, NotPermitted, Conflict (offered meanwhile).
    """
    if not (actor.is_kind("scheme") and actor.has_role("scheme_manager")):
        raise NotPermitted
    application = lock(Application, application_id)
    _require_waiting(application)
    auditor = Auditor.objects.select_related("firm__organisation", "person").get(pk=auditor_id)
    reasons = ineligible_because(auditor, application)
    if reasons:
        raise TransitionRefused(
            _("%s may not take this audit.") % auditor.person.label,
            code="auditor_ineligible",
            missing=reasons,
        )
    audit = _create(application, auditor, staff, days, days_reason)
    events.record(
        audit, act="propose", actor=actor, data={"days": str(audit.days), "table": str(audit.days_by_table)}
    )
    act(audit.offer, actor=actor, answer_due=clocks.deadline(clocks.today(), "audit_offer_days"))
    telling.tell_team(
        audit, "audits/offered", url=reverse("engagements:offer", args=[audit.pk]), due=_iso(audit.answer_due)
    )
    return audit


def _require_waiting(application: Application) -> None:
    other = (
        Audit.objects.filter(application=application, kind__in=CASE_KINDS)
        .exclude(state__in=[AuditState.DECLINED, AuditState.CANCELLED])
        .select_related("lead__person", "firm__organisation")
        .first()
    )
    if other is not None:
        raise Conflict(
            _("Already offered to %(lead)s of %(firm)s. Take that offer back first to choose someone else.")
            % {"lead": other.lead.person.label, "firm": other.firm.organisation.name}
        )
    if application.state != ApplicationState.ACCEPTED:
        raise TransitionRefused(_("Only an accepted application can be given to an audit firm."))


def _create(
    application: Application, auditor: Auditor, staff: int, days: Decimal | None, days_reason: str
) -> Audit:
    if staff < 1:
        raise BadInput(fields={"staff": [_("Count at least one person: whoever runs the agency.")]})
    agency = application.agency
    quote = rules.audit_days(staff, agency.branches.count(), agency.corridors.count())
    agreed = quote.total if days is None else days
    if agreed <= 0:
        raise BadInput(fields={"days": [_("Give the days as a number above 0, for example 4.5.")]})
    if agreed != quote.total and not days_reason.strip():
        raise ReasonRequired(
            fields={"days_reason": [_("The table gives %s days. Say why you depart from it.") % quote.total]}
        )
    audit = Audit.objects.create(
        kind=AuditKind(application.kind),
        number=_next_number(),
        application=application,
        agency=agency,
        firm=auditor.firm,
        lead=auditor,
        staff=staff,
        branches=quote.branches,
        corridors=quote.corridors,
        days_by_table=quote.total,
        days=agreed,
        days_reason=days_reason.strip() if agreed != quote.total else "",
    )
    TeamMember.objects.create(audit=audit, auditor=auditor, role=TeamRole.LEAD)
    return audit


def _next_number() -> str:
    year = clocks.today().year
    AuditNumber.objects.get_or_create(year=year)
    row = AuditNumber.objects.select_for_update().get(year=year)
    row.last += 1
    row.save()
    return f"{settings.SCHEME_SHORT_NAME}-AU-{year}-{row.last:04d}"


def _iso(day: object) -> str:
    return str(day) if day else ""


@transaction.atomic
def accept_audit(*, audit_id: UUID, actor: User, no_conflict: bool, text: str) -> Audit:
    """Take the audit, declaring no conflict; the firm may read the case from here on.

    Raises BadInput (no declaration), TransitionRefused (no longer eligible), NotPermitted, Conflict.
    """
    audit = lock(Audit, audit_id)
    if may_lead(audit, actor):
        _require_declaration(no_conflict, text)
        reasons = ineligible_because(audit.lead, audit.application)
        if reasons:
            raise TransitionRefused(code="auditor_ineligible", missing=reasons)
    act(audit.accept, actor=actor)
    ConflictDeclaration.objects.create(
        audit=audit, auditor=audit.lead, clear=True, text=text.strip(), declared_at=clocks.now()
    )
    applications.begin_audit(application_id=audit.application_id, actor=actor, firm=audit.firm.organisation)
    telling.bar_team(audit, actor)
    telling.tell_scheme(audit, "audits/accepted")
    telling.tell_agency(audit, "audits/named")
    return audit


def _require_declaration(no_conflict: bool, text: str) -> None:
    problems = {}
    if not no_conflict:
        problems["no_conflict"] = [
            _("Tick this to accept. If you have a conflict, decline the audit instead.")
        ]
    if not text.strip():
        problems["text"] = [_("Say in a sentence what you checked, for example past work and family ties.")]
    if problems:
        raise BadInput(fields=problems)


@transaction.atomic
def decline_audit(*, audit_id: UUID, actor: User, refusal: Refusal) -> Audit:
    """Give the offer back with the reason. A declared conflict bars the lead auditor from this agency."""
    audit = lock(Audit, audit_id)
    act(audit.decline, actor=actor, reason=refusal.reason, because=refusal.reason.strip())
    if refusal.conflict:
        ConflictDeclaration.objects.create(
            audit=audit,
            auditor=audit.lead,
            clear=False,
            text=refusal.reason.strip(),
            declared_at=clocks.now(),
        )
        decisions.bar(
            agency=audit.agency,
            person=audit.lead.person,
            kind=BarKind.CONFLICT,
            since=clocks.today(),
            source=audit.number,
            actor=actor,
        )
    telling.tell_scheme(
        audit,
        "audits/declined",
        url=reverse("engagements:assign", args=[audit.application_id]),
        reason=refusal.reason,
    )
    return audit


@transaction.atomic
def cancel_audit(*, audit_id: UUID, actor: User, reason: str) -> Audit:
    """Take an offer back, or end the audit of an application that is over."""
    audit = lock(Audit, audit_id)
    act(audit.cancel, actor=actor, reason=reason, because=reason.strip())
    telling.tell_team(audit, "audits/cancelled", reason=reason)
    return audit
