"""What this room does by its dates."""

from __future__ import annotations

from audits.engagements import services
from iris.core.outbox import sweep


@sweep("audits.tell_plans", every=600)
def tell_plans() -> None:
    """Send a plan to the agency on the day from which it may know of the audit."""
    services.tell_due_plans()
