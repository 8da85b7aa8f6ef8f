"""did:web (DID Core 1.0): the scheme's identifier is its address, its document lists its keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

CONTEXT = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"]


def did_of(address: str) -> str:
    """did:web of a site: `https://a.org:8443/x` is `did:web:a.org%3A8443:x`."""
    parts = urlsplit(address)
    path = [quote(part, safe="") for part in parts.path.split("/") if part]
    return ":".join(["did:web", quote(parts.netloc.rpartition("@")[2].lower(), safe=""), *path])


def document(
    did: str, keys: Iterable[tuple[str, dict[str, Any]]], *, links: dict[str, str]
) -> dict[str, Any]:
    """The DID document: every key that ever signed, so that what it signed can still be verified."""
    methods = [
        {"id": f"{did}#{name}", "type": "JsonWebKey", "controller": did, "publicKeyJwk": {**jwk, "kid": name}}
        for name, jwk in keys
    ]
    names = [method["id"] for method in methods]
    return {
        "@context": CONTEXT,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": names,
        "service": [
            {"id": f"{did}#{name}", "type": "LinkedDomains", "serviceEndpoint": url}
            for name, url in links.items()
        ],
    }


def controlled(did: str, controller: str, *, anchor: str) -> dict[str, Any]:
    """The document of somebody the scheme vouches for: it holds no key; the scheme speaks for it."""
    return {
        "@context": CONTEXT[:1],
        "id": did,
        "controller": controller,
        "service": [{"id": f"{did}#identity", "type": "DigitalIdentityAnchor", "serviceEndpoint": anchor}],
    }
