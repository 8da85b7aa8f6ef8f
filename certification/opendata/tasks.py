"""Jobs and periodic work of this room."""

from __future__ import annotations

from datetime import date

from certification.opendata import services
from iris.core.outbox import job, sweep


@job("opendata.announce")
def announce(*, index: int) -> None:
    """Tell who subscribed to the register."""
    services.announce(index=index)


@sweep("opendata.sequence", every=5)
def sequence() -> None:
    """Log what was numbered since."""
    services.sequence()


@sweep("opendata.head", every=60)
def head() -> None:
    """Sign the log again once an hour."""
    services.head_when_old()


@job("opendata.dump")
def dump(*, day: str) -> None:
    """Make the files of a day."""
    services.dump(day=date.fromisoformat(day))


@sweep("opendata.daily", every=300)
def daily() -> None:
    """Order the files of today, and take old ones away."""
    services.ask_when_due()
    services.tidy()
