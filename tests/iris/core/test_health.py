"""/health/ready: a worker that works is alive, one that was killed is not, and what waits is told."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from iris.core import clocks, health, signs
from iris.core.models import Heartbeat, OutboxRow

pytestmark = pytest.mark.django_db
NOON = datetime.fromisoformat("2026-11-20T12:00:00+00:00")


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(health, "_broker", lambda: "up")
    monkeypatch.setattr(signs._Seen, "taken", None)
    monkeypatch.setattr(signs, "worker_state", SimpleNamespace(active_requests=set()))
    with clocks.freeze(NOON):
        yield


def seconds_ago(number: int) -> datetime:
    return NOON - timedelta(seconds=number)


def everybody(**late: tuple[int, int]) -> None:
    """Every part gave its signs just now; `late` says (process, took) in seconds ago."""
    Heartbeat.beat("beat", seconds_ago(1))
    for part in ("worker", "pdf", "webhooks"):
        turned, taken = late.get(part, (1, 1))
        Heartbeat.beat(f"{part} process", seconds_ago(turned))
        Heartbeat.beat(part, seconds_ago(taken))


def ready() -> tuple[int, dict[str, Any]]:
    answer = Client().get("/health/ready")
    return answer.status_code, answer.json()


def job(queue: str, due: int, **more: Any) -> None:
    OutboxRow.objects.create(job="tests.nothing", queue=queue, due_at=seconds_ago(due), **more)


def test_ready_when_every_part_gave_a_sign() -> None:
    everybody()
    code, told = ready()
    assert (code, told["status"]) == (200, "ready")
    assert told["parts"] == dict.fromkeys(
        ("web", "database", "broker", "worker", "pdf", "webhooks", "beat"), "up"
    )
    assert told["queues"]["pdf"] == {"waiting": 0, "oldest_waiting_seconds": None, "running": 0}


def test_ready_calls_a_worker_with_a_backlog_busy_and_tells_the_oldest() -> None:
    everybody()
    job("pdf", 200)
    job("pdf", 90)
    job("pdf", 300, status="leased", lease_until=NOON + timedelta(minutes=4))
    job("pdf", -60)  # not due yet
    job("webhooks", 4)  # not behind: the next turn takes it
    code, told = ready()
    assert (code, told["parts"]["pdf"], told["parts"]["webhooks"]) == (200, "busy", "up")
    assert told["queues"]["pdf"] == {"waiting": 2, "oldest_waiting_seconds": 200, "running": 1}
    assert told["queues"]["webhooks"] == {"waiting": 1, "oldest_waiting_seconds": 4, "running": 0}


@pytest.mark.parametrize("part", ["worker", "pdf", "webhooks"])
def test_ready_is_not_fooled_by_a_worker_killed_while_in_a_job(part: str) -> None:
    everybody(**{part: (31, 31)})
    queue = {"worker": "default"}.get(part, part)
    job(queue, 60, status="leased", lease_until=NOON + timedelta(minutes=5))
    code, told = ready()
    assert (code, told["parts"][part]) == (503, health.DEAD)
    others = {"worker", "pdf", "webhooks"} - {part}
    assert {told["parts"][one] for one in others} == {"up"}


def test_ready_names_a_worker_that_is_there_and_takes_nothing() -> None:
    everybody(pdf=(1, 31))
    code, told = ready()
    assert (code, told["parts"]["pdf"]) == (503, health.DEAF)


def test_ready_takes_a_sign_of_the_future_for_none() -> None:
    everybody(pdf=(-40, -40))
    assert ready()[1]["parts"]["pdf"] == health.DEAD


def test_ready_counts_a_job_whose_lease_ran_out_as_waiting() -> None:
    everybody()
    job("pdf", 500, status="leased", lease_until=seconds_ago(1))
    told = ready()[1]
    assert told["queues"]["pdf"] == {"waiting": 1, "oldest_waiting_seconds": 500, "running": 0}


def active(monkeypatch: pytest.MonkeyPatch, *running_for: float) -> None:
    monkeypatch.setattr(signs.time, "time", lambda: 10_000.0)
    held = [SimpleNamespace(time_start=10_000.0 - one) for one in running_for]
    monkeypatch.setattr(signs, "worker_state", SimpleNamespace(active_requests=held))


def test_give_says_that_a_worker_in_a_job_is_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    Heartbeat.beat("pdf", seconds_ago(120))
    active(monkeypatch, 119.0)
    signs.give(["pdf"])
    assert {row.name: row.at for row in Heartbeat.objects.all()} == {"pdf": NOON, "pdf process": NOON}


def test_give_does_not_count_a_job_that_hangs_beyond_the_limit(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.CELERY_TASK_TIME_LIMIT = 300
    active(monkeypatch, 331.0)
    signs.give(["webhooks"])
    assert [row.name for row in Heartbeat.objects.all()] == ["webhooks process"]


def test_give_never_takes_back_a_later_sign_of_another_worker() -> None:
    Heartbeat.beat("worker", seconds_ago(2))
    signs._Seen.taken = seconds_ago(20)
    signs.give(["default"])
    assert Heartbeat.objects.get(name="worker").at == seconds_ago(2)
    assert Heartbeat.objects.get(name="worker process").at == NOON


def test_give_survives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: Any) -> None:
        raise OSError("no database")

    monkeypatch.setattr(Heartbeat, "beat", away)
    signs.give(["default"])
    assert not Heartbeat.objects.exists()


def test_a_message_that_arrives_is_taken_also_between_two_signs() -> None:
    signs.took()
    with clocks.freeze(NOON + timedelta(seconds=4)):
        signs.give(["pdf"])
    assert Heartbeat.objects.get(name="pdf").at == NOON


def test_beat_signs_for_itself_whatever_the_workers_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signs._Seen, "written", 0.0)
    turn = iter((100.0, 100.0, 101.0, 106.0, 106.0))
    monkeypatch.setattr(signs.time, "monotonic", lambda: next(turn))
    signs.beat_sent()
    Heartbeat.objects.filter(name="beat").update(at=seconds_ago(60))
    signs.beat_sent()
    assert Heartbeat.objects.get(name="beat").at == seconds_ago(60)
    signs.beat_sent()
    assert Heartbeat.objects.get(name="beat").at == NOON


def test_every_worker_and_beat_is_made_to_sign() -> None:
    from iris.celery import app

    assert signs.Signs in app.steps["consumer"]
    sent = {name for name in app.conf.beat_schedule if name.startswith("core.sign_of_life.")}
    assert sent == {"core.sign_of_life.pdf", "core.sign_of_life.webhooks"}
