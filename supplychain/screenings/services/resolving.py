"""A person says which agency a row means. Equal rows follow; what was said is remembered for every later check."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted
from supplychain.names.selectors import key_of
from supplychain.names.services import forget_all, remember
from supplychain.names.states import Verdict
from supplychain.screenings.models import RowOutcome, Screening, ScreeningBatch, ScreeningRow
from supplychain.screenings.permissions import may_run
from supplychain.screenings.selectors import facts_of
from supplychain.screenings.services.records import Fact, fact_of, keep_facts
from supplychain.screenings.states import Resolution, RowResult


def _lock_row(screening_id: UUID, number: int, actor: User) -> tuple[ScreeningRow, RowOutcome]:
    """The row that was checked (the first of equal ones) and its outcome, locked."""
    screening = Screening.objects.get(pk=screening_id)
    if not may_run(screening, actor):
        raise NotPermitted()
    row = ScreeningRow.objects.get(screening_id=screening_id, number=number)
    if row.same_as:
        row = ScreeningRow.objects.get(screening_id=screening_id, number=row.same_as)
    outcome = (
        RowOutcome.objects.select_for_update(of=("self",))
        .select_related("resolved_by")
        .filter(screening_id=screening_id, number=row.number)
        .first()
    )
    if outcome is None:
        raise BadInput(_("Row %(row)s has not been checked yet.") % {"row": number})
    return row, outcome


@transaction.atomic
def resolve_row(
    *, screening_id: UUID, number: int, actor: User, agency_id: UUID | None, note: str = ""
) -> RowOutcome:
    """`agency_id` is the agency the row means, or None: it means none of the names alike. Raises Conflict, BadInput."""
    row, outcome = _lock_row(screening_id, number, actor)
    if outcome.resolution and outcome.resolved_by is not None:
        raise Conflict(
            _("%(who)s has already resolved row %(row)s as “%(how)s”. Undo that first to choose again.")
            % {
                "who": outcome.resolved_by.label,
                "row": row.number,
                "how": Resolution(outcome.resolution).label,
            }
        )
    if outcome.result != RowResult.TO_RESOLVE:
        raise BadInput(_("Row %(row)s has nothing to resolve.") % {"row": row.number})
    fact = _fact(screening_id, agency_id) if agency_id is not None else None
    decisions = _remember(row, outcome, actor, agency_id, note)
    result = RowResult.NOT_FOUND
    if fact is not None:
        result = RowResult.CERTIFIED if fact.valid else RowResult.NOT_CERTIFIED
    said: dict[str, Any] = {
        "result": result,
        "resolution": Resolution.SAME if fact else Resolution.NONE,
        "chosen_id": fact.id if fact else None,
        "resolved_by": actor,
        "resolved_at": clocks.now(),
        "decisions": decisions,
        "later_at": None,
    }
    _write(row, outcome, said)
    _note(row, actor, said["resolution"])
    return _fresh(outcome)


def _fact(screening_id: UUID, agency_id: UUID) -> Fact:
    known = facts_of([agency_id]).get(agency_id)
    if known is None:
        raise BadInput(_("That agency is not on the register. Search for it again, or reject the names."))
    fact = fact_of(screening_id, agency_id, known)
    keep_facts(screening_id, [fact])
    return fact


def _remember(
    row: ScreeningRow, outcome: RowOutcome, actor: User, agency_id: UUID | None, note: str
) -> list[str]:
    """Tell the shared memory of names; the ids of what was noted, to take it back."""
    if not key_of(row.name)[0] or actor.organisation is None:
        return []  # a row of numbers only has no name to remember
    own: dict[str, Any] = {
        "organisation": actor.organisation,
        "actor": actor,
        "text": row.name,
        "country": row.country,
        "note": note,
    }
    if agency_id is not None:
        return [str(remember(**own, verdict=Verdict.SAME, agency_id=agency_id).pk)]
    shown = [UUID(one["agency_id"]) for one in outcome.similar]
    known = facts_of(shown)
    return [
        str(remember(**own, verdict=Verdict.NOT_SAME, agency_id=one).pk)
        for one in dict.fromkeys(shown)
        if one in known
    ]


def _write(row: ScreeningRow, outcome: RowOutcome, said: dict[str, Any]) -> None:
    """Set the row and those equal to it, and keep the counts of their batch true."""
    was, now = str(outcome.result), str(said["result"])
    changed = RowOutcome.objects.filter(
        Q(number=row.number) | Q(same_as=row.number), screening_id=row.screening_id
    ).update(**said)
    batch = (
        ScreeningBatch.objects.select_for_update()
        .filter(screening_id=row.screening_id, first__lte=row.number, last__gte=row.number)
        .get()
    )
    batch.counts = {
        **batch.counts,
        was: batch.counts.get(was, 0) - changed,
        now: batch.counts.get(now, 0) + changed,
    }
    batch.save(update_fields=["counts"])


@transaction.atomic
def undo_resolution(*, screening_id: UUID, number: int, actor: User) -> RowOutcome:
    """Put the row back among those to resolve; what was remembered with it is taken back."""
    row, outcome = _lock_row(screening_id, number, actor)
    if not outcome.resolution:
        raise BadInput(_("Row %(row)s is not resolved.") % {"row": row.number})
    forget_all(outcome.decisions, actor)
    said: dict[str, Any] = {
        "result": outcome.checked,
        "resolution": Resolution.OPEN,
        "chosen_id": None,
        "resolved_by": None,
        "resolved_at": None,
        "decisions": [],
    }
    _write(row, outcome, said)
    _note(row, actor, "undone")
    return _fresh(outcome)


@transaction.atomic
def put_off(*, screening_id: UUID, number: int, actor: User) -> RowOutcome:
    """Later: the row goes behind the others that wait."""
    row, outcome = _lock_row(screening_id, number, actor)
    if outcome.result != RowResult.TO_RESOLVE:
        raise BadInput(_("Row %(row)s has nothing to resolve.") % {"row": row.number})
    outcome.later_at = clocks.now()
    outcome.save(update_fields=["later_at"])
    return outcome


def _fresh(outcome: RowOutcome) -> RowOutcome:
    return RowOutcome.objects.select_related("fact", "chosen", "resolved_by").get(pk=outcome.pk)


def _note(row: ScreeningRow, actor: User, how: str) -> None:
    events.record(row.screening, act="resolved", actor=actor, data={"row": row.number, "how": str(how)})
