"""Whether the watching itself works: read from the rows at the moment of asking, whoever runs or does not run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min

from iris.accounts.models import User
from iris.core import clocks
from supplychain.watches.models import Round, Watch
from supplychain.watches.selectors.reading import watches_visible_to
from supplychain.watches.states import WatchState


@dataclass(frozen=True)
class Health:
    """When the last full check ended, of how many watches, and whether the next is late."""

    last_at: datetime | None
    watches: int
    failing: int
    late: bool
    due_at: datetime | None

    @property
    def tone(self) -> str:
        """For the banner."""
        return "stop" if self.late or self.failing else "good"


def last_round() -> Round | None:
    """The last full check that ended."""
    return Round.objects.filter(ended_at__isnull=False).order_by("-ended_at").first()


def due_at() -> datetime | None:
    """When a full check has to have ended at the latest; None while nothing is watched."""
    running = Watch.objects.filter(state=WatchState.ACTIVE)
    oldest = running.aggregate(at=Min("created_at"))["at"]
    if oldest is None:
        return None
    last = last_round()
    since: datetime = max(oldest, last.ended_at) if last is not None and last.ended_at else oldest
    # Whoever resumes or begins the only watch again after a silent time is not late from the start.
    minutes = clocks.number("watch_round_minutes") + clocks.number("watch_late_minutes")
    return since + timedelta(minutes=minutes)


def is_late() -> bool:
    """Whether the full check is overdue."""
    due = due_at()
    return due is not None and clocks.now() > due


def health_for(user: User) -> Health:
    """For the banner: the organisation's own watches, and the clock they run by."""
    rows = watches_visible_to(user).filter(state=WatchState.ACTIVE)
    last = last_round()
    return Health(
        last_at=last.ended_at if last else None,
        watches=rows.filter(checked_at__isnull=False).count(),
        failing=rows.exclude(failure="").count(),
        late=is_late(),
        due_at=due_at(),
    )


def part_of_ready() -> str:
    """For /health/ready: empty when all is well, else what is late. Never who watches what."""
    return "watches.full_check" if is_late() else ""
