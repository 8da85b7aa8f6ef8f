"""What this room tells the one that knows the auditors: the days of their audits, and who led an agency's audits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from audits.bodies.selectors import Busy, LedAudit

from ..models import Audit, TeamMember
from ..states import LIVE, AuditState


def busy_days(auditors: Collection[UUID], first: date, last: date) -> list[Busy]:
    """The planned days of live audits that touch these days, for everyone in their teams."""
    on_desk = Q(audit__stage1_on__range=(first, last))
    on_site = Q(audit__stage2_from__lte=last, audit__stage2_to__gte=first)
    places = (
        TeamMember.objects.filter(on_desk | on_site, auditor_id__in=auditors, audit__state__in=LIVE)
        .select_related("audit__agency")
        .order_by("audit__stage2_from")
    )
    return [row for place in places for row in _days(place, first, last)]


def _days(place: TeamMember, first: date, last: date) -> list[Busy]:
    audit = place.audit
    url = reverse("reports:audit", args=[audit.pk])
    found = []
    for stage, begins, ends in (
        (_("Stage 1"), audit.stage1_on, audit.stage1_on),
        (_("Stage 2"), audit.stage2_from, audit.stage2_to),
    ):
        if begins is not None and ends is not None and begins <= last and ends >= first:
            what = f"{stage}, {audit.number}"
            found.append(Busy(place.auditor_id, begins, ends, what, audit.pk, url))
    return found


def led_audits(agency_id: UUID) -> list[LedAudit]:
    """The reported audits of an agency with who led them and their last day on site."""
    rows = Audit.objects.filter(
        agency_id=agency_id, state=AuditState.REPORTED, stage2_ended_on__isnull=False
    ).values_list("lead_id", "stage2_ended_on")
    return [LedAudit(lead, on) for lead, on in rows if on is not None]
