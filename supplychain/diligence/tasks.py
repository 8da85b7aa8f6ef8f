"""Reminders by the clock."""

from iris.core.outbox import sweep
from supplychain.diligence import services


@sweep("diligence.conditions", every=3_600)
def conditions() -> None:
    """Tell employers of conditions that come due or are overdue."""
    services.remind_of_conditions()
