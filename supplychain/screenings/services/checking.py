"""Workers claim batches by lease, check their rows, and write all of a batch or nothing of it."""

import time
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from iris.core import clocks, outbox
from supplychain.lookups.selectors import Found, find_many
from supplychain.screenings.models import Screening, ScreeningBatch, ScreeningRow
from supplychain.screenings.selectors import facts_of
from supplychain.screenings.services.records import Asked, Fact, fact_of, keep_facts, keep_outcomes
from supplychain.screenings.services.running import finish_screening
from supplychain.screenings.services.taking import WORK_JOB
from supplychain.screenings.states import BatchStatus, ScreeningState

LEASE = timedelta(seconds=45)
STEP = 1_500  # rows looked for at a time; the lease is renewed between steps
SECONDS = 30.0  # then a fresh job goes on
_FIELDS = ("number", "name", "country", "identifier", "same_as")


@dataclass(frozen=True)
class Claim:
    """A batch that is ours until the lease runs out."""

    batch_id: int
    lease: UUID
    first: int
    last: int


def work(*, screening_id: UUID, seconds: float = SECONDS, batches: int = 1_000_000) -> int:
    """Check batches until the time is over, then hand on to a fresh job; the rows checked. Safe to run twice."""
    checked = 0
    until = time.monotonic() + seconds
    screening = Screening.objects.select_related("organisation").get(pk=screening_id)
    for _turn in range(batches):
        claim = claim_batch(screening_id)
        if claim is None:
            finish_screening(screening_id=screening_id)
            return checked
        checked += check_batch(screening, claim)
        if time.monotonic() > until:
            break
    with transaction.atomic():
        outbox.enqueue(WORK_JOB, screening_id=str(screening_id))
    return checked


@transaction.atomic
def claim_batch(screening_id: UUID) -> Claim | None:
    """Take a waiting batch, or one whose worker let its lease run out; None when there is nothing to take."""
    now = clocks.now()
    if not Screening.objects.filter(pk=screening_id, state=ScreeningState.RUNNING).exists():
        return None
    batch = (
        ScreeningBatch.objects.select_for_update(skip_locked=True)
        .filter(screening_id=screening_id)
        .filter(Q(status=BatchStatus.WAITING) | Q(status=BatchStatus.LEASED, lease_until__lt=now))
        .exclude(status=BatchStatus.DONE)
        .order_by("first")
        .first()
    )
    if batch is None:
        return None
    lease = uuid.uuid4()
    batch.status, batch.lease, batch.lease_until = BatchStatus.LEASED, lease, now + LEASE
    batch.save(update_fields=["status", "lease", "lease_until"])
    return Claim(batch.pk, lease, batch.first, batch.last)


def check_batch(screening: Screening, claim: Claim) -> int:
    """Look for the rows of a claim and write what they came to; 0 when the lease was lost meanwhile."""
    screening_id = screening.pk
    rows = list(
        ScreeningRow.objects.filter(
            screening_id=screening_id, number__range=(claim.first, claim.last), problem="", same_as=None
        )
        .order_by("number")
        .values_list(*_FIELDS)
    )
    found: dict[int, Found] = {}
    for start in range(0, len(rows), STEP):
        step = rows[start : start + STEP]
        if start and not _renew(claim):
            return 0
        questions = [(identifier, name, country) for _number, name, country, identifier, _same in step]
        for row, hit in zip(step, find_many(questions, organisation=screening.organisation), strict=True):
            found[row[0]] = hit
    same = ScreeningRow.objects.filter(
        screening_id=screening_id, same_as__range=(claim.first, claim.last)
    ).values_list(*_FIELDS)
    asked = [(row, found[row[0]]) for row in rows] + [(row, found[row[4]]) for row in same]
    return store_batch(screening, claim, asked)


def _renew(claim: Claim) -> bool:
    mine = ScreeningBatch.objects.filter(pk=claim.batch_id, lease=claim.lease, status=BatchStatus.LEASED)
    return bool(mine.update(lease_until=clocks.now() + LEASE))


def store_batch(screening: Screening, claim: Claim, checked: Sequence[tuple[Asked, Found]]) -> int:
    """Write the batch if it is still ours; a batch whose lease was lost is somebody else's now."""
    screening_id = screening.pk
    column = screening.columns[screening.mapping["name"]]
    agencies = {hit.agency_id for row, hit in checked if hit.agency_id and hit.settles(row[2])}
    facts: dict[UUID, Fact] = {
        agency_id: fact_of(screening_id, agency_id, facts) for agency_id, facts in facts_of(agencies).items()
    }
    with transaction.atomic():
        batch = (
            ScreeningBatch.objects.select_for_update()
            .filter(pk=claim.batch_id, lease=claim.lease, status=BatchStatus.LEASED)
            .first()
        )
        if batch is None:
            return 0
        keep_facts(screening_id, facts.values())
        counts: Counter[str] = keep_outcomes(screening_id, clocks.now(), checked, facts, column)
        batch.status, batch.lease, batch.lease_until = BatchStatus.DONE, None, None
        batch.counts = dict(counts)
        batch.save(update_fields=["status", "lease", "lease_until", "counts"])
    return len(checked)
