"""Making, using and retiring the scheme's keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from certification.credentials import selectors
from certification.credentials.models import SchemeKey
from certification.credentials.permissions import may_rotate
from certification.credentials.rules import documents, jose
from certification.credentials.states import Algorithm, KeyUse
from iris.core import clocks, events
from iris.core.errors import NotPermitted, ReasonRequired
from iris.core.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iris.accounts.models import User

_VAULT = Vault("credentials/key")
_LOCK = 0x6B657973  # one maker of keys at a time


def sign(payload: Mapping[str, Any], *, typ: str, cty: str = "") -> str:
    """The compact signature of a JSON object by the scheme's current key; its `kid` points into did.json."""
    return sign_with(ready_key(KeyUse.CREDENTIAL), payload, typ=typ, cty=cty)


def sign_with(key: SchemeKey, payload: Mapping[str, Any], *, typ: str, cty: str = "") -> str:
    """The same, by a key that the caller holds: whoever keeps what was signed keeps by which key."""
    return jose.sign(
        payload, private_jwk(key), alg=key.algorithm, kid=selectors.key_id(key), typ=typ, cty=cty
    )


def private_jwk(key: SchemeKey) -> jose.Jwk:
    """The private half, opened for one signature. Raises VaultClosed where the vault has other keys."""
    assert key.private_sealed is not None, "a retired key signs nothing"
    return dict(json.loads(_VAULT.open(key.private_sealed)))


def ready_key(use: str) -> SchemeKey:
    """The current key of this use; the very first is made here."""
    found = selectors.current_key(use)
    if found is not None:
        return found
    with transaction.atomic():
        _one_at_a_time()
        found = selectors.current_key(use)
        return found or _make(use, by=events.SYSTEM, reason="The first key of the scheme.")


@transaction.atomic
def rotate(*, use: str, actor: User, reason: str) -> SchemeKey:
    """A new key signs from now on; the old one retires, stays published, and its private half is destroyed."""
    if not may_rotate(actor):
        raise NotPermitted(_("Only a scheme manager changes the key of the scheme."))
    return _rotate(use, by=actor, reason=reason)


@transaction.atomic
def rotate_by_command(*, use: str, reason: str) -> SchemeKey:
    """The same, by whoever runs the server."""
    return _rotate(use, by=events.SYSTEM, reason=reason)


def _rotate(use: str, *, by: Any, reason: str) -> SchemeKey:
    if not reason.strip():
        raise ReasonRequired(fields={"reason": [_("Say why the key is changed. It is kept with the key.")]})
    _one_at_a_time()
    old = SchemeKey.objects.select_for_update().filter(use=use, retired_at__isnull=True).first()
    if old is not None:
        old.retired_at, old.private_sealed = clocks.now(), None
        old.save(update_fields=["retired_at", "private_sealed"])
        events.record(old, act="retired", actor=by, reason=reason.strip())
    return _make(use, by=by, reason=reason.strip())


def _make(use: str, *, by: Any, reason: str) -> SchemeKey:
    document = use == KeyUse.DOCUMENT
    # Readers of PDF know P-256; few of them know Ed25519.
    algorithm = Algorithm.ES256 if document else Algorithm(settings.IRIS_CREDENTIAL_ALGORITHM)
    public, private = jose.new_key(algorithm)
    certificate = (
        documents.self_signed(
            private, scheme=settings.SCHEME_NAME, did=selectors.scheme_did(), at=clocks.now()
        )
        if document
        else ""
    )
    key = SchemeKey.objects.create(
        use=use,
        algorithm=algorithm,
        name=jose.thumbprint(public),
        public_jwk=public,
        private_sealed=_VAULT.seal(json.dumps(private)),
        certificate_pem=certificate,
        made_by_name=by.label,
        reason=reason[:1000],
    )
    events.record(key, act="made", actor=by, reason=reason, data={"use": use, "name": key.name})
    return key


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
