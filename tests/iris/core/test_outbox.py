"""Jobs: in the change's own transaction, once done not done again, tried again after a failure."""

from datetime import timedelta

import pytest
from django.db import transaction

from iris.core import clocks, outbox
from iris.core.models import OutboxRow

ran: list[str] = []


@outbox.job("tests.note")
def note(*, word: str) -> None:
    """Remember a word; fail on request."""
    if word == "fail":
        raise ValueError("asked to fail")
    ran.append(word)


@pytest.fixture(autouse=True)
def _forget() -> None:
    ran.clear()


@pytest.mark.django_db
def test_run_all_runs_each_row_once() -> None:
    outbox.enqueue("tests.note", word="a")
    assert outbox.run_all() == 1
    assert outbox.run_all() == 0
    assert ran == ["a"]


@pytest.mark.django_db
def test_enqueue_vanishes_with_its_transaction() -> None:
    class Undone(Exception):
        pass

    def ask_and_undo() -> None:
        with transaction.atomic():
            outbox.enqueue("tests.note", word="a")
            raise Undone

    with pytest.raises(Undone):
        ask_and_undo()
    assert not OutboxRow.objects.exists()


@pytest.mark.django_db
def test_run_failure_keeps_the_reason_and_waits() -> None:
    row = outbox.enqueue("tests.note", word="fail")
    assert outbox.run(row.id) is False
    again = OutboxRow.objects.get(pk=row.pk)
    assert (again.status, again.attempts) == ("waiting", 1)
    assert "asked to fail" in again.last_error
    assert again.due_at > row.due_at


@pytest.mark.django_db
def test_a_queue_without_a_worker_keeps_no_other_from_being_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred papers wait for a worker that is down; a job of another queue became due after them."""
    woken: list[str] = []
    monkeypatch.setattr(outbox, "wake", lambda _row_id, queue: woken.append(queue))
    early = clocks.now() - timedelta(hours=1)
    OutboxRow.objects.bulk_create(OutboxRow(job="tests.note", queue="pdf", due_at=early) for _ in range(5))
    OutboxRow.objects.create(job="tests.note", due_at=clocks.now() - timedelta(minutes=1))
    assert outbox.wake_forgotten(limit=3) == 4
    assert sorted(woken) == ["default", "pdf", "pdf", "pdf"]


@pytest.mark.django_db
def test_run_of_a_done_row_does_nothing() -> None:
    row = outbox.enqueue("tests.note", word="a")
    assert outbox.run(row.id) is True
    assert outbox.run(row.id) is False
    assert ran == ["a"]


@pytest.mark.django_db
def test_run_gives_up_after_the_last_attempt() -> None:
    row = outbox.enqueue("tests.note", word="fail")
    for _attempt in range(outbox.MAX_ATTEMPTS):
        outbox.run(row.id)
    assert OutboxRow.objects.get(pk=row.pk).status == "failed"
