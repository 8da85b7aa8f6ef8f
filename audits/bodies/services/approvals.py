"""Approving firms and auditors, and writing down their ties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.decisions import services as decisions
from iris.accounts.models import Membership, Organisation, User
from iris.accounts.states import OrganisationKind, OrganisationState, Role
from iris.core import events
from iris.core.errors import BadInput, NotPermitted, ReasonRequired
from iris.core.fsm import lock
from iris.core.places import is_country

from .. import selectors
from ..models import AuditFirm, Auditor, Tie
from ..permissions import may_manage_bodies
from ..states import TieKind, language_table
from .vouching import vouch_for


@dataclass(frozen=True)
class Competence:
    """What an auditor is approved for."""

    lead: bool
    languages: Sequence[str]
    countries: Sequence[str]
    sectors: Sequence[str]
    corridors: Sequence[str] = ()


@transaction.atomic
def approve_firm(
    *, organisation_id: UUID, actor: User, approved_from: date, approved_until: date | None = None
) -> AuditFirm:
    """Approve a vetted organisation to audit. Raises BadInput when it is no audit firm or has an approval."""
    _require_manager(actor)
    organisation = lock(Organisation, organisation_id)
    if organisation.kind != OrganisationKind.AUDIT_FIRM or organisation.state != OrganisationState.ACTIVE:
        raise BadInput(_("Only an audit firm that the scheme has admitted can be approved."))
    if AuditFirm.objects.filter(organisation=organisation).exists():
        raise BadInput(_("This firm has its approval already."))
    _check_period(approved_from, approved_until)
    firm = AuditFirm.objects.create(
        organisation=organisation, approved_from=approved_from, approved_until=approved_until
    )
    events.record(firm, act="approve", actor=actor, data=_period(approved_from, approved_until))
    vouch_for(firm)
    return firm


@transaction.atomic
def approve_auditor(
    *,
    firm_id: UUID,
    person_id: UUID,
    actor: User,
    competence: Competence,
    approved_from: date,
    approved_until: date | None = None,
) -> Auditor:
    """Approve a member of the firm as auditor. Raises BadInput on the field to correct."""
    _require_manager(actor)
    firm = lock(AuditFirm, firm_id)
    member = Membership.objects.filter(
        user_id=person_id, organisation_id=firm.organisation_id, active=True
    ).first()
    if member is None:
        raise BadInput(fields={"person": [_("Choose a person who is a member of the firm.")]})
    if competence.lead and member.role != Role.LEAD_AUDITOR:
        raise BadInput(
            fields={
                "lead": [
                    _("Only a member with the role lead auditor can lead; the firm changes the role first.")
                ]
            }
        )
    if Auditor.objects.filter(person_id=person_id).exists():
        raise BadInput(fields={"person": [_("This person is an auditor already.")]})
    _check_period(approved_from, approved_until)
    _check_competence(competence)
    auditor = Auditor(
        firm=firm, person_id=person_id, approved_from=approved_from, approved_until=approved_until
    )
    _set_competence(auditor, competence)
    auditor.save()
    events.record(auditor, act="approve", actor=actor, data=_period(approved_from, approved_until))
    return auditor


@transaction.atomic
def change_auditor(
    *,
    auditor_id: UUID,
    actor: User,
    competence: Competence,
    approved_from: date,
    approved_until: date | None,
    reason: str = "",
) -> Auditor:
    """Change what an auditor is approved for or until when. Ending an approval needs a reason."""
    _require_manager(actor)
    auditor = lock(Auditor, auditor_id)
    _check_period(approved_from, approved_until)
    _check_competence(competence)
    ends_earlier = approved_until is not None and (
        auditor.approved_until is None or approved_until < auditor.approved_until
    )
    if ends_earlier and not reason.strip():
        raise ReasonRequired(fields={"reason": [_("Say why the approval ends earlier.")]})
    _set_competence(auditor, competence)
    auditor.approved_from = approved_from
    auditor.approved_until = approved_until
    auditor.ended_reason = reason.strip() if ends_earlier else auditor.ended_reason
    auditor.save()
    events.record(
        auditor, act="change", actor=actor, reason=reason, data=_period(approved_from, approved_until)
    )
    return auditor


@transaction.atomic
def end_firm_approval(*, firm_id: UUID, actor: User, until: date, reason: str) -> AuditFirm:
    """End a firm's approval on a day, with a reason."""
    _require_manager(actor)
    if not reason.strip():
        raise ReasonRequired(fields={"reason": [_("Say why the approval ends.")]})
    firm = lock(AuditFirm, firm_id)
    _check_period(firm.approved_from, until)
    firm.approved_until = until
    firm.ended_reason = reason.strip()
    firm.save()
    events.record(firm, act="end_approval", actor=actor, reason=reason, data={"until": until.isoformat()})
    vouch_for(firm)
    return firm


@transaction.atomic
def add_tie(
    *, auditor_id: UUID, agency_id: UUID, kind: str, since: date, until: date | None, note: str, actor: User
) -> Tie:
    """Write down a tie with an agency: it keeps the auditor from auditing, and from ever deciding in its time."""
    _require_manager(actor)
    auditor = lock(Auditor, auditor_id)
    agency = Agency.objects.get(pk=agency_id)
    if until is not None and until < since:
        raise BadInput(
            fields={"until": [_("The tie ends before it starts: choose a later day or leave it empty.")]}
        )
    return write_tie(auditor, agency, TieKind(kind), since, until, note, actor)


def write_tie(
    auditor: Auditor,
    agency: Agency,
    kind: TieKind,
    since: date,
    until: date | None,
    note: str,
    actor: User,
) -> Tie:
    """Keep a tie and the bar that goes with it. Said again it is kept once, and never made shorter."""
    tie = Tie.objects.filter(auditor=auditor, agency=agency, kind=kind, since=since).first()
    if tie is None:
        tie = Tie(auditor=auditor, agency=agency, kind=kind, since=since, until=until, note=note.strip())
    elif tie.until is None or (until is not None and until <= tie.until):
        return tie
    tie.until = until
    tie.save()
    events.record(
        auditor, act="tie_added", actor=actor, reason=note, data={"kind": kind, "agency": str(agency.id)}
    )
    decisions.bar(
        agency=agency,
        person=auditor.person,
        kind=selectors.BAR_OF_TIE[kind],
        since=since,
        until=selectors.counts_until(kind, until),
        source=selectors.TIE_SOURCE,
        actor=actor,
    )
    return tie


def _require_manager(actor: User) -> None:
    if not may_manage_bodies(actor):
        raise NotPermitted


def _check_period(start: date, end: date | None) -> None:
    if end is not None and end < start:
        raise BadInput(
            fields={
                "approved_until": [
                    _("The approval ends before it starts: choose a later day or leave it empty.")
                ]
            }
        )


def _period(start: date, end: date | None) -> dict[str, str]:
    return {"from": start.isoformat(), "until": end.isoformat() if end else ""}


def _check_competence(competence: Competence) -> None:
    problems: dict[str, list[str]] = {}
    known = language_table()[0]
    if not competence.languages or any(code not in known for code in competence.languages):
        problems["languages"] = [_("Choose at least one language from the list.")]
    if not competence.sectors:
        problems["sectors"] = [_("Choose at least one sector.")]
    if not competence.countries and not competence.corridors:
        problems["countries"] = [_("Choose the countries the auditor may audit in, origin and destination.")]
    if any(not is_country(code) for code in competence.countries):
        problems["countries"] = [_("Choose countries from the list.")]
    if problems:
        raise BadInput(fields=problems)


def _set_competence(auditor: Auditor, competence: Competence) -> None:
    auditor.lead = competence.lead
    auditor.languages = list(competence.languages)
    auditor.countries = list(competence.countries)
    auditor.sectors = list(competence.sectors)
    auditor.corridors = list(competence.corridors)
