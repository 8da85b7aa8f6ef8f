"""What this room does by its dates."""

from __future__ import annotations

from audits.bodies import services
from iris.core.outbox import sweep


@sweep("bodies.declarations", every=21600)
def declarations() -> None:
    """Ask auditors for the yearly declaration before it ends."""
    services.remind_of_declarations()
