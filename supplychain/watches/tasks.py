"""Jobs of this room: what acts announce, what people are to hear; and the full check by the clock."""

from __future__ import annotations

from uuid import UUID

from iris.core.outbox import job, sweep
from supplychain.watches import services


@job("watches.agency_changed")
def agency_changed(*, agency_id: str) -> None:
    """Something was done that the register shows of an agency."""
    services.agency_changed(agency_id=UUID(agency_id))


@job("watches.chain_changed")
def chain_changed(*, organisation_id: str) -> None:
    """An employer changed its supply chain."""
    services.chain_changed(organisation_id=UUID(organisation_id))


@job("watches.tell")
def tell(*, entry_id: str) -> None:
    """Tell people what a run found."""
    services.tell(entry_id=UUID(entry_id))


@sweep("watches.full_check", every=60)
def full_check() -> None:
    """Look at every watch when its hour has come."""
    services.go_on()


@sweep("watches.heartbeat", every=60)
def heartbeat() -> None:
    """See that the full check is in time, that no check failed and that everybody was told."""
    services.look_after()


@sweep("watches.digests", every=60)
def digests() -> None:
    """Send the digests whose hour has come."""
    services.send_due()
