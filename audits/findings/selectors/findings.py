"""Findings as their readers may see them, and what stands against a grant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Least
from django.urls import reverse
from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from audits.engagements.selectors import Mark, audits_visible_to
from audits.engagements.states import AuditState
from certification.applications.states import ApplicationState
from iris.accounts.models import User
from iris.core import clocks

from ..models import ActionFile, Containment, CorrectiveAction, Finding
from ..states import (
    AGENCY_TURN,
    ANSWERED_GRADES,
    AUDITOR_TURN,
    BLOCKING_GRADES,
    CONTAINED,
    OPEN,
    FindingState,
    Grade,
)

# Audits that came to nothing, and cases that ended without a certificate: no clock is followed there.
OVER = (AuditState.DECLINED, AuditState.CANCELLED)
ENDED_WITHOUT = (ApplicationState.REFUSED, ApplicationState.REJECTED, ApplicationState.WITHDRAWN)


def findings_visible_to(user: User) -> QuerySet[Finding]:
    """Those of the audits a person may see; the agency never sees drafts."""
    findings = Finding.objects.filter(audit__in=audits_visible_to(user))
    if user.is_kind("agency"):
        findings = findings.filter(issued_at__isnull=False)
    return findings


def with_context(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Everything a list shows, in a bounded number of queries."""
    return findings.select_related(
        "audit__agency",
        "audit__firm__organisation",
        "audit__lead__person",
        "indicator__criterion__principle",
        "carried_to__audit",
        "repeats__audit",
    ).prefetch_related("actions", "containments")


def with_day(findings: QuerySet[Finding]) -> QuerySet[Any, Any]:
    """With `day`: by when the agency's next step is due, as Finding.due says it, in one query."""
    latest = CorrectiveAction.objects.filter(finding=OuterRef("pk")).order_by("-round")
    contained = Containment.objects.filter(finding=OuterRef("pk"), state__in=CONTAINED)
    runs = Q(carried_to=None, issued_at__isnull=False)
    nothing = Value(None, output_field=DateField())
    return findings.annotate(
        plan_agreed_at=Subquery(latest.values("agreed_at")[:1]),
        step_day=Case(
            When(runs & Q(state__in=AGENCY_TURN, plan_agreed_at__isnull=False), then=F("evidence_due")),
            When(runs & Q(state__in=AGENCY_TURN), then=F("plan_due")),
            default=nothing,
        ),
        contain_day=Case(
            When(runs & Q(state__in=OPEN) & ~Exists(contained), then=F("contain_due")), default=nothing
        ),
        day=Least("step_day", "contain_day"),
    )


def overdue_findings(findings: QuerySet[Finding] | None = None) -> QuerySet[Finding]:
    """Those on which the agency is late today, of audits and cases that go on."""
    rows = with_day(with_context(Finding.objects.all() if findings is None else findings))
    return followed(rows).filter(day__lt=clocks.today()).order_by("day", "audit__number", "number")


def followed(findings: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Those whose clocks somebody waits for: not of an audit or a case that came to nothing."""
    return findings.exclude(audit__state__in=OVER).exclude(audit__application__state__in=ENDED_WITHOUT)


def findings_list(
    user: User, *, show: str = "open", grade: str = "", turn: str = "", late: bool = False, agency: str = ""
) -> QuerySet[Finding]:
    """The work queue: what is due first stands first; what has no day follows."""
    findings = with_day(with_context(findings_visible_to(user)))
    if show != "all":
        findings = findings.filter(state__in=OPEN)
    if grade in Grade.values:
        findings = findings.filter(grade=grade)
    if turn == "agency":
        findings = findings.filter(Q(state__in=AGENCY_TURN) | Q(contain_day__isnull=False))
    elif turn == "auditor":
        findings = findings.filter(state__in=AUDITOR_TURN)
    elif turn in FindingState.values:
        findings = findings.filter(state=turn)
    if late:
        findings = findings.filter(day__lt=clocks.today())
    if agency.strip() and not user.is_kind("agency"):
        findings = findings.filter(audit__agency__legal_name__icontains=agency.strip())
    return findings.order_by(F("day").asc(nulls_last=True), "audit__number", "number")


def findings_of(audit: Audit, user: User) -> QuerySet[Finding]:
    """The findings of one audit in their order of gravity."""
    rows = with_context(findings_visible_to(user).filter(audit=audit)).prefetch_related("positions")
    return rows.order_by("number")


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Gravest first, then by number."""
    order = {grade: place for place, grade in enumerate(Grade.values)}
    return sorted(findings, key=lambda one: (order[one.grade], one.number))


def marks_of(audit: Audit) -> dict[UUID, list[Mark]]:
    """Findings of an audit by the indicator they are tied to, for the auditors' desk."""
    found: dict[UUID, list[Mark]] = {}
    for finding in (
        Finding.objects.filter(audit=audit).exclude(state=FindingState.WITHDRAWN).order_by("number")
    ):
        words = _("Finding %(number)s: %(grade)s") % {
            "number": finding.number,
            "grade": finding.get_grade_display(),
        }
        url = reverse("findings:finding", args=[finding.pk])
        found.setdefault(finding.indicator_id, []).append(Mark(words, url, finding.tone, finding.icon))
    return found


def file_of(user: User, finding_id: UUID, file_id: UUID) -> ActionFile | None:
    """A file of evidence, for those who may see its finding."""
    return (
        ActionFile.objects.filter(
            pk=file_id, action__finding_id=finding_id, action__finding__in=findings_visible_to(user)
        )
        .select_related("file")
        .first()
    )


def late_count(findings: Iterable[Finding]) -> int:
    """How many are overdue today."""
    return sum(1 for one in findings if one.is_late)


def codes_found_weak(agency_id: UUID) -> set[str]:
    """Indicators on which a final report of the agency has a finding that asked for a correction."""
    rows = Finding.objects.filter(
        audit__agency_id=agency_id, audit__state=AuditState.REPORTED, grade__in=ANSWERED_GRADES
    ).exclude(state__in=[FindingState.WITHDRAWN, FindingState.DRAFT])
    return set(rows.values_list("indicator__code", flat=True))


def codes_still_open(audit: Audit) -> set[str]:
    """Indicators of an audit on which a critical or major finding is issued and open."""
    rows = Finding.objects.filter(
        audit=audit, grade__in=BLOCKING_GRADES, state__in=OPEN, issued_at__isnull=False
    )
    return set(rows.values_list("indicator__code", flat=True))
