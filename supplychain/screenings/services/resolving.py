"""A person says which agency a row means."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.certificates.selectors import standing_of
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted
from supplychain.lookups.states import How
from supplychain.screenings.models import ScreeningRow
from supplychain.screenings.permissions import may_run
from supplychain.screenings.states import Resolution, RowResult


def _lock_row(row_id: int, actor: User) -> ScreeningRow:
    row = (
        ScreeningRow.objects.select_for_update(of=("self",))
        .select_related("screening", "resolved_by")
        .get(pk=row_id)
    )
    if not may_run(row.screening, actor):
        raise NotPermitted()
    return row


@transaction.atomic
def resolve_row(*, row_id: int, actor: User, agency_id: UUID | None) -> ScreeningRow:
    """`agency_id` is one of the row's names alike, or None for "none of these". Raises Conflict, BadInput."""
    row = _lock_row(row_id, actor)
    if row.resolution and row.resolved_by is not None:
        raise Conflict(
            _("%(who)s has already resolved row %(row)s as “%(how)s”. Undo that first to choose again.")
            % {"who": row.resolved_by.label, "row": row.number, "how": Resolution(row.resolution).label}
        )
    if row.result != RowResult.TO_RESOLVE:
        raise BadInput(_("Row %(row)s has nothing to resolve.") % {"row": row.number})
    if agency_id is None:
        row.resolution, row.result = Resolution.NONE, RowResult.NOT_FOUND
    else:
        _take(row, agency_id)
    row.resolved_by, row.resolved_at = actor, clocks.now()
    row.save()
    _note(row, actor, row.resolution)
    return row


def _take(row: ScreeningRow, agency_id: UUID) -> None:
    if str(agency_id) not in {one["agency_id"] for one in row.similar}:
        raise BadInput(_("That agency is not among the names alike of row %(row)s.") % {"row": row.number})
    agency = Agency.objects.get(pk=agency_id)
    facts = standing_of(agency)
    row.agency = agency
    row.how = How.CHOSEN
    row.standing = str(facts.standing)
    row.result = RowResult.CERTIFIED if facts.valid else RowResult.NOT_CERTIFIED
    row.resolution = Resolution.SAME


@transaction.atomic
def undo_resolution(*, row_id: int, actor: User) -> ScreeningRow:
    """Put the row back among those to resolve."""
    row = _lock_row(row_id, actor)
    if not row.resolution:
        raise BadInput(_("Row %(row)s is not resolved.") % {"row": row.number})
    row.agency, row.how, row.standing = None, "", ""
    row.result, row.resolution = RowResult.TO_RESOLVE, Resolution.OPEN
    row.resolved_by = row.resolved_at = None
    row.save()
    _note(row, actor, "undone")
    return row


def _note(row: ScreeningRow, actor: User, how: str) -> None:
    events.record(row.screening, act="resolved", actor=actor, data={"row": row.number, "how": how})
