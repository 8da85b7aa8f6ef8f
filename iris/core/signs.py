"""Signs of life: that a process turns, and that it takes what it is given. Two things, because a worker that is drawing
one PDF after the other answers nothing in between and is not dead.

A worker's own loop writes, every few seconds, that it turns, and when it last took a message or had a job in hand. Both
stop with the process. A job that runs longer than any job may does not count as being at work.
"""

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from celery import bootsteps, signals
from celery.worker import state as worker_state
from django.conf import settings
from django.db import connection

from iris.core import clocks, frozen
from iris.core.models import Heartbeat

log = logging.getLogger(__name__)
EVERY = 5.0
SLACK = 30
TURNS = "{} process"
# What /health/ready calls the worker of a queue, where that is not the queue's own name.
NAMES = {"default": "worker"}


class _Seen:
    """What this process took last, and when it wrote."""

    taken: datetime | None = None
    written = 0.0


def part_of(queue: str) -> str:
    """What the worker of a queue is called in /health/ready."""
    return NAMES.get(queue, queue)


def at_work() -> bool:
    """Whether this process has a job in hand that has not run longer than a job may."""
    try:
        began = [one.time_start for one in list(worker_state.active_requests)]
    except RuntimeError:  # another thread took one while we looked
        return True
    longest = settings.CELERY_TASK_TIME_LIMIT + SLACK
    return any(one is not None and time.time() - one < longest for one in began)


def give(queues: list[str]) -> None:
    """Write that this worker turns, and when it last was at work. A database that is away is no reason to stop."""
    try:
        if frozen.since() is not None:
            return
        if at_work():
            _Seen.taken = clocks.now()
        for queue in queues:
            Heartbeat.beat(TURNS.format(part_of(queue)))
            if _Seen.taken is not None:
                Heartbeat.advance(part_of(queue), _Seen.taken)
    except Exception as error:  # without the sign /health/ready says so; the worker goes on
        log.warning("No sign of life could be written: %s", error)
    finally:
        _let_go()


class Signs(bootsteps.StartStopStep):
    """Part of every worker: its loop gives a sign as long as it turns."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        self.turn: Any = None
        super().__init__(parent, **kwargs)

    def start(self, parent: Any) -> None:
        """From the moment it takes messages, and again when it has found a lost broker."""
        queues = list(parent.app.amqp.queues.consume_from)
        give(queues)
        self.turn = parent.timer.call_repeatedly(EVERY, give, (queues,))

    def stop(self, parent: Any) -> None:
        """No more signs: it takes nothing."""
        if self.turn is not None:
            self.turn.cancel()
            self.turn = None


def took(**_told: Any) -> None:
    """A message reached this worker."""
    _Seen.taken = clocks.now()


def beat_began(**_told: Any) -> None:
    """This process is beat: whatever it sends shows that it turns."""
    signals.before_task_publish.connect(beat_sent, weak=False, dispatch_uid="iris_beat")


def beat_sent(**_told: Any) -> None:
    """Beat sent something: note it every few seconds, whether or not a worker has time to take it."""
    if time.monotonic() - _Seen.written < EVERY:
        return
    _Seen.written = time.monotonic()
    try:
        if frozen.since() is None:
            Heartbeat.beat("beat")
    except Exception as error:  # see give()
        log.warning("No sign of life could be written: %s", error)
    finally:
        _let_go()


def _let_go() -> None:
    """Nothing open is handed to the children that a worker makes."""
    if not connection.in_atomic_block:
        connection.close()


def install(app: Any) -> None:
    """Make the workers and the beat of an application give signs."""
    app.steps["consumer"].add(Signs)
    signals.task_received.connect(took, weak=False, dispatch_uid="iris_took")
    signals.beat_init.connect(beat_began, weak=False, dispatch_uid="iris_beat_began")


def fresh(at: datetime | None, within: timedelta) -> bool:
    """Whether a sign is new enough; one from the future is no sign."""
    return at is not None and -within < clocks.now() - at < within
