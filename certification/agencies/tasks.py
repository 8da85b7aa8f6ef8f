"""Periodic work on agencies."""

from iris.core import outbox

from . import services


@outbox.sweep("agencies.licences", every=3600)
def tell_of_ending_licences() -> None:
    """Remind of licences that end, flag those that have."""
    services.tell_of_ending_licences()
