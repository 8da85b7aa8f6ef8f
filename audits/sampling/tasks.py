"""Periodic work on lists."""

from __future__ import annotations

from iris.core.outbox import sweep

from . import services


@sweep("sampling.forget_drafts", every=3600)
def forget_drafts() -> None:
    """Forget lists that were sent and not confirmed."""
    services.forget_drafts()
