"""Workers' way in, and the sweep that wakes what was left."""

from uuid import UUID

from iris.core.outbox import job, sweep
from supplychain.screenings import services


@job("screenings.work")
def work(*, screening_id: str) -> None:
    """Check rows of one screening."""
    services.work(screening_id=UUID(screening_id))


@sweep("screenings.wake_stalled", every=15)
def wake_stalled() -> None:
    """Go on with screenings whose worker died."""
    services.wake_stalled()
