"""The audit itself and its way from the offer to the report."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet

from certification.standard.models import Indicator
from iris.core import clocks
from iris.core.fsm import StateField, transition
from iris.core.models import Record

from .. import permissions, rules
from ..states import (
    CASE_KINDS,
    LIVE,
    SETTLED,
    AuditKind,
    AuditState,
    IntervieweeKind,
    Notice,
    Readiness,
    Stage,
)
from .constraints import AUDIT_CONSTRAINTS

if TYPE_CHECKING:
    from certification.assessments.models import Assessment
    from iris.accounts.models import User

S = AuditState


class AuditNumber(models.Model):
    """The last number given in a year; locked while the next one is given."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Audit(Record):
    """One firm's audit of one agency. An offer that is declined ends here; the next offer is a new audit.

    An initial or recertification audit is held for its application. A surveillance or special audit is held for an
    order of the scheme, a closure audit for the findings of an earlier audit; both hang on the application on which
    the certificate was granted, whose frozen self-assessment they read.
    """

    kind = models.CharField(max_length=16, choices=AuditKind.choices, default=AuditKind.INITIAL)
    number = models.CharField(max_length=32, unique=True)
    application = models.ForeignKey(
        "certification_applications.Application", on_delete=models.PROTECT, related_name="audits"
    )
    order = models.ForeignKey(
        "certification_certificates.AuditOrder",
        on_delete=models.PROTECT,
        related_name="audits",
        null=True,
        blank=True,
    )
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="followed_by", null=True, blank=True
    )
    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="audits"
    )
    firm = models.ForeignKey("audits_bodies.AuditFirm", on_delete=models.PROTECT, related_name="audits")
    lead = models.ForeignKey("audits_bodies.Auditor", on_delete=models.PROTECT, related_name="led_audits")
    state = StateField(AuditState, default=AuditState.PROPOSED)
    staff = models.PositiveIntegerField()
    branches = models.PositiveIntegerField()
    corridors = models.PositiveIntegerField()
    days_by_table = models.DecimalField(max_digits=5, decimal_places=1)
    days = models.DecimalField(max_digits=5, decimal_places=1)
    days_reason = models.TextField(blank=True)
    # What has to be rated: these principles and, beyond them, these indicators. Both empty: the whole edition.
    scope_principles = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    scope_indicators = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    # The agency sees nothing of the audit before this day. None: from the day a firm takes it.
    told_on = models.DateField(null=True, blank=True)
    answer_due = models.DateField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_reason = models.TextField(blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    stage1_on = models.DateField(null=True, blank=True)
    stage2_from = models.DateField(null=True, blank=True)
    stage2_to = models.DateField(null=True, blank=True)
    stage1_started_at = models.DateTimeField(null=True, blank=True)
    stage1_closed_at = models.DateTimeField(null=True, blank=True)
    readiness = models.CharField(max_length=16, choices=Readiness.choices, blank=True)
    readiness_text = models.TextField(blank=True)
    stage2_started_at = models.DateTimeField(null=True, blank=True)
    stage2_ended_on = models.DateField(null=True, blank=True)
    report_due = models.DateField(null=True, blank=True)
    drafted_at = models.DateTimeField(null=True, blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = AUDIT_CONSTRAINTS
        indexes = [models.Index(fields=["firm", "state"]), models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return self.number

    @property
    def is_live(self) -> bool:
        """Whether anything is still to be done."""
        return self.state in LIVE

    @property
    def is_for_case(self) -> bool:
        """Whether an application waits for it; else the scheme ordered it or it closes findings."""
        return self.kind in CASE_KINDS

    @property
    def is_hidden(self) -> bool:
        """Whether the agency may not know of it yet."""
        return self.told_on is not None and clocks.today() < self.told_on

    @property
    def due(self) -> date | None:
        """The day by which the auditor's next step is due."""
        if self.state == S.OFFERED:
            return self.answer_due
        if self.state in (S.PLANNED, S.STAGE1):
            return self.stage1_on
        if self.state == S.STAGE1_CLOSED:
            return self.stage2_from
        return self.report_due or self.stage2_to or (self.order.due_on if self.order is not None else None)

    @property
    def assessment(self) -> Assessment:
        """The frozen self-assessment that is audited; an accepted application always has one."""
        found = self.application.assessment
        assert found is not None
        return found

    def is_worked_by(self, user: User) -> bool:
        """Whether the person is in the team and declared no conflict."""
        return permissions.may_work(self, user)

    def shows_days_to(self, user: User) -> bool:
        """Whether the person may know the days on site: of a semi-announced visit the agency knows the window only."""
        if not user.is_kind("agency"):
            return True
        plan = getattr(self, "audit_plan", None)
        if plan is None or plan.notice != Notice.SEMI or self.stage2_from is None:
            return True
        return self.stage2_from <= clocks.today()

    def is_followed_up_by(self, user: User) -> bool:
        """Whether the person is on site to close the findings of this audit."""
        if not user.is_kind("audit_firm"):
            return False
        if not hasattr(self, "_followers"):
            at_work = Audit.objects.filter(follows=self, state__in=[S.STAGE2, S.DRAFT_REPORT, S.DISPUTED])
            self._followers = list(at_work.select_related("firm"))
        return any(one.is_worked_by(user) for one in self._followers)

    def is_led_by(self, user: User) -> bool:
        """Whether the person is the lead auditor."""
        return permissions.may_lead(self, user)

    def is_answered_by(self, user: User) -> bool:
        """Whether the person may speak for the audited agency."""
        return permissions.may_answer(self, user)

    def concerns_agency(self, user: User) -> bool:
        """Whether the person acts for the audited agency."""
        return permissions.in_agency(self, user)

    def concerns_firm(self, user: User) -> bool:
        """Whether the person acts for the audit firm."""
        return permissions.in_firm(self, user)

    def cleared_ids(self) -> set[UUID]:
        """The people of the team who declared that they have no conflict."""
        if not hasattr(self, "_cleared"):
            rows = self.declarations.filter(clear=True, auditor__team_places__audit=self)
            self._cleared = set(rows.values_list("auditor__person_id", flat=True))
        return self._cleared

    def undeclared_names(self) -> list[str]:
        """People of the team whose declaration is missing."""
        rows = self.team.exclude(auditor__declarations__audit=self).select_related("auditor__person")
        return [row.auditor.person.label for row in rows]

    def scope_filter(self, path: str = "") -> Q:
        """The indicators that have to be rated; `path` leads to the indicator, for example `indicator__`."""
        if not self.scope_principles and not self.scope_indicators:
            return Q(**{f"{path}pk__isnull": False})
        return Q(**{f"{path}criterion__principle__code__in": self.scope_principles}) | Q(
            **{f"{path}code__in": self.scope_indicators}
        )

    def indicators_in_scope(self) -> QuerySet[Indicator]:
        """The indicators of the audited edition that have to be rated."""
        edition = self.assessment.edition_id
        return Indicator.objects.filter(self.scope_filter(), criterion__principle__edition_id=edition)

    def unrated_count(self, stage: int) -> int:
        """How many indicators still need a rating in a stage; what stage 1 found met need not be rated again."""
        indicators = self.indicators_in_scope()
        rated = self.notes.all()
        if stage == Stage.SITE:
            rated = rated.filter(Q(stage=Stage.SITE) | Q(stage=Stage.DESK, rating__in=SETTLED))
        else:
            rated = rated.filter(stage=stage)
        return indicators.exclude(pk__in=rated.values("indicator_id")).count()

    def kinds_not_counted(self) -> list[str]:
        """Kinds of interviewees for which nothing, not even none, is written."""
        counted = set(self.interviews.values_list("kind", flat=True))
        return [str(kind.label) for kind in IntervieweeKind if kind not in counted]

    @transition(field=state, source=S.PROPOSED, target=S.OFFERED, permission=permissions.may_assign)
    def offer(self, *, by: Any, at: datetime, answer_due: date) -> None:
        """Offer the audit to the firm's lead auditor."""
        self.offered_at = at
        self.answer_due = answer_due

    @transition(
        field=state,
        source=S.OFFERED,
        target=S.DECLINED,
        permission=permissions.may_decline,
        needs_reason=True,
    )
    def decline(self, *, by: Any, at: datetime, because: str) -> None:
        """Give the offer back."""
        self.declined_at = at
        self.declined_reason = because

    @transition(field=state, source=S.OFFERED, target=S.ACCEPTED, permission=permissions.may_lead)
    def accept(self, *, by: Any, at: datetime) -> None:
        """Take the audit, with no conflict declared."""
        self.accepted_at = at

    @transition(
        field=state, source=[S.ACCEPTED, S.PLANNED], target=S.PLANNED, permission=permissions.may_lead
    )
    def plan(
        self,
        *,
        by: Any,
        at: datetime,
        stage1_on: date,
        stage2_from: date,
        stage2_to: date,
        told_on: date | None,
    ) -> None:
        """Send the plan to the agency; a later plan replaces it."""
        self.planned_at = at
        self.told_on = told_on
        self.stage1_on = stage1_on
        self.stage2_from = stage2_from
        self.stage2_to = stage2_to

    @transition(
        field=state,
        source=S.PLANNED,
        target=S.STAGE1,
        permission=permissions.may_lead,
        missing=rules.missing_for_stage1,
    )
    def start_stage1(self, *, by: Any, at: datetime) -> None:
        """Begin the desk review."""
        self.stage1_started_at = at

    @transition(
        field=state,
        source=S.STAGE1,
        target=S.STAGE1_CLOSED,
        permission=permissions.may_lead,
        missing=rules.missing_for_stage1_close,
    )
    def close_stage1(self, *, by: Any, at: datetime, readiness: str, text: str) -> None:
        """Conclude whether the agency is ready for stage 2."""
        self.stage1_closed_at = at
        self.readiness = readiness
        self.readiness_text = text

    @transition(
        field=state,
        source=S.STAGE1_CLOSED,
        target=S.STAGE1,
        permission=permissions.may_lead,
        needs_reason=True,
    )
    def reopen_stage1(self, *, by: Any, at: datetime) -> None:
        """Take the desk review up again, usually after a conclusion of not ready."""
        self.stage1_closed_at = None
        self.readiness = ""
        self.readiness_text = ""

    @transition(
        field=state,
        source=S.STAGE1_CLOSED,
        target=S.STAGE2,
        permission=permissions.may_lead,
        missing=rules.missing_for_stage2,
    )
    def start_stage2(self, *, by: Any, at: datetime, report_due: date) -> None:
        """Begin interviews and visits."""
        self.stage2_started_at = at
        self.report_due = report_due

    @transition(
        field=state,
        source=S.STAGE2,
        target=S.DRAFT_REPORT,
        permission=permissions.may_lead,
        missing=rules.missing_for_report,
    )
    def send_draft(self, *, by: Any, at: datetime, ended_on: date) -> None:
        """Send the draft report to the agency."""
        self.drafted_at = at
        self.stage2_ended_on = ended_on

    @transition(
        field=state,
        source=S.DRAFT_REPORT,
        target=S.DISPUTED,
        permission=permissions.may_answer,
        needs_reason=True,
    )
    def dispute(self, *, by: Any, at: datetime) -> None:
        """The agency disagrees with a finding."""
        self.disputed_at = at

    @transition(
        field=state,
        source=S.DISPUTED,
        target=S.DRAFT_REPORT,
        permission=permissions.may_lead,
        needs_reason=True,
    )
    def revise_draft(self, *, by: Any, at: datetime) -> None:
        """Answer the dispute and send the draft again."""
        self.drafted_at = at

    @transition(field=state, source=S.DRAFT_REPORT, target=S.REPORTED, permission=permissions.may_lead)
    def report(self, *, by: Any, at: datetime) -> None:
        """Send the final report and the recommendation to the scheme."""
        self.reported_at = at

    @transition(
        field=state,
        source=LIVE,
        target=S.CANCELLED,
        permission=permissions.may_assign,
        missing=rules.missing_for_cancel,
        needs_reason=True,
    )
    def cancel(self, *, by: Any, at: datetime, because: str) -> None:
        """Take the offer back, or end the audit of an application that is over."""
        self.cancelled_at = at
        self.cancelled_reason = because
