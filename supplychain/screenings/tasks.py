"""Workers' way in, and the sweep that wakes what was left."""

from uuid import UUID

from iris.core.outbox import job, sweep
from supplychain.screenings import services


@job("screenings.read")
def read(*, screening_id: str) -> None:
    """Take the rows of a long list from its file."""
    services.read_list(screening_id=UUID(screening_id))


@job("screenings.work")
def work(*, screening_id: str) -> None:
    """Check rows of one screening."""
    services.work(screening_id=UUID(screening_id))


@sweep("screenings.wake_stalled", every=10)
def wake_stalled() -> None:
    """Go on with screenings whose worker died."""
    services.wake_stalled()
