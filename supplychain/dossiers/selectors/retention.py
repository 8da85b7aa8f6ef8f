"""What is kept until when, what a hold covers, what goes next (R76)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, F, Min, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from iris.accounts.models import Organisation, User
from iris.accounts.states import OrganisationKind
from iris.core import clocks
from supplychain.diligence.models import Decision, InformationRequest
from supplychain.diligence.states import DecisionState
from supplychain.dossiers.models import Dossier, Hold, Tombstone
from supplychain.dossiers.states import RecordClass
from supplychain.lookups.models import Lookup
from supplychain.screenings.models import Screening

MOMENT: Any = DateTimeField()
# A dossier holds what it rests on in its own archive, so it may go first; a decision names its receipt.
ORDER = (
    RecordClass.DOSSIERS,
    RecordClass.DECISIONS,
    RecordClass.REQUESTS,
    RecordClass.SCREENINGS,
    RecordClass.RECEIPTS,
)
YEARS = {
    RecordClass.RECEIPTS: "records_years",
    RecordClass.SCREENINGS: "records_years",
    RecordClass.DECISIONS: "diligence_records_years",
    RecordClass.REQUESTS: "diligence_records_years",
    RecordClass.DOSSIERS: "diligence_records_years",
}


@dataclass(frozen=True)
class Kept:
    """One class of records of an employer."""

    kind: RecordClass
    years: int
    count: int
    oldest: date | None
    goes_on: date | None
    due: int
    held: int


def records_of(organisation: Organisation, kind: str) -> QuerySet[Any]:
    """The records of a class with `ended`: the moment from which their years count."""
    rows: QuerySet[Any]
    if kind == RecordClass.RECEIPTS:
        rows = Lookup.objects.annotate(ended=F("created_at"))
    elif kind == RecordClass.SCREENINGS:
        rows = Screening.objects.annotate(ended=Coalesce("ended_at", "created_at", output_field=MOMENT))
    elif kind == RecordClass.DECISIONS:
        past = [DecisionState.DECLINED, DecisionState.WITHDRAWN, DecisionState.SUPERSEDED]
        rows = Decision.objects.filter(state__in=past).annotate(
            ended=Coalesce("decided_at", "proposed_at", output_field=MOMENT)
        )
    elif kind == RecordClass.REQUESTS:
        rows = InformationRequest.objects.filter(closed_at__isnull=False).annotate(ended=F("closed_at"))
    else:
        rows = Dossier.objects.annotate(ended=Greatest("created_at", "made_at", output_field=MOMENT))
    return rows.filter(organisation=organisation)


def years_of(kind: str) -> int:
    """How many years a class is kept."""
    return clocks.number(YEARS[RecordClass(kind)])


def before(kind: str) -> datetime:
    """What ended before this moment is past its years today."""
    day = clocks.add_months(clocks.today(), -12 * years_of(kind))
    return datetime.combine(day, time(0), tzinfo=UTC)


def holds_visible_to(user: User) -> QuerySet[Hold]:
    """The holds of the person's own employer, released ones too."""
    organisation = user.organisation if user.is_authenticated else None
    if organisation is None or not user.is_kind(OrganisationKind.EMPLOYER):
        return Hold.objects.none()
    return Hold.objects.filter(organisation=organisation).select_related("agency", "placed_by", "released_by")


def standing_holds(organisation: Organisation) -> QuerySet[Hold]:
    """The holds that stand today."""
    return Hold.objects.filter(organisation=organisation, released_at=None).filter(
        Q(until=None) | Q(until__gte=clocks.today())
    )


def held_among(rows: QuerySet[Any], organisation: Organisation, kind: str) -> QuerySet[Any]:
    """Those of a class that a hold covers. Where a record names no agency, a hold on any agency covers it."""
    holds = [one for one in standing_holds(organisation) if one.kind in ("", kind)]
    names_agency = kind in (RecordClass.RECEIPTS, RecordClass.DECISIONS)
    if any(one.agency_id is None for one in holds) or (holds and not names_agency):
        return rows
    agencies = [one.agency_id for one in holds]
    return rows.filter(Q(agency_id__in=agencies) | Q(agency_id=None)) if agencies else rows.none()


def due_keys(organisation: Organisation, kind: str, limit: int = 1_000) -> list[UUID]:
    """What goes now: past its years, and not held."""
    rows = records_of(organisation, kind).filter(ended__lt=before(kind))
    held = held_among(rows, organisation, kind)
    return list(
        rows.exclude(pk__in=held.values("pk")).order_by("ended", "pk").values_list("pk", flat=True)[:limit]
    )


def kept_by(organisation: Organisation) -> list[Kept]:
    """Every class with how much of it there is and when it goes."""
    found = []
    for kind in RecordClass:
        rows = records_of(organisation, kind)
        oldest = rows.aggregate(first=Min("ended"))["first"]
        years = years_of(kind)
        past = rows.filter(ended__lt=before(kind))
        held = held_among(past, organisation, kind).count()
        found.append(
            Kept(
                kind,
                years,
                rows.count(),
                oldest.date() if oldest else None,
                clocks.add_months(oldest.date(), 12 * years) if oldest else None,
                past.count() - held,
                held,
            )
        )
    return found


def tombstones_of(organisation: Organisation) -> QuerySet[Tombstone]:
    """What was deleted, newest first."""
    return Tombstone.objects.filter(organisation=organisation)
