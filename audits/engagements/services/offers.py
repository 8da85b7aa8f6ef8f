"""Offering an audit, and the lead auditor's answer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audits.bodies.selectors import ineligible_because
from certification.applications import services as applications
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from certification.decisions import services as decisions
from certification.decisions.states import BarKind
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from iris.core.fsm import act, lock

from ..models import Audit, ConflictDeclaration
from ..permissions import may_lead
from ..states import CASE_KINDS, ORDERED_KINDS, AuditKind, AuditState
from . import telling
from .making import Occasion, Size, assign_url, eligible_lead, propose_and_offer


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
    auditor = eligible_lead(auditor_id, application)
    occasion = Occasion(kind=AuditKind(application.kind), application=application)
    return propose_and_offer(occasion, auditor, Size(staff, days, days_reason), actor)


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
    firm = audit.firm.organisation
    if audit.is_for_case:
        applications.begin_audit(application_id=audit.application_id, actor=actor, firm=firm)
    else:
        applications.give_access(application_id=audit.application_id, actor=actor, organisation=firm)
    telling.bar_team(audit, actor)
    telling.tell_scheme(audit, "audits/accepted")
    if audit.kind not in ORDERED_KINDS:
        # Of an ordered audit the agency hears with the plan: until then nobody knows at what notice it is held.
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
        url=assign_url(audit),
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
