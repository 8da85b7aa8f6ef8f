"""Questions about keys and credentials."""

from certification.credentials.selectors.keys import (
    current_key,
    did_document,
    firm_did,
    firm_document,
    key_id,
    key_of,
    key_ring,
    public_url,
    scheme_did,
)

__all__ = [
    "current_key",
    "did_document",
    "firm_did",
    "firm_document",
    "key_id",
    "key_of",
    "key_ring",
    "public_url",
    "scheme_did",
]
