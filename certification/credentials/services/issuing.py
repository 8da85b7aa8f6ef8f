"""Issuing credentials, and following what becomes of what they say."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from certification.certificates.models import Certificate
from certification.certificates.states import RUNNING, CertificateState
from certification.credentials import selectors
from certification.credentials.models import Credential, StatusList
from certification.credentials.rules import untp
from certification.credentials.selectors import Recognition
from certification.credentials.services import keys, status
from certification.credentials.states import CredentialKind, EndReason, KeyUse, Purpose
from iris.core import clocks, events, outbox
from iris.core.fsm import lock

TYP, CTY = "vc+jwt", "vc"
AT_ONCE = 500
ENDS: dict[str, EndReason] = {
    CertificateState.SUPERSEDED: EndReason.SUPERSEDED,
    CertificateState.WITHDRAWN: EndReason.WITHDRAWN,
    CertificateState.RELINQUISHED: EndReason.GIVEN_UP,
    CertificateState.EXPIRED: EndReason.EXPIRED,
}


log = logging.getLogger(__name__)


class NotFollowed(Exception):
    """Credentials of some certificates could not be brought up to date; those of all others were."""


@dataclass(frozen=True)
class _Places:
    revocation: tuple[StatusList, int]
    suspension: tuple[StatusList, int]

    def entries(self, *order: str) -> list[untp.Entry]:
        both = {Purpose.REVOCATION: self.revocation, Purpose.SUSPENSION: self.suspension}
        return [
            untp.Entry(one, both[Purpose(one)][1], selectors.list_url(both[Purpose(one)][0])) for one in order
        ]


@transaction.atomic
def issue(*, certificate_id: UUID) -> Credential | None:
    """The credential of a revision; the one there is when it has one. None for a revision that has ended."""
    row = lock(Certificate, certificate_id)
    found = Credential.objects.filter(certificate=row).order_by("-created_at").first()
    if found is not None or row.state not in RUNNING:
        return found
    places = _take_places()
    facts = selectors.conformity_facts(row)
    key = uuid4()
    # UNTP's schema has room for one entry: the one that both a suspension and an end set.
    entries = places.entries(Purpose.SUSPENSION, Purpose.REVOCATION)
    start, end = selectors.start(row.effective_on), selectors.end(row.expires_on)
    payload = untp.conformity(selectors.frame_of(key, entries, start, end), facts)
    made = _keep(
        key,
        payload,
        places,
        kind=CredentialKind.CONFORMITY,
        certificate=row,
        valid_from=start,
        valid_until=end,
    )
    _follow(made, row.state)
    return made


@transaction.atomic
def follow(*, certificate_id: UUID) -> None:
    """Bring the credential of a revision into agreement with what the revision is worth. Safe to run twice."""
    row = lock(Certificate, certificate_id)
    issue(certificate_id=row.pk)
    for credential in Credential.objects.select_for_update().filter(certificate=row):
        _follow(credential, row.state)


def follow_all() -> int:
    """Whatever a job missed: credentials not issued, bits not moved; returns how many certificates were behind."""
    ended = Q(state__in=list(ENDS)) & Q(credentials__isnull=False, credentials__revoked_at__isnull=True)
    out = Q(state=CertificateState.SUSPENDED, credentials__suspended_at__isnull=True)
    back = Q(state__in=[one for one in RUNNING if one != CertificateState.SUSPENDED]) & Q(
        credentials__suspended_at__isnull=False, credentials__revoked_at__isnull=True
    )
    new = Q(state__in=RUNNING, credentials__isnull=True)
    rows = Certificate.objects.filter(ended | out | back | new).order_by("pk").distinct()
    behind = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    failed: list[Exception] = []
    for key in behind:
        try:
            follow(certificate_id=key)
        except Exception as error:  # one that cannot be followed keeps no other waiting
            log.exception("The credential of certificate %s cannot be brought up to date", key)
            failed.append(error)
    if failed:
        raise NotFollowed(f"{len(failed)} of {len(behind)} certificates: {failed[0]!r}"[:2_000]) from failed[
            0
        ]
    return len(behind)


@transaction.atomic
def recognise(told: Recognition) -> Credential | None:
    """Vouch for an audit firm, as it is recognised now; None once its recognition has ended. Safe to run twice."""
    start = selectors.start(told.since)
    end = selectors.end(told.until) if told.until else None
    status.lock_firm(told.firm_id)
    held = (
        Credential.objects.select_for_update().filter(firm_id=told.firm_id, revoked_at__isnull=True).first()
    )
    over = end is not None and end < clocks.now()
    if held is not None and not over and (held.valid_from, held.valid_until) == (start, end):
        return held
    if held is not None:
        _revoke(held, EndReason.RECOGNITION_ENDED if over else EndReason.REISSUED)
        outbox.enqueue("credentials.publish")
    if over:
        return None
    places = _take_places()
    key = uuid4()
    entries = places.entries(Purpose.REVOCATION, Purpose.SUSPENSION)
    payload = untp.identity(selectors.frame_of(key, entries, start, end), selectors.identity_facts(told))
    return _keep(
        key,
        payload,
        places,
        kind=CredentialKind.IDENTITY,
        firm_id=told.firm_id,
        valid_from=start,
        valid_until=end,
    )


def _take_places() -> _Places:
    return _Places(status.take_place(Purpose.REVOCATION), status.take_place(Purpose.SUSPENSION))


def _keep(key: UUID, payload: untp.Json, places: _Places, **about: Any) -> Credential:
    signer = keys.ready_key(KeyUse.CREDENTIAL)
    token = keys.sign_with(signer, payload, typ=TYP, cty=CTY)
    both = untp.for_w3c(payload, places.entries(Purpose.REVOCATION, Purpose.SUSPENSION))
    other = keys.sign_with(signer, both, typ=TYP, cty=CTY)
    made = Credential.objects.create(
        id=key,
        key=signer,
        jwt=token,
        sha256=digest(token),
        jwt_w3c=other,
        sha256_w3c=digest(other),
        revocation_list=places.revocation[0],
        revocation_index=places.revocation[1],
        suspension_list=places.suspension[0],
        suspension_index=places.suspension[1],
        **about,
    )
    events.record(made, act="issued", actor=events.SYSTEM, data={"sha256": made.sha256, "key": signer.name})
    return made


def _follow(credential: Credential, state: str) -> None:
    if credential.revoked_at is not None:
        return
    if state in ENDS:
        _revoke(credential, ENDS[state])
        return
    suspended = state == CertificateState.SUSPENDED
    if suspended == (credential.suspended_at is not None):
        return
    _move(
        credential,
        "suspended" if suspended else "reinstated",
        suspended_at=clocks.now() if suspended else None,
    )


def _revoke(credential: Credential, why: EndReason) -> None:
    _move(credential, "revoked", suspended_at=None, revoked_at=clocks.now(), revoked_because=why)


def _move(credential: Credential, act: str, **values: datetime | str | None) -> None:
    for name, value in values.items():
        setattr(credential, name, value)
    credential.save(update_fields=list(values))
    status.note_change(credential)
    why = {"because": str(credential.revoked_because)} if credential.revoked_because else {}
    events.record(credential, act=act, actor=events.SYSTEM, data=why)


def digest(token: str) -> str:
    """How a token is known in the log of what was issued."""
    return hashlib.sha256(token.encode()).hexdigest()
