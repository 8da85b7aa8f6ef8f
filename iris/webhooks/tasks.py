"""Jobs of this room."""

from __future__ import annotations

from uuid import UUID

from iris.core.outbox import job
from iris.webhooks import services


@job("webhooks.send")
def send(*, delivery_id: str, failures: int) -> None:
    """One try of one message."""
    services.send(delivery_id=UUID(delivery_id), failures=failures)
