"""Jobs: in the change's own transaction, once done not done again, tried again after a failure."""

import pytest
from django.db import transaction

from iris.core import outbox
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
