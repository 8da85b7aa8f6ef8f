"""Yearly declarations, training, shares of revenue and overrides, read for many auditors at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from iris.accounts.models import User
from iris.core import clocks

from .. import rules
from ..models import Auditor, AuditorTraining, ClientFee, FirmYear, Override, YearlyDeclaration

if TYPE_CHECKING:
    from certification.applications.models import Application


def declared_until(auditors: Collection[UUID], on: date) -> dict[UUID, date]:
    """The last day of each one's latest declaration made by that day."""
    rows = YearlyDeclaration.objects.filter(auditor_id__in=auditors, declared_on__lte=on)
    return dict(rows.order_by().values_list("auditor_id").annotate(last=Max("valid_until")))


def trained_until(auditors: Collection[UUID], on: date) -> dict[UUID, date]:
    """Until when each one has as many valid courses as the scheme asks for."""
    needed = clocks.number("auditor_trainings_needed", on)
    rows = AuditorTraining.objects.filter(auditor_id__in=auditors, passed_on__lte=on)
    ends: dict[UUID, dict[str, date]] = {}
    for auditor_id, course, until in rows.values_list("auditor_id", "course", "valid_until"):
        of_one = ends.setdefault(auditor_id, {})
        of_one[course] = max(until, of_one.get(course, until))
    return {
        one: sorted(courses.values(), reverse=True)[needed - 1]
        for one, courses in ends.items()
        if len(courses) >= needed > 0
    }


def shares_of(agency_id: UUID, firms: Collection[UUID]) -> dict[UUID, rules.ShareFacts]:
    """What an agency weighs in each firm's last year with figures; firms that gave none are left out."""
    last: dict[UUID, FirmYear] = {}
    for row in FirmYear.objects.filter(firm_id__in=firms).order_by("year"):
        last[row.firm_id] = row
    fees = dict(
        ClientFee.objects.filter(agency_id=agency_id, of__in=[row.pk for row in last.values()])
        .order_by()
        .values_list("of_id", "amount_minor")
    )
    return {
        firm: rules.ShareFacts(row.year, permille(fees.get(row.pk, 0), row.turnover_minor))
        for firm, row in last.items()
    }


def permille(part: int, whole: int) -> int:
    """Tenths of a per cent, rounded up: a share just above a limit is above it."""
    return -(-part * 1000 // whole)


def let_through(application: Application) -> dict[UUID, set[str]]:
    """The reasons that two people let through on this application, by auditor."""
    rows = Override.objects.filter(application=application, answer__confirmed=True)
    found: dict[UUID, set[str]] = {}
    for row in rows:
        found.setdefault(row.auditor_id, set()).add(row.key)
    return found


def overrides_for(auditors: Iterable[Auditor], application: Application) -> list[Override]:
    """Every override asked for on this application about these people, answered or not."""
    return list(
        Override.objects.filter(auditor__in=list(auditors), application=application).select_related(
            "auditor__person", "given_by", "answer__person"
        )
    )


def overrides_waiting(user: User) -> QuerySet[Override]:
    """Those that wait for a second person, without one's own."""
    return (
        Override.objects.filter(answer__isnull=True)
        .exclude(given_by=user)
        .select_related("auditor__person", "application__agency", "given_by")
    )


def approved_on(on: date) -> QuerySet[Auditor]:
    """Auditors whose approval covers the day."""
    return Auditor.objects.filter(approved_from__lte=on).filter(
        Q(approved_until__isnull=True) | Q(approved_until__gte=on)
    )


def current_declaration(auditor: Auditor) -> YearlyDeclaration | None:
    """The last declaration, ended or not, with its interests."""
    return YearlyDeclaration.objects.filter(auditor=auditor).prefetch_related("interests__agency").first()
