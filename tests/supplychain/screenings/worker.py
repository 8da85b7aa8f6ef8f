"""A worker in a process of its own that is killed (SIGKILL, no goodbye) at one named point of its work.

`python -m tests.supplychain.screenings.worker JOB SCREENING POINT`: JOB is `read` or `work`; without a point it runs
to the end of what there is.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

# point -> (module, name, before or after the call, at which call)
POINTS: dict[str, tuple[str, str, str, int]] = {
    "read: before the first portion": ("taking", "_keep", "before", 1),
    "read: between copying a portion and its commit": ("taking", "copy", "after", 2),
    "read: after the second portion": ("taking", "_keep", "after", 2),
    "read: before equal rows are found": ("taking", "_arrange", "before", 1),
    "read: before the list is ready": ("taking", "problem_outcomes", "after", 1),
    "work: before the first claim": ("checking", "claim_batch", "before", 1),
    "work: after the first claim": ("checking", "claim_batch", "after", 1),
    "work: while looking for names": ("checking", "find_many", "before", 2),
    "work: after looking for names": ("checking", "find_many", "after", 3),
    "work: before the facts are read": ("checking", "facts_of", "before", 2),
    "work: after the facts are kept": ("checking", "keep_facts", "after", 2),
    "work: between writing outcomes and the commit": ("checking", "keep_outcomes", "after", 3),
    "work: after a batch": ("checking", "store_batch", "after", 3),
    "work: before the end": ("checking", "finish_screening", "before", 1),
    "work: between the root and the end": ("running", "nodes_of", "after", 1),
}
IN_EVERY_RUN = (
    "read: between copying a portion and its commit",
    "work: between writing outcomes and the commit",
    "work: between the root and the end",
)


def _killing(function: Callable[..., Any], when: str, turn: int) -> Callable[..., Any]:
    calls = 0

    def wrapped(*given: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if when == "before" and calls == turn:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = function(*given, **more)
        if when == "after" and calls == turn:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return wrapped


def main(job: str, screening_id: str, point: str = "") -> None:
    """Run one job and die on the way."""
    import django

    django.setup()
    from importlib import import_module
    from uuid import UUID

    from django.conf import settings

    settings.IRIS_FILES_ROOT = os.environ["KILLED_FILES"]
    taking = import_module("supplychain.screenings.services.taking")
    checking = import_module("supplychain.screenings.services.checking")
    taking.PORTION = 150
    taking.SMALLEST_BATCH = 20
    checking.STEP = 50
    if point:
        module, name, when, turn = POINTS[point]
        place = import_module(f"supplychain.screenings.services.{module}")
        setattr(place, name, _killing(getattr(place, name), when, turn))
    if job == "read":
        taking.read_list(screening_id=UUID(screening_id))
    else:
        checking.work(screening_id=UUID(screening_id))


if __name__ == "__main__":
    main(*sys.argv[1:])
