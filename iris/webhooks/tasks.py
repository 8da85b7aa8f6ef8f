"""Jobs of this room."""

from __future__ import annotations

from uuid import UUID

from iris.core.outbox import job, sweep
from iris.webhooks import services


@job("webhooks.send", queue="webhooks")
def send(*, delivery_id: str, failures: int) -> None:
    """One try of one message."""
    services.send(delivery_id=UUID(delivery_id), failures=failures)


@sweep("webhooks.send_stranded", every=60)
def send_stranded() -> None:
    """What lost its job on the way."""
    services.send_stranded()


@sweep("webhooks.forget_old", every=300)
def forget_old() -> None:
    """A portion of the messages whose time is over."""
    services.forget_old()
