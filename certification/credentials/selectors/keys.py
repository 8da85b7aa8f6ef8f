"""The key ring and the DID document made of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from certification.credentials.models import SchemeKey
from certification.credentials.rules import did as dids
from certification.credentials.states import KeyUse


def public_url(path: str = "") -> str:
    """An address that also works outside this site."""
    return f"{str(settings.IRIS_PUBLIC_URL).rstrip('/')}{path}"


def scheme_did() -> str:
    """The identifier of the scheme: did:web of its public address."""
    return dids.did_of(public_url())


def firm_did(firm_id: UUID) -> str:
    """The identifier that the scheme gives an audit firm."""
    return f"{scheme_did()}:did:firms:{firm_id}"


def key_ring(use: str = KeyUse.CREDENTIAL) -> list[SchemeKey]:
    """Every key of this use, the current one first, then the retired ones, latest first."""
    rows = SchemeKey.objects.filter(use=use).defer("private_sealed")
    return sorted(rows, key=lambda row: (row.retired_at is not None, -row.created_at.timestamp()))


def current_key(use: str = KeyUse.CREDENTIAL) -> SchemeKey | None:
    """The key that signs now."""
    return SchemeKey.objects.filter(use=use, retired_at__isnull=True).first()


def key_id(key: SchemeKey) -> str:
    """The `kid` of what it signs: its fragment of the DID document."""
    return f"{scheme_did()}#{key.name}"


def key_of(kid: str) -> SchemeKey | None:
    """The key of the ring that a `kid` names; None for any other issuer's."""
    did, _sign, name = kid.partition("#")
    if did != scheme_did() or not name:
        return None
    return SchemeKey.objects.filter(use=KeyUse.CREDENTIAL, name=name).first()


def did_document() -> dict[str, Any]:
    """What /.well-known/did.json says. Retired keys stay: what they signed is still verified with them."""
    keys = [(key.name, key.public_jwk) for key in key_ring()]
    return dids.document(scheme_did(), keys, links={"site": public_url("/")})


def firm_document(firm_id: UUID) -> dict[str, Any]:
    """The DID document of an audit firm: the scheme vouches for it by an anchor."""
    anchor = public_url(reverse("credentials:firm_anchor", args=[firm_id]))
    return dids.controlled(firm_did(firm_id), scheme_did(), anchor=anchor)
