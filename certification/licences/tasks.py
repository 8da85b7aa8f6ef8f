"""Periodic work on licence registers."""

from iris.core import outbox

from . import services


@outbox.sweep("licences.fetch", every=3600)
def fetch_registers() -> None:
    """Fetch the registers that publish open data, each at its own pace."""
    services.fetch_due()
