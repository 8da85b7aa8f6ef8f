"""What of a line names a person, sealed before it is stored, and the key that stands for its reference."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from iris.core.vault import Vault

from ..rules import ListRow

VAULT = Vault("audits.identities")
SEEDS = Vault("audits.sampling.seeds")


@dataclass(frozen=True)
class Identity:
    """Who or what a drawn place is."""

    reference: str
    name: str
    contact: str


def seal(row: ListRow) -> bytes:
    """Reference, name and contact of a line, together."""
    return VAULT.seal(json.dumps([row.reference, row.name, row.contact], ensure_ascii=False))


def unseal(sealed: bytes | memoryview) -> Identity:
    """The same again. Raises VaultClosed. The caller has asked whether the person may and has logged it."""
    return Identity(*json.loads(VAULT.open(sealed)))


def key_of(audit_id: UUID, kind: str, reference: str) -> str:
    """The same key for the same reference of one audit and kind; no way back without the keys of the vault."""
    return VAULT.mark(f"{audit_id}/{kind}/{reference.casefold()}")
