"""Issuing a certificate: first issue, renewal, and a revision with corrected particulars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.certificates.models import Certificate, Ground, SurveillanceWindow, Why
from certification.certificates.rules import windows_for
from certification.certificates.selectors import open_proposals, running_certificate
from certification.certificates.services.holding import held
from certification.certificates.services.life import expire_certificate
from certification.certificates.services.settling import end_keeping
from certification.certificates.services.telling import tell_of
from certification.certificates.services.writing import (
    Draft,
    Scope,
    attach,
    refuse_empty,
    reissue,
    scope_of,
    write,
)
from certification.certificates.states import IN_FORCE, ScopeChange
from iris.accounts.states import Role
from iris.core import clocks
from iris.core.errors import Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import lock

if TYPE_CHECKING:
    from certification.applications.models import Application
    from certification.decisions.models import Decision
    from iris.accounts.models import User


@transaction.atomic
def issue_certificate(
    *,
    application: Application,
    decision: Decision,
    actor: User,
    effective_on: date,
    conditions: Sequence[Draft] = (),
) -> Certificate:
    """The certificate that a grant makes: a new number, or the next revision of the one the agency holds."""
    agency = lock(Agency, application.agency_id)
    old = running_certificate(agency)
    scope = _scope_of(application)
    refuse_empty(scope)
    assert decision.decided_at is not None
    assert decision.decided_by is not None
    assert application.assessment is not None
    told = application.recommendation or {}
    if old is not None and old.expires_on < clocks.today():
        expire_certificate(
            certificate_id=old.pk
        )  # its day is over although no sweep has run: it is not extended
        old = None
    certificate = write(
        agency=agency,
        held=old,
        scope=scope,
        actor=actor,
        scope_change=ScopeChange.RENEWED if old else ScopeChange.FIRST,
        values={
            "application": application,
            "decision": decision,
            "edition": application.assessment.edition,
            "firm_id": told.get("firm_id") or None,
            "firm_name": str(told.get("firm_name", "")),
            "stage2_ended_on": day_of(told.get("stage2_ended_on")),
            "decided_on": decision.decided_at.date(),
            "decided_by_name": decision.decided_by.label,
            "effective_on": effective_on,
            "expires_on": last_day(effective_on, old.expires_on if old else None),
        },
        ground=Ground(decision_id=decision.pk),
    )
    if old is not None:
        end_keeping(old)
    open_windows(certificate)
    attach(certificate, conditions, actor)
    return certificate


def last_day(effective_on: date, base: date | None) -> date:
    """The last day of a certificate. A renewal decided in the last months counts from the old last day (R50)."""
    months = clocks.number("certificate_validity_months", on=effective_on)
    opens = clocks.number("recertification_window_months", on=effective_on)
    early = base is not None and clocks.add_months(base, -opens) <= effective_on <= base
    if base is not None and early and clocks.number("renewal_keeps_expiry_base", on=effective_on):
        return clocks.add_months(base, months)
    return clocks.add_months(effective_on, months) - timedelta(days=1)


def open_windows(certificate: Certificate) -> None:
    """The surveillance audits that a new certificate owes. Safe to run twice."""
    for position, due_on in enumerate(windows_for(certificate.decided_on, certificate.expires_on), 1):
        SurveillanceWindow.objects.get_or_create(
            decision_id=certificate.decision_id,
            position=position,
            defaults={"agency_id": certificate.agency_id, "due_on": due_on},
        )


@transaction.atomic
def correct_certificate(*, certificate_id: UUID, actor: User, reason: str, public_note: str) -> Certificate:
    """A later revision with the agency's particulars of today and the same scope. The older is replaced.

    Less scope is a proposal that somebody else decides (services.proposing); more needs an audit and a decision.
    """
    if not actor.has_role(Role.SCHEME_MANAGER):
        raise NotPermitted(_("Only a scheme manager corrects a certificate."))
    row = held(certificate_id)
    if row.state not in IN_FORCE or row.expires_on < clocks.today():
        raise TransitionRefused(
            _("Only a certificate in force is corrected. Reinstate a suspended one first.")
        )
    if not reason.strip() or not public_note.strip():
        raise ReasonRequired(fields={"reason": [_("Say why, and what the public reads about it.")]})
    if open_proposals(row).exists():
        raise Conflict(_("A proposal about this revision is open. It is decided first."))
    made = reissue(
        row,
        scope=scope_of(row),
        actor=actor,
        change=ScopeChange.CORRECTED,
        words=Why(reason.strip(), "", public_note.strip()),
        ground=Ground(),
    )
    tell_of(made, "revised", revision=made.revision, note=public_note.strip())
    return made


def _scope_of(application: Application) -> Scope:
    """The scope that was applied for and audited, not what the agency has since added to its page."""
    told = application.scope
    return Scope(
        corridors=tuple(
            sorted({(str(origin), str(destination)) for origin, destination in told.get("corridors", [])})
        ),
        sectors=tuple(sorted({str(sector) for sector in told.get("sectors", [])})),
        branches=tuple(
            {"name": str(row["name"]), "city": str(row["city"]), "country": str(row["country"])}
            for row in told.get("branches", [])
        ),
    )


def day_of(told: Any) -> date | None:
    """A day as the recommendation writes it."""
    return date.fromisoformat(str(told)) if told else None
