"""Writing a certificate: first issue, renewal, and a revision that reduces or corrects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.agencies.states import NameKind
from certification.certificates.models import (
    Certificate,
    CertificateChange,
    CertificateCondition,
    CertificateCorridor,
    NumberSeries,
)
from certification.certificates.rules import number_from
from certification.certificates.selectors import running_certificate
from certification.certificates.services.telling import tell_agency
from certification.certificates.states import CertificateState, ScopeChange
from iris.accounts.states import Role
from iris.core import clocks, events, outbox
from iris.core.errors import BadInput, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import act, lock

if TYPE_CHECKING:
    from certification.applications.models import Application
    from certification.decisions.models import Decision
    from iris.accounts.models import User

SERIES = "certificate"


class Draft(Protocol):
    """A condition as the decider wrote it."""

    @property
    def text(self) -> str: ...

    @property
    def due_on(self) -> date: ...


@dataclass(frozen=True)
class Scope:
    """What a certificate covers."""

    corridors: tuple[tuple[str, str], ...]
    sectors: tuple[str, ...]
    branches: tuple[dict[str, str], ...]


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
    agency = Agency.objects.get(pk=application.agency_id)
    held = running_certificate(agency)
    scope = _scope_of(application)
    _refuse_empty(scope)
    assert decision.decided_at is not None
    assert decision.decided_by is not None
    assert application.assessment is not None
    told = application.recommendation or {}
    months = clocks.number("certificate_validity_months", on=effective_on)
    certificate = _write(
        agency=agency,
        held=held,
        scope=scope,
        actor=actor,
        scope_change=ScopeChange.RENEWED if held else ScopeChange.FIRST,
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
            "expires_on": clocks.add_months(effective_on, months) - timedelta(days=1),
        },
    )
    _attach(certificate, conditions, actor)
    return certificate


@transaction.atomic
def revise_certificate(
    *,
    certificate_id: UUID,
    actor: User,
    corridors: Iterable[tuple[str, str]],
    sectors: Iterable[str],
    branches: Iterable[str],
    reason: str,
    public_note: str,
) -> Certificate:
    """A later revision with the agency's particulars of today and the same or a smaller scope. The older is replaced.

    More scope needs an audit and a decision; this act only takes away or corrects. `branches` are names.
    """
    if not actor.has_role(Role.SCHEME_MANAGER):
        raise NotPermitted(_("Only a scheme manager revises a certificate."))
    held = lock(Certificate, certificate_id)
    if held.state == CertificateState.SUSPENDED:
        raise TransitionRefused(_("Reinstate or withdraw a suspended certificate before you revise it."))
    if not reason.strip() or not public_note.strip():
        raise ReasonRequired(fields={"reason": [_("Say why, and what the public reads about it.")]})
    wanted = Scope(
        tuple(corridors), tuple(sectors), tuple(row for row in held.branches if row["name"] in set(branches))
    )
    reduced = _smaller(held, wanted)
    _refuse_empty(wanted)
    open_conditions = list(held.conditions.filter(met_on__isnull=True))
    certificate = _write(
        agency=held.agency,
        held=held,
        scope=wanted,
        actor=actor,
        scope_change=ScopeChange.REDUCED if reduced else ScopeChange.CORRECTED,
        values={name: getattr(held, name) for name in _CARRIED},
        note=public_note.strip(),
        reason=reason.strip(),
    )
    _attach(certificate, open_conditions, actor)
    tell_agency(
        held.agency,
        "certificates/revised",
        {"number": certificate.number, "revision": certificate.revision, "note": public_note.strip()},
        reverse("certificates:certificate", args=[certificate.pk]),
    )
    return certificate


_CARRIED = (
    "application",
    "decision",
    "edition",
    "firm_id",
    "firm_name",
    "stage2_ended_on",
    "decided_on",
    "decided_by_name",
    "effective_on",
    "expires_on",
)


def _write(
    *,
    agency: Agency,
    held: Certificate | None,
    scope: Scope,
    actor: User,
    scope_change: ScopeChange,
    values: dict[str, Any],
    note: str = "",
    reason: str = "",
) -> Certificate:
    now = clocks.now()
    if held is not None:
        _supersede(held.pk, actor)
    certificate = Certificate.objects.create(
        number=held.number if held else _next_number(now.date()),
        revision=held.revision + 1 if held else 1,
        replaces=held,
        scope_change=scope_change,
        agency=agency,
        sectors=list(scope.sectors),
        branches=list(scope.branches),
        issued_at=now,
        issued_by_name=actor.label,
        state_since=now.date(),
        **_entity(agency),
        **values,
    )
    CertificateCorridor.objects.bulk_create(
        CertificateCorridor(certificate=certificate, origin=origin, destination=destination)
        for origin, destination in scope.corridors
    )
    what = _("Certificate issued") if held is None else str(ScopeChange(scope_change).label)
    publish(certificate, what, public_note=note)
    events.record(
        certificate,
        act="issued",
        actor=actor,
        reason=reason,
        data={"number": certificate.number, "revision": certificate.revision, "change": str(scope_change)},
        to_state=CertificateState.ACTIVE,
    )
    outbox.enqueue("certificates.render_pdf", queue="pdf", certificate_id=str(certificate.pk))
    return certificate


def _attach(certificate: Certificate, conditions: Sequence[Draft], actor: User) -> None:
    if not conditions:
        return
    CertificateCondition.objects.bulk_create(
        CertificateCondition(
            certificate=certificate, position=place, text=draft.text.strip(), due_on=draft.due_on
        )
        for place, draft in enumerate(conditions, 1)
    )
    act(certificate.attach_conditions, actor=actor, data={"conditions": len(conditions)})
    publish(certificate, _("Certified with conditions"))


def publish(certificate: Certificate, what: str, *, public_note: str = "") -> None:
    """One line of the certificate's published history."""
    CertificateChange.objects.create(
        certificate=certificate,
        state=certificate.state,
        on=certificate.state_since,
        at=clocks.now(),
        what=what,
        reason_code=certificate.reason_code,
        public_note=public_note or certificate.public_note,
    )


def _supersede(certificate_id: UUID, actor: User) -> None:
    held = lock(Certificate, certificate_id)
    act(held.supersede, actor=actor)
    publish(held, _("Replaced by revision %(revision)s") % {"revision": held.revision + 1})


def _next_number(on: date) -> str:
    NumberSeries.objects.get_or_create(name=SERIES)
    series = NumberSeries.objects.select_for_update().get(name=SERIES)
    series.last += 1
    series.save()
    return number_from(settings.IRIS_CERTIFICATE_NUMBER, series.last, on)


def _entity(agency: Agency) -> dict[str, Any]:
    """The legal entity as it is today."""
    names = agency.names.exclude(kind__in=(NameKind.LEGAL, NameKind.FORMER)).order_by("kind", "created_at")
    return {
        "legal_name": agency.legal_name,
        "legal_name_lang": agency.legal_name_lang,
        "other_names": [{"name": row.name, "kind": row.kind, "lang": row.lang} for row in names],
        "registration_number": agency.registration_number,
        "country": agency.country,
        "city": agency.city,
        "address": agency.address,
        "sub_agents": agency.sub_agents.count(),
    }


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


def _smaller(held: Certificate, wanted: Scope) -> bool:
    """Whether the wanted scope is smaller; BadInput when it holds anything new."""
    had = {(row.origin, row.destination) for row in held.corridors.all()}
    if not set(wanted.corridors) <= had or not set(wanted.sectors) <= set(held.sectors):
        raise BadInput(
            _("A revision only takes scope away. A new corridor or sector needs an audit and a decision.")
        )
    return (
        len(wanted.corridors) < len(had)
        or len(wanted.sectors) < len(held.sectors)
        or len(wanted.branches) < len(held.branches)
    )


def _refuse_empty(scope: Scope) -> None:
    if not scope.corridors or not scope.sectors:
        raise TransitionRefused(
            _("A certificate says for which corridors and sectors it holds. The agency has named none."),
            code="scope_empty",
        )


def day_of(told: Any) -> date | None:
    return date.fromisoformat(str(told)) if told else None
