"""What the rules of the vault do by their dates."""

from __future__ import annotations

from audits.interviews import services
from iris.core.outbox import sweep


@sweep("interviews.erase_identities", every=3600)
def erase_identities() -> None:
    """Erase identities whose time is over; their number stays."""
    services.erase_due()
