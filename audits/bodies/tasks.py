"""What this room does by its dates."""

from __future__ import annotations

from audits.bodies import services
from iris.core.outbox import sweep


@sweep("bodies.declarations", every=21600)
def declarations() -> None:
    """Ask auditors for the yearly declaration before it ends."""
    services.remind_of_declarations()


@sweep("bodies.anchors", every=600)
def anchors() -> None:
    """Vouch for approved firms, and stop where an approval ended by its date."""
    services.vouch_for_all()
