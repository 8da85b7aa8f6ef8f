"""The base of the index is built by whoever sweeps; processes warm themselves when they begin."""

from iris.core.outbox import sweep
from supplychain.names import services


@sweep("names.keep_index", every=30)
def keep_index() -> None:
    """A new base where there is none or where it fell behind."""
    services.keep_fresh()
