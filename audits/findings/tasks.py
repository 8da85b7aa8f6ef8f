"""What the rules do about findings by their dates."""

from __future__ import annotations

from audits.findings import services
from iris.core.outbox import sweep


@sweep("findings.overdue", every=600)
def overdue() -> None:
    """Tell of clocks that have run out, escalate those that stay so, end what is over."""
    services.escalate_overdue()
