"""The duty to report: what an agency's own entries show first is asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from certification.agencies import permissions, selectors
from certification.agencies.models import Agency, ChangeReport
from certification.agencies.rules.changes import KIND_OF_ACT
from certification.agencies.states import ChangeKind, ChangeState
from iris.core import clocks, events
from iris.core.events import SYSTEM
from iris.core.models import Event
from iris.notify.services import notify_roles

CLOCK = "change_report_days"
# How far back the sweep looks: longer than any pause of the beat.
LOOK_BACK = timedelta(days=3)


def ask_for_change(
    agency: Agency, *, kind: ChangeKind, seen: str, at: datetime | None = None
) -> ChangeReport | None:
    """Ask an agency that holds a certificate to report what it has just changed here; once for each kind and time.

    A report of the same kind that waits, or was told within the time of the duty, covers the change.
    """
    when = at or clocks.now()
    if not selectors.known_standing(agency).certified:
        return None
    told_since = when - timedelta(days=clocks.number(CLOCK))
    covered = agency.change_reports.filter(kind=kind).filter(
        Q(state=ChangeState.ASKED)
        | Q(reported_at__gte=told_since)
        | Q(reported_at=None, answered_at__gte=when)
    )
    if covered.exists():
        return None
    report = ChangeReport(
        agency=agency, kind=kind, seen=seen, due_on=clocks.deadline(when, CLOCK), state=ChangeState.ASKED
    )
    report.save()
    events.record(
        report, act="asked", actor=SYSTEM, data={"kind": str(kind), "seen": seen}, to_state=ChangeState.ASKED
    )
    notify_roles(
        organisation=agency.organisation,
        roles=permissions.MAY_CHANGE,
        template="agencies/change_asked",
        context={"kind": report.get_kind_display(), "due": report.due_on},
        url=reverse("agencies:change", args=[report.pk]),
    )
    return report


def ask_for_unreported() -> int:
    """Ask for what the log of agencies with a certificate shows and nobody reported. Safe to run at any time."""
    label = events.subject_type(Agency)
    recent = Event.objects.filter(
        subject_type=label, act__in=list(KIND_OF_ACT), at__gte=clocks.now() - LOOK_BACK
    ).order_by("at")
    by_agency: dict[UUID, list[Event]] = {}
    for event in recent:
        by_agency.setdefault(event.subject_id, []).append(event)
    rows = list(
        Agency.objects.filter(pk__in=by_agency, enrolled_at__isnull=False).select_related("organisation")
    )
    return sum(_ask_each(agency, by_agency[agency.pk]) for agency in _certified(rows))


def _certified(rows: Sequence[Agency]) -> Iterable[Agency]:
    standings = selectors.known_standings(rows)
    return (row for row in rows if standings[row.pk].certified)


def _ask_each(agency: Agency, found: Iterable[Event]) -> int:
    since = selectors.known_standing(agency).since
    enrolled = agency.enrolled_at or agency.created_at
    asked = 0
    for event in found:
        if event.at <= enrolled or (since is not None and event.at.date() < since):
            continue  # what was so when it enrolled, or before the certificate, is no change
        if ask_for_change(agency, kind=KIND_OF_ACT[event.act], seen=event.act, at=event.at):
            asked += 1
    return asked
