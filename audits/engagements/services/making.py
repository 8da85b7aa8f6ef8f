"""Making an audit and offering it, whatever it is held for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from audits.bodies.models import Auditor
from audits.bodies.selectors import ineligible_because, overrides_for
from audits.bodies.states import OverrideStanding
from certification.applications.models import Application
from certification.certificates.models import AuditOrder
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, ReasonRequired, TransitionRefused
from iris.core.fsm import act

from .. import rules
from ..models import Audit, AuditNumber, TeamMember
from ..states import AuditKind, TeamRole
from . import telling


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What an audit is held for, and what it looks at."""

    kind: AuditKind
    application: Application
    order: AuditOrder | None = None
    follows: Audit | None = None
    principles: Sequence[str] = ()
    indicators: Sequence[str] = ()
    told_on: date | None = None


@dataclass(frozen=True)
class Size:
    """The agency's headcount, and the days if they are other than the table gives, with the reason."""

    staff: int
    days: Decimal | None = None
    reason: str = ""


def assign_url(audit: Audit) -> str:
    """Where somebody else is chosen after a decline."""
    if audit.order_id is not None:
        return reverse("engagements:assign_ordered", args=[audit.order_id])
    if audit.follows_id is not None:
        return reverse("engagements:assign_closure", args=[audit.follows_id])
    return reverse("engagements:assign", args=[audit.application_id])


def eligible_lead(auditor_id: UUID, application: Application) -> Auditor:
    """The lead auditor asked for. Raises TransitionRefused with every reason why not."""
    auditor = Auditor.objects.select_related("firm__organisation", "person").get(pk=auditor_id)
    reasons = ineligible_because(auditor, application)
    if reasons:
        raise TransitionRefused(
            _("%s may not take this audit.") % auditor.person.label,
            code="auditor_ineligible",
            missing=reasons,
        )
    return auditor


def propose_and_offer(occasion: Occasion, auditor: Auditor, size: Size, actor: User) -> Audit:
    """Make the audit with its days and offer it to the lead auditor."""
    audit = _create(occasion, auditor, size)
    events.record(
        audit,
        act="propose",
        actor=actor,
        data={"kind": audit.kind, "days": str(audit.days), "table": str(audit.days_by_table)},
    )
    for one in overrides_for([auditor], occasion.application):
        if one.standing == OverrideStanding.IN_FORCE:
            words = {"code": one.code, "about": one.about, "override": str(one.pk)}
            events.record(audit, act="override", actor=actor, reason=one.reason, data=words)
    act(audit.offer, actor=actor, answer_due=clocks.deadline(clocks.today(), "audit_offer_days"))
    telling.tell_team(
        audit,
        "audits/offered",
        url=reverse("engagements:offer", args=[audit.pk]),
        due=str(audit.answer_due or ""),
    )
    return audit


def _create(occasion: Occasion, auditor: Auditor, size: Size) -> Audit:
    if size.staff < 1:
        raise BadInput(fields={"staff": [_("Count at least one person: whoever runs the agency.")]})
    agency = occasion.application.agency
    quote = rules.audit_days(
        size.staff, agency.branches.count(), agency.corridors.count(), kind=occasion.kind
    )
    agreed = _days(quote, size)
    audit = Audit.objects.create(
        kind=occasion.kind,
        number=_next_number(),
        application=occasion.application,
        order=occasion.order,
        follows=occasion.follows,
        agency=agency,
        firm=auditor.firm,
        lead=auditor,
        staff=size.staff,
        branches=quote.branches,
        corridors=quote.corridors,
        days_by_table=quote.total,
        days=agreed,
        days_reason=size.reason.strip() if agreed != quote.total else "",
        scope_principles=list(occasion.principles),
        scope_indicators=sorted(occasion.indicators),
        told_on=occasion.told_on,
    )
    TeamMember.objects.create(audit=audit, auditor=auditor, role=TeamRole.LEAD)
    return audit


def _days(quote: rules.AuditDays, size: Size) -> Decimal:
    agreed = quote.total if size.days is None else size.days
    if agreed <= 0:
        raise BadInput(fields={"days": [_("Give the days as a number above 0, for example 4.5.")]})
    if agreed != quote.total and not size.reason.strip():
        sentence = (
            _("The table gives %s days. Say why you depart from it.") % quote.total
            if quote.total
            else _("The table has no days for this kind of audit. Say why it takes so many.")
        )
        raise ReasonRequired(fields={"days_reason": [sentence]})
    return agreed


def _next_number() -> str:
    year = clocks.today().year
    AuditNumber.objects.get_or_create(year=year)
    row = AuditNumber.objects.select_for_update().get(year=year)
    row.last += 1
    row.save()
    return f"{settings.SCHEME_SHORT_NAME}-AU-{year}-{row.last:04d}"
