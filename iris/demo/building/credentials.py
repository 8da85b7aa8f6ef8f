"""The credentials of the demonstration's certificates and firms, under a key that was changed once."""

from __future__ import annotations

from datetime import datetime, timedelta

from audits.bodies.services import vouch_for_all
from certification.credentials import services
from iris.core import clocks
from iris.demo.building.scheme import World


def build(world: World, now: datetime) -> None:
    """Everything in force is issued, and the lists are published."""
    with clocks.freeze(now - timedelta(days=1)):
        vouch_for_all()
        services.rotate_by_command(use="credential", reason="Yearly change of the key.")
    services.follow_all()
    services.publish_due()
