"""The register of threats to impartiality."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.accounts.states import Role
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import act, lock
from iris.notify import services as notify

from ..models import AuditFirm, Auditor, Threat
from ..permissions import may_manage_bodies
from ..states import ThreatKind


@dataclass(frozen=True)
class ThreatText:
    """A threat as somebody writes it down."""

    kind: str
    text: str
    owner_id: UUID
    review_on: date
    safeguard: str = ""
    firm_id: UUID | None = None
    auditor_id: UUID | None = None
    agency_id: UUID | None = None


@transaction.atomic
def record_threat(*, actor: User, threat: ThreatText) -> Threat:
    """Enter a threat; with a safeguard at once it stands as safeguarded."""
    if not may_manage_bodies(actor):
        raise NotPermitted
    _check(threat)
    row = Threat.objects.create(
        kind=threat.kind,
        text=threat.text.strip(),
        firm_id=threat.firm_id,
        auditor_id=threat.auditor_id,
        agency_id=threat.agency_id,
        owner_id=threat.owner_id,
        review_on=threat.review_on,
    )
    events.record(row, act="record", actor=actor)
    if threat.safeguard.strip():
        act(
            row.safeguard_with,
            actor=actor,
            words=threat.safeguard.strip(),
            review_on=threat.review_on,
        )
    return row


def owners() -> list[User]:
    """Who can look after a threat: the people of the scheme."""
    return notify.scheme_people((Role.SCHEME_MANAGER, Role.SCREENER, Role.DECIDER))


def _check(threat: ThreatText) -> None:
    problems: dict[str, list[str]] = {}
    if threat.kind not in ThreatKind.values:
        problems["kind"] = [_("Choose the kind of threat from the list.")]
    if not threat.text.strip():
        problems["text"] = [_("Say in a sentence or two what the threat is.")]
    problems |= _wrong_review(threat.review_on)
    if threat.owner_id not in {one.pk for one in owners()}:
        problems["owner"] = [_("Choose somebody of the scheme who looks after it.")]
    if problems:
        raise BadInput(fields=problems)


def _wrong_review(day: date) -> dict[str, list[str]]:
    if day <= clocks.today():
        return {"review_on": [_("Choose a day after today for the next review.")]}
    return {}


def write_threat(
    *,
    kind: ThreatKind,
    text: str,
    actor: User,
    source: str,
    firm: AuditFirm | None = None,
    auditor: Auditor | None = None,
    agency: Agency | None = None,
) -> Threat:
    """A threat that the system sees by itself, once for each source; a manager of the scheme looks after it."""
    known = Threat.objects.filter(source=source).first()
    if known is not None:
        return known
    row = Threat.objects.create(
        kind=kind,
        text=text,
        firm=firm,
        auditor=auditor,
        agency=agency,
        owner=next(iter(notify.scheme_people((Role.SCHEME_MANAGER,))), actor),
        review_on=clocks.deadline(clocks.today(), "threat_review_days"),
        source=source,
    )
    events.record(row, act="record", actor=actor)
    return row


@transaction.atomic
def safeguard_threat(*, threat_id: UUID, actor: User, safeguard: str, review_on: date) -> Threat:
    """Say what protects against a threat, and when somebody looks again."""
    threat = lock(Threat, threat_id)
    problems = _wrong_review(review_on)
    if not safeguard.strip():
        problems["safeguard"] = [_("Say what protects against it, for example a second auditor.")]
    if problems:
        raise BadInput(fields=problems)
    act(
        threat.safeguard_with,
        actor=actor,
        reason=safeguard,
        words=safeguard.strip(),
        review_on=review_on,
    )
    return threat


@transaction.atomic
def close_threat(*, threat_id: UUID, actor: User, reason: str) -> Threat:
    """The threat is gone, for the reason given."""
    threat = lock(Threat, threat_id)
    act(threat.close, actor=actor, reason=reason)
    return threat


@transaction.atomic
def reopen_threat(*, threat_id: UUID, actor: User, reason: str, review_on: date) -> Threat:
    """The threat is back."""
    threat = lock(Threat, threat_id)
    problems = _wrong_review(review_on)
    if problems:
        raise BadInput(fields=problems)
    act(threat.reopen, actor=actor, reason=reason, review_on=review_on)
    return threat
