"""The rows of a list are taken from its file: a short list at once, a long one by a job that can die at any row.

The job takes rows in portions. How many lines it has taken is written with each portion, so the next job goes on
after the last portion that was kept, and two jobs cannot both keep the same one.
"""

import itertools
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse

from iris.core import clocks, events, files, outbox, sheets, tables
from iris.core.errors import BadInput
from iris.core.fsm import act, lock
from iris.notify.services import notify
from supplychain.screenings import rules
from supplychain.screenings.models import RowOutcome, Screening, ScreeningBatch, ScreeningRow
from supplychain.screenings.selectors import layout_of
from supplychain.screenings.services.bulk import copy
from supplychain.screenings.services.records import problem_outcomes
from supplychain.screenings.states import ScreeningState

READ_JOB = "screenings.read"
WORK_JOB = "screenings.work"
AT_ONCE = 5_000  # lines that a page may take itself
PORTION = 10_000
SECONDS = 60.0  # then a fresh job goes on
LEASE = timedelta(seconds=45)
SMALLEST_BATCH, LARGEST_BATCH, BATCHES = 50, 3_000, 25
ROW = ("screening", "number", "cells", "name", "country", "identifier", "problem", "warning", "fingerprint")


def take_rows(screening: Screening) -> None:
    """Take the rows of a list that was just mapped, or ask for the job that does."""
    if screening.n_lines <= AT_ONCE:
        read_list(screening_id=screening.pk)
    else:
        Screening.objects.filter(pk=screening.pk).update(read_until=clocks.now() + LEASE)
        outbox.enqueue(READ_JOB, screening_id=str(screening.pk))


def read_list(*, screening_id: UUID, seconds: float = SECONDS) -> bool:
    """Take rows until the list ends or the time is over (then a fresh job goes on). True when the list is read."""
    screening = Screening.objects.select_related("file").get(pk=screening_id)
    if screening.state != ScreeningState.READING:
        return False
    try:
        return _take(screening, time.monotonic() + seconds)
    except BadInput as error:
        _give_back(screening_id, error)
        return False


def _take(screening: Screening, until: float) -> bool:
    done = screening.n_read
    if not done:
        _forget_rows(screening)
    source = tables.lines(files.path_of(screening.file), layout_of(screening), len(screening.columns))
    reader = rules.RowReader(screening.mapping, screening.columns)
    for lines in _portions(itertools.islice(source, done, None)):
        if not _keep(screening, reader, lines, done):
            return False
        done += len(lines)
        if time.monotonic() > until:
            with transaction.atomic():
                outbox.enqueue(READ_JOB, screening_id=str(screening.pk))
            return False
    return _arrange(screening.pk, done)


def _portions(source: Iterator[tables.Line]) -> Iterator[list[tables.Line]]:
    while portion := list(itertools.islice(source, PORTION)):
        yield portion


@transaction.atomic
def _keep(screening: Screening, reader: rules.RowReader, lines: Sequence[tables.Line], done: int) -> bool:
    """Keep one portion; False when somebody else has kept it or the screening was cancelled meanwhile."""
    now = (
        Screening.objects.select_for_update()
        .filter(pk=screening.pk, state=ScreeningState.READING, n_read=done)
        .first()
    )
    if now is None:
        return False
    counts = {"reject": 0, "skip": 0, "skipped": [], **now.counts}
    copy(ScreeningRow, ROW, _rows(screening, reader, lines, counts))
    Screening.objects.filter(pk=screening.pk).update(
        n_read=done + len(lines), counts=counts, read_until=clocks.now() + LEASE
    )
    return True


def _rows(
    screening: Screening, reader: rules.RowReader, lines: Sequence[tables.Line], counts: dict[str, Any]
) -> Iterator[Sequence[Any]]:
    """The rows of a portion as they are kept; what is left out is counted on the way."""
    names = _Header(screening.columns) if screening.layout["header_row"] else None
    own_id = str(screening.pk)
    for number, cells in lines:
        if names is not None and names.stands_in(cells):
            counts["skip"] += 1
            counts["skipped"] = [*counts["skipped"], number][:10]
            continue
        parts = reader.read(number, cells)
        counts["reject"] += bool(parts.problem)
        yield (
            own_id, number, cells, parts.name, parts.country, parts.identifier, parts.problem, parts.warning,
            parts.fingerprint,
        )  # fmt: skip


class _Header:
    """The column names, to know them when they come once more, as in lists that were put together from several."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.folded = [name.casefold() for name in columns]
        marks = [f" ({sheets.letter(index)})" for index in range(len(columns))]
        # Names that stand twice were told apart by their letter: what the file has is the name without it.
        self.plain = [
            name.removesuffix(mark) if name.endswith(mark) else None
            for name, mark in zip(columns, marks, strict=True)
        ]

    def stands_in(self, cells: Sequence[str]) -> bool:
        """Whether each cell is empty or its column's name."""
        return all(
            not cell or cell.casefold() == folded or cell == plain
            for cell, folded, plain in zip(cells, self.folded, self.plain, strict=True)
        )


def _forget_rows(screening: Screening) -> None:
    for model in (RowOutcome, ScreeningBatch, ScreeningRow):
        model.objects.filter(screening_id=screening.pk).delete()


_SAME = """
UPDATE {rows} r SET same_as = f.first
FROM (SELECT number, min(number) OVER (PARTITION BY fingerprint) AS first FROM {rows}
      WHERE screening_id = %(id)s AND fingerprint IS NOT NULL) f
WHERE r.screening_id = %(id)s AND r.number = f.number AND f.first < f.number
"""
_BATCHES = """
INSERT INTO {batches} (screening_id, first, last, lines, status, counts)
SELECT %(id)s, min(number), max(number), count(*) + sum(same), 'waiting', '{{}}'
FROM (
  SELECT r.number, (row_number() OVER (ORDER BY r.number) - 1) / %(size)s AS part, coalesce(d.n, 0) AS same
  FROM {rows} r LEFT JOIN (
    SELECT same_as, count(*) AS n FROM {rows} WHERE screening_id = %(id)s AND same_as IS NOT NULL GROUP BY same_as
  ) d ON d.same_as = r.number
  WHERE r.screening_id = %(id)s AND r.same_as IS NULL AND r.fingerprint IS NOT NULL
) parts GROUP BY part
"""


@transaction.atomic
def _arrange(screening_id: UUID, done: int) -> bool:
    """Find equal rows, cut batches, say what cannot be checked: then the list is ready."""
    screening = lock(Screening, screening_id)
    if screening.state != ScreeningState.READING or screening.n_read != done:
        return False
    names = {"rows": ScreeningRow._meta.db_table, "batches": ScreeningBatch._meta.db_table}
    counts = {"reject": 0, "skip": 0, "skipped": [], **screening.counts}
    usable = done - counts["skip"] - counts["reject"]
    size = min(LARGEST_BATCH, max(SMALLEST_BATCH, usable // BATCHES))
    with connection.cursor() as cursor:
        # The rows are too new for statistics: without this they are taken for few and compared each with each.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute("SET LOCAL statement_timeout = '200s'")
        cursor.execute(_SAME.format(**names), {"id": screening_id})
        same = cursor.rowcount
        cursor.execute(_BATCHES.format(**names), {"id": screening_id, "size": size})
        cursor.execute("SET LOCAL enable_nestloop = on")
    problem_outcomes(screening)
    screening.counts = {**counts, "check": usable - same, "same": same}
    screening.n_lines, screening.read_until = done, None
    told = {name: screening.counts[name] for name in ("check", "same", "skip", "reject")}
    ready = screening.make_ready if screening.counts["check"] else screening.find_no_row
    act(ready, actor=events.SYSTEM, data=told)
    if screening.starts_itself and screening.counts["check"]:
        act(screening.start, actor=events.SYSTEM)
        outbox.enqueue(WORK_JOB, screening_id=str(screening.pk))
    elif done > AT_ONCE:
        _tell(screening, "screenings/read")
    return True


@transaction.atomic
def _give_back(screening_id: UUID, error: BadInput) -> None:
    """The file turned out unreadable: nothing of it stays, and the page says why."""
    screening = lock(Screening, screening_id)
    if screening.state != ScreeningState.READING:
        return
    _forget_rows(screening)
    screening.read_until = None
    sentences = [str(text) for texts in error.fields.values() for text in texts] or [str(error.message)]
    screening.layout = {**screening.layout, "notes": [*screening.layout["notes"], *sentences][-6:]}
    act(screening.give_back, actor=events.SYSTEM, reason=sentences[0])


def _tell(screening: Screening, template: str) -> None:
    url = reverse("screenings:screening", args=[screening.pk])
    notify(people=[screening.person], template=template, context={"title": screening.title}, url=url)
