"""The scheme manager's desk: what is overdue, where cases stand, what ends soon, how audit firms compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from audits.engagements.states import LIVE, AuditState
from audits.findings.models import Finding
from audits.findings.selectors import overdue_findings
from audits.findings.states import Grade
from certification.applications.models import Application
from certification.applications.selectors import clocks_overdue
from certification.applications.states import OPEN, ApplicationState
from certification.certificates.models import Certificate
from certification.certificates.selectors import (
    conditions_late,
    misuses_open,
    orders_waiting,
    reviews_open,
    surveillance_due,
)
from certification.certificates.states import RUNNING
from certification.corrections.selectors import disputes_open, notices_open
from certification.decisions.selectors import open_appeals, open_decisions
from iris.core import clocks

MOST_ROWS = 50
# The clocks of a case that ended without a certificate no longer run.


@dataclass(frozen=True)
class Overdue:
    """One clock that has run out: what, whose agency, since when, and where to go."""

    what: str
    agency: str
    due: date
    url: str


def overdue() -> list[Overdue]:
    """Every clock of the scheme that has run out, the oldest first."""
    rows = [*_applications(), *_certificates(), *_decisions(), *_corrections(), *_findings(), *_audits()]
    return sorted(rows, key=lambda row: (row.due, row.agency))[:MOST_ROWS]


def _applications() -> list[Overdue]:
    return [
        Overdue(
            f"{row.application.number}: {ApplicationState(row.application.state).label}",
            row.application.agency.legal_name,
            row.due,
            reverse("applications:application", args=[row.application.pk]),
        )
        for row in clocks_overdue()
    ]


def _certificates() -> Iterator[Overdue]:
    """Conditions, surveillance, ordered audits, licence reviews and misuse of the mark."""
    today = clocks.today()
    for condition in conditions_late():
        of = condition.certificate
        yield _of_certificate(of, _("Condition of %(number)s") % {"number": of.number}, condition.due_on)
    keeping = reverse("certificates:keeping")
    for window in surveillance_due(-1):
        yield Overdue(_("Surveillance audit"), window.agency.legal_name, window.due_on, keeping)
    for order in orders_waiting().filter(due_on__lt=today):
        yield _of_certificate(order.certificate, order.get_kind_display(), order.due_on)
    for review in reviews_open().filter(due_on__lt=today):
        yield _of_certificate(review.certificate, _("Review after a lost licence"), review.due_on)
    for case in misuses_open().filter(due_on__lt=today):
        url = reverse("certificates:misuse", args=[case.pk])
        yield Overdue(_("Misuse of the mark"), case.agency.legal_name, case.due_on or today, url)


def _of_certificate(row: Certificate, what: str, due: date) -> Overdue:
    return Overdue(what, row.legal_name, due, reverse("certificates:certificate", args=[row.pk]))


def _corrections() -> Iterator[Overdue]:
    """Disputes of entries without an answer, and notices of authorities that nobody closed."""
    today = clocks.today()
    for row in disputes_open().filter(due_on__lt=today):
        url = reverse("corrections:dispute", args=[row.pk])
        title = _("Disputed entry %(reference)s") % {"reference": row.reference}
        yield Overdue(title, row.agency.legal_name, row.due_on, url)
    for notice in notices_open().filter(due_on__lt=today):
        url = reverse("corrections:notice", args=[notice.pk])
        title = _("Notice %(reference)s") % {"reference": notice.reference}
        yield Overdue(title, notice.whom, notice.due_on, url)


def _decisions() -> Iterator[Overdue]:
    """Questions that wait for votes, and appeals."""
    today = clocks.today()
    for decision in open_decisions().filter(due_on__lt=today):
        url = reverse("decisions:decision", args=[decision.pk])
        yield Overdue(decision.question, decision.agency.legal_name, decision.due_on or today, url)
    for appeal in open_appeals().filter(due_on__lt=today):
        url = reverse("decisions:appeal", args=[appeal.pk])
        yield Overdue(_("Answer to an appeal"), appeal.agency.legal_name, appeal.due_on or today, url)


def _findings() -> list[Overdue]:
    return [
        Overdue(
            _("Finding %(place)s of audit %(number)s") % {"place": row.number, "number": row.audit.number},
            row.audit.agency.legal_name,
            row.due or clocks.today(),
            reverse("findings:finding", args=[row.pk]),
        )
        for row in overdue_findings()
    ]


def _audits() -> list[Overdue]:
    rows = Audit.objects.select_related("agency").filter(
        Q(state=AuditState.OFFERED, answer_due__lt=clocks.today())
        | Q(state__in=[AuditState.STAGE2, AuditState.DRAFT_REPORT], report_due__lt=clocks.today())
    )
    return [
        Overdue(
            _("Answer to the offer of audit %(number)s") % {"number": row.number}
            if row.state == AuditState.OFFERED
            else _("Report of audit %(number)s") % {"number": row.number},
            row.agency.legal_name,
            (row.answer_due if row.state == AuditState.OFFERED else row.report_due) or clocks.today(),
            reverse("reports:audit", args=[row.pk]),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class PipelineStep:
    """One state of an application: how many are there and how long half of them have been."""

    state: ApplicationState
    count: int
    median_days: float | None
    url: str


def pipeline() -> list[PipelineStep]:
    """Open applications by state, in the order of their way. Days count since the last change of state."""
    today = clocks.today()
    ages: dict[str, list[int]] = defaultdict(list)
    for row in Application.objects.filter(state__in=[str(state) for state in OPEN]):
        ages[row.state].append((today - _since(row)).days)
    queue = reverse("applications:queue")
    return [
        PipelineStep(
            state, len(ages[state]), median(ages[state]) if ages[state] else None, f"{queue}?state={state}"
        )
        for state in OPEN
    ]


def _since(row: Application) -> date:
    """The day an application came into its present state."""
    moments: dict[str, Any] = {
        ApplicationState.SUBMITTED: row.submitted_at,
        ApplicationState.FEE_PENDING: row.fee_requested_at,
        ApplicationState.IN_REVIEW: row.information_at,
        ApplicationState.DEFERRED: row.deferred_at,
        ApplicationState.ACCEPTED: row.accepted_at,
        ApplicationState.UNDER_AUDIT: row.audit_began_at,
        ApplicationState.RECOMMENDED: row.recommended_at,
    }
    moment = moments.get(row.state)
    if moment is None and row.state == ApplicationState.IN_REVIEW and row.fee_paid_on:
        return row.fee_paid_on
    found: date = (moment or row.created_at).date()
    return found


def expiring() -> QuerySet[Certificate]:
    """Running certificates in their last days, the next to end first."""
    last = clocks.today() + timedelta(days=clocks.number("expiring_days"))
    return Certificate.objects.filter(state__in=RUNNING, expires_on__lte=last).order_by(
        "expires_on", "number"
    )


@dataclass(frozen=True)
class FirmRow:
    """One audit firm beside the others."""

    firm_id: UUID
    name: str
    open_audits: int
    reported: int
    critical: int
    major: int
    minor: int
    median_days: float | None
    followed: int
    decided: int

    @property
    def per_audit(self) -> float | None:
        """Findings (critical, major, minor) for each reported audit."""
        return (self.critical + self.major + self.minor) / self.reported if self.reported else None


def firms() -> list[FirmRow]:
    """Audit firms compared: work, findings, days from acceptance to report, recommendations that deciders followed."""
    audits = list(Audit.objects.select_related("firm__organisation", "application"))
    by_firm: dict[UUID, list[Audit]] = defaultdict(list)
    for audit in audits:
        by_firm[audit.firm_id].append(audit)
    graded = Finding.objects.filter(audit__state=AuditState.REPORTED, issued_at__isnull=False)
    counts: dict[tuple[UUID, str], int] = {
        (firm, grade): n
        for firm, grade, n in graded.values_list("audit__firm", "grade").annotate(n=Count("pk")).order_by()
    }
    rows = [_firm(firm, its, counts) for firm, its in by_firm.items()]
    return sorted(rows, key=lambda row: (-row.reported, row.name))


def _firm(firm: UUID, audits: list[Audit], counts: dict[tuple[UUID, str], int]) -> FirmRow:
    reported = [audit for audit in audits if audit.state == AuditState.REPORTED]
    days = [
        (audit.reported_at - audit.accepted_at).days
        for audit in reported
        if audit.reported_at is not None and audit.accepted_at is not None
    ]
    for_case = [audit.application for audit in reported if audit.is_for_case]
    decided = [application for application in for_case if application.state in FOLLOWED_BY]
    return FirmRow(
        firm_id=firm,
        name=audits[0].firm.organisation.name,
        open_audits=sum(audit.state in LIVE for audit in audits),
        reported=len(reported),
        critical=counts.get((firm, Grade.CRITICAL), 0),
        major=counts.get((firm, Grade.MAJOR), 0),
        minor=counts.get((firm, Grade.MINOR), 0),
        median_days=median(days) if days else None,
        followed=_followed(decided),
        decided=len(decided),
    )


# What a recommendation has to have said for the outcome to have followed it.
FOLLOWED_BY: dict[str, str] = {
    ApplicationState.GRANTED: "grant",
    ApplicationState.GRANTED_WITH_CONDITIONS: "grant_with_conditions",
    ApplicationState.REFUSED: "refuse",
}


def _followed(decided: Iterable[Application]) -> int:
    return sum((row.recommendation or {}).get("outcome") == FOLLOWED_BY[row.state] for row in decided)
