"""Writing the row of a certificate: the entity of today, a scope, what it rests on; and the line for the public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.agencies.states import NameKind
from certification.certificates.models import (
    Certificate,
    CertificateChange,
    CertificateCondition,
    CertificateCorridor,
    Ground,
    NumberSeries,
    Why,
)
from certification.certificates.rules import number_from
from certification.certificates.states import RUNNING, CertificateState, ScopeChange
from iris.core import clocks, events, outbox
from iris.core.errors import BadInput, TransitionRefused
from iris.core.fsm import act, lock

SERIES = "certificate"
WATCH_JOB = "watches.agency_changed"
CREDENTIAL_JOB = "credentials.certificate_acted"


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


def reissue(
    row: Certificate, *, scope: Scope, actor: Any, change: ScopeChange, words: Why, ground: Ground
) -> Certificate:
    """The next revision of a certificate with this scope, and with the conditions that are still open."""
    refuse_empty(scope)
    open_conditions = list(row.conditions.filter(met_on__isnull=True))
    made = write(
        agency=row.agency,
        held=row,
        scope=scope,
        actor=actor,
        scope_change=change,
        values={
            **{name: getattr(row, name) for name in _CARRIED},
            "settled_by_id": ground.decision_id,
        },
        note=words.public_note,
        reason=words.reason,
        ground=ground,
    )
    attach(made, open_conditions, actor)
    return made


def write(
    *,
    agency: Agency,
    held: Certificate | None,
    scope: Scope,
    actor: Any,
    scope_change: ScopeChange,
    values: dict[str, Any],
    ground: Ground,
    note: str = "",
    reason: str = "",
) -> Certificate:
    """One row with its corridors, its event, its line for the public, and the order of its PDF."""
    now = clocks.now()
    if held is not None and held.state in RUNNING:
        _supersede(held.pk, actor, ground)
    certificate = Certificate.objects.create(
        number=held.number
        if held
        else number_from(settings.IRIS_CERTIFICATE_NUMBER, next_serial(SERIES), now.date()),
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


def attach(certificate: Certificate, conditions: Sequence[Draft], actor: Any) -> None:
    """The conditions of a grant, or those still open, on a new revision."""
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
    """One line of the certificate's published history; whoever watches the agency is told after commit."""
    CertificateChange.objects.create(
        certificate=certificate,
        state=certificate.state,
        on=certificate.state_since,
        at=clocks.now(),
        what=what,
        reason_code=certificate.reason_code,
        public_note=public_note or certificate.public_note,
    )
    outbox.enqueue(WATCH_JOB, agency_id=str(certificate.agency_id))
    outbox.enqueue(CREDENTIAL_JOB, certificate_id=str(certificate.pk))


def _supersede(certificate_id: UUID, actor: Any, ground: Ground) -> None:
    held = lock(Certificate, certificate_id)
    act(held.supersede, actor=actor, ground=ground)
    publish(held, _("Replaced by revision %(revision)s") % {"revision": held.revision + 1})


def next_serial(name: str) -> int:
    """The next number of a series. Its row stays locked until the transaction ends: no gaps, no twins."""
    NumberSeries.objects.get_or_create(name=name)
    series = NumberSeries.objects.select_for_update().get(name=name)
    series.last += 1
    series.save()
    return series.last


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


def scope_of(row: Certificate) -> Scope:
    """The scope that a revision names."""
    return Scope(
        tuple((one.origin, one.destination) for one in row.corridors.all()),
        tuple(row.sectors),
        tuple(row.branches),
    )


def refuse_more(held: Certificate, wanted: Scope) -> bool:
    """Whether the wanted scope is smaller; BadInput when it holds anything new."""
    had = {(row.origin, row.destination) for row in held.corridors.all()}
    if not set(wanted.corridors) <= had or not set(wanted.sectors) <= set(held.sectors):
        raise BadInput(
            _("A revision only takes scope away. A new corridor or sector needs an audit and a decision.")
        )
    refuse_empty(wanted)
    return (
        len(set(wanted.corridors)) < len(had)
        or len(set(wanted.sectors)) < len(held.sectors)
        or len(wanted.branches) < len(held.branches)
    )


def refuse_empty(scope: Scope) -> None:
    """Refuse a certificate for nothing."""
    if not scope.corridors or not scope.sectors:
        raise TransitionRefused(
            _("A certificate says for which corridors and sectors it holds. The agency has named none."),
            code="scope_empty",
        )
