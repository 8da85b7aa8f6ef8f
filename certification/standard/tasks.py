"""What the calendar does to editions."""

from __future__ import annotations

from iris.core.outbox import sweep

from . import services


@sweep("standard.turn_editions", every=3600)
def turn_editions() -> None:
    """Issue final editions whose first day has come; retire those whose last day has passed."""
    services.turn_editions()
