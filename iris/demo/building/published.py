"""The log of the register and the files of today, so that their pages are alive."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from certification.opendata import services
from iris.core import clocks, events

if TYPE_CHECKING:
    from iris.demo.building.scheme import World


def build(world: World, now: datetime) -> None:
    """Number every event there is, log the acts on certificates, and make the files."""
    while events.sequence():
        pass
    while services.sequence():
        pass
    services.dump(day=clocks.today())
