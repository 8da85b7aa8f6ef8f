"""The platform's own periodic work."""

from datetime import timedelta

from celery import shared_task

from iris.core import clocks, events, feeds, outbox
from iris.core.models import Heartbeat, OutboxRow

KEEP_DONE = timedelta(days=7)


@outbox.sweep("core.sequence_events", every=1)
def sequence_events() -> None:
    """Number and chain what has committed."""
    events.sequence()


@outbox.sweep("core.wake_forgotten", every=5)
def wake_forgotten() -> None:
    """Wake what a lost message or a dead worker left behind."""
    outbox.wake_forgotten()


@outbox.sweep("core.heartbeat", every=5)
def heartbeat() -> None:
    """A worker ran something that beat sent: both are alive."""
    Heartbeat.beat("worker")
    Heartbeat.beat("beat")


@shared_task(name="iris.core.sign_of_life")
def sign_of_life(part: str) -> None:
    """The worker of another queue ran something that beat sent."""
    Heartbeat.beat(part)


@outbox.sweep("core.forget_done", every=3600)
def forget_done() -> None:
    """Drop outbox rows done a week ago."""
    OutboxRow.objects.filter(status="done", done_at__lt=clocks.now() - KEEP_DONE).delete()


@outbox.sweep("core.forget_answers", every=600)
def forget_answers() -> None:
    """Drop answers kept for retries, a day after the first."""
    from iris.core.drf import once

    once.forget()


@outbox.sweep("core.compact_feeds", every=3600)
def compact_feeds() -> None:
    """Drop rows of feeds that later ones make needless."""
    feeds.compact()
