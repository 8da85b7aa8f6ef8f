"""Audits as their readers may see them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, DateField, F, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from iris.accounts.models import User
from iris.core import clocks

from .. import rules
from ..models import Audit, InterviewCount, TeamMember
from ..states import ACCEPTED_ONWARDS, CASE_KINDS, LIVE, ORDERED_KINDS, AuditKind, AuditState

S = AuditState


def audits_visible_to(user: User) -> QuerySet[Audit]:
    """The scheme sees all, a firm its own, an agency its own once it may know; nobody else sees any."""
    organisation = user.organisation
    if organisation is None:
        return Audit.objects.none()
    if user.is_kind("scheme"):
        return Audit.objects.all()
    if user.is_kind("audit_firm"):
        followed = Audit.objects.filter(
            firm__organisation=organisation, accepted_at__isnull=False, follows__isnull=False
        )
        return Audit.objects.filter(
            Q(firm__organisation=organisation) | Q(pk__in=followed.values("follows_id"))
        )
    if user.is_kind("agency"):
        told = Q(told_on__isnull=True) | Q(told_on__lte=clocks.today())
        known = Audit.objects.filter(told, agency__organisation=organisation, accepted_at__isnull=False)
        return known.exclude(kind__in=ORDERED_KINDS, planned_at__isnull=True)
    return Audit.objects.none()


def audits_worked_on_by(user: User) -> QuerySet[Audit]:
    """Audits whose desk a person may open: the firm's own after acceptance, and the scheme, to read."""
    if user.is_kind("agency"):
        return Audit.objects.none()
    audits = audits_visible_to(user).filter(state__in=ACCEPTED_ONWARDS)
    if user.is_kind("audit_firm"):
        return audits.filter(firm__organisation=user.organisation)
    return audits


def with_context(audits: QuerySet[Audit]) -> QuerySet[Audit]:
    """Everything the pages of an audit show about it."""
    return audits.select_related(
        "application__agency",
        "application__assessment__edition",
        "order__certificate",
        "follows",
        "agency__organisation",
        "firm__organisation",
        "lead__person",
    ).prefetch_related("agency__corridors")


def audit_list(
    user: User, *, show: str = "open", mine: bool = False, kind: str = "", state: str = "", country: str = ""
) -> QuerySet[Audit]:
    """The work queue, the next date first: what is open, or all."""
    audits = with_context(audits_visible_to(user)).select_related("audit_plan", "lead")
    audits = audits.prefetch_related("audit_plan__visits")
    if show != "all":
        audits = audits.filter(state__in=LIVE)
    if mine:
        audits = audits.filter(pk__in=TeamMember.objects.filter(auditor__person=user).values("audit_id"))
    if kind:
        audits = audits.filter(kind=kind)
    if state:
        audits = audits.filter(state=state)
    if country:
        visited = Audit.objects.filter(audit_plan__visits__country=country)
        audits = audits.filter(Q(agency__country=country) | Q(pk__in=visited.values("pk")))
    if user.is_kind("agency"):
        # The order of the list is not to give a day away that a page keeps back.
        return audits.order_by("-created_at")
    return audits.annotate(next_day=_next_day()).order_by(F("next_day").asc(nulls_last=True), "-created_at")


def _next_day() -> Case:
    """The day `Audit.due` gives, as the database sorts by it."""
    late = Coalesce("report_due", "stage2_to", "order__due_on")
    return Case(
        When(state=S.OFFERED, then=F("answer_due")),
        When(state__in=[S.PLANNED, S.STAGE1], then=F("stage1_on")),
        When(state=S.STAGE1_CLOSED, then=F("stage2_from")),
        When(state__in=[S.DECLINED, S.CANCELLED, S.REPORTED], then=Value(None, output_field=DateField())),
        default=late,
        output_field=DateField(),
    )


def due_for(audit: Audit, user: User) -> date | None:
    """The next date as this person may know it: of a semi-announced visit the agency knows the window only."""
    if not audit.is_live or (audit.state == S.STAGE1_CLOSED and not audit.shows_days_to(user)):
        return None
    return audit.due


def live_audit_of(application_id: UUID) -> Audit | None:
    """The audit an application waits for, at work or done; declined and cancelled ones do not count."""
    audits = Audit.objects.filter(application_id=application_id, kind__in=CASE_KINDS)
    return with_context(audits.exclude(state__in=[S.DECLINED, S.CANCELLED])).first()


def previous_audit_of(audit: Audit) -> Audit | None:
    """The agency's last audit before this one whose report is final; closure audits look back themselves."""
    earlier = Audit.objects.filter(agency_id=audit.agency_id, state=S.REPORTED).exclude(pk=audit.pk)
    if audit.reported_at is not None:
        earlier = earlier.filter(reported_at__lt=audit.reported_at)
    return with_context(earlier.exclude(kind=AuditKind.CLOSURE)).order_by("-reported_at").first()


def audits_of(application_id: UUID) -> QuerySet[Audit]:
    """Every audit offered for an application itself, the last first."""
    audits = Audit.objects.filter(application_id=application_id, kind__in=CASE_KINDS)
    return with_context(audits).order_by("-created_at")


def team_of(audit: Audit) -> list[Any]:
    """The team with each one's declaration."""
    places = list(audit.team.select_related("auditor__person").order_by("created_at"))
    declared = {one.auditor_id: one for one in audit.declarations.all()}
    for place in places:
        place.declaration = declared.get(place.auditor_id)
    return places


def with_plan(audits: QuerySet[Audit]) -> QuerySet[Audit]:
    """With plan, team and declarations, for the page of an audit."""
    return (
        with_context(audits)
        .select_related("audit_plan")
        .prefetch_related(
            "team__auditor__person",
            "declarations",
            "audit_plan__visits__people__person",
            Prefetch("interviews", queryset=InterviewCount.objects.all()),
        )
    )


def corridor_words(audit: Audit) -> str:
    """The agency's corridors in words."""
    return ", ".join(one.text for one in audit.agency.corridors.all())


def quotation(staff: int, agency: Any, kind: str = AuditKind.INITIAL) -> rules.AuditDays:
    """Audit days by the table for an agency."""
    return rules.audit_days(staff, agency.branches.count(), agency.corridors.count(), kind=kind)
