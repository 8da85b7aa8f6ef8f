"""Periodic work on training."""

from iris.core import outbox

from . import services


@outbox.sweep("training.begin", every=3600)
def begin_due() -> None:
    """Begin courses whose first day has come."""
    services.begin_due()


@outbox.sweep("training.ending", every=21600)
def remind_of_ending() -> None:
    """Remind of results that end."""
    services.remind_of_ending()
